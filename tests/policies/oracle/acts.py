"""Which acts there are in a case, who does them, and what each needs (GT-23; readings R11, R12, R31; FFS-10)."""

from dataclasses import dataclass
from typing import Final

WORKERS: Final = frozenset({"handlaggare", "samordnare", "chef"})
CASEWORK: Final = WORKERS | {"system"}
OFFICIALS: Final = WORKERS | {"sekretessansvarig"}
READERS: Final = OFFICIALS | {"system"}
NONE: Final = frozenset[str]()


@dataclass(frozen=True)
class Act:
    """Who on the team, who else at an agency that is party to the case, and whether the individual may.

    `own`: only in a matter of the caller's own agency. `gain`: never in a matter of one's own or a relative's.
    `draft`: on an item of one's own. `told`: what must be done with it.
    """

    team: frozenset[str] = NONE
    others: frozenset[str] = NONE
    individual: bool = False
    open: bool = True
    leading: bool = False
    own: bool = False
    gain: bool = False
    reason: bool = False
    draft: frozenset[str] = NONE
    sends: bool = False
    decision: str = ""
    told: frozenset[str] = NONE


_WRITABLE: Final = frozenset({"draft", "sent"})
ACTS: Final = {
    "see_case": Act(READERS, individual=True, open=False),
    "edit_case": Act(WORKERS, leading=True),
    "close_case": Act(WORKERS, leading=True),
    "reopen_case": Act(WORKERS, leading=True, open=False, reason=True),
    "add_party": Act(WORKERS, leading=True),
    "leave_case": Act(WORKERS, own=True, reason=True),
    "add_to_team": Act(WORKERS, frozenset({"chef"}), own=True, gain=True),
    "remove_from_team": Act(WORKERS, frozenset({"chef"}), own=True, open=False),
    "hand_over": Act(WORKERS, leading=True, reason=True, sends=True),
    "write_note": Act(READERS, individual=True),
    "edit_note": Act(READERS, individual=True, draft=_WRITABLE),
    "read_draft": Act(READERS, individual=True, open=False, draft=_WRITABLE | {"none", "upprattad"}),
    "send_assignment": Act(WORKERS, sends=True),
    "raise_protection": Act(
        READERS,
        OFFICIALS,
        individual=True,
        open=False,
        told=frozenset({"scrub_copies", "reissue_links", "tell_parties"}),
    ),
    "lower_protection": Act(
        frozenset({"chef"}),
        frozenset({"chef"}),
        open=False,
        gain=True,
        reason=True,
        told=frozenset({"record_reason", "tell_parties"}),
    ),
    "confirm_protection": Act(frozenset({"chef"}), frozenset({"chef"}), open=False),
    "ask_review": Act(OFFICIALS, reason=True),
    "answer_review": Act(
        OFFICIALS,
        frozenset({"sekretessansvarig"}),
        open=False,
        own=True,
        gain=True,
        reason=True,
        decision="may",
        told=frozenset({"log_ground"}),
    ),
    "record_lift": Act(WORKERS, own=True, gain=True, reason=True),
    "withhold_from_individual": Act(
        OFFICIALS, own=True, gain=True, reason=True, decision="keeps", told=frozenset({"log_ground"})
    ),
    "end_withholding": Act(OFFICIALS, open=False, own=True, gain=True, told=frozenset({"log_ground"})),
    "ask_inquiry": Act(CASEWORK),
    "withdraw_inquiry": Act(CASEWORK, open=False, own=True),
    "read_inquiry": Act(CASEWORK, open=False, own=True),
    "answer_inquiry": Act(WORKERS, own=True, gain=True, told=frozenset({"log_ground"})),
    "record_manual_disclosure": Act(
        OFFICIALS,
        frozenset({"sekretessansvarig"}),
        open=False,
        own=True,
        decision="must",
        told=frozenset({"log_ground"}),
    ),
    "question_log_entry": Act(individual=True, open=False),
    "answer_log_question": Act(
        frozenset({"chef", "loggranskare", "sekretessansvarig"}),
        frozenset({"chef", "loggranskare", "sekretessansvarig"}),
        open=False,
        own=True,
        gain=True,
    ),
}
#: Acts that nobody can do (law 3.1, HUB-06), with why.
NOBODY: Final = {
    "merge_identities": "linkage_forbidden",
    "link_identities": "linkage_forbidden",
    "search_former_identity": "linkage_forbidden",
    "mark_fictitious_identity": "linkage_forbidden",
    "delete_log_entry": "log_is_append_only",
}
