"""*Be myndigheten pröva*: from every refusal a way on, to an official of the owner who answers by a day.

What is human by law is never automatic (reading R12). The hub carries the request, watches the day, and records the
official's answer with its ground; a yes becomes a fact that the next decision stands on.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Final

from hub.access import Asking, Caller, Gathered, Permit
from hub.access.questions import ActInCase
from hub.access.questions.words import Category, Condition
from hub.agencies import AgencyId
from hub.audit import EntryId, Ledger
from hub.cases import repository
from hub.cases.acts import case_entry
from hub.cases.decisions import decision
from hub.cases.model import CaseId, Review, ReviewId, ReviewState
from hub.cases.questions import act_in_case
from hub.cases.seen import about, not_after, stands
from hub.cases.service import Cases
from hub.kit.clock import Clock, today
from hub.kit.database import Database
from hub.kit.errors import FieldError, Invalid, NotFound, PreconditionFailed
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Erased, Keys, KeyScope, Place, Vault
from hub.kit.working_days import add_working_days

#: Working days that an owner's official has, and when it is urgent (R29: urgent is a mark, not an override). Ours,
#: not the law's.
ANSWERED_WITHIN: Final = 10
ANSWERED_WITHIN_URGENT: Final = 3
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A request to an owner's official, as the asking agency or the owner sees it."""

    id: ReviewId
    case: CaseId
    owner: AgencyId
    asking: AgencyId
    asked_by: str
    categories: tuple[str, ...]
    purpose: str
    reason: str
    urgent: bool
    state: ReviewState
    asked_at: datetime
    due_on: date
    answered_at: datetime | None
    answered_by: str | None
    ground: str | None
    permitted: tuple[str, ...]
    answer: str
    version: int


@dataclass(frozen=True, slots=True)
class Reached:
    """An owner who may be asked; `told` is the decision that let them know, when they weren't party."""

    owner: AgencyId
    told: EntryId | None = None


class Reviews:
    """Carries requests to owners' officials and records what they decide."""

    def __init__(self, database: Database, vault: Vault, ledger: Ledger, clock: Clock, cases: Cases) -> None:
        self._database, self._vault, self._ledger, self._clock, self._cases = database, vault, ledger, clock, cases

    async def reach(self, asking: Asking, permit: Permit[ActInCase], owner: AgencyId) -> Reached:
        """Return the way to `owner`'s official. Whoever isn't party is told by the request that something is going on.

        So that is decided first, as a question of its own. Raises Refused: then the own agency's official can be asked.
        """
        case, agency = CaseId(permit.about.case or ""), permit.about.answerable
        joined = await repository.parties(self._database, case, agency, self._clock.now())
        if owner in {each.agency.id for each in joined}:
            return Reached(owner)
        told = await asking.permit(partial(self._cases.may_tell, asking.caller, case, owner))
        return Reached(owner, told.entry)

    async def ask(
        self,
        permit: Permit[ActInCase],
        caller: Caller,
        reached: Reached,
        *,
        categories: Collection[Category],
        reason: str,
        urgent: bool = False,
        refusal: str | None = None,
        once: Once | None = None,
    ) -> ReviewId:
        """Put a request to the owner that was reached (permit: `act_in_case`, ask_review), return its id. Raises Invalid."""
        reason = _text("reason", reason, "Skriv varför ni behöver uppgifterna, så att den som svarar kan pröva det.")
        if not categories:
            raise Invalid(fields=(FieldError("categories", "Välj vad ni frågar om."),))
        individual, now, identity = permit.about.individual or "", self._clock.now(), new_id()
        scope = KeyScope(individual, permit.about.answerable, "content")
        sealed = (await self._vault.keys([scope])).seal(
            scope, Place("case_review", "reason", identity), reason.encode()
        )
        days = ANSWERED_WITHIN_URGENT if urgent else ANSWERED_WITHIN
        review = Review(
            id=identity,
            case_id=permit.about.case or "",
            individual_id=individual,
            refusal=refusal,
            owner=reached.owner,
            asking_agency=permit.about.answerable,
            asked_by=caller.ref,
            categories=",".join(sorted(categories)),
            purpose=permit.about.purpose,
            reason=sealed,
            urgent=urgent,
            state=ReviewState.ASKED,
            asked_at=now,
            due_on=add_working_days(today(self._clock), days).isoformat(),
        )
        async with self._database.write() as session:
            if made := await earlier(session, once):
                return ReviewId(made)
            session.add(review)
            remember(session, once, identity)
            await self._ledger.record_change(
                session, case_entry(caller, permit, "ask_review", review.case_id, now, _detail(review))
            )
        return ReviewId(identity)

    async def may_answer(
        self,
        caller: Caller,
        review: ReviewId,
        *,
        permitted: Collection[Category] = (),
        ground: str = "",
        conditions: Collection[Condition] = (),
        answer: str = "",
    ) -> Gathered[ActInCase]:
        """Put together: may the caller, as an official of the owner, give this answer on this ground."""
        row = await self._row(review)
        seen, now = await self._cases.seen(caller, CaseId(row.case_id if row else "")), self._clock.now()
        pair = await repository.pair(
            self._database, row.case_id if row else "", caller.agency or "", row.asking_agency if row else "", now
        )
        manual = decision(row, permitted, ground, conditions, now) if row and permitted else None
        question = act_in_case(
            caller,
            seen,
            "answer_review",
            age=seen.person.age(today(self._clock)),
            now=now,
            subject_agency=row.owner if row else "",
            manual=manual,
            manual_owner=pair[0].agency if pair else None,
            manual_receiver=pair[1].agency if pair else None,
            reason_given=bool(answer.strip()),
            reached=row is not None and row.owner == caller.agency,
        )
        return Gathered(question, stands(caller, seen), about(caller, seen, "answer_review"), not_after(seen, now))

    async def answer(
        self,
        permit: Permit[ActInCase],
        caller: Caller,
        review: ReviewId,
        *,
        permitted: Collection[Category],
        ground: str,
        conditions: Collection[Condition] = (),
        answer: str,
        version: int,
    ) -> None:
        """Record the official's answer: what is told, on what ground, in which words.

        Raises Invalid, NotFound, or PreconditionFailed when somebody has answered already.
        """
        answer = _text("answer", answer, "Skriv skälen. Den som frågade och den enskilde ska kunna förstå dem.")
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{permit.about.individual}"])
            row = await session.get(Review, review)
            if row is None or row.owner != caller.agency:
                raise NotFound
            if row.version != version or row.state is not ReviewState.ASKED:
                raise PreconditionFailed
            scope = KeyScope(row.individual_id, row.owner, "content")
            keys = await self._vault.keys([scope])
            row.answer = keys.seal(scope, Place("case_review", "answer", row.id), answer.encode())
            row.state, row.permitted = _state(row, permitted), ",".join(sorted(permitted))
            row.ground, row.conditions = ground, ",".join(sorted(conditions))
            row.answered_by, row.answered_at = caller.ref, self._clock.now()
            row.version += 1
            now = self._clock.now()
            entry = case_entry(caller, permit, "answer_review", row.case_id, now, _detail(row))
            await self._ledger.record_change(session, entry)

    async def in_case(self, permit: Permit[ActInCase]) -> list[ReviewView]:
        """Return the requests in a case that the caller's agency asked or answers."""
        agency = permit.question.caller.agency
        async with self._database.read() as session:
            rows = await repository.reviews_in(session, permit.about.case or "", agency)
        return await self._views(rows)

    async def waiting_for(self, owner: AgencyId) -> list[tuple[ReviewId, date, bool]]:
        """Return what an owner's officials have to answer, most pressing first: id, day and urgency, and nothing of whom."""
        async with self._database.read() as session:
            rows = await repository.reviews_to(session, owner)
        return [(ReviewId(row.id), date.fromisoformat(row.due_on), row.urgent) for row in rows]

    async def read(self, permit: Permit[ActInCase], review: ReviewId) -> ReviewView:
        """Return one request that the permit (answer_review) is for. Raises NotFound."""
        row = await self._row(review)
        if row is None or row.case_id != permit.about.case:
            raise NotFound
        return (await self._views([row]))[0]

    async def _row(self, review: ReviewId) -> Review | None:
        async with self._database.read() as session:
            return await session.get(Review, review)

    async def _views(self, rows: list[Review]) -> list[ReviewView]:
        scopes = {
            KeyScope(row.individual_id, holder, "content") for row in rows for holder in (row.owner, row.asking_agency)
        }
        keys = await self._vault.existing(scopes)
        return [_view(row, keys) for row in rows]


