"""Consent: given, declined, accepted, narrowed, withdrawn, renewed; exclusions, blocks; receipts.

Three consents that are never one tick: to the plan, to lifting secrecy, to SUS. Each is a list of lines; what they
are now is derived from an append-only history (HUB-03, `domain/readings.md` R1–R7, R18, R27, R30).
"""

from hub.consent.kinds import (
    ALL,
    WORDS,
    BlockId,
    ConsentId,
    ConsentState,
    Effect,
    EventKind,
    Form,
    GivenBy,
    Kind,
    Language,
    LineId,
    LineState,
    ReceiverId,
    ReceiverKind,
    WithdrawalId,
)
from hub.consent.model import written_once_statements

__all__ = [
    "ALL",
    "WORDS",
    "BlockId",
    "ConsentId",
    "ConsentState",
    "Effect",
    "EventKind",
    "Form",
    "GivenBy",
    "Kind",
    "Language",
    "LineId",
    "LineState",
    "ReceiverId",
    "ReceiverKind",
    "WithdrawalId",
    "written_once_statements",
]
