"""Which protection is stronger than which, and what a raised one is."""

from datetime import datetime
from typing import Final

from hub.agencies import AgencyId
from hub.people.model import NEVER, PROVISIONAL, Individual, Protection, ProtectionSource

#: Which protection is stronger than which. Raising never weakens.
STRENGTH: Final = {
    Protection.NONE: 0,
    Protection.UNKNOWN: 1,
    Protection.SEKRETESSMARKERING: 2,
    Protection.SKYDDAD_FOLKBOKFORING: 3,
}


def raise_row(
    row: Individual, kind: Protection, source: ProtectionSource, *, agency: AgencyId, by: str, now: datetime
) -> None:
    """Raise one row to `kind`; does nothing when it is as strong already."""
    if STRENGTH[kind] <= STRENGTH[row.protection]:
        return
    row.protection, row.protection_source, row.raising_agency = kind, source, agency
    row.raised_by, row.raised_at, row.confirmed_by = by, now, ""
    row.provisional_until = now + PROVISIONAL if source is ProtectionSource.MACHINE else NEVER
