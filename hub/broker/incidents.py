"""When an agency answers about somebody else: all of it is refused, it is recorded, and the operator is told."""

from typing import Final

import structlog
from prometheus_client import Counter

from hub.audit import Entry, EntryKind, Ledger, Outcome
from hub.broker.port import FaultKind
from hub.broker.store import Gathering
from hub.kit.clock import Clock

#: What operators set their alarm on.
INCIDENTS: Final = Counter(
    "hub_incidents", "Answers that were refused because they were about another person", ["agency"]
)
_log = structlog.get_logger()


class Incidents:
    """Records incidents in the ledger, counts them, and says so in the log; none of it holds anything of the answer."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger, self._clock = ledger, clock

    async def wrong_person(self, gathering: Gathering, agency: str, kind: FaultKind, cause: str) -> None:
        """Record that `agency` answered about another individual than was asked about."""
        entry = Entry(
            at=self._clock.now(),
            kind=EntryKind.SYSTEM,
            question="broker",
            act=kind.value,
            outcome=Outcome.DONE,
            caller_kind="system",
            caller_ref=f"agency:{agency}",
            agency=gathering.agency,
            owner=agency,
            individual=gathering.individual,
            case_id=gathering.case or None,
            detail={"cause": cause, "gathering": gathering.id},
        )
        INCIDENTS.labels(agency=agency).inc()
        _log.error("incident", incident=kind.value, agency=agency, cause=cause, gathering=gathering.id)
        await self._ledger.record([entry])
