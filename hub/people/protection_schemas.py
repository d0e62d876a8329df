"""Bodies of the API of protection: what it is raised or lowered to, and why."""

from typing import Annotated, Final, Literal

from pydantic import Field

from hub.kit.rest import Body, Instant
from hub.people.protection_reasons import WhyProtection
from hub.people.schemas import Text, example

_PROTECTION_REASON: Final = {
    "act": "lower_protection",
    "reason": "Skatteverket har tagit bort markeringen.",
    "givenAt": "2026-11-24T08:04:00Z",
}


class Raising(Body):
    """Ett skydd att höja till. Gäller från svaret, och väntar aldrig på något."""

    model_config = example({"protection": "sekretessmarkering"})

    protection: Annotated[
        Literal["unknown", "sekretessmarkering", "skyddad_folkbokforing"],
        Field(description="Skyddet från och med nu / the protection from now on"),
    ]


class Reasoned(Body):
    """Varför, kort."""

    model_config = example({"reason": "Skatteverket har bekräftat markeringen."})

    reason: Annotated[Text, Field(min_length=1, description="Varför / why")]


class Lowering(Reasoned):
    """Ett skydd att sänka till, och varför."""

    model_config = example({"protection": "none", "reason": "Skatteverket har tagit bort markeringen."})

    protection: Annotated[
        Literal["none", "unknown", "sekretessmarkering"],
        Field(description="Skyddet från och med nu / the protection from now on"),
    ]


class ProtectionReasonBody(Body):
    """Varför ett skydd bekräftades eller sänktes."""

    model_config = example(_PROTECTION_REASON)

    act: Annotated[str, Field(description="Vad som gjordes / what was done")]
    reason: Annotated[str, Field(description="Varför / why")]
    given_at: Instant

    @classmethod
    def of(cls, why: WhyProtection) -> "ProtectionReasonBody":
        """Return a reason as the API tells of it."""
        return cls(act=why.act, reason=why.reason, given_at=why.given_at)


class ProtectionReasonList(Body):
    """Varför er myndighet har ändrat skyddet, det senaste först."""

    model_config = example({"items": [_PROTECTION_REASON]})

    items: tuple[ProtectionReasonBody, ...]
