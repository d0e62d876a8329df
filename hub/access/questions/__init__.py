"""The questions that can be asked, each a frozen struct of facts, and the one shape of answer.

`registry` maps a question's name (its folder under `policies/`) to its struct. What isn't here can't be asked.
Withdrawing, blocking and raising protection never wait for the engine (reading R5): see `unwaiting`.
"""

from typing import Final

import msgspec

from hub.access.questions.accept_consent import AcceptConsent
from hub.access.questions.act_in_case import ActInCase
from hub.access.questions.administer import Administer
from hub.access.questions.answer import Answer, Ground, Obligation, Outcome, Refusal
from hub.access.questions.clear_protected import ClearProtected
from hub.access.questions.disclose import Disclose
from hub.access.questions.facts import (
    ApprovalFacts,
    CallerFacts,
    DecisionFacts,
    DisposalFacts,
    Facts,
    LineFacts,
    MandateFacts,
    OwnerFacts,
    PeriodFacts,
    PersonFacts,
    PlaceFacts,
    ReceiverFacts,
    SignInFacts,
    StopFacts,
    ThirdPersonFacts,
    WithholdingFacts,
)
from hub.access.questions.open_case import OpenCase
from hub.access.questions.read_log import ReadLog
from hub.access.questions.record_consent import DraftLineFacts, RecordConsent
from hub.access.questions.see_person import SeePerson
from hub.access.questions.show_to_individual import ShowToIndividual
from hub.access.questions.words import ALL, FAR_FUTURE_S

registry: Final[dict[str, type[Facts]]] = {
    "accept_consent": AcceptConsent,
    "act_in_case": ActInCase,
    "administer": Administer,
    "clear_protected": ClearProtected,
    "disclose": Disclose,
    "open_case": OpenCase,
    "read_log": ReadLog,
    "record_consent": RecordConsent,
    "see_person": SeePerson,
    "show_to_individual": ShowToIndividual,
}
_lists: Final = {name: msgspec.json.Decoder(list[kind]) for name, kind in registry.items()}
_names: Final = {kind: name for name, kind in registry.items()}


def name_of(question: object) -> str:
    """Return the name of the question that `question` asks. Raises KeyError for what is no question."""
    return _names[type(question)]  # type: ignore[index]


def read(name: str, payload: bytes | str) -> Facts:
    """Return the question `name` from its JSON, checked whole.

    Raises KeyError for an unknown name and msgspec.ValidationError (or DecodeError) for what is missing, null,
    mistyped or not asked for: such a question is undecided.
    """
    return msgspec.json.decode(payload, type=registry[name])


def require_whole(name: str, payload: bytes) -> None:
    """Raise msgspec.ValidationError unless every question in `payload`, a list, is whole.

    A struct that is built in code isn't checked by itself; what lacks a fact, or has one of another kind, is undecided.
    """
    _lists[name].decode(payload)


__all__ = [
    "ALL",
    "FAR_FUTURE_S",
    "AcceptConsent",
    "ActInCase",
    "Administer",
    "Answer",
    "ApprovalFacts",
    "CallerFacts",
    "ClearProtected",
    "DecisionFacts",
    "Disclose",
    "DisposalFacts",
    "DraftLineFacts",
    "Facts",
    "Ground",
    "LineFacts",
    "MandateFacts",
    "Obligation",
    "OpenCase",
    "Outcome",
    "OwnerFacts",
    "PeriodFacts",
    "PersonFacts",
    "PlaceFacts",
    "ReadLog",
    "ReceiverFacts",
    "RecordConsent",
    "Refusal",
    "SeePerson",
    "ShowToIndividual",
    "SignInFacts",
    "StopFacts",
    "ThirdPersonFacts",
    "WithholdingFacts",
    "name_of",
    "read",
    "registry",
    "require_whole",
]
