"""Consent: given, declined, accepted, narrowed, withdrawn, renewed; exclusions, blocks; receipts.

Three consents that are never one tick: to the plan, to lifting secrecy, to SUS. Each is a list of lines; what they
are now is derived from an append-only history (HUB-03, `domain/readings.md` R1–R7, R18, R27, R30).

How to enter: a form is `ConsentForm`, `lines_of` turns its sets into lines, `check_form` and `check_draft` say what
to put right. `ConsentService` keeps a yes or a no, `WithdrawalService` and `BlockService` close at once,
`ConsentReader` shows; `consent_columns` are the decision's facts on the hot path.
"""

from hub.consent.blocking import BLOCKED, BlockService
from hub.consent.checks import Limits, check_answer, check_days, check_draft, check_form, limits
from hub.consent.closing import Closing
from hub.consent.drafts import (
    ConsentForm,
    Draft,
    DraftLine,
    NamedReceiver,
    ScanFile,
    lines_of,
    never_works,
    other_receiver,
)
from hub.consent.due import Awaiting, ConsentDue, Expiring
from hub.consent.endpoints import router
from hub.consent.facts import (
    CONSENT_COLUMNS,
    ConsentFacts,
    between,
    consent_columns,
    parse_consent,
    said_columns,
)
from hub.consent.kinds import (
    ALL,
    WORDS,
    BlockId,
    ConsentId,
    ConsentState,
    Effect,
    EventKind,
    EvidenceFault,
    Form,
    GivenBy,
    Kind,
    Language,
    LiftId,
    LineId,
    LineState,
    ReceiverId,
    ReceiverKind,
    WithdrawalId,
)
from hub.consent.lifting import LiftService, Said
from hub.consent.model import written_once_statements
from hub.consent.reading import ConsentReader, Paper, Receipt
from hub.consent.service import ConsentService
from hub.consent.services import ConsentServices
from hub.consent.speaker import Around, Speaker, Surroundings, may_lift, may_stop
from hub.consent.texts import TextChanged, Texts
from hub.consent.views import BlockView, ConsentView, LineView, Overview, Reached, Sight, Stopwatch
from hub.consent.vocabulary import AgencyName, Category, Vocabulary, Words, from_policies
from hub.consent.withdrawing import WITHDRAWN, WithdrawalService
from hub.consent.wording import Wording, day_in_words

__all__ = [
    "ALL",
    "BLOCKED",
    "CONSENT_COLUMNS",
    "WITHDRAWN",
    "WORDS",
    "AgencyName",
    "Around",
    "Awaiting",
    "BlockId",
    "BlockService",
    "BlockView",
    "Category",
    "Closing",
    "ConsentDue",
    "ConsentFacts",
    "ConsentForm",
    "ConsentId",
    "ConsentReader",
    "ConsentService",
    "ConsentServices",
    "ConsentState",
    "ConsentView",
    "Draft",
    "DraftLine",
    "Effect",
    "EventKind",
    "EvidenceFault",
    "Expiring",
    "Form",
    "GivenBy",
    "Kind",
    "Language",
    "LiftId",
    "LiftService",
    "Limits",
    "LineId",
    "LineState",
    "LineView",
    "NamedReceiver",
    "Overview",
    "Paper",
    "Reached",
    "Receipt",
    "ReceiverId",
    "ReceiverKind",
    "Said",
    "ScanFile",
    "Sight",
    "Speaker",
    "Stopwatch",
    "Surroundings",
    "TextChanged",
    "Texts",
    "Vocabulary",
    "WithdrawalId",
    "WithdrawalService",
    "Wording",
    "Words",
    "between",
    "check_answer",
    "check_days",
    "check_draft",
    "check_form",
    "consent_columns",
    "day_in_words",
    "from_policies",
    "limits",
    "lines_of",
    "may_lift",
    "may_stop",
    "never_works",
    "other_receiver",
    "parse_consent",
    "router",
    "said_columns",
    "written_once_statements",
]
