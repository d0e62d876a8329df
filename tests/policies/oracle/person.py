"""May this individual be seen, a case be opened, material be shown to the individual, a log be read."""

from hub.access.questions import (
    CallerFacts,
    OpenCase,
    PersonFacts,
    ReadLog,
    SeePerson,
    ShowToIndividual,
)
from tests.policies.oracle import law
from tests.policies.oracle.common import (
    carries_out,
    cleared,
    may_act_for,
    may_know,
    on_team,
    protected,
    represents,
    sign_in,
    why_not_for,
)
from tests.policies.oracle.verdict import Said, Verdict, permit, staged, undecided

PROTECTED: frozenset[Said] = frozenset({("protected_banner", ""), ("strike_location_fields", "")})


def marked(person: PersonFacts) -> frozenset[Said]:
    """What goes with everything about a protected individual."""
    return PROTECTED if protected(person) else frozenset()


def _hidden(caller: CallerFacts, person: PersonFacts, now: int) -> bool:
    """A protection hides the individual from every representative who isn't cleared: one may be the threat."""
    return not person.known or (not caller.own and protected(person) and not cleared(caller, person, now))


def _own(q: ShowToIndividual | ReadLog) -> tuple[list[str], set[str]]:
    """Return on what grounds somebody at the individual's door sees them (OSL 12:1, 12:3; R7), and why not."""
    if q.caller.own:
        return ["own_data"], set()
    used = [each for each in q.mandates if each.id == q.caller.mandate]
    grounds = {each.kind for each in used if may_act_for(each, q.disposal, q.now)}
    why = {code for each in used for code in why_not_for(each, q.disposal, q.now)}
    guardian = ["guardian"] if "guardian" in grounds else []
    return [*guardian, *(["representative"] if grounds - {"guardian"} else [])], why


def see_person(q: SeePerson) -> Verdict:
    extra = {
        "forbund_aggregates_only": q.caller.kind == "forbund",
        "linkage_forbidden": q.by == "former_number",
    }
    if q.caller.door == "individual":
        grounds = ["own_data"] if q.caller.own and q.person.known else _represents(q)
    else:
        grounds = _works(q)
    found = staged(
        always=sign_in(q.caller, q.now),
        hidden=not grounds or q.by not in {"number", "reference", "own_list", "list"},
        visible={"not_found": not carries_out(q.caller, q.person)},
        yes=permit(*grounds, obligations=marked(q.person)),
    )
    hidden = ("not_found", "") in found.refusals
    codes = {(code, "") for code, stands in extra.items() if stands and hidden}
    return Verdict(found.outcome, found.categories, found.grounds, found.refusals | codes, found.obligations)


def _represents(q: SeePerson) -> list[str]:
    """Whoever represents the individual in anything may know that the hub knows them."""
    used = [each for each in q.mandates if each.id == q.caller.mandate and represents(each, q.disposal, q.now)]
    return ["representative"] if used and not _hidden(q.caller, q.person, q.now) else []


def _works(q: SeePerson) -> list[str]:
    """The case team; others at an agency that has a reference of its own (unless protected: those who are cleared)."""
    works = bool(set(q.caller.roles) & law.SEES) and q.caller.kind in law.HANDLES and q.caller.relation == "none"
    if not works or not may_know(q.caller, q.person, q.now) or (protected(q.person) and q.by == "list"):
        return []
    team = on_team(q.caller, q.now)
    return [*(["own_case"] if team else []), *(["own_reference"] if q.own_reference else [])]


def open_case(q: OpenCase) -> Verdict:
    return staged(
        always=sign_in(q.caller, q.now)
        | {
            "not_allowed_role": not set(q.caller.roles) & law.CASEWORK or q.caller.door == "individual",
            "forbund_aggregates_only": q.caller.kind not in law.HANDLES,
        },
        hidden=not may_know(q.caller, q.person, q.now) or not q.own_reference,
        visible={
            "own_gain": q.caller.relation != "none",
            "not_leading": q.leading != q.caller.agency,
            "obligation_unfulfillable": not carries_out(q.caller, q.person),
        },
        yes=permit("own_case", obligations=marked(q.person)),
    )


