"""From what was said to what is written: the rows of an answer, and of what happens to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import product

import msgspec

from hub.access import Caller, CallerKind, change_entry
from hub.access.questions import MandateFacts
from hub.audit import Entry
from hub.consent.drafts import Draft, DraftLine, other_number
from hub.consent.kinds import ALL, BY_SELF, WORDS, Effect, EventKind, Form, GivenBy
from hub.consent.model import Consent, Event, Line, Receiver, Scan
from hub.consent.speaker import STRONG
from hub.consent.state import FAR_FUTURE
from hub.kit.clock import midnight_after, midnight_of
from hub.kit.ids import new_id
from hub.kit.vault import Keys, KeyScope, Place


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was written of how and for what the answer was given, besides a scan: sealed as one value."""

    witness: str = ""
    note: str = ""
    condition: str = ""
    insats: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that the rows of one answer are made of. `decision` None is a no."""

    id: str
    draft: Draft
    caller: Caller
    template: str
    text: str
    at: datetime
    decision: str | None = None
    mandate: MandateFacts | None = None
    #: The caller is the individual, as the facts of the decision said.
    own: bool = False

    @property
    def by_own_sign_in(self) -> bool:
        """Whether this is the individual's own strong sign-in: the only evidence that needs nobody's acceptance."""
        in_person = self.caller.kind is CallerKind.INDIVIDUAL and self.own
        return in_person and self.draft.given_by is GivenBy.SELF and self.caller.loa >= STRONG


def scope_of(individual: str, agency: str) -> KeyScope:
    """Return the key that seals an individual's consents for the agency that answers for them."""
    return KeyScope(individual, agency, "evidence")


def evidence_digest(draft: Draft, sealed: bytes) -> bytes:
    """Return the digest that the evidence is known by: of the scan, else of the sealed note (which hides it)."""
    return sha256(draft.scan.content if draft.scan else sealed).digest()


def consent_row(answer: Answer, keys: Keys) -> Consent:
    """Return the row of the answer itself."""
    draft, scope = answer.draft, scope_of(answer.draft.individual, answer.draft.answerable)
    evidence = msgspec.json.encode(Evidence(draft.witness, draft.note, draft.condition, (draft.insats or "").strip()))
    sealed = keys.seal(scope, Place("consent", "evidence", answer.id), evidence)
    return Consent(
        id=answer.id,
        individual_id=draft.individual,
        kind=draft.kind,
        answerable_agency=draft.answerable,
        case_id=draft.case,
        form=draft.form or Form.DIGITAL,
        template_id=answer.template,
        language=draft.language,
        text_shown=keys.seal(scope, Place("consent", "text_shown", answer.id), answer.text.encode()),
        given_by=draft.given_by,
        representative_id=draft.representative,
        recorded_by=answer.caller.assignment,
        recorded_by_agency=answer.caller.agency,
        evidence=sealed,
        evidence_digest=evidence_digest(draft, sealed),
        exclusions_asked=draft.exclusions_asked,
        decision=answer.decision,
        given_at=answer.at,
    )


def scan_rows(answer: Answer, keys: Keys) -> list[Scan]:
    """Return the row of the scanned paper, when there is one."""
    scan = answer.draft.scan
    if scan is None:
        return []
    scope = scope_of(answer.draft.individual, answer.draft.answerable)
    sealed = keys.seal(scope, Place("consent_scan", "content", answer.id), scan.content)
    return [Scan(consent_id=answer.id, media_type=scan.media_type, content=sealed)]


def receiver_rows(answer: Answer, keys: Keys) -> list[Receiver]:
    """Return the rows of those outside the matrix, in the order of the draft (reading R18)."""
    draft, scope = answer.draft, scope_of(answer.draft.individual, answer.draft.answerable)
    ids = [new_id() for _ in draft.others]
    return [
        Receiver(
            id=identity,
            individual_id=draft.individual,
            answerable_agency=draft.answerable,
            kind=other.kind,
            name=keys.seal(scope, Place("consent_receiver", "name", identity), other.name.strip().encode()),
        )
        for identity, other in zip(ids, draft.others, strict=True)
    ]


