"""The words of consent: closed vocabularies, each value once.

Categories, purposes, agencies and the matrix are data (`vocabulary.py`); what stands here the law itself has fixed.
"""

from enum import StrEnum
from typing import Final, NewType

ConsentId = NewType("ConsentId", str)
LineId = NewType("LineId", str)
BlockId = NewType("BlockId", str)
WithdrawalId = NewType("WithdrawalId", str)
ReceiverId = NewType("ReceiverId", str)
LiftId = NewType("LiftId", str)

#: Every receiver, every owner, every category or every purpose: only in what stops, never in what permits.
ALL: Final = "*"
#: The category of an exclusion in the individual's own words: no machine can weigh it. It stops all that it could be
#: about until an official of the owner has read it and said what it is about.
WORDS: Final = "words"
#: The one category of a SUS consent.
SUS_REGISTRATION: Final = "sus_registration"

#: Who gave a line, when no mandate was used.
BY_SELF: Final = "self"


class Kind(StrEnum):
    """Three consents that are never one tick (law 6.3(3))."""

    PLAN = "plan"
    SECRECY = "secrecy"
    SUS = "sus"


class Form(StrEnum):
    """How it was given. No form is asked for in OSL; what counts is that no doubt remains (law 2.4)."""

    DIGITAL = "digital"  # the individual's own strong sign-in
    PAPER = "paper"  # signed; the scan is kept with its digest
    ORAL = "oral"  # somebody else was there and heard it
    ASSISTED = "assisted"  # filled in by staff together with the individual


class Language(StrEnum):
    """The language of the text that was shown, as a BCP 47 tag."""

    SWEDISH = "sv"
    EASY_SWEDISH = "sv-x-easy"
    ENGLISH = "en"


class GivenBy(StrEnum):
    """Who said yes. Only the one whom secrecy protects disposes of it (OSL 12:2), a minor's with 12:3."""

    SELF = "self"
    REPRESENTATIVE = "representative"
    GUARDIAN = "guardian"


class Effect(StrEnum):
    """What a line does. An exclusion is a line that blocks; it beats every permit (reading R2)."""

    PERMIT = "permit"
    EXCLUSION = "exclusion"


class ReceiverKind(StrEnum):
    """A receiver outside the matrix, named one by one (reading R18)."""

    EMPLOYER = "employer"
    SCHOOL = "school"
    PRIVATE_PROVIDER = "private_provider"
    RELATIVE = "relative"
    AF_SUPPLIER = "af_supplier"


class EventKind(StrEnum):
    """What has happened; never what is. The state is derived from these (`state.py`)."""

    GIVEN = "given"
    DECLINED = "declined"
    ACCEPTED = "accepted"  # the owner's official is sure that the consent covers its disclosure
    EVIDENCE_REFUSED = "evidence_refused"
    NARROWED = "narrowed"
    WITHDRAWN = "withdrawn"
    RENEWED = "renewed"
    EXCLUSION_LIFTED = "exclusion_lifted"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"


class EvidenceFault(StrEnum):
    """Why the owner's official isn't sure that the consent covers its disclosure (law 2.4)."""

    UNREADABLE = "unreadable"
    NOT_SIGNED = "not_signed"
    WRONG_PERSON = "wrong_person"
    NOT_COVERED = "not_covered"
    DOUBTFUL = "doubtful"


class LineState(StrEnum):
    """What one line is at an instant; derived, never stored."""

    WAITING = "waiting"  # for the owner's official to accept the evidence
    EVIDENCE_REFUSED = "evidence_refused"
    NOT_YET = "not_yet"
    ACTIVE = "active"
    NARROWED = "narrowed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LIFTED = "lifted"  # an exclusion that its giver has openly lifted


class ConsentState(StrEnum):
    """What a whole consent is at an instant; derived, never stored."""

    DECLINED = "declined"
    WAITING = "waiting"
    NOT_YET = "not_yet"
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    EVIDENCE_REFUSED = "evidence_refused"
