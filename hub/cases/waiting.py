"""How much waits for those who answer for their agency: numbers alone, of nobody."""

from dataclasses import dataclass
from typing import Final

from hub.access import Caller
from hub.cases.acts import CaseActs

_WAITING: Final = """
    SELECT (SELECT count(*) FROM case_review WHERE owner = $1 AND state = 'asked'),
           (SELECT count(*) FROM log_question WHERE agency = $1 AND answered_at IS NULL)"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for an agency's officials and its log reviewer."""

    reviews: int = 0
    log_questions: int = 0


class CaseWaiting(CaseActs):
    """Counting what waits."""

    async def waiting(self, caller: Caller) -> Waiting:
        """Return what waits at the caller's agency, in one statement; whoever shows it asks for the role first."""
        [[reviews, questions]] = await self._database.fetch_shared(_WAITING, caller.agency or "")
        return Waiting(reviews, questions)
