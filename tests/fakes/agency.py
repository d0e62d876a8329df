"""An agency that answers what it is told to, in process: for what is tested of the hub around the ports."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from hub.broker.port import (
    AgencyAnswer,
    AgencyFault,
    AgencyRequest,
    Capabilities,
    Category,
    Claim,
    Code,
    Fact,
    Probe,
    Purpose,
    Road,
    Span,
    Value,
)

AS_OF = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
EVERYTHING: frozenset[Category] = frozenset(
    {"plan", "meeting", "work_ability", "employment", "benefits", "economy", "social_situation", "health"}
)


def fact(category: Category, text: str, *, claim: tuple[str, str] | None = None, **more: object) -> Fact:
    """Return a fact with what every fact has."""
    said: dict[str, object] = {
        "what": Code("test", category, f"Uppgift om {category}"),
        "unit": "Öppenvård",
        "as_of": AS_OF,
        "source": f"{category}/1",
        "period": Span(date(2026, 3, 1), None),
        "claim": Claim(*claim) if claim else None,
        **more,
    }
    return Fact(category=category, text=text, **said)  # pyright: ignore[reportArgumentType]  members of Fact


def place(text: str) -> Value:
    """Return a value that tells where somebody is."""
    return Value("place", "Plats", text, location=True)


@dataclass
class FakeAgency:
    """A port. `answer`: what it says, or the fault it has. `before`: run when it is asked, before it answers."""

    answer: AgencyAnswer | AgencyFault | Exception = field(default_factory=AgencyAnswer)
    road: Road = "hub_request"
    categories: frozenset[Category] = EVERYTHING
    items: frozenset[str] = frozenset()
    purposes: frozenset[Purpose] | None = None
    duty: str = ""
    slow: asyncio.Event | None = None
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    before: Callable[[], object] | None = None
    asked: list[AgencyRequest] = field(default_factory=list[AgencyRequest])

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(self.road, "Påhittad väg", self.categories, self.items, self.purposes, self.duty)

    async def ask(self, request: AgencyRequest) -> AgencyAnswer:
        self.asked.append(request)
        self.reached.set()
        if self.slow is not None:
            await self.slow.wait()
        if self.before is not None:
            found = self.before()
            if asyncio.iscoroutine(found):
                await found
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def probe(self) -> Probe:
        return Probe(open=True, told="Påhittad väg är öppen")

    async def close(self) -> None:
        return None
