"""A LEFI v9 answer in, facts out. Pure: no clock, no network, no settings."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from adapters.forsakringskassan import person
from adapters.forsakringskassan.cases import Reader
from adapters.forsakringskassan.codes import GROUPS, KINDS, PERSON_CATEGORIES, PM_KINDS, PROVIDERS, Kind
from hub.broker.port import AgencyAnswer, AgencyFault, Category, Fact, FaultKind, Gap
from hub.kit.payload import PayloadError, PayloadFault, is_array, is_object, read_json
from hub.kit.secret import Secret

_FK: Final = "formansinformation"
_PARTS: Final = frozenset({"utlamnare", "avvikelser", _FK, *PM_KINDS})
_DEVIATIONS: Final = {
    "OBEHORIG": "myndigheten lämnar inte ut uppgiften till den som frågar",
    "INTERNT_FEL": "myndigheten har ett fel hos sig",
}
_STATES: Final = {"FELANDE": "har ett fel hos sig just nu", "OTILLGANGLIG": "går inte att nå just nu"}


def answer(body: bytes, *, whom: Secret[str] | None, at: datetime) -> AgencyAnswer:
    """Return what the answer says, all of it. `at`: when it came.

    Raises AgencyFault: MALFORMED or TOO_LARGE when it isn't such an answer, DOWN when it says that nobody could
    answer; WrongPerson when it names somebody else than `whom`. What doesn't say whom it is about is withheld.
    """
    root = _root(body)
    states = list(_states(root.get("utlamnare")))
    if states and all(each for _, each in states):
        raise AgencyFault(FaultKind.DOWN, "no provider of information could answer")
    information = root.get(_FK)
    named = whom is None or person.belongs(information, whom)
    gaps = [Gap(name, reason, ("benefits",)) for name, reason in states if reason]
    gaps += _deviations(root.get("avvikelser"))
    facts = tuple(_facts(root, at, gaps))
    known = bool(facts) or any(_leaves_open(each) for each in gaps)
    if facts and not named:
        gaps.append(Gap("Uppgifter ur socialförsäkringen", "svaret säger inte vem det handlar om", _categories(facts)))
        facts = ()
    return AgencyAnswer(facts=facts, gaps=tuple(gaps), protection=person.protection(information), known=known)


def read(body: bytes, at: datetime) -> AgencyAnswer:
    """Return what an answer says when nobody in particular was asked about. Raises AgencyFault."""
    return answer(body, whom=None, at=at)


def _root(body: bytes) -> Mapping[str, Any]:
    try:
        root = read_json(body)
    except PayloadError as error:
        kind = FaultKind.TOO_LARGE if error.fault is PayloadFault.TOO_LARGE else FaultKind.MALFORMED
        raise AgencyFault(kind, str(error)) from None
    if not is_object(root):
        raise AgencyFault(FaultKind.MALFORMED, "not an object")
    if not _PARTS & set(root):
        error = "an error (LefiFelsvar)" if "meddelande" in root else "none of the parts of a LEFI answer"
        raise AgencyFault(FaultKind.MALFORMED, error)
    if not is_array(root.get("utlamnare", [])):
        raise AgencyFault(FaultKind.MALFORMED, "utlamnare: not a list")
    return root


def _leaves_open(gap: Gap) -> bool:
    """Whether the gap may be why nothing came. A group outside the agreement isn't, but for the person's own."""
    return gap.reason != _DEVIATIONS["OBEHORIG"] or gap.categories == PERSON_CATEGORIES


def _states(told: Any) -> Iterator[tuple[str, str]]:
    """Yield each provider of information, and why it couldn't answer ("" when it could)."""
    for each in told if is_array(told) else ():
        provider, state = _inner(each, "utlamnare"), _inner(each, "tillstand")
        code = state.get("kod", "OK")
        name = PROVIDERS.get(str(provider.get("kod")), str(provider.get("namn") or "En myndighet"))
        yield name, "" if code == "OK" else _STATES.get(str(code), "kunde inte svara")


def _deviations(told: Any) -> Iterator[Gap]:
    if not is_object(told):
        if told:
            yield Gap("Avvikelser", "de går inte att läsa")
        return
    for listed in told.values():
        for each in listed if is_array(listed) else [listed]:
            yield _deviation(each)


def _deviation(each: Any) -> Gap:
    group = _inner(each, "formansgrupp") or _inner(each, "ovrigInformationstyp")
    code = str(_inner(each, "avvikelse").get("kod"))
    name, categories = GROUPS.get(str(group.get("kod")), ("En del av svaret", ()))
    return Gap(str(group.get("beskrivning") or name), _DEVIATIONS.get(code, "uppgiften kunde inte lämnas"), categories)


def _facts(root: Mapping[str, Any], at: datetime, gaps: list[Gap]) -> Iterator[Fact]:
    information = root.get(_FK)
    yield from person.facts(information, PROVIDERS["FK"], at)
    if is_object(information):
        for key, told in information.items():
            if key != person.KEY:
                yield from _kind(key, KINDS.get(key), told, PROVIDERS["FK"], at, gaps)
    elif information is not None:
        gaps.append(Gap("Försäkringskassans uppgifter", "de har fel form"))
    for key, told in root.items():
        if key not in (_FK, "utlamnare", "avvikelser"):
            yield from _kind(key, PM_KINDS.get(key), told, PROVIDERS["PM"], at, gaps)


def _kind(key: str, kind: Kind | None, told: Any, unit: str, at: datetime, gaps: list[Gap]) -> Iterator[Fact]:
    """Yield what one kind of case says; a kind that nobody has described is kept, under its own name."""
    known = kind or Kind(f"Okänd uppgift: {key[:60]}")
    reader = Reader(key, known, unit, at, gaps, known=kind is not None)
    if told is None:
        return
    yield from reader.facts(told if is_array(told) else [told])


def _inner(node: Any, field: str) -> Mapping[str, Any]:
    found = node.get(field) if is_object(node) else None
    return found if is_object(found) else {}


def _categories(facts: tuple[Fact, ...]) -> tuple[Category, ...]:
    return tuple(dict.fromkeys(each.category for each in facts))