def show_to_individual(q: ShowToIndividual) -> Verdict:
    if not q.categories:
        return undecided("missing_fact")
    grounds, why = _own(q)
    scope = why & {"representative_out_of_scope"}
    return staged(
        always=sign_in(q.caller, q.now),
        hidden=q.caller.door != "individual" or _hidden(q.caller, q.person, q.now) or _nobody(q),
        visible=dict.fromkeys(why - scope, True)
        | {"not_own_data": not grounds and (why != scope or not why)}
        | {"unsafe_channel": q.surface in {"sms", "email", "push", "calendar", "other"}},
        yes=_shown(q, grounds),
        also=frozenset(("representative_out_of_scope", each) for each in q.categories if scope),
    )


def _nobody(q: ShowToIndividual | ReadLog) -> bool:
    return not q.caller.own and not any(each.id == q.caller.mandate for each in q.mandates)


def _shown(q: ShowToIndividual, grounds: list[str]) -> Verdict:
    if not grounds:
        return Verdict("deny", refusals=frozenset(("representative_out_of_scope", each) for each in q.categories))
    secret = {each for each in q.categories if each in q.owner_withholds}
    informant = {"informant_identity"} & set(q.categories)
    location = {each for each in q.categories if each in law.LOCATION and protected(q.person)}
    third = {each.category for each in q.third_persons if not each.own_consent and not each.marked}
    allowed = set(q.categories) - secret - third - location - informant
    codes: set[Said] = {("third_person", each) for each in set(q.categories) & third}
    codes |= {("location_withheld", each) for each in location}
    # Where naming the category itself tells something, it is not named.
    codes |= {("secret_towards_individual", each) for each in secret - informant}
    codes |= {("informant_protected", ""), ("secret_towards_individual", "")} if informant else set()
    if not allowed:
        return Verdict("deny", refusals=frozenset(codes))
    struck = {each.category for each in q.third_persons if each.marked and not each.own_consent} & allowed
    obligations = frozenset(("strike_third_person", each) for each in struck) | marked(q.person)
    if {code for code, _ in obligations} - set(q.caller.carries_out):
        return Verdict("deny", refusals=frozenset(codes | {("obligation_unfulfillable", "")}))
    given = frozenset((ground, each) for each in allowed for ground in grounds)
    return Verdict("permit", frozenset(allowed), given, frozenset(codes), obligations)


def read_log(q: ReadLog) -> Verdict:
    """The individual all of it, a representative within scope, otherwise only an appointed reviewer (R26)."""
    about = q.entries_of == "individual"
    # An extract on a protected individual stays in the hub (law 6.3: log extract guarded).
    unsafe = {"unsafe_channel": q.export_to == "other" or (q.export_to == "self" and about and protected(q.person))}
    if q.caller.door == "individual":
        grounds, why = _own(q)
        return staged(
            always=sign_in(q.caller, q.now),
            hidden=not about or _hidden(q.caller, q.person, q.now) or _nobody(q),
            visible=dict.fromkeys(why, True)
            | {"not_own_log": not grounds, "obligation_unfulfillable": not carries_out(q.caller, q.person)}
            | unsafe,
            yes=permit("own_data" if q.caller.own else "representative", obligations=marked(q.person)),
        )
    reviewer = "loggranskare" in q.caller.roles
    return staged(
        always=sign_in(q.caller, q.now)
        | {"not_allowed_role": not reviewer, "not_own_agency": reviewer and q.agency != q.caller.agency},
        hidden=q.caller.relation != "none" or (about and not may_know(q.caller, q.person, q.now)),
        visible=unsafe | {"obligation_unfulfillable": about and not carries_out(q.caller, q.person)},
        yes=permit("log_reviewer", obligations=marked(q.person) if about else frozenset()),
    )
