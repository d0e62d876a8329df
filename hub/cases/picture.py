"""The shared picture of a case as one caller may see it: what each agency says, on what ground, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hub.access.questions import Answer
from hub.access.questions.words import Category
from hub.agencies import AgencyId
from hub.broker import GatheringId, Part, PartState, Told
from hub.broker.port import FaultKind, Gap
from hub.cases.model import CaseId


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a category is shown: the ground's code and paragraph, and for a consent when it was given (epoch s)."""

    code: str
    law: str
    given_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPart:
    """One agency in the picture, as the caller may see it now.

    `told`: what it says, cut. `bases`: by category or item. `refused`: what isn't shared; `answers` say why.
    `by_hand`: what its officials can be asked, since no road carries it. `part`: what became of the automatic question,
    None when none was sent. `withheld`: it had answered, but the ground moved before it was shown. `entry`: the
    decision's number. `road_closed`: there is a road, but not for what this case is for (readings R13, R14).
    """

    agency: AgencyId
    own: bool
    told: tuple[Told, ...] = ()
    gaps: tuple[Gap, ...] = ()
    bases: Mapping[str, Basis] = field(default_factory=dict[str, Basis])
    refused: tuple[Category, ...] = ()
    answers: tuple[Answer, ...] = ()
    by_hand: tuple[Category, ...] = ()
    road_closed: bool = False
    part: Part | None = None
    withheld: bool = False
    known_there: bool = True
    entry: str = ""

    @property
    def fault(self) -> FaultKind | None:
        """Why its part is missing, when it is."""
        return self.part.fault if self.part else None

    @property
    def waiting(self) -> bool:
        """Whether it has been asked and may still answer."""
        return self.part is not None and self.part.state is PartState.WAITING


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole, at one moment."""

    gathering: GatheringId
    case: CaseId
    started_at: datetime
    expires_at: datetime
    complete: bool
    parts: tuple[AgencyPart, ...]

    @property
    def missing(self) -> tuple[AgencyId, ...]:
        """Those who were asked and have failed: a retry asks only them."""
        return tuple(each.agency for each in self.parts if each.part and each.part.state is PartState.FAILED)
