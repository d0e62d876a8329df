"""Before a yes: the individual sees exactly what each receiver would see, with the consent as it is drafted.

The agencies are asked through the same broker, on the individual's own right to their data (OSL 12:1), and each owner's
question `show_to_individual` is decided and recorded: before it is asked, and anew each time its answer is shown. What
a receiver would see is what the policy would permit it with the drafted lines added; nothing is told to a receiver, and
nothing is recorded as told. A road that the law has opened only for what a receiver does is never used for this.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, cast

import msgspec

from hub.access import About, Asking, Decided, Gathered, Permit
from hub.access.questions import ShowToIndividual, ThirdPersonFacts, WithholdingFacts
from hub.access.questions.words import Category, ObligationCode
from hub.agencies import Agency, AgencyId, Directory
from hub.audit import HUB
from hub.broker import Gatherer, Gathering, GatheringId, Sending, came
from hub.broker.port import AgencyAnswer, AgencyRequest, Asker, Ground, Span
from hub.cases import who_rows, withholding_rows
from hub.cases.drafted import Drafted, WouldSee, would_see
from hub.cases.foreseen import foreseen
from hub.cases.held import Held, held
from hub.cases.preview import Has, Preview, owner_withholds, preview_of, stands, third_persons
from hub.consent import Around, Surroundings
from hub.kit.clock import Clock, epoch_s, today
from hub.kit.database import Database
from hub.kit.errors import NotFound
from hub.kit.ids import new_id
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from hub.people import OwnNumbers

#: As far back as a receiver asks.
_BACK: Final = timedelta(days=365)
#: The road that is for whatever an individual has said yes to; all others are for one agency's own errand.
_ANY_ERRAND: Final = "hub_request"
#: Who asks: the hub, for the individual. That any other agency is in contact with them is not told.
_ASKER: Final = "Samverkanshubben"
#: What a preview carries out besides what every page does: a passage about somebody else is struck in the broker.
_STRIKES: Final[ObligationCode] = "strike_third_person"
_Wanted = Mapping[AgencyId, tuple[Category, ...]]


@dataclass(frozen=True, slots=True)
class _Came:
    """What an owner's answer says of itself: what it keeps from the individual, of whom else it speaks, and counts."""

    withholds: Sequence[Category]
    others: Sequence[ThirdPersonFacts]
    counts: Mapping[str, object]


class Previews:
    """Asks for, and shows to the individual alone, what receivers would see."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        clock: Clock,
        numbers: OwnNumbers,
        directory: Directory,
        gatherer: Gatherer,
        around: Around,
    ) -> None:
        self._database, self._vault, self._clock, self._numbers = database, vault, clock, numbers
        self._directory, self._gatherer, self._around = directory, gatherer, around

    async def begin(self, asking: Asking, permit: Permit[ShowToIndividual], drafted: Drafted) -> GatheringId:
        """Ask the owners for what any receiver would see, and return what to read it by. It lies for a minute.

        Raises Undecided when nothing could be recorded.
        """
        sees, _ = await self._would_see(asking, permit, drafted)
        shown = await self._decide(asking, permit, self._wanted(sees), "preview_ask", {})
        known = await self._numbers.of(permit, await self._parties(permit))
        gathering = self._gatherer.store.fresh(
            GatheringId(f"{new_id()}{drafted.digest}"),
            "",
            _whose(permit),
            known[0] if known else HUB,
            asking.caller.ref,
        )
        sendings = await self._sendings(shown, sees, known[1]) if known else []
        await self._gatherer.begin(gathering, sendings)
        return gathering.id

    async def read(
        self,
        asking: Asking,
        permit: Permit[ShowToIndividual],
        identity: GatheringId,
        drafted: Drafted,
        *,
        wait: float = 0.0,
    ) -> Preview:
        """Return what each receiver would see, once all have answered or after `wait` seconds: decided anew.

        Raises NotFound when the minute is over, when somebody else asked or it is about somebody else, and when
        something else is drafted now than what was asked about.
        """
        found = await self._gatherer.wait(identity, wait)
        if found is None or not _theirs(found, asking, permit) or not identity.endswith(drafted.digest):
            raise NotFound
        sees, holds = await self._would_see(asking, permit, drafted)
        shown = await self._decide(asking, permit, self._wanted(sees), "preview_show", _came(found))
        stay = [each for each in holds if any(stands(one, each) for one in sees)]
        has = Has(holds, await self._decide(asking, permit, _categories(stay), "preview_show", _said(stay)))
        closed = frozenset(each for each in _owners(sees) if not self._open(each))
        return preview_of(found, drafted.receivers, sees, shown, closed, has)

    async def _would_see(
        self, asking: Asking, permit: Permit[ShowToIndividual], drafted: Drafted
    ) -> tuple[tuple[WouldSee, ...], tuple[Held, ...]]:
        now, individual = self._clock.now(), _whose(permit)
        holds = await held(self._database, self._vault, individual, drafted.receivers)
        asked = would_see(
            permit.question,
            drafted,
            await who_rows.said(self._database, individual, now),
            await who_rows.open_cases(self._database, individual, now),
            await who_rows.owners(self._database, now),
            holds,
            now,
        )
        answers = iter(await foreseen(asking, permit, [one for each in asked for one in (each.answer, each.ask)]))
        return tuple(replace(each, answered=next(answers), asks=next(answers)) for each in asked), holds

    def _wanted(self, sees: Sequence[WouldSee]) -> _Wanted:
        """Return, of each owner, what a receiver would see and the owner's road can show beforehand."""
        found = {owner: self._carried(owner, sees) for owner in _owners(sees) if self._open(owner)}
        return {owner: what for owner, what in found.items() if what}

    def _open(self, owner: AgencyId) -> bool:
        road = self._gatherer.roads.get(owner)
        return road is not None and road.port.capabilities.road == _ANY_ERRAND

    def _carried(self, owner: AgencyId, sees: Sequence[WouldSee]) -> tuple[Category, ...]:
        can = self._gatherer.roads[owner].port.capabilities
        theirs = [each for each in sees if each.owner == owner]
        return tuple(dict.fromkeys(what for each in theirs for what in can.carries(each.open, each.purpose)))

    async def _parties(self, permit: Permit[ShowToIndividual]) -> list[AgencyId]:
        cases = await who_rows.open_cases(self._database, _whose(permit), self._clock.now())
        return list(dict.fromkeys(agency for case in cases for agency in case.parties))

    async def _decide(
        self,
        asking: Asking,
        permit: Permit[ShowToIndividual],
        wanted: _Wanted,
        act: str,
        said: Mapping[str, _Came],
    ) -> Mapping[AgencyId, Decided[ShowToIndividual]]:
        """Decide and record, owner by owner, whether the individual may see it: one evaluation, one statement."""

        async def gather() -> list[Gathered[ShowToIndividual]]:
            found = await self._around(asking.caller, _whose(permit), None)
            now = self._clock.now()
            withheld = await withholding_rows.in_force(self._database, _whose(permit), now)
            return [
                _gathered(
                    found,
                    withheld,
                    epoch_s(now),
                    About(act, HUB, _whose(permit), owner=owner, categories=what),
                    said.get(owner),
                )
                for owner, what in wanted.items()
            ]

        return dict(zip(wanted, await asking.each(gather) if wanted else (), strict=True))

    async def _sendings(
        self, shown: Mapping[AgencyId, Decided[ShowToIndividual]], sees: Sequence[WouldSee], number: Secret[str]
    ) -> list[Sending]:
        agencies, day = await self._directory.agencies(), today(self._clock)
        permits = {owner: each for owner, each in shown.items() if isinstance(each, Permit)}
        return [
            _sending(agencies[owner], each, sees, number, Span(day - _BACK, day)) for owner, each in permits.items()
        ]


