"""What can be done with a consent that opens something: record, decline, answer evidence, renew.

Each act is one transaction: the individual's epoch is moved by the first statement, the ledger's entry is the last.
What closes (withdraw, narrow, block) needs no decision and lies in `withdrawing.py` and `blocking.py`.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import About, Asking, Caller, Gathered
from hub.access.questions import AcceptConsent, RecordConsent
from hub.audit import Ledger
from hub.consent import questions, repository, rows
from hub.consent.checks import Verdict, check_draft, check_no, check_verdict, require
from hub.consent.drafts import Draft, DraftLine
from hub.consent.kinds import WORDS, ConsentId, Effect, EventKind, EvidenceFault, Form, LineState
from hub.consent.model import Consent, Template
from hub.consent.opening import Opened, open_names
from hub.consent.repository import History
from hub.consent.speaker import Around, Speaker, Surroundings, given_by, require_stop
from hub.consent.texts import Texts, render
from hub.consent.views import line_states, receiver_names
from hub.consent.vocabulary import Vocabulary, Words
from hub.consent.wording import Wording
from hub.kit.clock import Clock, today
from hub.kit.database import Database
from hub.kit.errors import FieldError, NotFound, PreconditionFailed
from hub.kit.idempotency import Once, earlier, remember
from hub.kit.ids import new_id
from hub.kit.vault import Vault

_NEW_TEXT: Final = FieldError(
    "textVersion", "Texten har kommit i en ny version. Läs den tillsammans och svara sedan igen."
)
_ASKED_AGAIN: Final = frozenset({LineState.ACTIVE, LineState.WAITING, LineState.EXPIRED, LineState.NOT_YET})


class ConsentService:
    """Records what individuals say yes and no to."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        ledger: Ledger,
        clock: Clock,
        *,
        texts: Texts,
        words: Words,
        around: Around,
    ) -> None:
        self._database, self._vault, self._ledger, self._clock = database, vault, ledger, clock
        self._texts, self._words, self._around = texts, words, around

    async def text_for(self, draft: Draft) -> tuple[Template, str]:
        """Return the newest text and how it reads with the lines of `draft`: what is shown before the answer."""
        template = await self._texts.newest(draft.kind, draft.language)
        vocabulary = await self._vocabulary(draft.individual)
        wording = Wording(draft.language, {**vocabulary.names, **receiver_names(draft)})
        return template, render(template.body, wording.sentences(draft.lines), draft.insats)

    async def record(self, asking: Asking, draft: Draft, once: Once | None = None) -> ConsentId:
        """Keep a yes and return its id.

        Raises Invalid (what to put right, field by field), Refused or Undecided (the policy `record_consent`),
        NotFound (a renewed consent that isn't the individual's).
        """
        vocabulary = await self._vocabulary(draft.individual)
        require(check_draft(draft, vocabulary, today(self._clock)))
        template, text = await self.text_for(draft)
        require([] if draft.text_version == template.version else [_NEW_TEXT])
        used: list[Surroundings] = []

        async def gather() -> Gathered[RecordConsent]:
            around = await self._around(asking.caller, draft.individual, draft.case)
            used.append(around)
            question = questions.record_consent(
                draft, asking.caller, around, vocabulary=vocabulary, text=template.id, now=self._clock.now()
            )
            return Gathered(question, around.stands, _about("record_consent", draft), around.not_after)

        permit = await asking.permit(gather)
        around = used[-1]
        mandate = next((each for each in around.mandates if each.id == draft.representative), None)
        said = replace(draft, given_by=given_by(mandate))
        now = self._clock.now()
        answer = rows.Answer(
            new_id(), said, asking.caller, template.id, text, now, permit.entry, mandate, around.caller.own
        )
        return await self._write(answer, EventKind.GIVEN, once)

    async def decline(self, speaker: Speaker, draft: Draft, once: Once | None = None) -> ConsentId:
        """Keep a no and return its id. As easy as a yes: nothing need be filled in, and no engine is asked.

        Raises NotFound (not one who may speak for the individual), StepUpNeeded, or Invalid (what can't be kept).
        """
        require_stop(speaker, self._clock.now())
        require(check_no(draft))
        template, text = await self.text_for(draft)
        said = replace(
            draft,
            lines=(),
            others=(),
            form=draft.form or Form.ASSISTED,
            given_by=given_by(speaker.mandate),
            representative=speaker.mandate.id if speaker.mandate else None,
            renews=None,
        )
        answer = rows.Answer(new_id(), said, speaker.caller, template.id, text, self._clock.now())
        return await self._write(answer, EventKind.DECLINED, once)

    async def accept_evidence(
        self,
        asking: Asking,
        consent: ConsentId,
        version: int,
        once: Once | None = None,
        *,
        excluded: Collection[str] | None = None,
    ) -> None:
        """Let the lines of `consent` open the caller's agency's secrecy: its official is sure of the evidence.

        Where the individual has said in own words what isn't to be told, the official says which categories they are
        about: `excluded`, empty for none that the agency holds. Those become exclusions; until then everything is
        stopped (reading R2). Raises Refused, Undecided, NotFound, PreconditionFailed when the consent has changed since
        `version`, Invalid (nothing said of own words that wait, or an unknown category).
        """
        await self._answer_evidence(asking, consent, version, Verdict(excluded=excluded), once)

    async def refuse_evidence(
        self, asking: Asking, consent: ConsentId, version: int, fault: EvidenceFault, once: Once | None = None
    ) -> None:
        """Say that the caller's agency isn't sure of the evidence, and why; also after having accepted it.

        Raises as `accept_evidence`.
        """
        await self._answer_evidence(asking, consent, version, Verdict(fault), once)

    async def renewal_of(
        self, individual: str, consent: ConsentId, last_day: date, keep: frozenset[str] | None = None
    ) -> Draft:
        """Return the draft that renews `consent` until `last_day`, to be shown, given and recorded as any other.

        Only what still stood, or ended by itself, is asked for again; `keep` narrows it to some lines. Exclusions
        aren't repeated: they live on (reading R2). Raises NotFound.
        """
        async with self._database.read() as session:
            past = (await repository.history(session, individual)).only(consent)
        if not past.consents:
            raise NotFound
        [row] = past.consents
        opened = await Opened.of(self._vault, [row])
        draft = _renewal(past, self._clock.now(), last_day, keep)
        return replace(draft, insats=opened.evidence(row).insats or None)

    async def _vocabulary(self, individual: str) -> Vocabulary:
        """Return the vocabulary, with those outside the matrix that the individual has named before."""
        async with self._database.read() as session:
            receivers = await repository.receivers(session, [individual])
        return replace(await self._words(), named=await open_names(self._vault, receivers))

    async def _write(self, answer: rows.Answer, kind: EventKind, once: Once | None) -> ConsentId:
        draft = answer.draft
        keys = await self._vault.keys([rows.scope_of(draft.individual, draft.answerable)])
        teller = rows.Teller(answer.caller, draft.individual, answer.at, answer.id)
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{draft.individual}"])
            if made := await earlier(session, once):
                return ConsentId(made)
            await _mark_renewed(session, draft, teller)
            receivers = rows.receiver_rows(answer, keys)
            lines = rows.line_rows(answer, receivers, keys)
            session.add(rows.consent_row(answer, keys))
            await session.flush()  # the rows below point to it, and no relation tells the order
            repository.add_all(session, [*rows.scan_rows(answer, keys), *receivers, *lines])
            session.add(teller.event(kind, consent=answer.id))
            remember(session, once, answer.id)
            entry = teller.entry(f"consent_{kind}", draft.answerable, lines, case=draft.case)
            await self._ledger.record_change(session, entry)
        return ConsentId(answer.id)

    async def _answer_evidence(
        self, asking: Asking, consent: ConsentId, version: int, verdict: Verdict, once: Once | None
    ) -> None:
        owner = str(asking.caller.agency)
        async with self._database.read() as session:
            row = await repository.consent(session, consent)
            lines = await repository.lines_for_official(session, consent, owner)
        if row is None or not lines:
            raise NotFound
        for receiver in sorted({line.receiver for line in lines}):
            await asking.permit(lambda to=receiver: self._ask_evidence(asking.caller, row, owner, to))
        words = [line for line in lines if line.category == WORDS]
        require(check_verdict(verdict, words, await self._words()))
        kind = EventKind.EVIDENCE_REFUSED if verdict.fault else EventKind.ACCEPTED
        teller = rows.Teller(asking.caller, row.individual_id, self._clock.now())
        excluded = rows.held_back(words, verdict.excluded or (), teller.at)
        async with self._database.write() as session:
            await self._ledger.bump(session, [f"individual:{row.individual_id}"])
            if await earlier(session, once):
                return
            if await repository.version(session, row.individual_id, consent) != version:
                raise PreconditionFailed
            remember(session, once, consent)
            repository.add_all(session, [teller.event(kind, line=line, reason=verdict.fault) for line in lines])
            repository.add_all(session, excluded)
            entry = teller.entry(f"evidence_{kind}", owner, [*lines, *excluded], case=row.case_id)
            await self._ledger.record_change(session, entry)

    async def _ask_evidence(self, caller: Caller, row: Consent, owner: str, receiver: str) -> Gathered[AcceptConsent]:
        around = await self._around(caller, row.individual_id, row.case_id)
        own = row.recorded_by is not None and row.recorded_by == caller.assignment
        question = questions.accept_consent(around, owner, receiver, recorded_by_caller=own, now=self._clock.now())
        about = About("answer_evidence", owner, individual=row.individual_id, case=row.case_id, owner=owner)
        return Gathered(question, around.stands, about, around.not_after)


