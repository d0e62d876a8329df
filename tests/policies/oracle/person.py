"""May this individual be seen, a case be opened, material be shown to the individual, a log be read."""

from dataclasses import replace

from hub.access.questions import (
    CallerFacts,
    MandateFacts,
    OpenCase,
    PersonFacts,
    ReadLog,
    SeePerson,
    ShowToIndividual,
)
from tests.policies.oracle import law
from tests.policies.oracle.common import (
    carries_out,
    chain,
    cleared,
    in_force,
    in_scope,
    may_know,
    on_team,
    protected,
    represents,
    sign_in,
    used_by,
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


def _used(q: ShowToIndividual | ReadLog) -> list[MandateFacts]:
    return used_by(q.caller, q.mandates)


def _ground(q: ShowToIndividual, category: str) -> list[str]:
    """Return on what ground somebody at the individual's door sees a category (OSL 12:1, 12:3; R7)."""
    if q.caller.own:
        return ["own_data"]
    kinds = {each.kind for each in _used(q) if represents(each, q.disposal, q.now) and in_scope(each, category)}
    guardian = ["guardian"] if "guardian" in kinds else []
    return [*guardian, *(["representative"] if kinds - {"guardian"} else [])]


def see_person(q: SeePerson) -> Verdict:
    extra = {
        "forbund_aggregates_only": q.caller.kind == "forbund",
        "linkage_forbidden": q.by == "former_number",
    }
    if q.caller.door == "individual":
        grounds = [*(["own_data"] if q.caller.own and q.person.known else []), *_represents(q)]
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
    used = [each for each in used_by(q.caller, q.mandates) if represents(each, q.disposal, q.now)]
    return ["representative"] if used and not _hidden(q.caller, q.person, q.now) else []


def _works(q: SeePerson) -> list[str]:
    """The case team; others at an agency that has a reference of its own (unless protected: those who are cleared)."""
    works = bool(set(q.caller.roles) & law.SEES) and q.caller.kind in law.HANDLES and q.caller.relation == "none"
    if not works or not may_know(q.caller, q.person, q.now) or (protected(q.person) and q.by == "list"):
        return []
    team = on_team(q.caller, q.now)
    return [*(["own_case"] if team else []), *(["own_reference"] if q.own_reference else [])]


def open_case(q: OpenCase) -> Verdict:
    works = bool(set(q.caller.roles) & law.CASEWORK) and q.caller.door != "individual"
    return staged(
        always=sign_in(q.caller, q.now)
        | {
            "not_allowed_role": not works,
            "forbund_aggregates_only": works and q.caller.kind not in law.HANDLES,
        },
        hidden=not may_know(q.caller, q.person, q.now) or not q.own_reference,
        visible={
            "own_gain": q.caller.relation != "none",
            "not_leading": q.leading != q.caller.agency,
        },
        carried_out=carries_out(q.caller, q.person),
        yes=permit("own_case", obligations=marked(q.person)),
    )


def show_to_individual(q: ShowToIndividual) -> Verdict:
    if not q.categories:
        return undecided("missing_fact")
    used = _used(q)
    acts = q.caller.own or any(represents(each, q.disposal, q.now) for each in used)
    why = set[str]() if q.caller.own else {code for each in used for code in why_not_for(each, q.disposal, q.now)}
    surfaces = law.PROTECTED_SURFACES if protected(q.person) else law.SURFACES
    return staged(
        always=sign_in(q.caller, q.now),
        hidden=q.caller.door != "individual" or _hidden(q.caller, q.person, q.now) or _nobody(q),
        visible=dict.fromkeys(why, True) | {"not_own_data": not acts, "unsafe_channel": q.surface not in surfaces},
        yes=_shown(q),
        also=frozenset(_refused(q)),
    )


def _nobody(q: ShowToIndividual | ReadLog) -> bool:
    return not q.caller.own and not _used(q)


def _refused(q: ShowToIndividual) -> set[Said]:
    """What is refused of single categories. Where naming the category itself tells something, it is not named."""
    third = {each.category for each in q.third_persons if not each.own_consent and not each.marked}
    informant = {("informant_protected", ""), ("secret_towards_individual", "")}
    refused: set[Said] = set()
    for each in q.categories:
        refused |= {("representative_out_of_scope", each)} if not _ground(q, each) and _outside(q, each) else set()
        refused |= {("third_person", each)} if each in third else set()
        refused |= {("location_withheld", "" if each in law.UNNAMED else each)} if _location(q, each) else set()
        refused |= informant if each == "informant_identity" else set()
        kept = each in q.owner_withholds or _withheld(q, each)
        refused |= {("secret_towards_individual", "" if each in law.UNNAMED else each)} if kept else set()
    return refused


def _outside(q: ShowToIndividual, category: str) -> bool:
    return any(not in_scope(each, category) for each in _used(q))


def _location(q: ShowToIndividual, category: str) -> bool:
    return category in law.LOCATION and protected(q.person)


def _withheld(q: ShowToIndividual, category: str) -> bool:
    """Whether an official of the owner has decided, for now, that it isn't shown (OSL 12:1, 25:6, 25:7, 26:5)."""
    return any(
        each.owner == q.owner
        and in_force(each, q.now)
        and (
            each.category in chain(category)
            or (each.category not in law.SENSITIVE and category in chain(each.category))
        )
        for each in q.withheld
    )


def _shown(q: ShowToIndividual) -> Verdict:
    refused = frozenset(_refused(q))
    third = {each.category for each in q.third_persons if not each.own_consent and not each.marked}
    kept = (
        third | set(q.owner_withholds) | {"informant_identity"} | {each for each in q.categories if _withheld(q, each)}
    )
    allowed = {each for each in q.categories if _ground(q, each) and each not in kept and not _location(q, each)}
    if not allowed:
        return Verdict("deny", refusals=refused)
    struck = {each.category for each in q.third_persons if each.marked and not each.own_consent} & allowed
    obligations = frozenset(("strike_third_person", each) for each in struck) | marked(q.person)
    if {code for code, _ in obligations} - set(q.caller.carries_out):
        return Verdict("deny", refusals=refused | {("obligation_unfulfillable", "")})
    given = frozenset((ground, each) for each in allowed for ground in _ground(q, each))
    return Verdict("permit", frozenset(allowed), given, refused, obligations)


def read_log(q: ReadLog) -> Verdict:
    """The individual all of it, a representative within scope, otherwise only an appointed reviewer (R26)."""
    about = q.entries_of == "individual"
    # An extract on a protected individual stays in the hub (law 6.3: log extract guarded).
    unsafe = {"unsafe_channel": q.export_to == "other" or (q.export_to == "self" and about and protected(q.person))}
    reviewer = "loggranskare" in q.caller.roles
    elsewhere = {"not_own_agency": reviewer and q.agency != q.caller.agency}
    if q.caller.door == "individual":
        used = [] if q.caller.own else _used(q)
        acts = q.caller.own or any(represents(each, q.disposal, q.now) and in_scope(each) for each in used)
        why = {code for each in used for code in why_not_for(each, q.disposal, q.now)}
        found = staged(
            always=sign_in(q.caller, q.now) | elsewhere,
            hidden=not about or _hidden(q.caller, q.person, q.now) or _nobody(q),
            visible=dict.fromkeys(why, True)
            | {"representative_out_of_scope": any(not in_scope(each) for each in used)}
            | {"not_own_log": not acts}
            | unsafe,
            carried_out=carries_out(q.caller, q.person),
            yes=permit("own_data" if q.caller.own else "representative", obligations=marked(q.person)),
        )
        # To whoever represents somebody the log is another's: that is so, and may be said.
        return (
            replace(found, true_too=found.true_too | {"not_own_log"})
            if ("unsafe_channel", "") in found.refusals
            else found
        )
    return staged(
        always=sign_in(q.caller, q.now) | {"not_allowed_role": not reviewer} | elsewhere,
        hidden=q.caller.kind not in law.HANDLES or (about and not may_know(q.caller, q.person, q.now)),
        visible=unsafe | {"own_gain": q.caller.relation != "none"},
        carried_out=not about or carries_out(q.caller, q.person),
        yes=permit("log_reviewer", obligations=marked(q.person) if about else frozenset()),
    )