def _gathered(
    found: Surroundings, withheld: Sequence[WithholdingFacts], now: int, about: About, said: _Came | None
) -> Gathered[ShowToIndividual]:
    """Return the question about one owner's; `said` is what its answer says of itself, once there is one."""
    able = {*found.caller.carries_out, _STRIKES}
    question = ShowToIndividual(
        now=now,
        caller=msgspec.structs.replace(found.caller, carries_out=sorted(able)),
        person=found.person,
        disposal=found.disposal,
        mandates=list(found.mandates),
        owner=about.owner or "",
        categories=[cast("Category", each) for each in about.categories],
        owner_withholds=list(said.withholds) if said else [],
        withheld=list(withheld),
        third_persons=list(said.others) if said else [],
        surface="case_view",
    )
    told = replace(about, detail=said.counts) if said else about
    return Gathered(question, found.stands, told, found.not_after)


def _sending(
    owner: Agency, permit: Permit[ShowToIndividual], sees: Sequence[WouldSee], number: Secret[str], period: Span
) -> Sending:
    """Return the owner's question: by the individual, who asks the owner itself for what is their own."""
    ground = permit.answer.grounds[0]
    request = AgencyRequest(
        whom=number,
        categories=tuple(each for each in permit.question.categories if each in permit.answer.categories),
        purpose=next(each.purpose for each in sees if each.owner == owner.id),
        ground=Ground(ground.ground, ground.law, ground.ref),
        entry=permit.entry,
        asker=Asker(_ASKER, owner.authority, owner.organisation_number, permit.entry, ""),
        period=period,
    )
    return Sending(owner.id, request)


def _came(found: Gathering) -> dict[str, _Came]:
    return {agency: _of(part.answer) for agency, part in found.parts.items() if part.answer is not None}


def _of(answer: AgencyAnswer) -> _Came:
    return _Came(owner_withholds(answer), third_persons(answer), {"came": came(answer, ())["came"]})


def _categories(stay: Sequence[Held]) -> _Wanted:
    found: dict[AgencyId, tuple[Category, ...]] = {}
    for each in stay:
        found[each.owner] = tuple(dict.fromkeys((*found.get(each.owner, ()), each.fact.category)))
    return found


def _said(stay: Sequence[Held]) -> dict[str, _Came]:
    """Return what the facts that receivers hold say of themselves, owner by owner."""
    return {
        owner: _of(AgencyAnswer(facts=tuple(each.fact for each in stay if each.owner == owner)))
        for owner in _categories(stay)
    }


def _owners(sees: Iterable[WouldSee]) -> list[AgencyId]:
    return list(dict.fromkeys(each.owner for each in sees))


def _theirs(found: Gathering, asking: Asking, permit: Permit[ShowToIndividual]) -> bool:
    return found.caller_ref == asking.caller.ref and found.individual == permit.about.individual


def _whose(permit: Permit[ShowToIndividual]) -> str:
    """Return whom the permit is about. Raises NotFound for one that is about nobody."""
    if permit.about.individual is None:
        raise NotFound
    return permit.about.individual
