"""What was decided about each agency, and what follows from it: what is sent, and what is explained. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hub.access import Decided, Permit
from hub.access.questions import Answer, Disclose
from hub.access.questions.words import Category
from hub.broker import Gathering, Sending, came
from hub.broker.port import AgencyRequest, Asker, Ground, Span
from hub.cases.picture import AgencyPart, Basis
from hub.cases.sharing import SHARED
from hub.cases.ways import PARTY, Way
from hub.kit.secret import Secret


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about one way; `ask` is None where nothing is asked of anybody else."""

    way: Way
    ask: Decided[Disclose] | None
    answer: Decided[Disclose]
    rest: Decided[Disclose] | None

    @property
    def known(self) -> bool:
        """Whether the caller may know that the agency is there."""
        decided = (self.answer, self.rest)
        return self.way.own or any(isinstance(each, Permit) and PARTY in each.answer.categories for each in decided)

    @property
    def sendable(self) -> bool:
        """Whether both questions were answered with a yes, about an agency that the caller may know is there."""
        asked = self.way.own or isinstance(self.ask, Permit)
        return bool(self.way.carried) and asked and self.known and isinstance(self.answer, Permit)


@dataclass(frozen=True, slots=True)
class Plan:
    """What has been decided in this request, so that the same request can show what comes of it."""

    number: str
    verdicts: tuple[Verdict, ...]


def verdict_of(way: Way, decided: Iterator[Decided[Disclose]], *, asks: bool) -> Verdict:
    """Return what was decided about `way`, out of the answers to its questions in their order."""
    ask = next(decided) if asks and way.ask is not None else None
    answer = next(decided)
    return Verdict(way, ask, answer, next(decided) if way.rest is not None else None)


def sending(verdict: Verdict, number: Secret[str], asker: Asker, period: Span) -> Sending | None:
    """Return what is sent to an agency: only what its answer permits, and its road carries; None when that is nothing."""
    road, allowed = verdict.way.road, frozenset(verdict.answer.answer.categories)
    if road is None:
        return None
    categories: tuple[Category, ...] = tuple(each for each in verdict.way.carried if each in allowed)
    items = tuple(sorted(road.items & allowed))
    if not categories and not items:
        return None
    asked = verdict.ask or verdict.answer
    ground = asked.answer.grounds[0]
    request = AgencyRequest(
        whom=number,
        categories=categories,
        items=items,
        purpose=asked.question.purpose,
        ground=Ground(ground.ground, ground.law, ground.ref),
        entry=asked.entry,
        asker=asker,
        period=period,
    )
    return Sending(verdict.way.agency, request)


def explained(verdict: Verdict) -> AgencyPart:
    """Return the part of an agency without what it says: what is shared, on what ground, and what isn't."""
    decided = [each for each in (verdict.answer, verdict.rest) if each is not None]
    answers = tuple(each.answer for each in decided)
    allowed = {code for each in decided if isinstance(each, Permit) for code in each.answer.categories}
    carried = frozenset(verdict.way.carried)
    named = _naming(answers)
    return AgencyPart(
        agency=verdict.way.agency,
        own=verdict.way.own,
        bases={code: basis for each in decided for code, basis in _bases(each)},
        refused=tuple(each for each in SHARED if each not in allowed and each in named),
        answers=answers,
        by_hand=tuple(each for each in SHARED if each in allowed and each not in carried and not verdict.way.own),
        road_closed=verdict.way.road_closed,
    )


def entry_of(verdict: Verdict) -> str:
    """Return the number of the decision that people are shown."""
    return verdict.answer.entry


def counted(found: Gathering | None) -> Mapping[str, Mapping[str, object]]:
    """Return what came from each agency, in counts, for the ledger."""
    parts = found.parts.values() if found else ()
    return {each.agency: {"came": came(each.answer, ())["came"]} for each in parts if each.answer is not None}


def _naming(answers: tuple[Answer, ...]) -> frozenset[Category]:
    """Return the categories whose refusal may be named: where naming one would itself tell, nothing is said."""
    named: set[Category] = set()
    for answer in answers:
        general = any(not each.category for each in answer.refusals)
        named.update(each for each in SHARED if general or any(r.category == each for r in answer.refusals))
    return frozenset(named)


def _bases(decided: Decided[Disclose]) -> Iterator[tuple[str, Basis]]:
    given = {line.id: line.given_at for line in decided.question.lines}
    for ground in decided.answer.grounds:
        yield ground.category, Basis(ground.ground, ground.law, given.get(ground.ref))