def line_rows(answer: Answer, receivers: Sequence[Receiver], keys: Keys) -> list[Line]:
    """Return the rows of the lines, each with the period that its days mean (readings R1, R27)."""
    return [_line(answer, line, receivers, keys) for line in answer.draft.lines]


def _line(answer: Answer, line: DraftLine, receivers: Sequence[Receiver], keys: Keys) -> Line:
    identity, draft, number = new_id(), answer.draft, other_number(line.receiver)
    return Line(
        id=identity,
        consent_id=answer.id,
        individual_id=draft.individual,
        kind=draft.kind,
        owner=line.owner,
        receiver=line.receiver if number is None else receivers[number].id,
        category=line.category,
        purpose=line.purpose,
        valid_from=max(answer.at, midnight_of(line.first_day)) if line.first_day else answer.at,
        valid_until=midnight_after(line.last_day) if line.last_day else FAR_FUTURE,
        effect=line.effect,
        given_by=draft.representative or BY_SELF,
        given_at=answer.at,
        mandate=msgspec.json.encode(answer.mandate).decode() if answer.mandate else "",
        needs_acceptance=_needs_official(answer, line),
        reserved=bool(draft.condition.strip()),
        words=_words(line, identity, scope_of(draft.individual, draft.answerable), keys),
    )


def _needs_official(answer: Answer, line: DraftLine) -> bool:
    """Own words are always read by an official of the owner; a yes that others wrote down must convince one."""
    if line.effect is Effect.EXCLUSION:
        return line.category == WORDS
    return not answer.by_own_sign_in and line.owner != answer.caller.agency


def _words(line: DraftLine, identity: str, scope: KeyScope, keys: Keys) -> bytes | None:
    if not line.words:
        return None
    return keys.seal(scope, Place("consent_line", "words", identity), line.words.strip().encode())


def held_back(words: Iterable[Line], categories: Iterable[str], at: datetime) -> list[Line]:
    """Return the exclusions that an official of the owner has made out of own words: they stand as if given so."""
    return [
        Line(
            id=new_id(),
            consent_id=line.consent_id,
            individual_id=line.individual_id,
            kind=line.kind,
            owner=line.owner,
            receiver=line.receiver,
            category=category,
            purpose=ALL,
            valid_from=at,
            valid_until=FAR_FUTURE,
            effect=Effect.EXCLUSION,
            given_by=line.given_by,
            given_at=at,
            needs_acceptance=False,
        )
        for line, category in product(words, sorted(set(categories)))
    ]


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes down what happens to one individual's consents during one act."""

    caller: Caller
    individual: str
    at: datetime
    act: str = ""

    def event(
        self,
        kind: EventKind,
        *,
        consent: str | None = None,
        line: Line | None = None,
        block: str | None = None,
        ends: datetime | None = None,
        reason: str | None = None,
    ) -> Event:
        """Return the row of one event."""
        return Event(
            individual_id=self.individual,
            kind=kind,
            consent_id=line.consent_id if line else consent,
            line_id=line.id if line else None,
            block_id=block,
            ends_at=ends,
            by_act=self.act or None,
            reason=reason,
            caller_ref=self.caller.ref,
            caller_agency=self.caller.agency,
            at=self.at,
        )

    def entry(
        self,
        act: str,
        answerable: str,
        lines: Iterable[Line] = (),
        *,
        case: str | None = None,
        permit: str | None = None,
    ) -> Entry:
        """Return the ledger's entry of the act: which consent and how many lines, never a word of what was said."""
        touched = list(lines)
        return change_entry(
            self.caller,
            "consent",
            act,
            self.at,
            answerable=answerable,
            individual=self.individual,
            case=case,
            categories=sorted({line.category for line in touched}),
            permit=permit,
            detail={"act": self.act, "lines": len(touched)},
        )
