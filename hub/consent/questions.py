"""The questions of consent: drafts and rows in, frozen facts out. Pure."""

from datetime import datetime

from hub.access import Caller, CallerKind
from hub.access.questions import AcceptConsent, DraftLineFacts, RecordConsent
from hub.consent.drafts import Draft, DraftLine, other_number
from hub.consent.kinds import BY_SELF, Form, Kind
from hub.consent.speaker import Surroundings
from hub.consent.vocabulary import Vocabulary
from hub.kit.clock import FAR_FUTURE_S, epoch_s, midnight_after, midnight_of


def record_consent(
    draft: Draft, caller: Caller, around: Surroundings, *, vocabulary: Vocabulary, text: str, now: datetime
) -> RecordConsent:
    """Return the question whether `draft`, shown as `text` (the id of a template), may be kept as a valid consent."""
    return RecordConsent(
        now=epoch_s(now),
        caller=around.caller,
        person=around.person,
        disposal=around.disposal,
        mandates=[mandate for mandate in around.mandates if mandate.id == draft.representative],
        kinds=[draft.kind.value],
        lines=[_line(line, draft, vocabulary, now) for line in draft.permits],
        given_by=draft.representative or BY_SELF,
        with_minor=draft.with_minor,
        given_at=epoch_s(now),
        form=(draft.form or Form.ORAL).value,
        documented=_documented(draft, caller),
        # An official or the sign-in is before whom; a partner system must name somebody.
        witnessed=caller.kind is not CallerKind.CLIENT or bool(draft.witness.strip()),
        specific=bool(draft.permits),
        text_version=text,
        language=draft.language.value,
        exclusions_asked=draft.exclusions_asked,
        insats=(draft.insats or "").strip(),
        text_changed=False,  # the text is made from the template here, so nobody can have altered it
    )


def accept_consent(
    around: Surroundings, owner: str, receiver: str, *, recorded_by_caller: bool, now: datetime
) -> AcceptConsent:
    """Return the question whether the caller may answer, for `owner`, the evidence of lines that open to `receiver`."""
    return AcceptConsent(
        now=epoch_s(now),
        caller=around.caller,
        person=around.person,
        owner=owner,
        receiver=receiver,
        recorded_by_caller=recorded_by_caller,
    )


def _documented(draft: Draft, caller: Caller) -> bool:
    """Tell whether something shows that the answer was given, in the way that its form asks for."""
    match draft.form:
        case Form.DIGITAL:
            return caller.kind is CallerKind.INDIVIDUAL
        case Form.PAPER:
            return draft.scan is not None and bool(draft.scan.content)
        case Form.ORAL:
            return bool(draft.witness.strip())
        case Form.ASSISTED:
            return bool(draft.note.strip())
        case _:
            return False


def _line(line: DraftLine, draft: Draft, vocabulary: Vocabulary, now: datetime) -> DraftLineFacts:
    start = max(now, midnight_of(line.first_day)) if line.first_day else now
    return DraftLineFacts(
        owner=line.owner,
        owner_kind=_kind(line.owner, vocabulary),
        receiver=line.receiver,
        receiver_kind=_receiver_kind(line.receiver, draft, vocabulary),
        category=line.category,
        purpose=line.purpose,
        valid_from=epoch_s(start),
        valid_until=epoch_s(midnight_after(line.last_day)) if line.last_day else FAR_FUTURE_S,
    )


def _receiver_kind(receiver: str, draft: Draft, vocabulary: Vocabulary) -> str:
    number = other_number(receiver)
    if number is not None and number < len(draft.others):
        return draft.others[number].kind
    return Kind.SUS if receiver == Kind.SUS else _kind(receiver, vocabulary)


def _kind(code: str, vocabulary: Vocabulary) -> str:
    named = vocabulary.agencies.get(code) or vocabulary.named.get(code)
    return named.kind if named else ""
