"""What the policy would answer about two agencies of an individual's, only to explain it to the individual."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, Literal, cast

import msgspec

from hub.access import Asking, Permit
from hub.access.questions import Answer, DecisionFacts, Disclose, PeriodFacts, ShowToIndividual
from hub.access.questions.words import Category, Purpose
from hub.cases import questions
from hub.cases.facts import PartySeen
from hub.cases.who_rows import OpenCase, OwnerSeen
from hub.consent import ConsentFacts
from hub.kit.clock import FAR_FUTURE_S

#: An engine takes no question larger than 256 kB; what is more goes in several.
_LARGEST: Final = 240 * 1024
_NOTHING: Final = ConsentFacts((), ())
_CLEARED: Final = PeriodFacts(valid_from=0, valid_until=FAR_FUTURE_S)


async def foreseen(asking: Asking, permit: Permit[Any], asked: Sequence[Disclose]) -> list[Answer]:
    """Return what the policy would answer to each of `asked`, put to it in parts that an engine takes."""
    answers: list[Answer] = []
    for part in _parts(asked):
        answers += await asking.foresee(permit, part)
    return answers


def would_tell(
    shown: ShowToIndividual,
    case: OpenCase,
    owner: OwnerSeen,
    receiver: OwnerSeen,
    what: tuple[Category, ...],
    said: ConsentFacts,
    *,
    now: datetime,
    direction: Literal["question", "answer"] = "answer",
) -> Disclose:
    """Return the question whether `owner` may tell `receiver`, in an official's mouth who is cleared and on the team.

    `shown` gives the individual. In the direction "question" the official is the owner's.
    """
    asker = owner if direction == "question" else receiver
    return questions.disclose(
        msgspec.structs.replace(questions.somebody_at(asker.agency, now), clearances=[_CLEARED]),
        shown.person,
        _party(owner, case),
        _party(receiver, case),
        said,
        categories=what,
        purpose=cast("Purpose", case.purpose),
        age=shown.disposal.age,
        now=now,
        direction=direction,
        decisions=tuple(each for each in case.decisions if _concerns(each, owner, receiver)),
    )


def _concerns(decision: DecisionFacts, owner: OwnerSeen, receiver: OwnerSeen) -> bool:
    return (decision.owner, decision.receiver) == (owner.agency.id, receiver.agency.id)


def _party(seen: OwnerSeen, case: OpenCase) -> PartySeen:
    is_open, necessary = case.parties.get(seen.agency.id, (False, ()))
    return PartySeen(
        agency=seen.agency,
        approvals=seen.approvals,
        case_open=is_open,
        necessary=necessary,
        to_us=_NOTHING,
        from_us=_NOTHING,
        decisions=(),
    )


def _parts(asked: Sequence[Disclose]) -> Iterable[list[Disclose]]:
    part: list[Disclose] = []
    size = 0
    for each in asked:
        length = len(msgspec.json.encode(each)) + 1
        if part and size + length > _LARGEST:
            yield part
            part, size = [], 0
        part.append(each)
        size += length
    if part:
        yield part
