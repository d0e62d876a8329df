"""Gathering and showing the shared picture of a case.

Two decisions stand before every question that leaves (`design.md`, asking is itself a disclosure): that we may tell
the other that we ask, and that the other may tell us. Each agency's part is held against its permit once more before
it leaves to the reader; every later fetch is decided anew. Nothing is kept but what somebody pins.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from hub.access import Asking, Gathered, Permit
from hub.access.questions import ActInCase, Answer, Disclose
from hub.agencies import AgencyId, Directory
from hub.broker import Gatherer, Gathering, GatheringId, Part, PartState, Sending, came, cut
from hub.broker.port import Asker, Capabilities, Span
from hub.cases import repository
from hub.cases.facts import PartySeen
from hub.cases.model import CaseId
from hub.cases.picture import AgencyPart, Picture
from hub.cases.plan import Plan, Verdict, counted, entry_of, explained, sending, verdict_of
from hub.cases.service import Cases
from hub.cases.ways import Way, Ways
from hub.kit.clock import Clock, today
from hub.kit.database import Database
from hub.kit.errors import NotFound
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.people import People

#: How far back an agency is asked: what a plan needs, and within what LEFI takes (two years).
_BACK: Final = timedelta(days=365)


class Pictures:
    """Gathers and shows the shared picture of a case."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        cases: Cases,
        people: People,
        directory: Directory,
        gatherer: Gatherer,
    ) -> None:
        self._database, self._clock, self._cases, self._people = database, clock, cases, people
        self._directory, self._gatherer = directory, gatherer

    async def begin(
        self, asking: Asking, permit: Permit[ActInCase], once: Once | None = None
    ) -> tuple[GatheringId, Plan | None]:
        """Ask every agency that may be asked (permit: `act_in_case`, see_case); return what to follow, and the plan.

        The same `once` again asks nobody: it returns the gathering that lies, and no plan, so that it is decided anew.
        Raises Undecided when nothing could be recorded, Conflict.
        """
        async with self._database.read() as session:
            if made := await earlier(session, once):
                return GatheringId(made), None
        plan = await self._decide(asking, permit, "ask_agency", asks=True)
        gathering = self._gatherer.store.fresh(
            GatheringId(new_id()),
            permit.about.case or "",
            permit.about.individual or "",
            permit.question.caller.agency,
            asking.caller.ref,
        )
        if once is not None:
            async with self._database.write() as session:
                if made := await earlier(session, once):
                    return GatheringId(made), None
                remember(session, once, gathering.id)
        await self._gatherer.begin(gathering, await self._sendings(permit, plan))
        return gathering.id, plan

    async def retry(self, asking: Asking, permit: Permit[ActInCase], identity: GatheringId) -> None:
        """Ask those who failed once more, and only them. Raises NotFound when the gathering's minute is over."""
        found = await self._own(asking, permit, identity, 0)
        failed = {agency for agency, part in found.parts.items() if part.state is PartState.FAILED}
        if failed:
            plan = await self._decide(asking, permit, "ask_agency", asks=True, only=failed)
            await self._gatherer.again(found, await self._sendings(permit, plan))

    async def read(
        self,
        asking: Asking,
        permit: Permit[ActInCase],
        identity: GatheringId,
        *,
        wait: float = 0.0,
        plan: Plan | None = None,
    ) -> Picture:
        """Return the picture as it is once all have answered, or after `wait` seconds.

        With the `plan` of the same request each part is held against its permit once more, in one round trip; without
        one each is decided anew. Raises NotFound when there is no such gathering of the caller's in this case any more.
        """
        found = await self._own(asking, permit, identity, wait)
        if plan is None:
            plan = await self._decide(asking, permit, "fetch_answer", found=found)
            shown = [self._shown(verdict, found, entry_of(verdict)) for verdict in plan.verdicts]
        else:
            shown = await self._held(asking, permit, plan, found)
        return Picture(
            gathering=identity,
            case=CaseId(found.case),
            started_at=found.started_at,
            expires_at=found.expires_at,
            complete=found.complete,
            parts=tuple(each for each in shown if each is not None),
        )

    async def permitted_now(
        self, asking: Asking, permit: Permit[ActInCase], owners: Collection[str]
    ) -> dict[AgencyId, list[Answer]]:
        """Return what each of `owners` would be permitted to tell the caller now, over any road: decided and recorded."""
        if not owners:
            return {}
        plan = await self._decide(asking, permit, "show_pinned", only=owners)
        return {
            each.way.agency: [said.answer for said in (each.answer, each.rest) if isinstance(said, Permit)]
            for each in plan.verdicts
            if each.known
        }

    async def follow(self, asking: Asking, permit: Permit[ActInCase], identity: GatheringId) -> AsyncIterator[Part]:
        """Return the parts, each once it is finished. Only that it is may be told: its content is fetched, and so decided.

        Raises NotFound.
        """
        await self._own(asking, permit, identity, 0)
        return self._gatherer.follow(identity)

    async def _own(self, asking: Asking, permit: Permit[ActInCase], identity: GatheringId, wait: float) -> Gathering:
        found = await self._gatherer.wait(identity, wait)
        if found is None or found.case != permit.about.case or found.caller_ref != asking.caller.ref:
            raise NotFound
        return found

    async def _decide(
        self,
        asking: Asking,
        permit: Permit[ActInCase],
        act: str,
        *,
        asks: bool = False,
        found: Gathering | None = None,
        only: Collection[str] | None = None,
    ) -> Plan:
        """Decide and record about every party of the case, or `only` some: one evaluation, one recording statement."""
        ways: list[Way] = []
        number = ""

        async def gather() -> list[Gathered[Disclose]]:
            nonlocal number
            case, agency = CaseId(permit.about.case or ""), permit.question.caller.agency
            meets = await self._cases.seen(asking.caller, case)
            parties = await repository.parties(self._database, case, agency, self._clock.now())
            own = next(each for each in parties if each.agency.id == agency)
            number = meets.frame.number if meets.frame else ""
            make = Ways(asking, meets, own, self._clock.now(), today(self._clock), act, counted(found))
            ways[:] = [
                make.towards(each, self._road(each)) for each in parties if only is None or each.agency.id in only
            ]
            return [question for way in ways for question in way.questions(asking=asks)]

        decided = iter(await asking.each(gather))
        return Plan(number, tuple(verdict_of(way, decided, asks=asks) for way in ways))

    def _road(self, party: PartySeen) -> Capabilities | None:
        road = self._gatherer.roads.get(party.agency.id)
        return road.port.capabilities if road else None

    async def _sendings(self, permit: Permit[ActInCase], plan: Plan) -> list[Sending]:
        may = [each for each in plan.verdicts if each.sendable]
        if not may:
            return []
        number, named = await asyncio.gather(
            self._people.number_of(permit), self._directory.named(AgencyId(permit.question.caller.agency))
        )
        asker = Asker(*named, permit.entry, plan.number)
        day = today(self._clock)
        made = (sending(each, number, asker, Span(day - _BACK, day)) for each in may)
        return [each for each in made if each is not None]

    async def _held(
        self, asking: Asking, permit: Permit[ActInCase], plan: Plan, found: Gathering
    ) -> list[AgencyPart | None]:
        """Hold the parts against their permits once more, in one round trip; when any has moved, all are decided anew."""
        leaving = {each.way.agency: on for each in plan.verdicts if (on := _leaving(each, found)) is not None}
        entries = await asking.again_each(tuple(leaving.values()), "show_answer") if leaving else []
        if entries is None:
            plan = await self._decide(asking, permit, "fetch_answer", found=found)
            return [self._shown(each, found, entry_of(each)) for each in plan.verdicts]
        told = dict(zip(leaving, entries, strict=True))
        return [self._shown(each, found, told.get(each.way.agency, entry_of(each))) for each in plan.verdicts]

    def _shown(self, verdict: Verdict, found: Gathering, entry: str) -> AgencyPart | None:
        """Return one agency's part; None where the caller may not even know that it is there."""
        if not verdict.known:
            return None
        part = found.parts.get(verdict.way.agency)
        seen = replace(explained(verdict), part=part, entry=entry)
        if part is None or part.answer is None:
            return seen
        told = cut(part.answer, verdict.answer.answer) if isinstance(verdict.answer, Permit) else ()
        withheld = bool(part.answer.facts) and not isinstance(verdict.answer, Permit)
        if withheld:
            return replace(seen, withheld=True)
        return replace(seen, told=told, gaps=part.answer.gaps, known_there=part.answer.known)


def _leaving(verdict: Verdict, found: Gathering) -> tuple[Permit[Disclose], Mapping[str, object]] | None:
    """Return the permit on which a part leaves, with what leaves in counts; None where nothing does."""
    part = found.parts.get(verdict.way.agency)
    if part is None or part.answer is None or not isinstance(verdict.answer, Permit):
        return None
    return verdict.answer, came(part.answer, cut(part.answer, verdict.answer.answer))
