"""May this draft be kept as a valid consent."""

from hub.access.questions.facts import CallerFacts, DisposalFacts, Facts, MandateFacts, PersonFacts
from hub.access.questions.words import ConsentForm, ConsentKind


class DraftLineFacts(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of the draft, as it was written: what is empty or not a code of the vocabulary is explained, not hidden.

    `owner_kind`, `receiver_kind`: what they are to the matrix; "" when there is none.
    """

    owner: str
    owner_kind: str
    receiver: str
    receiver_kind: str
    category: str
    purpose: str
    valid_from: int
    valid_until: int


class RecordConsent(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """May this draft be kept as a valid consent (HUB-03; law 2.4; readings R6, R7, R27, R30).

    `kinds`: what it would be a consent to; more than one is never one tick.
    `lines`: the sets of the form, written out (R30). A set that was left empty gives lines where that part is "".
    `given_by`: "self", or the id of a mandate in `mandates`, or anything else for one who doesn't dispose of it;
    `with_minor`: a minor has said yes together with the guardian.
    `form`: how. `documented`: something shows that it was given (a signed form, a note, a sign-in).
    `witnessed`: before whom it was given is written down. `specific`: false when the form says "everything needed".
    `text_version`, `language`: of the text that was shown; "" when none was. `exclusions_asked`: somebody asked what
    it shall not cover. `insats`: for a SUS consent, the insats it is for; "". `text_changed`: the SUS form was altered.
    `caller` at the individual's door gives it by an own sign-in; staff record what the individual has said.
    """

    now: int
    caller: CallerFacts
    person: PersonFacts
    disposal: DisposalFacts
    mandates: list[MandateFacts]
    kinds: list[ConsentKind]
    lines: list[DraftLineFacts]
    given_by: str
    with_minor: bool
    given_at: int
    form: ConsentForm
    documented: bool
    witnessed: bool
    specific: bool
    text_version: str
    language: str
    exclusions_asked: bool
    insats: str
    text_changed: bool
