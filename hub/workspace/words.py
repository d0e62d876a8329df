"""What things are called on the staff pages."""

from collections.abc import Collection
from typing import Final

from hub.access.explain import LABELS
from hub.access.questions.words import Purpose
from hub.consent import ConsentState, Form
from hub.people import Protection, RepresentativeKind, Scope
from hub.web import SWEDISH, Option, Shield, State, Status
from hub.web.rendering import number_in

#: Purposes that people choose among when they open a case or fill in a consent, in the order they are read.
PURPOSES: Final[tuple[Purpose, ...]] = (
    "sip",
    "rehab_coordination",
    "recruitment_selection",
    "avstamningsmote",
    "boendestod",
    "placement",
)
FORMS: Final = {
    Form.DIGITAL: "själv, med egen inloggning",
    Form.PAPER: "på papper",
    Form.ORAL: "muntligt",
    Form.ASSISTED: "tillsammans med personal",
}
CONSENT_STATES: Final = {
    ConsentState.DECLINED: Status(State.REFUSED, "Nej"),
    ConsentState.WAITING: Status(State.WAITING, "Väntar på godtagande"),
    ConsentState.NOT_YET: Status(State.WAITING, "Gäller inte än"),
    ConsentState.ACTIVE: Status(State.OK, "Gäller"),
    ConsentState.WITHDRAWN: Status(State.REFUSED, "Återtaget"),
    ConsentState.EXPIRED: Status(State.REFUSED, "Har gått ut"),
    ConsentState.EVIDENCE_REFUSED: Status(State.REFUSED, "Godtogs inte"),
}
REPRESENTATIVES: Final = {
    RepresentativeKind.GOD_MAN: "god man",
    RepresentativeKind.FORVALTARE: "förvaltare",
    RepresentativeKind.GUARDIAN: "vårdnadshavare",
    RepresentativeKind.FULLMAKT: "ombud med fullmakt",
}
SCOPES: Final = {
    Scope.PERSONAL_MATTERS: "personliga frågor",
    Scope.ECONOMY: "ekonomi",
    Scope.OTHER: "annat enligt beslutet",
}


def counted(count: int, one: str, many: str) -> str:
    """Return "en myndighet" or "fyra myndigheter"."""
    return f"{number_in(SWEDISH)(count)} {one if count == 1 else many}"


def category(code: str) -> str:
    """Return "Arbetsförmåga"."""
    return capital(LABELS.categories.get(code, code))


def purpose(code: str) -> str:
    """Return "Samordnad individuell plan"."""
    return capital(LABELS.purposes.get(code, code))


def role(code: str) -> str:
    """Return "Handläggare"."""
    return LABELS.roles.get(code, code)


def capital(words: str) -> str:
    """Return `words` with a capital first, the rest as it is."""
    return words[:1].upper() + words[1:]


def purpose_options(codes: Collection[Purpose] = PURPOSES) -> tuple[Option, ...]:
    """Return the purposes to choose among."""
    return tuple(Option(code, purpose(code)) for code in codes)


def shield_of(protection: Protection | str) -> Shield | None:
    """Return how a protection is shown; None when there is none."""
    return None if protection == Protection.NONE else Shield(str(protection))
