"""Made-up answers and questions."""

import json
from datetime import UTC, date, datetime
from typing import Any, Final

from adapters.forsakringskassan.translate import answer
from hub.broker.port import AgencyAnswer, AgencyRequest, Asker, Category, Fact, Ground, Span
from hub.kit.secret import Secret

AT: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
#: One of Skatteverket's published test numbers.
NUMBER: Final = "189001019802"
GUNNAR: Final = "198604129810"


def body(*, person: dict[str, Any] | None = None, number: str = NUMBER, **parts: Any) -> bytes:
    """Return an answer about `number`; `parts` stand in `formansinformation`."""
    told = {"generellPersoninformation": [{"personnummer": number, **(person or {})}], **parts}
    return json.dumps({"formansinformation": told}).encode()


def said(told: bytes, whom: str = NUMBER) -> AgencyAnswer:
    return answer(told, whom=Secret(whom), at=AT)


def decided(**fields: Any) -> dict[str, Any]:
    """Return a case of sickness benefit with one decision."""
    told = {"fattades": "2026-08-28", "period": {"fran": "2026-09-01", "till": "2027-02-28"}, **fields}
    return {"startades": "2026-05-11", "aktivt": True, "beslut": [told]}


def of(found: AgencyAnswer, category: Category) -> list[Fact]:
    return [each for each in found.facts if each.category == category]


def request(*categories: Category, whom: str = GUNNAR, period: Span | None = None, **more: Any) -> AgencyRequest:
    return AgencyRequest(
        whom=Secret(whom),
        categories=categories,
        purpose="ekonomiskt_bistand",
        ground=Ground("SoL 15:10", "SoL 15 kap. 10 §", "samtycke å 7"),
        entry="abcdefghijklmnopqrstuvwxyz",
        asker=Asker("soc", "Björkå kommun", "212000-0000", "opaque", "S2304"),
        period=period or Span(date(2026, 1, 1), date(2026, 12, 31)),
        **more,
    )
