"""What is asked of the server, and all its pages. Questions go in bodies: no number and no name stands in an address."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urljoin, urlsplit

from adapters.psykiatri import codes
from adapters.psykiatri.bundle import Page, page
from adapters.psykiatri.doorkeeper import Doorkeeper
from adapters.psykiatri.refusals import GONE, StatusFault, fhir
from hub.broker.port import AgencyFault, Category, FaultKind, Span
from hub.kit.secret import Secret

#: A search whose pages run out while they're read is made again this many times.
_ANEW: Final = 2
#: Nobody has more than this to say of one individual.
_PAGES: Final = 40
#: Which kinds of resource can carry which categories.
CARRIED: Final[dict[str, frozenset[Category]]] = {
    "Patient": frozenset({"contact", "address", "phone", "family"}),
    "EpisodeOfCare": frozenset({"party", "coercive_care"}),
    "Encounter": frozenset({"health"}),
    "Condition": frozenset({"health", "mental_health", "substance_use", "trauma"}),
    "Observation": frozenset({"work_ability", "health", "mental_health", "substance_use"}),
    "CarePlan": frozenset({"plan"}),
    "CareTeam": frozenset({"contact"}),
    "Appointment": frozenset({"meeting"}),
}
#: What is to follow with each, so that a unit, a person of staff and a place have names. `:iterate` goes on from there.
_WITH: Final[dict[str, tuple[str, ...]]] = {
    "Patient": ("Patient:link", "Patient:organization"),
    "EpisodeOfCare": ("EpisodeOfCare:organization", "EpisodeOfCare:care-manager"),
    "Encounter": ("Encounter:service-provider", "Encounter:location"),
    "Condition": ("Condition:encounter",),
    "Observation": ("Observation:encounter", "Observation:performer"),
    "CarePlan": ("CarePlan:care-team", "CarePlan:encounter"),
    "CareTeam": ("CareTeam:participant",),
    "Appointment": ("Appointment:location", "Appointment:practitioner"),
}
_FURTHER: Final[dict[str, str]] = {
    "Condition": "Encounter:service-provider",
    "Observation": "Encounter:service-provider",
    "CarePlan": "CareTeam:participant",
}
#: The search parameter for when something was or is, where there is one.
_WHEN: Final = {
    "EpisodeOfCare": "date",
    "Encounter": "date",
    "Appointment": "date",
    "Observation": "date",
    "CarePlan": "date",
}
_NUMBER_LENGTH: Final = 12


def kinds(categories: Iterable[Category]) -> list[str]:
    """Return the kinds of resource that may carry any of `categories`; never Patient, which is always asked first."""
    wanted = frozenset(categories)
    return [kind for kind, carried in CARRIED.items() if kind != "Patient" and carried & wanted]


def for_patient(whom: Secret[str], size: int) -> dict[str, str]:
    """Return the form that finds the individual, by each system that such a number may stand under."""
    number = whom.reveal()
    plain = len(number) == _NUMBER_LENGTH and number.isascii() and number.isdecimal()
    coordination = plain and number[6:8] > "31"
    system = codes.SAMORDNING if coordination else codes.PERSONNUMMER if plain else codes.RESERVE
    systems = [alias for alias, means in codes.NUMBERS.items() if means == system]
    return {"identifier": ",".join(f"{each}|{number}" for each in systems), "_count": str(size)}


def for_kind(kind: str, patients: Iterable[str], period: Span, size: int) -> dict[str, str]:
    """Return the form that finds the individual's resources of a kind, in the period that the question is about."""
    form = {"patient": ",".join(f"Patient/{each}" for each in sorted(patients)), "_count": str(size)}
    if kind in _WHEN and period.start:
        form[_WHEN[kind]] = f"ge{period.start.isoformat()}"
    return form


class Search:
    """Searches at one server, page by page."""

    def __init__(self, door: Doorkeeper, base_url: str) -> None:
        self._door, self._base_url = door, base_url

    async def all_pages(self, kind: str, form: dict[str, str], whom: Secret[str]) -> list[Page]:
        """Return every page of a search. One whose pages have expired (410) is made anew. Raises AgencyFault."""
        for _ in range(_ANEW + 1):
            try:
                return await self._pages(kind, form, whom)
            except StatusFault as error:
                if error.status != GONE:
                    raise
        raise AgencyFault(FaultKind.DOWN, "pages run out before they are read")

    async def _pages(self, kind: str, form: dict[str, str], whom: Secret[str]) -> list[Page]:
        with_it = "&".join(f"_include={each}" for each in _WITH[kind])
        further = f"&_include:iterate={_FURTHER[kind]}" if kind in _FURTHER else ""
        url = f"{self._base_url}/{kind}/_search?{with_it}{further}"
        reply = await self._door.send("POST", url, form)
        pages = [page(fhir(reply), reply.charset)]
        seen: set[str] = set()
        while follows := pages[-1].next:
            url = self._next(follows, seen, whom)
            reply = await self._door.send("GET", url)
            pages.append(page(fhir(reply), reply.charset))
        return pages

    def _next(self, link: str, seen: set[str], whom: Secret[str]) -> str:
        """Return where the next page is: as the server said it, at the same server, and each only once."""
        try:
            url = urljoin(f"{self._base_url}/", link)
            ours, theirs = urlsplit(self._base_url), urlsplit(url)
            same = (ours.scheme, ours.hostname, ours.port) == (theirs.scheme, theirs.hostname, theirs.port)
        except ValueError:
            raise AgencyFault(FaultKind.MALFORMED, "Bundle.link: next isn't an address") from None
        if not same or theirs.username is not None:
            raise AgencyFault(FaultKind.MALFORMED, "Bundle.link: next leads to another server")
        if whom.reveal() in url:
            raise AgencyFault(FaultKind.MALFORMED, "Bundle.link: next holds the individual's number")
        if url in seen or len(seen) >= _PAGES:
            raise AgencyFault(FaultKind.TOO_LARGE, "Bundle.link: pages without end")
        seen.add(url)
        return url
