"""Asking another party's officials, and reading what they answered: decided anew at each reading."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Final

from hub.access import Asking, Gathered, Permit
from hub.access.explain import LABELS
from hub.access.questions import ActInCase, Disclose
from hub.access.questions.words import Category
from hub.agencies import AgencyId, Directory
from hub.audit import Ledger
from hub.broker import came, cut
from hub.broker.port import AgencyAnswer, Fact
from hub.cases import inquiry_rows
from hub.cases.acts import case_entry
from hub.cases.inquiry_said import Kept, facts, signed
from hub.cases.inquiry_views import InquiryView
from hub.cases.model import CaseId, Inquiry, InquiryAnswer, InquiryId, InquiryState
from hub.cases.service import Cases
from hub.cases.sharing import Sharing
from hub.kit.clock import Clock, today
from hub.kit.database import Database
from hub.kit.errors import FieldError, Invalid, NotFound, PreconditionFailed
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Keys, Vault
from hub.kit.working_days import add_working_days

#: Working days that the officials who are asked have, and when it is urgent. Ours, not the law's: FL 9 § says only
#: that it is to be done as soon as possible.
INQUIRY_WITHIN: Final = 5
INQUIRY_WITHIN_URGENT: Final = 2
LONGEST_QUESTION: Final = 1000
_SENT: Final = frozenset({InquiryState.ANSWERED, InquiryState.DECLINED})


@dataclass(frozen=True, slots=True)
class _Answered:
    """A question with what was answered: nothing of it leaves before it is cut."""

    row: Inquiry
    kept: Kept
    at: datetime

    @property
    def facts(self) -> tuple[Fact, ...]:
        return facts(self.kept, self.row.id, self.at)


class InquiryAsking:
    """The asker's side."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        ledger: Ledger,
        clock: Clock,
        *,
        cases: Cases,
        sharing: Sharing,
        directory: Directory,
    ) -> None:
        self._database, self._vault, self._ledger, self._clock = database, vault, ledger, clock
        self._cases, self._sharing, self._directory = cases, sharing, directory

    async def ask(
        self,
        asking: Asking,
        permit: Permit[ActInCase],
        owner: AgencyId,
        *,
        categories: Collection[Category],
        question: str,
        urgent: bool = False,
        once: Once | None = None,
    ) -> InquiryId:
        """Put a question to the officials of `owner` (permit: `act_in_case`, ask_inquiry) and return its id.

        Two decisions before it leaves: that they may be told by the question that we are in contact with the
        individual, and that each category would be answered now. Raises Refused, NotFound when `owner` is no party
        that the caller may know of, Invalid for a category that may not be told now.
        """
        _require(categories, question)
        parties = await self._sharing.parties(asking, permit)
        if owner not in {each.agency.id for each in parties} - {AgencyId(permit.question.caller.agency)}:
            raise NotFound
        case = CaseId(permit.about.case or "")
        told = await asking.permit(partial(self._cases.may_tell, asking.caller, case, owner, "ask_inquiry"))
        await self._would_answer(asking, permit, owner, tuple(sorted(set(categories))))
        row = await self._row(permit, asking, owner, categories, question, urgent=urgent)
        async with self._database.write() as session:
            if made := await earlier(session, once):
                return InquiryId(made)
            session.add(row)
            remember(session, once, row.id)
            detail = {**details(row), "told": told.entry}
            entry = case_entry(asking.caller, permit, "ask_inquiry", row.case_id, row.asked_at, detail)
            await self._ledger.record_change(session, entry)
        return InquiryId(row.id)

    async def withdraw(self, asking: Asking, permit: Permit[ActInCase], inquiry: InquiryId, version: int) -> None:
        """Take a question back (permit: `act_in_case`, withdraw_inquiry). Raises NotFound, PreconditionFailed."""
        async with self._database.write() as session:
            row = await session.get(Inquiry, inquiry, with_for_update=True)
            if row is None or row.case_id != permit.about.case or row.asking_agency != permit.question.caller.agency:
                raise NotFound
            if row.version != version or row.state is not InquiryState.ASKED:
                raise PreconditionFailed
            row.state = InquiryState.WITHDRAWN
            row.version += 1
            now = self._clock.now()
            entry = case_entry(asking.caller, permit, "withdraw_inquiry", row.case_id, now, details(row))
            await self._ledger.record_change(session, entry)

    async def answers(self, asking: Asking, permit: Permit[ActInCase]) -> list[InquiryView]:
        """Return what the caller's agency has asked in the case that the permit is for, newest first.

        What was answered is told only on a fresh permit for its categories, recorded, and held against its ground once
        more when it leaves, with counts in the ledger. The route asks `act_in_case` and `disclose`.
        """
        async with self._database.read() as session:
            rows = await inquiry_rows.asked_in(session, permit.about.case or "", permit.question.caller.agency)
            answers = await inquiry_rows.answers_to(session, [row.id for row in rows])
        keys = await self._vault.existing({inquiry_rows.scope(r, a) for r in rows for a in (r.owner, r.asking_agency)})
        views = {row.id: self._asked(row, keys) for row in rows}
        opened = [
            _Answered(row, *found) for row in rows if row.state in _SENT if (found := _opened(answers, row, keys))
        ]
        for owner, allowed in (await self._allowed(asking, permit, opened)).items():
            theirs = [each for each in opened if each.row.owner == owner]
            read = {each.row.id: _read(views[each.row.id], each, allowed) for each in theirs}
            said = AgencyAnswer(facts=tuple(fact for each in theirs for fact in each.facts))
            counted = came(said, [told for view in read.values() for told in view.told])
            if await asking.again(allowed, "show_answer", counted):
                views.update(read)
        return list(views.values())

    async def _allowed(
        self, asking: Asking, permit: Permit[ActInCase], answered: Sequence["_Answered"]
    ) -> Mapping[AgencyId, Permit[Disclose]]:
        """Return the permit to be told by each owner, where there is one: one decision for each, recorded together."""
        wanted: dict[AgencyId, set[Category]] = {}
        for each in answered:
            wanted.setdefault(AgencyId(each.row.owner), set()).update(categories_of(each.row))
        asked = [(owner, tuple(sorted(codes))) for owner, codes in sorted(wanted.items())]
        if not asked:
            return {}
        decided = await asking.each(partial(self._sharing.may_be_told, asking, permit, asked, "read"))
        return {AgencyId(each.question.owner.agency): each for each in decided if isinstance(each, Permit)}

    async def _would_answer(
        self, asking: Asking, permit: Permit[ActInCase], owner: AgencyId, categories: tuple[Category, ...]
    ) -> None:
        answer = (await self._told(asking, permit, owner, categories, "ask_inquiry")).answer
        if refused := [each for each in categories if each not in answer.categories]:
            words = ", ".join(LABELS.categories.get(each, each) for each in refused)
            message = f"Det här får inte lämnas nu: {words}. Ta bort det ur frågan, eller be myndigheten pröva."
            raise Invalid(fields=(FieldError("categories", message),))

    async def _told(
        self,
        asking: Asking,
        permit: Permit[ActInCase],
        owner: AgencyId,
        categories: tuple[Category, ...],
        act: str,
    ) -> Permit[Disclose]:
        """Return the permit to be told these by `owner`. Raises Refused, and NotFound for one who isn't party."""

        async def gather() -> Gathered[Disclose]:
            found = await self._sharing.may_be_told(asking, permit, [(owner, categories)], act)
            if not found:
                raise NotFound
            return found[0]

        return await asking.permit(gather)

    async def _row(
        self,
        permit: Permit[ActInCase],
        asking: Asking,
        owner: AgencyId,
        categories: Collection[Category],
        question: str,
        *,
        urgent: bool,
    ) -> Inquiry:
        within = INQUIRY_WITHIN_URGENT if urgent else INQUIRY_WITHIN
        row = Inquiry(
            id=new_id(),
            case_id=permit.about.case or "",
            individual_id=permit.about.individual or "",
            owner=owner,
            asking_agency=permit.about.answerable,
            asked_by=asking.caller.ref,
            categories=",".join(sorted(set(categories))),
            purpose=permit.about.purpose,
            question=b"",
            urgent=urgent,
            state=InquiryState.ASKED,
            asked_at=self._clock.now(),
            due_on=add_working_days(today(self._clock), within).isoformat(),
        )
        keys = await self._vault.keys([inquiry_rows.scope(row, row.asking_agency)])
        row.question = inquiry_rows.seal_question(keys, row, question.strip())
        return row

    def _asked(self, row: Inquiry, keys: Keys) -> InquiryView:
        """Return what the asker's own agency knows without any permit of the owner's: that it asked."""
        withdrawn = row.state is InquiryState.WITHDRAWN
        return InquiryView(
            id=InquiryId(row.id),
            case=CaseId(row.case_id),
            owner=AgencyId(row.owner),
            asking=AgencyId(row.asking_agency),
            asked_by=row.asked_by,
            categories=categories_of(row),
            purpose=row.purpose,
            question=inquiry_rows.open_question(keys, row),
            urgent=row.urgent,
            state=row.state if withdrawn else InquiryState.ASKED,
            asked_at=row.asked_at,
            due_on=due_on(row),
            late=row.state is InquiryState.ASKED and due_on(row) < today(self._clock),
            version=row.version,
        )


