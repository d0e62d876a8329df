"""What several questions turn on: sign-in, protection, team, who disposes of the secrecy."""

from hub.access.questions import CallerFacts, DisposalFacts, MandateFacts, PersonFacts
from tests.policies.oracle import law


def in_force(period: object, now: int) -> bool:
    """[from, until) (R1)."""
    return period.valid_from <= now < period.valid_until  # type: ignore[attr-defined]


def sign_in(caller: CallerFacts, now: int, longest: int = law.SESSION_S) -> dict[str, bool]:
    """R25; a session ends (law 4.5), and a new sign-in comes before consent, clearance and administration."""
    weak = caller.sign_in.level < law.LEVEL or caller.sign_in.factors < law.FACTORS
    stale = not caller.sign_in.at <= now <= caller.sign_in.at + longest
    return {"weak_login": weak, "stale_login": stale and not weak}


def signed_in(caller: CallerFacts, now: int) -> bool:
    """Strongly, and not too long ago."""
    return not any(sign_in(caller, now).values())


def carries_out(caller: CallerFacts, person: PersonFacts) -> bool:
    """What goes with a protected individual can be done by the caller's page or system."""
    return not protected(person) or {"protected_banner", "strike_location_fields"} <= set(caller.carries_out)


def on_team(caller: CallerFacts, now: int) -> bool:
    """A member, or a substitute who stands in right now."""
    return any(in_force(place, now) for place in caller.team)


def protected(person: PersonFacts) -> bool:
    """R8: unknown counts as protected."""
    return person.protection != "none"


def cleared(caller: CallerFacts, person: PersonFacts, now: int) -> bool:
    """A named clearance in force; or a named handler while a machine's protection is provisional (R11)."""
    provisional = caller.named_handler and now < person.provisional_until
    return provisional or any(in_force(clearance, now) for clearance in caller.clearances)


def may_know(caller: CallerFacts, person: PersonFacts, now: int) -> bool:
    """The individual is known, and not hidden from this member of staff."""
    return person.known and (not protected(person) or cleared(caller, person, now))


def chain(category: str) -> list[str]:
    """The category and its ancestors."""
    found = [category]
    while found[-1] in law.PARENT:
        found.append(law.PARENT[found[-1]])
    return found


def opens(named: str, asked: str) -> bool:
    """A permit on a parent reaches its children, but none marked sensitive."""
    return named == asked or (named in chain(asked) and asked not in law.SENSITIVE)


def represents(mandate: MandateFacts, disposal: DisposalFacts, at: int) -> bool:
    """R6, R7: a guardian for a child under 15 (a mature child's no is respected); another representative for an adult;
    within time, and not in the hands of whom the individual is protected against."""
    if not in_force(mandate, at) or mandate.risk != "none" or not mandate.agreed:
        return False
    if mandate.kind == "guardian":
        against = disposal.mature and disposal.objects
        return disposal.age < law.GUARDIANS_UNTIL and not disposal.harm and not against
    return mandate.kind in law.FOR_ADULTS and disposal.age >= law.ADULT and not disposal.objects


def used_by(caller: CallerFacts, mandates: list[MandateFacts]) -> list[MandateFacts]:
    """Return the mandate that somebody at the individual's door acts on; none, when two go by one id."""
    found = [each for each in mandates if each.id == caller.mandate]
    return found if len(found) == 1 else []


def in_scope(mandate: MandateFacts, category: str = "party") -> bool:
    """FB 11:4: what is told of a person is their personal matters; of their money, also their property."""
    return ("personal_matters" in mandate.scopes and category in law.CATEGORIES) or (
        "economy" in mandate.scopes and category in law.PROPERTY
    )


def may_dispose_for(
    mandate: MandateFacts, disposal: DisposalFacts, at: int, categories: set[str], *, together: bool = False
) -> bool:
    """R6, R7: whether a yes on this mandate lifts secrecy. A god man speaks only for one who can't themselves.

    `together`: the young person (15–17) has said yes, too.
    """
    if together:
        holds = in_force(mandate, at) and mandate.risk == "none" and mandate.agreed
        return holds and not disposal.objects and (disposal.mature or not disposal.harm)
    helped = mandate.kind != "god_man" or not disposal.can_consent
    return represents(mandate, disposal, at) and helped and all(in_scope(mandate, each) for each in categories)


def disposes_alone(disposal: DisposalFacts) -> bool:
    """R6: an adult who can consent; from 15 a young person who is mature in the matter."""
    old_enough = disposal.age >= law.ADULT or (disposal.age >= law.GUARDIANS_UNTIL and disposal.mature)
    return old_enough and disposal.can_consent and not disposal.objects


def why_not_for(mandate: MandateFacts, disposal: DisposalFacts, at: int) -> set[str]:
    """Say why a mandate doesn't hold."""
    guardian, adult = mandate.kind == "guardian", mandate.kind in law.FOR_ADULTS
    minor = law.GUARDIANS_UNTIL <= disposal.age < law.ADULT
    checks = {
        "given_by_wrong_person": not (guardian or adult) or not mandate.agreed,
        "representative_expired": not in_force(mandate, at) or (guardian and disposal.age >= law.ADULT),
        "guardian_is_threat": mandate.risk != "none",
        "harm_to_minor": disposal.harm and disposal.age < law.ADULT,
        "minor_objects": disposal.age < law.ADULT and disposal.mature and disposal.objects,
        "minor_needs_own_consent": guardian and minor,
        "individual_objects": disposal.age >= law.ADULT and disposal.objects,
    }
    return {code for code, stands in checks.items() if stands}
