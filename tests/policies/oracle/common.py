"""What several questions turn on: sign-in, protection, team, who disposes of the secrecy."""

from hub.access.questions import CallerFacts, DisposalFacts, MandateFacts, PersonFacts
from tests.policies.oracle import law


def in_force(period: object, now: int) -> bool:
    """[from, until) (R1)."""
    return period.valid_from <= now < period.valid_until  # type: ignore[attr-defined]


def strong(caller: CallerFacts) -> bool:
    """R25."""
    return caller.sign_in.level >= law.LEVEL and caller.sign_in.factors >= law.FACTORS


def fresh(caller: CallerFacts, now: int) -> bool:
    """A new sign-in comes before consent, clearance and administration (design, over HTTP)."""
    return caller.sign_in.at <= now < caller.sign_in.at + law.FRESH_S


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


def mandate_holds(mandate: MandateFacts, at: int) -> bool:
    """R7: within scope and time, and not in the hands of whom the individual is protected against."""
    return in_force(mandate, at) and "personal_matters" in mandate.scopes and mandate.risk == "none"


def may_act_for(mandate: MandateFacts, disposal: DisposalFacts, at: int) -> bool:
    """R6, R7: a guardian for a child under 15 (a mature child's no is respected); another representative for an adult."""
    if not mandate_holds(mandate, at):
        return False
    if mandate.kind == "guardian":
        against = disposal.mature and disposal.objects
        return disposal.age < law.GUARDIANS_UNTIL and mandate.agreed and not disposal.harm and not against
    return mandate.kind in {"god_man", "forvaltare", "fullmakt"} and disposal.age >= law.ADULT and not disposal.objects


def disposes_alone(disposal: DisposalFacts) -> bool:
    """R6: an adult who can consent; from 15 the young person's own yes."""
    return disposal.age >= law.GUARDIANS_UNTIL and disposal.can_consent and not disposal.objects
