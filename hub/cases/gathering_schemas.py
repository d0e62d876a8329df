"""What a gathering looks like over the API: part by part, fact by fact, with ground and source."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final, Literal

from pydantic import ConfigDict, Field

from hub.broker import Told
from hub.broker.port import Fact, Value
from hub.cases.areas import Statement
from hub.cases.picture import AgencyPart, Basis, Picture
from hub.cases.pins import Pinned
from hub.kit.rest import Body, Instant

_FACT: Final[dict[str, Any]] = {
    "id": "5f2c9a1b7d3e4f60815a2b3c4d5e6f70",
    "category": "work_ability",
    "code": "halvtid",
    "codeSystem": "urn:exempel:arbetsformaga",
    "codeKnown": True,
    "what": "Bedömning av arbetsförmåga",
    "text": "Kan börja med högst halvtid, i lugn miljö.",
    "values": [{"name": "extent", "label": "Omfattning", "type": "integer", "value": "50"}],
    "unit": "Öppenvård",
    "asOf": "2026-11-19T08:00:00Z",
    "source": "Observation/17",
    "sensitive": True,
    "byHand": "",
    "struck": [],
    "ground": {"code": "consent", "law": "OSL 10:1, 12:2", "givenAt": "2026-09-14T07:30:00Z"},
}
_PART: Final[dict[str, Any]] = {
    "agency": "psyk",
    "state": "answered",
    "own": False,
    "facts": [_FACT],
    "gaps": [],
    "refused": ["mental_health"],
    "byHand": [],
    "knownThere": True,
    "decision": "b7m2q9x4c1v8b5n3k6w0z2d4ya",
}
_MISSING: Final[dict[str, Any]] = {
    "agency": "fk",
    "state": "failed",
    "own": False,
    "facts": [],
    "gaps": [],
    "refused": [],
    "byHand": [],
    "knownThere": True,
    "fault": {"kind": "silent", "detail": "svarade inte i tid"},
    "decision": "c7m2q9x4c1v8b5n3k6w0z2d4ya",
}
#: A whole answer, for the description of the API.
EXAMPLE: Final[dict[str, Any]] = {
    "id": "qk3v6b2hqk3v6b2hqk3v6b2hqk",
    "startedAt": "2026-11-24T08:04:00Z",
    "expiresAt": "2026-11-24T08:05:00Z",
    "complete": True,
    "parts": [_PART, _MISSING],
}
_TYPES: Final[dict[type, str]] = {bool: "boolean", int: "integer", datetime: "instant", date: "date", str: "text"}
#: What a fact is known by (`Pins.digest`).
KnownBy = Callable[[Statement], str]
State = Literal["answered", "waiting", "failed", "withheld", "notAsked"]


class ValueBody(Body):
    """Ett värde i en uppgift."""

    name: str = Field(description="Namn, på engelska / name")
    label: str = Field(description="Namn, på svenska / label in Swedish")
    type: str = Field(description="text, integer, decimal, boolean, date, instant")
    value: str = Field(description="Värdet som text / the value as text")

    @classmethod
    def of(cls, value: Value) -> "ValueBody":
        said = value.value
        text = said.isoformat() if isinstance(said, (date, datetime)) else str(said)
        kind = _TYPES.get(type(said), "decimal")
        return cls(name=value.name, label=value.label, type=kind, value=text.lower() if kind == "boolean" else text)


class GroundBody(Body):
    """Varför uppgiften får visas."""

    code: str = Field(description="Grundens kod / the ground")
    law: str = Field(description="Lagrum / paragraph")
    given_at: Instant | None = Field(default=None, description="När samtycket lämnades / when consent was given")

    @classmethod
    def of(cls, basis: Basis) -> "GroundBody":
        at = datetime.fromtimestamp(basis.given_at, UTC) if basis.given_at is not None else None
        return cls(code=basis.code, law=basis.law, given_at=at)


class FactBody(Body):
    """En uppgift från en myndighet, med varifrån den kommer."""

    model_config = ConfigDict(json_schema_extra={"example": _FACT})

    id: str = Field(description="Det som uppgiften känns igen på, för att nåla fast den / what it is known by")
    category: str = Field(description="Slag av uppgift / category")
    code: str = Field(description="Myndighetens egen kod / the agency's own code")
    code_system: str = Field(description="Vilken kodlista / code system")
    code_known: bool = Field(description="Koden finns i kodlistan / the list has the code")
    what: str = Field(description="Vad det är / what it is")
    text: str = Field(description="Vad myndigheten säger / what the agency says")
    values: tuple[ValueBody, ...] = Field(description="Värden / values")
    period_from: date | None = Field(
        default=None, description="Från och med / from", json_schema_extra={"example": "2026-03-01"}
    )
    period_to: date | None = Field(
        default=None, description="Till och med / to", json_schema_extra={"example": "2026-12-31"}
    )
    unit: str = Field(description="Enheten som svarar; tom om den är struken / the unit; empty when struck")
    as_of: Instant
    source: str = Field(description="Myndighetens egen referens / the agency's reference")
    sensitive: bool = Field(description="Känslig uppgift / sensitive")
    by_hand: str = Field(description="Vem som svarade för hand / who answered by hand")
    struck: tuple[str, ...] = Field(description="Vad som är struket / what was struck")
    ground: GroundBody | None = Field(default=None, description="Varför uppgiften får visas / why it may be shown")

    @classmethod
    def of(cls, told: Told, basis: Basis | None, identity: str) -> "FactBody":
        fact: Fact = told.fact
        return cls(
            id=identity,
            category=fact.category,
            code=fact.what.value,
            code_system=fact.what.system,
            code_known=fact.what.known,
            what=fact.what.text,
            text=fact.text,
            values=tuple(ValueBody.of(each) for each in fact.values),
            period_from=fact.period.start if fact.period else None,
            period_to=fact.period.end if fact.period else None,
            unit=fact.unit,
            as_of=fact.as_of,
            source=fact.source,
            sensitive=fact.sensitive,
            by_hand=fact.by_hand,
            struck=told.struck,
            ground=GroundBody.of(basis) if basis else None,
        )


class FaultBody(Body):
    """Varför en myndighets del saknas."""

    kind: str = Field(description="Felets slag / kind of fault")
    detail: str = Field(description="Vad som hände, efter myndighetens namn / what happened")
    retry_after: int | None = Field(default=None, description="Sekunder att vänta / seconds to wait")


class GapBody(Body):
    """En del som myndigheten inte kunde lämna."""

    what: str = Field(description="Vad / what")
    reason: str = Field(description="Varför / why")


class PartBody(Body):
    """En myndighets del."""

    model_config = ConfigDict(json_schema_extra={"example": _PART})

    agency: str = Field(description="Myndigheten / the agency")
    state: State = Field(description="answered, waiting, failed, withheld, notAsked")
    own: bool = Field(description="Er egen myndighet / your own agency")
    facts: tuple[FactBody, ...] = Field(description="Vad den säger / what it says")
    gaps: tuple[GapBody, ...] = Field(description="Delar som saknas / missing parts")
    refused: tuple[str, ...] = Field(description="Slag av uppgifter som inte delas / what is not shared")
    by_hand: tuple[str, ...] = Field(description="Vad dess tjänstemän kan svara på / what its officials can answer")
    known_there: bool = Field(description="Myndigheten känner personen / the agency knows the individual")
    fault: FaultBody | None = Field(default=None, description="Varför delen saknas / why the part is missing")
    decision: str = Field(description="Beslutsnummer i loggen / decision number in the ledger")

    @classmethod
    def of(cls, part: AgencyPart, known_by: KnownBy) -> "PartBody":
        facts = tuple(
            FactBody.of(each, _basis(part, each), known_by(Statement(part.agency, each))) for each in part.told
        )
        return cls(
            agency=part.agency,
            state=state_of(part),
            own=part.own,
            facts=facts,
            gaps=tuple(GapBody(what=each.what, reason=each.reason) for each in part.gaps),
            refused=part.refused,
            by_hand=part.by_hand,
            known_there=part.known_there,
            fault=_fault(part),
            decision=part.entry,
        )


class GatheringBody(Body):
    """En gemensam bild, vid ett tillfälle."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: str = Field(description="Insamlingen / the gathering")
    started_at: Instant
    expires_at: Instant
    complete: bool = Field(description="Alla har svarat eller inte kunnat / all have answered or failed")
    parts: tuple[PartBody, ...] = Field(description="En del per myndighet som du får veta är med / one part per agency")

    @classmethod
    def of(cls, picture: Picture, known_by: KnownBy) -> "GatheringBody":
        return cls(
            id=picture.gathering,
            started_at=picture.started_at,
            expires_at=picture.expires_at,
            complete=picture.complete,
            parts=tuple(PartBody.of(each, known_by) for each in picture.parts),
        )


