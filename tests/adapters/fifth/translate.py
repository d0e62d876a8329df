"""What the answer means: `{"personnummer", "skyddad", "skulder": [{"mal", "kronor", "sedan"}]}`."""

from datetime import date, datetime
from typing import Any

from hub.broker.port import AgencyAnswer, AgencyFault, Code, Fact, FaultKind, Gap, Span, Value, WrongPerson
from hub.kit.payload import PayloadError, read_json
from hub.kit.secret import Secret


def answer(body: bytes, *, whom: Secret[str] | None, at: datetime, charset: str = "") -> AgencyAnswer:
    """Return what is said of `whom`. Raises AgencyFault, WrongPerson."""
    told = _object(body, charset)
    if told.get("personnummer") is None and told.get("skulder") == []:
        return AgencyAnswer(known=False)
    debts = told.get("skulder")
    if not isinstance(told.get("personnummer"), str) or not isinstance(debts, list):
        raise AgencyFault(FaultKind.MALFORMED, "no personnummer or no skulder")
    if whom is not None and told["personnummer"] != whom.reveal():
        raise WrongPerson("the answer's personnummer")
    facts: list[Fact] = []
    gaps: list[Gap] = []
    for number, debt in enumerate(debts, 1):
        try:
            facts.append(_debt(debt, at))
        except (KeyError, TypeError, ValueError):
            gaps.append(Gap(f"Skuld {number}", "Gick inte att läsa.", ("debts",)))
    protected = "sekretessmarkering" if told.get("skyddad") is True else "none"
    return AgencyAnswer(facts=tuple(facts), gaps=tuple(gaps), protection=protected)


def read(body: bytes, at: datetime) -> AgencyAnswer:
    """Return what a raw answer says, whoever it is about."""
    return answer(body, whom=None, at=at)


def _object(body: bytes, charset: str) -> dict[str, Any]:
    try:
        told = read_json(body, charset=charset)
    except PayloadError as error:
        raise AgencyFault(FaultKind.MALFORMED, str(error)) from None
    if not isinstance(told, dict):
        raise AgencyFault(FaultKind.MALFORMED, "not an object")
    return told


def _debt(told: dict[str, Any], at: datetime) -> Fact:
    since, kronor = date.fromisoformat(told["sedan"]), int(told["kronor"])
    return Fact(
        category="debts",
        what=Code("kronofogden", "skuld", "Skuld hos Kronofogden"),
        text=f"Har en skuld på {kronor} kronor.",
        unit="Kronofogden",
        as_of=at,
        source=str(told["mal"]),
        period=Span(since),
        values=(Value("amount", "Kronor", kronor),),
    )
