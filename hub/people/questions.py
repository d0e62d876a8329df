"""From facts to typed questions about individuals: pure.

`caller_facts` and `person_facts` are what every capability above builds its questions of.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final, Literal, cast

from hub.access import Caller, CallerKind
from hub.access.questions import (
    ActInCase,
    CallerFacts,
    DisposalFacts,
    MandateFacts,
    PeriodFacts,
    PlaceFacts,
    SeePerson,
    SignInFacts,
)
from hub.access.questions import PersonFacts as PersonQuestion
from hub.access.questions.words import MandateScope, ObligationCode
from hub.access.questions.words import Role as RoleWord
from hub.agencies import AgencyFacts, AssignmentFacts, Period
from hub.kit.clock import epoch_s
from hub.people.facts import ADULT_AGE, Mandate, PersonFacts
from hub.people.model import Protection, Relation
from hub.people.seen import Seen

#: What every page, print and answer of the hub's own carries out when a permit is tied to it.
CARRIES_OUT: Final[tuple[ObligationCode, ...]] = (
    "log_ground",
    "protected_banner",
    "record_reason",
    "same_answer_as_absent",
    "strike_location_fields",
)
By = Literal["number", "reference", "own_list", "list"]


def period_facts(period: Period) -> PeriodFacts:
    """Return a period as questions carry it: whole seconds, the end rounded down so that it is never too late."""
    return PeriodFacts(valid_from=epoch_s(period.valid_from), valid_until=epoch_s(period.valid_until))


def sign_in_facts(caller: Caller) -> SignInFacts:
    """Return how strongly, and when, the caller signed in."""
    return SignInFacts(level=caller.loa, factors=caller.factors, at=epoch_s(caller.authenticated_at))


def caller_facts(
    caller: Caller,
    agency: AgencyFacts | None,
    assignment: AssignmentFacts | None,
    person: PersonFacts | None,
    *,
    now: datetime,
    team: Iterable[PlaceFacts] = (),
    carries_out: Collection[ObligationCode] = CARRIES_OUT,
) -> CallerFacts:
    """Return whoever asks at the staff door or as a partner system, as they are towards `person` (None: towards nobody).

    An assignment that isn't in force, or isn't of the caller's agency, has no role: the policy then permits nothing.
    """
    return CallerFacts(
        door=caller.kind.value,
        agency=agency.id if agency else "",
        kind=agency.kind.value if agency else "individual",
        roles=_roles(caller, agency, assignment, now),
        team=list(team),
        clearances=[period_facts(person.clearance)] if person and person.clearance else [],
        named_handler=person is not None and person.kept is not None and now < person.kept[1],
        relation=person.relation.value if person else Relation.NONE.value,
        own=False,
        mandate="",
        sign_in=sign_in_facts(caller),
        carries_out=sorted(carries_out),
    )


def _roles(
    caller: Caller, agency: AgencyFacts | None, assignment: AssignmentFacts | None, now: datetime
) -> list[RoleWord]:
    if caller.kind is CallerKind.CLIENT:
        return ["system"]
    if assignment is None or agency is None or assignment.agency != agency.id or not assignment.active(now):
        return []
    return [role.value for role in assignment.roles]


def own_door_facts(caller: Caller, *, own: bool, mandate: str = "") -> CallerFacts:
    """Return whoever asks at the individual's door: the individual (`own`), or one who acts on `mandate`."""
    return CallerFacts(
        door="individual",
        agency="",
        kind="individual",
        roles=[],
        team=[],
        clearances=[],
        named_handler=False,
        relation="none",
        own=own,
        mandate=mandate,
        sign_in=sign_in_facts(caller),
        carries_out=sorted(CARRIES_OUT),
    )


def person_facts(person: PersonFacts, *, known: bool) -> PersonQuestion:
    """Return the individual as questions carry them; one who doesn't exist has a decoy's facts and `known` false."""
    return PersonQuestion(
        known=known,
        protection=person.protection.value,
        provisional_until=epoch_s(person.provisional_until),
    )


#: One whom the hub hasn't met, as they will be when registered.
UNPROTECTED: Final = PersonQuestion(known=True, protection=Protection.NONE.value, provisional_until=0)


def plain_disposal(age: int) -> DisposalFacts:
    """Return the facts of disposal where nothing else than age has been told."""
    return DisposalFacts(age=age, can_consent=True, mature=True, objects=False, harm=False)


def mandate_facts(mandate: Mandate) -> MandateFacts:
    """Return an appointment as questions carry it."""
    return MandateFacts(
        id=mandate.id,
        kind=mandate.kind.value,
        scopes=cast("list[MandateScope]", [each.value for each in mandate.scope]),
        valid_from=epoch_s(mandate.period.valid_from),
        valid_until=epoch_s(mandate.period.valid_until),
        risk=mandate.risk.value,
        agreed=mandate.agreed,
    )


def see_person(
    caller: CallerFacts,
    person: PersonQuestion,
    *,
    age: int,
    by: By,
    own_reference: bool,
    now: datetime,
    mandates: Iterable[MandateFacts] = (),
) -> SeePerson:
    """May the caller learn that this individual is known."""
    return SeePerson(
        now=epoch_s(now),
        caller=caller,
        person=person,
        disposal=plain_disposal(age),
        mandates=list(mandates),
        own_reference=own_reference,
        by=by,
    )


def beside_a_case(
    caller: Caller,
    seen: Seen,
    act: Literal["confirm_protection", "lower_protection"],
    *,
    reason_given: bool,
    now: datetime,
) -> ActInCase:
    """May the caller do `act` about an individual whom their agency knows, whatever cases there are."""
    return ActInCase(
        now=epoch_s(now),
        caller=caller_facts(caller, seen.agency, seen.assignment, seen.person, now=now),
        person=person_facts(seen.person, known=seen.known),
        disposal=plain_disposal(ADULT_AGE),
        mandates=[],
        act=act,
        open=False,
        leading=False,
        own_agency_party=seen.known,
        subject_agency=caller.agency or "",
        subject_relation=seen.person.relation.value,
        subject_named=True,
        item_state="none",
        item_author="none",
        receiver_named=True,
        reason_given=reason_given,
        manual=[],
        manual_owner_kind="individual",
        manual_owner_regime="none",
        manual_receiver_kind="individual",
    )