_PIN: Final[dict[str, Any]] = {
    "id": "pk3v6b2hqk3v6b2hqk3v6b2hqk",
    "agency": "psyk",
    "pinnedAt": "2026-11-24T08:04:30Z",
    "fact": _FACT,
}


class NewPin(Body):
    """En uppgift att nåla fast."""

    model_config = ConfigDict(json_schema_extra={"example": {"fact": _FACT["id"]}})

    fact: str = Field(max_length=64, description="Uppgiftens id, ur svaret / the fact's id, out of the answer")


class PinBody(Body):
    """En uppgift som är fastnålad i ärendet."""

    model_config = ConfigDict(json_schema_extra={"example": _PIN})

    id: str = Field(description="Nålen / the pin")
    agency: str = Field(description="Vem som säger det / who says it")
    pinned_at: Instant
    fact: FactBody = Field(description="Uppgiften, så som den får visas nu / the fact as it may be shown now")

    @classmethod
    def of(cls, pinned: Pinned, known_by: KnownBy) -> "PinBody":
        statement = pinned.statement
        fact = FactBody.of(statement.told, None, known_by(statement))
        return cls(id=pinned.id, agency=statement.agency, pinned_at=pinned.pinned_at, fact=fact)


class PinList(Body):
    """Det som är fastnålat och får visas nu."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": [_PIN]}})

    items: tuple[PinBody, ...] = Field(description="Nålar / pins")


def state_of(part: AgencyPart) -> State:
    """Return what has become of an agency's part, in one word."""
    if part.part is None:
        return "notAsked"
    if part.withheld:
        return "withheld"
    return part.part.state.value


def _fault(part: AgencyPart) -> FaultBody | None:
    if part.fault is None or part.part is None:
        return None
    return FaultBody(kind=part.fault.value, detail=part.fault.told, retry_after=part.part.retry_after)


def _basis(part: AgencyPart, told: Told) -> Basis | None:
    found = part.bases.get(told.fact.category)
    return found or next((part.bases[each.item] for each in told.fact.values if each.item in part.bases), None)
