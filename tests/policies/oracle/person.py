"""May this individual be seen, a case be opened, material be shown to the individual, a log be read."""

from hub.access.questions import (
    CallerFacts,
    DisposalFacts,
    MandateFacts,
    OpenCase,
    PersonFacts,
    ReadLog,
    SeePerson,
    ShowToIndividual,
)
from tests.policies.oracle import law
from tests.policies.oracle.common import cleared, may_act_for, may_know, on_team, protected, strong
from tests.policies.oracle.verdict import Said, Verdict, deny, permit, undecided

PROTECTED: frozenset[Said] = frozenset({("protected_banner", ""), ("strike_location_fields", "")})


def marked(person: PersonFacts) -> frozenset[Said]:
    """What goes with everything about a protected individual."""
    return PROTECTED if protected(person) else frozenset()


def own_ground(
    caller: CallerFacts, person: PersonFacts, disposal: DisposalFacts, mandates: list[MandateFacts], now: int
) -> str:
    """Return on what ground somebody at the individual's door sees the individual: OSL 12:1, 12:3, or ""."""
    if caller.door != "individual" or not person.known:
        return ""
    if caller.own:
        return "OSL 12:1"
    used = next((each for each in mandates if each.id == caller.mandate), None)
    # A protection hides everything from a guardian, who may be whom the child is protected against.
    hidden = used is not None and used.kind == "guardian" and protected(person)
    if used is None or hidden or not may_act_for(used, disposal, now):
        return ""
    return "OSL 12:3"


def see_person(q: SeePerson) -> Verdict:
    if not strong(q.caller):
        return deny("weak_login")
    if q.by not in {"number", "reference", "own_list", "list"}:
        return deny("not_found")
    if q.caller.door == "individual":
        ground = own_ground(q.caller, q.person, q.disposal, q.mandates, q.now)
        return permit(ground) if ground else deny("not_found")
    team = on_team(q.caller, q.now)
    reference = q.own_reference and not protected(q.person)
    shown = may_know(q.caller, q.person, q.now) and not (protected(q.person) and q.by == "list")
    if not shown or not (team or reference) or not set(q.caller.roles) & law.READS:
        return deny("not_found")
    return permit("own_case" if team else "own_reference", obligations=marked(q.person))


def open_case(q: OpenCase) -> Verdict:
    if not strong(q.caller):
        return deny("weak_login")
    if not may_know(q.caller, q.person, q.now) or not q.own_reference or q.caller.door == "individual":
        return deny("not_found")
    codes = {
        "own_gain": q.caller.relation != "none",
        "not_own_agency": q.leading != q.caller.agency,
        "not_allowed_role": not set(q.caller.roles) & {"handlaggare", "samordnare", "system"},
    }
    refused = [code for code, stands in codes.items() if stands]
    return deny(*refused) if refused else permit("own_reference", obligations=marked(q.person))


def show_to_individual(q: ShowToIndividual) -> Verdict:
    if not q.categories:
        return undecided("empty_request")
    if not strong(q.caller):
        return deny("weak_login")
    ground = own_ground(q.caller, q.person, q.disposal, q.mandates, q.now)
    if not ground:
        return deny("not_found")
    if q.surface in {"sms", "email", "push", "calendar", "other"}:
        return deny("unsafe_channel")
    return _shown(q, ground)


def _shown(q: ShowToIndividual, ground: str) -> Verdict:
    secret = {each for each in q.categories if each in q.owner_withholds or each == "informant_identity"}
    third = {each.category for each in q.third_persons if not each.own_consent and not each.marked}
    allowed = set(q.categories) - secret - third
    codes = {("secret_towards_individual", each) for each in set(q.categories) & secret}
    codes |= {("third_person", each) for each in set(q.categories) & third}
    if not allowed:
        return Verdict("deny", refusals=frozenset(codes))
    struck = {each.category for each in q.third_persons if each.marked and not each.own_consent} & allowed
    obligations = {("strike_third_person", each) for each in struck}
    return Verdict(
        "permit",
        frozenset(allowed),
        frozenset((ground, each) for each in allowed),
        frozenset(codes),
        frozenset(obligations),
    )


def read_log(q: ReadLog) -> Verdict:
    if not strong(q.caller):
        return deny("weak_login")
    if q.caller.door == "individual":
        ground = own_ground(q.caller, q.person, q.disposal, q.mandates, q.now)
        return permit(ground) if ground and q.entries_of == "individual" else deny("not_found")
    reviewer = "loggranskare" in q.caller.roles and q.agency == q.caller.agency
    if not reviewer or (q.entries_of == "individual" and not may_know(q.caller, q.person, q.now)):
        return deny("not_found")
    return permit("loggranskare", obligations=marked(q.person) if cleared(q.caller, q.person, q.now) else frozenset())
