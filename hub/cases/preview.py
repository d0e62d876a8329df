"""What each receiver would see, as it may be shown to the individual beforehand. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from hub.access import Decided
from hub.access.questions import Answer, ShowToIndividual, ThirdPersonFacts
from hub.access.questions.words import Category
from hub.agencies import AgencyId
from hub.broker import Gathering, GatheringId, Part, PartState, Told, cut
from hub.broker.port import AgencyAnswer, FaultKind, Gap
from hub.cases.drafted import WouldSee
from hub.cases.held import Held
from hub.cases.sharing import SHARED


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerPart:
    """What one receiver would see of one owner's.

    `known`: the receiver may know that the owner is there; else it sees nothing. `may_ask`: it may ask by itself.
    `told`: the very facts. `refused`: drafted, and yet not told; `answers` say why. `withheld`: the receiver would see
    it, the individual may not; `why` says it. `unseen`: would be told, and can't be shown beforehand. `closed`: nothing
    of this owner's can. `part`: what became of the question, None when none was sent. `held`: what the receiver has
    already got by hand or pinned, and would still read; `falls`: what it would read no more.
    """

    owner: AgencyId
    known: bool
    may_ask: bool
    told: tuple[Told, ...] = ()
    gaps: tuple[Gap, ...] = ()
    refused: tuple[Category, ...] = ()
    answers: tuple[Answer, ...] = ()
    withheld: tuple[Category, ...] = ()
    why: Answer | None = None
    unseen: tuple[Category, ...] = ()
    closed: bool = False
    part: Part | None = None
    held: tuple[Told, ...] = ()
    falls: tuple[Category, ...] = ()

    @property
    def fault(self) -> FaultKind | None:
        """Why its answer is missing, when it is."""
        return self.part.fault if self.part else None

    @property
    def waiting(self) -> bool:
        """Whether it has been asked and may still answer."""
        return self.part is not None and self.part.state is PartState.WAITING

    @property
    def answered(self) -> bool:
        """Whether it has answered, if only that there is nothing."""
        return self.part is not None and self.part.state is PartState.ANSWERED


@dataclass(frozen=True, slots=True)
class ReceiverSees:
    """All that one receiver would see. `works_here`: it works with the individual in such a case today."""

    receiver: AgencyId
    works_here: bool
    owners: tuple[OwnerPart, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole, at one moment."""

    gathering: GatheringId
    started_at: datetime
    expires_at: datetime
    complete: bool
    receivers: tuple[ReceiverSees, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """What receivers hold already, with what has been decided about showing it to the individual, owner by owner."""

    held: Sequence[Held]
    shown: Mapping[AgencyId, Decided[ShowToIndividual]]

    def on(self, part: OwnerPart, about: Sequence[WouldSee]) -> OwnerPart:
        """Return the part with what of it would stand, cut, and what would fall away."""
        shown = self.shown.get(part.owner)
        may = frozenset(shown.answer.categories if shown and shown.answer.permits else ())
        theirs = [(one, each) for each in self.held for one in about if _same(one, each)]
        stay = [(one, each) for one, each in theirs if stands(one, each)]
        falls = [each.fact.category for one, each in theirs if not stands(one, each)]
        hidden = [each.fact.category for _, each in stay if each.fact.category not in may]
        return replace(
            part,
            held=tuple(
                told for one, each in stay if shown for told in _kept(each, _both(one.answered, shown.answer, may))
            ),
            falls=tuple(dict.fromkeys(falls)),
            withheld=tuple(dict.fromkeys((*part.withheld, *hidden))),
            why=part.why or (shown.answer if shown else None),
        )


def _kept(each: Held, permitted: Answer) -> list[Told]:
    cuts = cut(AgencyAnswer(facts=(each.fact,)), permitted)
    return [Told(one.fact, tuple(dict.fromkeys((*each.struck, *one.struck)))) for one in cuts]


def stands(sees: WouldSee, each: Held) -> bool:
    """Whether the receiver would still read what it holds."""
    return _same(sees, each) and each.fact.category in sees.open


def _same(sees: WouldSee, each: Held) -> bool:
    return (sees.owner, sees.receiver, sees.case) == (each.owner, each.receiver, each.case)


def owner_withholds(answer: AgencyAnswer) -> list[Category]:
    """Return the categories in which the owner says that something is secret from the individual too (OSL 12:1)."""
    return sorted({each.category for each in answer.facts if each.withheld_from_individual})


def third_persons(answer: AgencyAnswer) -> list[ThirdPersonFacts]:
    """Return the categories where somebody else is spoken of; those values are marked, and struck (reading R23)."""
    spoken = {
        fact.category: ThirdPersonFacts(category=fact.category, own_consent=False, marked=True)
        for fact in answer.facts
        if any(value.third_person for value in fact.values)
    }
    return [spoken[each] for each in sorted(spoken)]


def preview_of(
    found: Gathering,
    receivers: Sequence[str],
    sees: Sequence[WouldSee],
    shown: Mapping[AgencyId, Decided[ShowToIndividual]],
    closed: Collection[AgencyId],
    has: Has,
) -> Preview:
    """Put together, from what has come and what has been decided about showing it, each receiver's own view."""
    return Preview(
        gathering=found.id,
        started_at=found.started_at,
        expires_at=found.expires_at,
        complete=found.complete,
        receivers=tuple(
            ReceiverSees(
                AgencyId(code), any(each.works_here for each in theirs), _owners(theirs, found, shown, closed, has)
            )
            for code in receivers
            for theirs in [[each for each in sees if each.receiver == code]]
        ),
    )


def _owners(
    theirs: Sequence[WouldSee],
    found: Gathering,
    shown: Mapping[AgencyId, Decided[ShowToIndividual]],
    closed: Collection[AgencyId],
    has: Has,
) -> tuple[OwnerPart, ...]:
    parts: list[OwnerPart] = []
    for owner in dict.fromkeys(each.owner for each in theirs):
        about = [each for each in theirs if each.owner == owner]
        part = _owner(about, found.parts.get(owner), shown.get(owner), closed=owner in closed)
        parts.append(has.on(part, about))
    return tuple(parts)


def _owner(
    about: Sequence[WouldSee], part: Part | None, shown: Decided[ShowToIndividual] | None, *, closed: bool
) -> OwnerPart:
    opened: tuple[Category, ...] = tuple(each for each in SHARED if any(each in one.open for one in about))
    wished: tuple[Category, ...] = tuple(dict.fromkeys(category for each in about for category in each.wished))
    seen = OwnerPart(
        owner=about[0].owner,
        known=any(each.known for each in about),
        may_ask=any(each.asks.permits for each in about),
        refused=tuple(each for each in wished if each not in opened),
        answers=tuple(each.answered for each in about),
        closed=closed,
        part=part,
    )
    return replace(seen, unseen=opened) if shown is None else _decided(seen, opened, _together(about), shown)


def _decided(
    seen: OwnerPart, opened: tuple[Category, ...], would: Answer, shown: Decided[ShowToIndividual]
) -> OwnerPart:
    """Return the part with what may be shown of it, and what may not, as decided."""
    may = frozenset(shown.answer.categories if shown.answer.permits else ())
    answer = seen.part.answer if seen.part else None
    return replace(
        seen,
        told=cut(answer, _both(would, shown.answer, may)) if answer else (),
        gaps=answer.gaps if answer else (),
        withheld=tuple(each for each in opened if each in shown.question.categories and each not in may),
        why=shown.answer,
        unseen=tuple(each for each in opened if each not in shown.question.categories),
    )


def _together(about: Sequence[WouldSee]) -> Answer:
    """Return what the receiver would be told in all of its cases, with every obligation of any of them."""
    first = about[0].answered
    return msgspec.structs.replace(
        first,
        categories=sorted({category for each in about for category in each.open}),
        obligations=[each for one in about for each in one.answered.obligations],
    )


def _both(would: Answer, shown: Answer, may: Collection[str]) -> Answer:
    """Return what is in both: what the receiver would see, and the individual may; with what either is tied to."""
    both = sorted(each for each in would.categories if each in may)
    return msgspec.structs.replace(would, categories=both, obligations=[*would.obligations, *shown.obligations])
