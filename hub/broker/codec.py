"""An answer as bytes and back: for the minute that it lies sealed, and for what a person pins."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, get_type_hints

import msgspec

from hub.broker.port import AgencyAnswer, Fact, Gap, Typed, Value


class _Value(msgspec.Struct, frozen=True, array_like=True):
    """A value with the name of its type, which JSON doesn't keep."""

    name: str
    label: str
    kind: str
    text: str
    item: str
    location: bool
    third_person: bool


#: A fact as JSON can hold it: the same members, with values that say their type.
_Plain: Final = msgspec.defstruct(
    "_Plain", [(name, list[_Value] if name == "values" else kind) for name, kind in get_type_hints(Fact).items()]
)
_WRITE: Final[dict[type, str]] = {bool: "bool", int: "int", Decimal: "dec", datetime: "at", date: "day", str: "str"}
_READ: Final[dict[str, Any]] = {
    "bool": "true".__eq__,
    "int": int,
    "dec": Decimal,
    "at": datetime.fromisoformat,
    "day": date.fromisoformat,
    "str": str,
}


def encode_answer(answer: AgencyAnswer) -> bytes:
    """Return the answer as JSON."""
    facts = [encode_fact(fact) for fact in answer.facts]
    return msgspec.json.encode([facts, answer.gaps, answer.protection, answer.known])


def decode_answer(body: bytes) -> AgencyAnswer:
    """Return the answer that `encode_answer` wrote. Raises msgspec.MsgspecError."""
    facts, gaps, protection, known = msgspec.json.decode(body)
    return AgencyAnswer(
        facts=tuple(decode_fact(each) for each in facts),
        gaps=msgspec.convert(gaps, tuple[Gap, ...]),
        protection=protection,
        known=known,
    )


def encode_fact(fact: Fact) -> dict[str, Any]:
    """Return the fact as what JSON can hold."""
    members = {name: getattr(fact, name) for name in Fact.__dataclass_fields__}
    return msgspec.to_builtins(_Plain(**{**members, "values": [_value(each) for each in fact.values]}))


def decode_fact(plain: dict[str, Any]) -> Fact:
    """Return the fact that `encode_fact` wrote. Raises msgspec.MsgspecError."""
    said: dict[str, Any] = msgspec.structs.asdict(msgspec.convert(plain, _Plain))
    said["values"] = tuple(_plain(each) for each in said["values"])
    return Fact(**said)


def _value(value: Value) -> _Value:
    kind = _WRITE[type(value.value)]
    text = str(value.value).lower() if kind == "bool" else _text(value.value)
    return _Value(value.name, value.label, kind, text, value.item, value.location, value.third_person)


def _text(value: Typed) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _plain(said: _Value) -> Value:
    return Value(
        said.name, said.label, _READ[said.kind](said.text), said.item, said.location, third_person=said.third_person
    )
