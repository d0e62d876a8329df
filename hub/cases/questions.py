"""From facts to typed questions about a case: pure."""

from datetime import datetime

from hub.access import Caller
from hub.access.questions import (
    ActInCase,
    ApprovalFacts,
    CallerFacts,
    DecisionFacts,
    Disclose,
    OpenCase,
    OwnerFacts,
    PlaceFacts,
    ReceiverFacts,
    SignInFacts,
)
from hub.access.questions import PersonFacts as PersonQuestion
from hub.access.questions.words import CaseAct, Category, Purpose
from hub.agencies import AgencyFacts, Approval
from hub.cases.facts import PartySeen, Seen
from hub.consent import ConsentFacts
from hub.kit.clock import FAR_FUTURE_S, epoch_s
from hub.people import CARRIES_OUT, caller_facts, period_facts, person_facts, plain_disposal


def act_in_case(
    caller: Caller,
    seen: Seen,
    act: CaseAct,
    *,
    age: int,
    now: datetime,
    subject_agency: str = "",
    manual: DecisionFacts | None = None,
    manual_owner: AgencyFacts | None = None,
    manual_receiver: AgencyFacts | None = None,
    reason_given: bool = False,
    reached: bool = False,
) -> ActInCase:
    """May the caller do `act` in the case that was seen.

    `reached`: the caller's agency has been lawfully asked something in it, which lets its official in to answer.
    """
    frame = seen.frame
    return ActInCase(
        now=epoch_s(now),
        caller=asking_caller(caller, seen, now),
        person=person_facts(seen.person, known=frame is not None),
        disposal=plain_disposal(age),
        mandates=[],
        act=act,
        open=frame is not None and frame.open,
        leading=frame is not None and frame.leading == caller.agency,
        own_agency_party=seen.party or reached,
        subject_agency=subject_agency or caller.agency or "",
        subject_relation="none",
        subject_named=True,
        item_state="none",
        item_author="none",
        receiver_named=True,
        reason_given=reason_given,
        manual=[manual] if manual else [],
        manual_owner_kind=manual_owner.kind.value if manual_owner else "individual",
        manual_owner_regime=manual_owner.regime if manual_owner else "none",  # pyright: ignore[reportArgumentType]
        manual_receiver_kind=manual_receiver.kind.value if manual_receiver else "individual",
    )


def asking_caller(caller: Caller, seen: Seen, now: datetime) -> CallerFacts:
    """Return whoever asks, with their place in the case's team."""
    return caller_facts(caller, seen.agency, seen.assignment, seen.person, now=now, team=seen.places)


def open_case(caller: CallerFacts, person: PersonQuestion, purpose: Purpose, *, own: bool, now: datetime) -> OpenCase:
    """May the caller open a case on this individual, led by the caller's own agency (reading R31)."""
    return OpenCase(
        now=epoch_s(now), caller=caller, person=person, own_reference=own, leading=caller.agency, purpose=purpose
    )


def disclose(
    caller: CallerFacts,
    person: PersonQuestion,
    owner: PartySeen,
    receiver: PartySeen,
    consent: ConsentFacts,
    *,
    categories: tuple[Category, ...],
    purpose: Purpose,
    age: int,
    now: datetime,
    direction: str = "answer",
    decisions: tuple[DecisionFacts, ...] = (),
) -> Disclose:
    """May `receiver` be told what `owner` has in these categories."""
    return Disclose(
        direction="question" if direction == "question" else "answer",
        now=epoch_s(now),
        caller=caller,
        person=person,
        disposal=plain_disposal(age),
        owner=owner_facts(owner),
        receiver=receiver_facts(receiver),
        same_branch=owner.agency.id == receiver.agency.id,
        own_unit=False,
        categories=list(categories),
        items=[],
        purpose=purpose,
        road="hub_request",
        surface="case_view",
        attachment="none",
        identity="named",
        claimed="",
        lines=list(consent.lines),
        stops=list(consent.stops),
        mandates=list(consent.mandates),
        third_persons=[],
        decisions=list(decisions),
        supplier_needs=[],
    )


def owner_facts(party: PartySeen) -> OwnerFacts:
    """Return an agency as the owner of what would be told."""
    agency = party.agency
    return OwnerFacts(
        agency=agency.id,
        kind=agency.kind.value,
        authority=agency.authority,
        regime=agency.regime,  # pyright: ignore[reportArgumentType]  what isn't a regime is undecided
        approvals=[_approval(each) for each in party.approvals],
    )


def receiver_facts(party: PartySeen) -> ReceiverFacts:
    """Return an agency as the receiver, with its own word on what is necessary there (reading R16)."""
    agency = party.agency
    return ReceiverFacts(
        agency=agency.id,
        kind=agency.kind.value,
        authority=agency.authority,
        case_open=party.case_open,
        necessary=sorted(party.necessary),
    )


def somebody_at(agency: AgencyFacts, now: datetime) -> CallerFacts:
    """Return an official of `agency` who is on the team and well signed in: only to explain what such a one may see."""
    at = epoch_s(now)
    return CallerFacts(
        door="staff",
        agency=agency.id,
        kind=agency.kind.value,
        roles=["handlaggare"],
        team=[PlaceFacts(substitute=False, valid_from=0, valid_until=FAR_FUTURE_S)],
        clearances=[],
        named_handler=False,
        relation="none",
        own=False,
        mandate="",
        sign_in=SignInFacts(level=3, factors=2, at=at),
        carries_out=sorted(CARRIES_OUT),
    )


def _approval(approval: Approval) -> ApprovalFacts:
    period = period_facts(approval.period)
    return ApprovalFacts(code=approval.code, valid_from=period.valid_from, valid_until=period.valid_until)
