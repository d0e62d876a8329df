"""What staff and partner systems do with cases, act by act in the files that this one puts together."""

from hub.cases.frames import CaseFrames
from hub.cases.parties import CaseParties
from hub.cases.reading import CaseReading
from hub.cases.team import CaseTeam
from hub.cases.visits import CaseVisits
from hub.cases.waiting import CaseWaiting


class Cases(CaseFrames, CaseTeam, CaseParties, CaseReading, CaseVisits, CaseWaiting):
    """Opening a case, its parties and its team, handing over, closing.

    Each act is decided first (`open_case`, `act_in_case`; for a party also `disclose`), then one transaction: epochs
    first, the ledger last.
    """
