"""What a sandbox agency can be told to suffer from, at run time. Kept in memory: a new start is a well agency."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    """One way for an agency to fail."""

    OK = "ok"
    SLOW = "slow"
    DOWN = "down"
    WRONG = "wrong"
    MALFORMED = "malformed"
    TRUNCATED = "truncated"
    DISHONEST = "dishonest"
    OVER_QUOTA = "over_quota"
    EXPIRED_CERTIFICATE = "expired_certificate"
    HUGE = "huge"
    DEEP = "deep"
    LATIN1 = "latin1"
    WRONG_LENGTH = "wrong_length"
    WRONG_TYPE = "wrong_type"


TOLD: Final = {
    Fault.OK: "Svarar som den ska",
    Fault.SLOW: "Långsam: väntar innan den svarar",
    Fault.DOWN: "Nere: svarar 503 på sitt eget sätt",
    Fault.WRONG: "Fel hos sig: svarar med sitt eget felformat",
    Fault.MALFORMED: "Trasigt innehåll: rätt längd, men mitten saknas",
    Fault.TRUNCATED: "Avhugget: förbindelsen bryts mitt i svaret",
    Fault.DISHONEST: "Svarar om en annan person",
    Fault.OVER_QUOTA: "För många frågor: ber hubben vänta",
    Fault.EXPIRED_CERTIFICATE: "Certifikatet har gått ut",
    Fault.HUGE: "Jättestort svar: 50 MB",
    Fault.DEEP: "Djupt svar: 10 000 nivåer",
    Fault.LATIN1: "Fel teckenkodning: Latin-1 i det som kallas UTF-8",
    Fault.WRONG_LENGTH: "Fel längd: Content-Length stämmer inte",
    Fault.WRONG_TYPE: "Fel innehållstyp: säger att svaret är en webbsida",
}


@dataclass(slots=True)
class Switch:
    """Which fault is on now. `seconds`: how long a slow one waits, and what an over-quota one asks for."""

    fault: Fault = Fault.OK
    seconds: float = 5.0
    _told: list[Callable[[Fault], Awaitable[None]]] = field(default_factory=list[Callable[[Fault], Awaitable[None]]])

    def is_on(self, fault: Fault) -> bool:
        return self.fault is fault

    async def set(self, fault: Fault, seconds: float | None = None) -> None:
        """Turn `fault` on, and whatever was on before it off. Returns when it holds for the next question."""
        self.fault = fault
        if seconds is not None:
            self.seconds = seconds
        for tell in self._told:
            await tell(fault)

    def on_change(self, tell: Callable[[Fault], Awaitable[None]]) -> None:
        """Have `tell` called whenever the switch is set."""
        self._told.append(tell)