def _detail(review: Review) -> dict[str, object]:
    return {
        "review": review.id,
        "state": review.state.value,
        "owner": review.owner,
        "categories": review.categories.split(","),
        "ground": review.ground,
    }


def _state(review: Review, permitted: Collection[str]) -> ReviewState:
    asked = set(review.categories.split(","))
    if not permitted:
        return ReviewState.REFUSED
    if not asked.issuperset(permitted):
        raise Invalid(fields=(FieldError("permitted", "Välj bara bland det som frågan gäller."),))
    return ReviewState.PERMITTED if asked == set(permitted) else ReviewState.PARTLY


def _text(field: str, text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid(fields=(FieldError(field, missing),))
    if len(text) > LONGEST:
        raise Invalid(fields=(FieldError(field, f"Texten är {len(text) - LONGEST} tecken för lång. Korta den."),))
    return text


def _opened(keys: Keys, review: Review, holder: str, column: str, sealed: bytes | None) -> str:
    if sealed is None:
        return ""
    try:
        scope = KeyScope(review.individual_id, holder, "content")
        return keys.open(scope, Place("case_review", column, review.id), sealed).decode()
    except Erased:
        return ""


def _view(row: Review, keys: Keys) -> ReviewView:
    return ReviewView(
        id=ReviewId(row.id),
        case=CaseId(row.case_id),
        owner=AgencyId(row.owner),
        asking=AgencyId(row.asking_agency),
        asked_by=row.asked_by,
        categories=tuple(row.categories.split(",")),
        purpose=row.purpose,
        reason=_opened(keys, row, row.asking_agency, "reason", row.reason),
        urgent=row.urgent,
        state=row.state,
        asked_at=row.asked_at,
        due_on=date.fromisoformat(row.due_on),
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        ground=row.ground,
        permitted=tuple(row.permitted.split(",")) if row.permitted else (),
        answer=_opened(keys, row, row.owner, "answer", row.answer),
        version=row.version,
    )
