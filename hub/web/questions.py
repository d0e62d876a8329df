"""Questions that the pages put, from facts that the capabilities have read: pure but for the reading itself."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from typing import Final, Literal, get_args

from hub.access import About, Caller, Gathered
from hub.access.questions import Administer, ReadLog, ShowToIndividual
from hub.access.questions.words import AdministrationAct, Category, Role, Surface
from hub.audit import HUB
from hub.consent import Around, Surroundings
from hub.kit.clock import Clock, epoch_s
from hub.people import ADULT_AGE, People, plain_disposal

#: What the individual's own pages show: what they have said themselves, and the frame of their cases.
OWN: Final[tuple[Category, ...]] = ("party", "plan", "meeting")
ROLES: Final = frozenset(get_args(Role))
Putting = Callable[[], Awaitable[Gathered[ShowToIndividual]]]


async def own_pages(
    around: Around, clock: Clock, caller: Caller, individual: str, act: str, surface: Surface = "case_view"
) -> Gathered[ShowToIndividual]:
    """May the individual, or one who acts for them, see what the hub itself keeps of what they have said."""
    found = await around(caller, individual, None)
    question = ShowToIndividual(
        now=epoch_s(clock.now()),
        caller=found.caller,
        person=found.person,
        disposal=found.disposal,
        mandates=list(found.mandates),
        owner=HUB,
        categories=list(OWN),
        owner_withholds=[],
        withheld=[],
        third_persons=[],
        surface=surface,
    )
    return Gathered(question, found.stands, _about(act, individual), found.not_after)


async def own_log(
    around: Around, clock: Clock, caller: Caller, individual: str, export_to: Literal["none", "self"] = "none"
) -> Gathered[ReadLog]:
    """May the individual, or one who acts for them, read all that concerns the individual in the log (reading R26)."""
    found = await around(caller, individual, None)
    return Gathered(
        _read_log(found, clock, "individual", "*", export_to),
        found.stands,
        _about("read_log", individual),
        found.not_after,
    )


async def reviewed_individual(around: Around, clock: Clock, caller: Caller, individual: str) -> Gathered[ReadLog]:
    """May the caller, as an appointed log reviewer, know that their own agency's entry is about this individual."""
    found = await around(caller, individual, None)
    question = _read_log(found, clock, "individual", caller.agency or "", "none")
    return Gathered(question, found.stands, _about("read_log", individual), found.not_after)


async def agency_log(
    people: People, clock: Clock, caller: Caller, export_to: Literal["none", "self"] = "none"
) -> Gathered[ReadLog]:
    """May the caller, as an appointed log reviewer, read what their own agency's staff have done (reading R26)."""
    seen = await people.may_register(caller)
    facts = Surroundings(
        seen.question.caller, seen.question.person, plain_disposal(ADULT_AGE), (), seen.stands, seen.not_after
    )
    question = _read_log(facts, clock, "agency", caller.agency or "", export_to)
    return Gathered(question, seen.stands, replace(seen.about, act="read_log"), seen.not_after)


async def administration(
    people: People,
    clock: Clock,
    caller: Caller,
    act: AdministrationAct,
    *,
    subject_is_caller: bool = False,
    roles: Collection[Role] = (),
    decided: bool = False,
) -> Gathered[Administer]:
    """May the caller do this for their own agency."""
    seen = await people.may_register(caller)
    question = Administer(
        now=epoch_s(clock.now()),
        caller=seen.question.caller,
        act=act,
        agency=caller.agency or "",
        subject_is_caller=subject_is_caller,
        roles=sorted(roles),
        decided=decided,
    )
    return Gathered(question, seen.stands, About(act, seen.about.answerable), seen.not_after)


def _read_log(
    found: Surroundings,
    clock: Clock,
    entries_of: Literal["individual", "agency"],
    agency: str,
    export_to: Literal["none", "self"],
) -> ReadLog:
    return ReadLog(
        now=epoch_s(clock.now()),
        caller=found.caller,
        person=found.person,
        disposal=found.disposal,
        mandates=list(found.mandates),
        entries_of=entries_of,
        agency=agency,
        export_to=export_to,
    )


def _about(act: str, individual: str) -> About:
    return About(act, HUB, individual)
