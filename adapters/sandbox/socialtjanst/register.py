"""What the made-up socialtjänst knows, as its API gives it."""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

#: Collection → the name of an item's own reference.
COLLECTIONS: Final = {
    "ansokningar": "ansokanId",
    "beslut": "beslutId",
    "uppdrag": "uppdragId",
    "kontaktpersoner": "kontaktpersonId",
    "kontaktuppgifter": "kontaktuppgiftId",
}
_NAMED: Final = {"ansokningar": "Ansökan", "beslut": "Beslut", "uppdrag": "Uppdrag"}
_UPDATED: Final = "2026-11-20T08:00:00+01:00"
_AREA: Final = {
    "EKB": "Ekonomiskt bistånd",
    "BUS": "Budget- och skuldrådgivning",
    "BOS": "Boendestöd",
    "BOE": "Boende",
    "KPS": "Kontaktperson",
    "SYS": "Sysselsättning",
    "SBK": "Stöd vid skadligt bruk",
    "FAM": "Familjestöd",
    "BOU": "Barn och unga",
    "SKB": "Skyddat boende",
    "SIP": "Samordnad individuell plan",
}


class Register:
    """The register, by number. `told`: as `register.yaml` has it."""

    def __init__(self, told: dict[str, dict[str, Any]]) -> None:
        self._told = told
        self._refs = {_ref(number): number for number in told}

    @property
    def numbers(self) -> Sequence[str]:
        return tuple(self._told)

    def by_ref(self, ref: str) -> str | None:
        return self._refs.get(ref)

    def other_than(self, number: str) -> str:
        """Return the number of somebody else, who has something written."""
        return next(each for each, told in self._told.items() if each != number and told.get("beslut"))

    def person(self, number: str) -> dict[str, Any] | None:
        """Return whom a search finds."""
        told = self._told.get(number)
        if told is None:
            return None
        found = {"personId": _ref(number), "personnummer": number, "skydd": "INGEN", "uppdaterad": _UPDATED}
        return {**found, **_plain(told.get("person", {}))}

    def items(self, number: str, collection: str, areas: set[str]) -> list[dict[str, Any]]:
        """Return a collection; only of `areas`, when any are named."""
        told: list[dict[str, Any]] = self._told[number].get(collection, [])
        return [
            _item(number, collection, place, each)
            for place, each in enumerate(told, 1)
            if not areas or each.get("omrade", "") in areas
        ]

    def page(self, number: str, collection: str, items: list[dict[str, Any]], page: int, limit: int) -> dict[str, Any]:
        """Return one page, as the API gives it."""
        numbered = {"nummer": page, "storlek": limit, "antal": len(items), "sidor": -(-len(items) // limit)}
        return {
            "samling": collection,
            "personId": _ref(number),
            "personnummer": number,
            "skydd": self._told[number].get("person", {}).get("skydd", "INGEN"),
            "sida": numbered,
            "poster": items[(page - 1) * limit : page * limit],
        }

    def lines(self, number: str) -> list[str]:
        """Return what it knows of one, for the page."""
        told = self._told.get(number)
        if told is None:
            return []
        items = [_line(name, each) for name in COLLECTIONS for each in told.get(name, [])]
        protection = told.get("person", {}).get("skydd")
        return [*([f"Skydd: {protection.lower().replace('_', ' ')}"] if protection else []), *(items or ["Aktuell"])]


def _ref(number: str) -> str:
    """The register's own reference of a person, which tells nothing of the number to who doesn't have it."""
    return f"p-{hashlib.sha256(f'bjorka-soc:{number}'.encode()).hexdigest()[:16]}"


def _item(number: str, collection: str, place: int, told: dict[str, Any]) -> dict[str, Any]:
    key = COLLECTIONS[collection]
    own = f"{key.removesuffix('Id')}-{_ref(number)[2:8]}-{place}"
    unit = told.get("enhet", "Försörjningsstöd")
    return _plain(
        {
            key: own,
            "personnummer": number,
            "uppdaterad": _UPDATED,
            **told,
            "enhet": {"namn": unit},
        }
    )


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    """Days as the format writes them: YAML reads them as dates."""
    return {name: each.isoformat() if hasattr(each, "isoformat") else each for name, each in told.items()}


def _line(collection: str, told: dict[str, Any]) -> str:
    area = _AREA.get(told.get("omrade", ""), "")
    if collection == "kontaktpersoner":
        return f"{told['roll'].capitalize()}: {told['namn']}"
    if collection == "kontaktuppgifter":
        where = told.get("adress")
        said = f"{where['gata']}, {where['postnummer']} {where['postort']}" if where else told["varde"]
        other = f" ({told['relation']})" if told.get("relation") else ""
        return f"{told['typ'].capitalize()}{other}: {said}"
    state = told.get("utfall") or told["status"]
    return f"{_NAMED[collection]}, {area.lower()}: {state.lower()}"
