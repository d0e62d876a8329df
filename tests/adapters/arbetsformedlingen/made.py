"""Made-up questions and answers of SSBTEK v10, written out so that a test shows what it is about."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from adapters.arbetsformedlingen.translate import answer
from hub.broker.port import AgencyAnswer, AgencyRequest, Asker, Fact, Ground, Span
from hub.kit.secret import Secret
from tests.fixtures.numbers import ADULT

AT: Final = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ENTRY: Final = "k3v5x2m7p4q6r8s9t2u4w6y8za"
FINE: Final = "<er:StatusSokandeinformationKod>0</er:StatusSokandeinformationKod>"
_ASKER: Final = Asker("soc", "Björkå kommun", "212000-9999", "h7k2", "S2304")


def request(**changed: Any) -> AgencyRequest:
    """A permitted question on the statutory duty."""
    told: dict[str, Any] = {
        "whom": Secret(ADULT),
        "categories": ("employment",),
        "purpose": "ekonomiskt_bistand",
        "ground": Ground("SoL 15:11", "SoL 15 kap. 11 §, OSL 10 kap. 28 §"),
        "entry": ENTRY,
        "asker": _ASKER,
        "period": Span(date(2026, 5, 1), date(2026, 11, 24)),
        "items": ("registration_dates", "sokandekategori"),
    }
    return AgencyRequest(**(told | changed))


def envelope(body: str) -> bytes:
    """A SOAP 1.1 envelope with `body` in it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"'
        ' xmlns:ssbt="http://schema.forsakringskassan.se/integration/ssbt/10"'
        ' xmlns:er="http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2"'
        ' xmlns:in="http://INT014.UBPService.Schemas" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<soap:Body>{body}</soap:Body></soap:Envelope>"
    ).encode()


def response(parts: str, *, before: str = "") -> bytes:
    """An answer whose services say `parts`; `before` stands before them."""
    return envelope(
        f"<ssbt:hamtaBastjanstInformationResponse>{before}<ssbt:svarsdata>{parts}</ssbt:svarsdata>"
        "</ssbt:hamtaBastjanstInformationResponse>"
    )


def agency(inside: str = FINE, *, number: str = ADULT) -> str:
    """Arbetsförmedlingen's part, about `number`."""
    return (
        f"<ssbt:AF><ssbt:data><er:Svar><er:IdentitetsbeteckningFysiskPerson>{number}"
        f"</er:IdentitetsbeteckningFysiskPerson>{inside}</er:Svar></ssbt:data></ssbt:AF>"
    )


def seeker(inside: str) -> str:
    """Arbetsförmedlingen's part, with `inside` said of the registration."""
    return agency(f"<er:ArbetssokandeInfo>{inside}</er:ArbetssokandeInfo>{FINE}")


def decided(*decisions: str) -> str:
    """Arbetsförmedlingen's part, with decisions."""
    inside = "".join(f"<er:Beslut>{each}</er:Beslut>" for each in decisions)
    return agency(f"<er:BeslutInfo><er:EkonomiskaBeslut>{inside}</er:EkonomiskaBeslut></er:BeslutInfo>{FINE}")


def funds(inside: str, *, number: str = ADULT) -> str:
    """The a-kassor's part: one a-kassa that says `inside`."""
    return (
        f"<ssbt:SO><ssbt:data><in:IdentificationNumber>{number}</in:IdentificationNumber>"
        "<in:ArbetsloshetsersattningLista><in:Arbetsloshetsersattning><in:SvarandeOrganisation>Prov-kassan"
        "</in:SvarandeOrganisation><in:StatusSvarandeOrganisation>all clear</in:StatusSvarandeOrganisation>"
        f"{inside}</in:Arbetsloshetsersattning></in:ArbetsloshetsersattningLista></ssbt:data></ssbt:SO>"
    )


def failed(service: str, source: str = "SSBT", code: str = "SSBT-408", message: str = "Inget svar") -> str:
    """A service's part that is an error."""
    return (
        f"<ssbt:{service}><ssbt:error><ssbt:kalla>{source}</ssbt:kalla><ssbt:felkod>{code}</ssbt:felkod>"
        f"<ssbt:felmeddelande>{message}</ssbt:felmeddelande></ssbt:error></ssbt:{service}>"
    )


def fault(whose: str, code: str = "SSBT-500", message: str = "Tekniskt fel") -> bytes:
    """A SOAP fault."""
    return envelope(
        f"<soap:Fault><faultcode>{whose}</faultcode><faultstring>{message}</faultstring><detail>"
        f"<ssbt:hamtaBastjanstInformationFault><ssbt:felkod>{code}</ssbt:felkod><ssbt:felmeddelande>{message}"
        "</ssbt:felmeddelande></ssbt:hamtaBastjanstInformationFault></detail></soap:Fault>"
    )


def told(parts: str, *, asked: Sequence[str] = ("AF",), **more: Any) -> AgencyAnswer:
    """What the hub makes of an answer about ADULT."""
    return answer(response(parts), whom=Secret(ADULT), at=AT, entry=ENTRY, asked=asked, **more)


def values(fact: Fact) -> dict[str, object]:
    """A fact's values by name."""
    return {each.name: each.value for each in fact.values}


def told_whole(body: bytes) -> AgencyAnswer:
    """What the hub makes of a whole answer about ADULT."""
    return answer(body, whom=Secret(ADULT), at=AT, entry=ENTRY, asked=("AF",))


def only(parts: str) -> Fact:
    """The one fact that an answer about ADULT holds."""
    (fact,) = told(parts).facts
    return fact


#: An answer with something in each of its parts.
GOOD: Final = response(
    agency(
        "<er:Sekretessmarkering>false</er:Sekretessmarkering><er:ArbetssokandeInfo><er:Arbetssokande>true"
        "</er:Arbetssokande><er:ArbetssokandeSKAT>11</er:ArbetssokandeSKAT></er:ArbetssokandeInfo><er:BeslutInfo>"
        "<er:EkonomiskaBeslut><er:Beslut><er:ErsattningTyp>Aktivitetsstöd</er:ErsattningTyp></er:Beslut>"
        f"</er:EkonomiskaBeslut></er:BeslutInfo>{FINE}"
    )
    + funds("")
)
