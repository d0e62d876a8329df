"""May the caller do this act in the case."""

from typing import Literal

from hub.access.questions.facts import CallerFacts, DecisionFacts, DisposalFacts, Facts, MandateFacts, PersonFacts
from hub.access.questions.words import AgencyKind, CaseAct, ItemState, Regime, Relation


class ActInCase(Facts, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """May the caller do this act in the case (HUB-01; GT-23; readings R11, R12, R31).

    Which acts there are, who may do them and what each needs is data (`policies/data/acts.json`).

    `open`: the case is open. `leading`: the caller's agency leads it. `own_agency_party`: it is a party.
    `official_of_owner`: true when the caller is asked to act as an official of the agency whose matter it is.
    `subject_*`: whom or what the act is about: the agency that answers for it (a note's, a review's, a log entry's, a
    member's), whether its gain would fall to the caller ("self") or a relative, and whether a person is named.
    `item_state`, `item_author`: of a note, draft or answer; "none" when the act has no item.
    `receiver_named`: for what is sent on a protected individual, named staff are appointed on the receiving side.
    `reason_given`: why is written down.
    `manual`: for `record_manual_disclosure` and `answer_review`: the decision; for `withhold_from_individual` the
    decision to keep something from the individual; [] in other acts.
    `manual_owner_kind`, `manual_owner_regime`, `manual_receiver_kind`: of that decision's owner and receiver
    ("individual", "none", "individual" in other acts).
    """

    now: int
    caller: CallerFacts
    person: PersonFacts
    disposal: DisposalFacts
    mandates: list[MandateFacts]
    act: CaseAct
    open: bool
    leading: bool
    own_agency_party: bool
    subject_agency: str
    subject_relation: Relation
    subject_named: bool
    item_state: ItemState
    item_author: Literal["none", "caller", "colleague", "other_agency", "individual"]
    receiver_named: bool
    reason_given: bool
    manual: list[DecisionFacts]
    manual_owner_kind: AgencyKind
    manual_owner_regime: Regime
    manual_receiver_kind: AgencyKind