def categories_of(row: Inquiry) -> tuple[Category, ...]:
    """Return what is asked about."""
    return tuple(row.categories.split(","))  # pyright: ignore[reportReturnType]  written from typed categories


def due_on(row: Inquiry) -> date:
    """Return the day in Sweden by which an answer is owed."""
    return date.fromisoformat(row.due_on)


def details(row: Inquiry) -> dict[str, object]:
    """Return what the ledger says of a question: never its words."""
    return {
        "inquiry": row.id,
        "state": row.state.value,
        "owner": row.owner,
        "categories": row.categories.split(","),
    }


def _opened(answers: Collection[InquiryAnswer], row: Inquiry, keys: Keys) -> tuple[Kept, datetime] | None:
    """Return the latest answer that was sent, opened, and when; None when it has been erased."""
    answer = inquiry_rows.latest(answers, row.id)
    kept = inquiry_rows.open_answer(keys, row, answer)
    return (kept, answer.sent_at) if answer and answer.sent_at and kept else None


def _read(view: InquiryView, answered: _Answered, allowed: Permit[Disclose]) -> InquiryView:
    """Return the view with what the permit lets through; the view itself when nothing of it may be told.

    Of one who is protected neither the official's name nor a free text leaves: both may tell where they are.
    """
    permitted, said = frozenset(allowed.answer.categories), answered.kept.said
    if not permitted.intersection(view.categories):
        return view
    hidden = any(each.code == "strike_location_fields" for each in allowed.answer.obligations)
    name = signed(answered.kept, hidden=hidden)
    told = cut(AgencyAnswer(facts=answered.facts), allowed.answer)
    return replace(
        view,
        readable=True,
        state=answered.row.state,
        answered_at=answered.at,
        by_hand=name,
        told=tuple(replace(each, fact=replace(each.fact, by_hand=name)) for each in told),
        nothing=tuple(each for each in said.nothing if each in permitted),
        declined="" if hidden else said.declined,
    )


def _require(categories: Collection[Category], question: str) -> None:
    faults: list[FieldError] = []
    if not categories:
        faults.append(FieldError("categories", "Välj vad ni frågar om."))
    if not question.strip():
        faults.append(FieldError("question", "Skriv vad ni vill veta, med några ord."))
    if len(question) > LONGEST_QUESTION:
        over = len(question) - LONGEST_QUESTION
        faults.append(FieldError("question", f"Texten är {over} tecken för lång. Korta den."))
    if faults:
        raise Invalid(fields=tuple(faults))