def _about(act: str, draft: Draft) -> About:
    lines = draft.permits
    return About(
        act,
        draft.answerable,
        individual=draft.individual,
        case=draft.case,
        categories=tuple(sorted({line.category for line in lines})),
        purpose=lines[0].purpose if lines else "",
    )


async def _mark_renewed(session: AsyncSession, draft: Draft, teller: rows.Teller) -> None:
    """Say of a renewed consent by which (the teller's act). Raises NotFound when it isn't the individual's."""
    if draft.renews is None:
        return
    old = await repository.consent(session, draft.renews)
    if old is None or old.individual_id != draft.individual:
        raise NotFound
    session.add(teller.event(EventKind.RENEWED, consent=old.id))


def _renewal(past: History, now: datetime, last_day: date, keep: frozenset[str] | None) -> Draft:
    [row], states = past.consents, line_states(past, now)
    lines = tuple(
        DraftLine(line.owner, line.receiver, line.category, line.purpose, None, last_day)
        for line in past.lines
        if line.effect is Effect.PERMIT and states[line.id] in _ASKED_AGAIN and (keep is None or line.id in keep)
    )
    return Draft(
        individual=row.individual_id,
        kind=row.kind,
        lines=lines,
        answerable=row.answerable_agency,
        form=None,
        case=row.case_id,
        renews=row.id,
    )
