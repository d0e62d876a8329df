"""May the caller read these log entries."""

from typing import Literal

from hub.access.questions.facts import CallerFacts, DisposalFacts, Facts, MandateFacts, PersonFacts


class ReadLog(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """May the caller read these log entries (HUB-06; PDL 4:3, 8:5; reading R26).

    `entries_of`: "individual": all that concerns one individual. "agency": what one agency's staff have done.
    `agency`: whose entries; "*" = every agency's.
    `export_to`: where an extract goes; "none" when it is only shown, "self" to the reader's own screen or paper.
    """

    now: int
    caller: CallerFacts
    person: PersonFacts
    disposal: DisposalFacts
    mandates: list[MandateFacts]
    entries_of: Literal["individual", "agency"]
    agency: str
    export_to: Literal["none", "self", "other"]
