"""What the pages of the log's review show."""

from dataclasses import dataclass
from datetime import date, datetime

from hub.web.parts import AgencyMark, Option, Status
from hub.workspace.log_views import LogRow


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One draw in the list."""

    href: str
    since: datetime
    until: datetime
    status: Status
    due: date
    drawn: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleList:
    """What an agency owes and has done of its log's review."""

    mark: AgencyMark
    next_draw: date
    every_days: int
    random: int
    #: Where the agency's decision is filed; empty while the hub's own proposal holds.
    diarienummer: str
    rules: tuple[str, ...]
    samples: tuple[SampleRow, ...]


@dataclass(frozen=True, slots=True)
class SampledRow:
    """One entry of a draw: why it was drawn and what was found."""

    row: LogRow
    reasons: tuple[str, ...]
    status: Status
    href: str
    note: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSample:
    """One draw with its entries, to be reviewed, signed or taken out."""

    address: str
    since: datetime
    until: datetime
    due: date
    seed: str
    population: int
    random: int
    reproduced: bool
    rows: tuple[SampledRow, ...]
    left: int
    version: int
    drawn_by: str
    signed_by: str = ""
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneEntry:
    """One entry to review. `about` is empty where the reviewer may not know whom it is about."""

    act: str
    back: str
    row: LogRow
    reasons: tuple[str, ...]
    about: str
    barred: bool
    verdicts: tuple[Option, ...]
