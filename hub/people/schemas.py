"""Bodies of the API of individuals. A number goes in, in a body; only a masked one comes out."""

from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from hub.kit.rest import Body, Instant, instant
from hub.people.clearances import Cleared
from hub.people.contact import Contact
from hub.people.facts import Mandate
from hub.people.model import Channel, Protection, Relation, RepresentativeKind, Risk, Scope
from hub.people.person import Person

PERSON_ID: Final = "h4n7c2k9v5x1b8m3q6w0z2d4ya"
_NUMBER: Final = "199001019802"
_CONTACT: Final = {
    "givenName": "Kajsa",
    "familyName": "Nilsson",
    "address": "Björkgatan 4 B, 910 02 Björkå",
    "phone": "070-174 06 01",
    "email": "",
    "channel": "digital_mailbox",
}
_CLEARANCE: Final = {
    "clearanceId": "c5d7y4m2n8w9c1z0abqk3v6b2h",
    "assignmentId": "a8w9c1z0abqk3v6b2hx5d7y4m2",
    "reason": "Handlägger ärendet.",
    "validFrom": "2026-11-24T08:04:00Z",
    "validUntil": "2027-01-31T23:00:00Z",
}
_REPRESENTATIVE: Final = {
    "representativeId": "r5d7y4m2n8w9c1z0abqk3v6b2h",
    "name": "Ulla Marklund",
    "kind": "god_man",
    "scope": ["personal_matters"],
    "document": "Björkå tingsrätt, ärende Ä 1187-24",
    "validFrom": "2026-11-24T08:04:00Z",
    "validUntil": "2027-11-24T08:04:00Z",
}


def _printable(value: str) -> str:
    """A lone surrogate can be written in JSON but in no database."""
    value.encode()
    return value


Text = Annotated[str, Field(max_length=500), AfterValidator(_printable)]
Number = Annotated[
    str,
    Field(
        max_length=40,
        description="Personnummer, samordningsnummer eller nationellt reservnummer / the individual's number",
        examples=[_NUMBER],
    ),
    AfterValidator(_printable),
]


def example(value: Any) -> ConfigDict:
    """Return what shows `value` as a body's example."""
    return ConfigDict(json_schema_extra={"example": value})


class LookUp(Body):
    """Vem som söks: bara med numret, aldrig med namn."""

    model_config = example({"number": _NUMBER})

    number: Number


class ContactBody(Body):
    """Er egen anteckning om namn och hur ni når individen."""

    model_config = example(_CONTACT)

    given_name: Annotated[Text, Field(description="Förnamn / given name")]
    family_name: Annotated[Text, Field(description="Efternamn / family name")]
    address: Annotated[Text, Field(description="Adress / address")] = ""
    phone: Annotated[Text, Field(description="Telefon / phone")] = ""
    email: Annotated[Text, Field(description="E-post / e-mail")] = ""
    channel: Annotated[Channel, Field(description="Vägen för post som individen har valt / chosen channel")] = (
        Channel.NONE
    )

    def contact(self) -> Contact:
        """Return it as the service takes it."""
        return Contact(
            given_name=self.given_name,
            family_name=self.family_name,
            address=self.address,
            phone=self.phone,
            email=self.email,
        )


class NewPerson(Body):
    """Någon att registrera hos den egna myndigheten."""

    model_config = example({"number": _NUMBER, "givenName": "Kajsa", "familyName": "Nilsson"})

    number: Number
    given_name: Annotated[Text, Field(description="Förnamn / given name")]
    family_name: Annotated[Text, Field(description="Efternamn / family name")]
    address: Annotated[Text, Field(description="Adress / address")] = ""
    phone: Annotated[Text, Field(description="Telefon / phone")] = ""
    email: Annotated[Text, Field(description="E-post / e-mail")] = ""

    def contact(self) -> Contact:
        """Return it as the service takes it."""
        return Contact(
            given_name=self.given_name,
            family_name=self.family_name,
            address=self.address,
            phone=self.phone,
            email=self.email,
        )


class Registered(Body):
    """Er beteckning på individen. Svaret är lika vem som än känner individen sedan förut."""

    model_config = example({"personId": PERSON_ID})

    person_id: Annotated[str, Field(description="Er egen beteckning på individen / your own personId")]


class PersonBody(Body):
    """En individ, så som er myndighet har antecknat. Fälten är tomma när uppgifterna är gallrade."""

    model_config = example(
        {
            "personId": PERSON_ID,
            "maskedNumber": "19900101-••••",
            "contact": _CONTACT,
            "protection": "none",
            "handler": "a8w9c1z0abqk3v6b2hx5d7y4m2",
            "version": 1,
            "registeredAt": "2026-11-24T08:04:00Z",
        }
    )

    person_id: Annotated[str, Field(description="Er egen beteckning på individen / your own personId")]
    masked_number: Annotated[str, Field(description="Födelsedatum, resten dolt / date of birth, the rest hidden")]
    contact: Annotated[ContactBody | None, Field(description="Namn och kontaktvägar / name and ways of contact")]
    protection: Annotated[Protection, Field(description="Skydd av uppgifterna / protection of the identity")]
    handler: Annotated[str, Field(description="Uppdraget som har hand om kontakten / the responsible assignment")]
    version: Annotated[int, Field(description="Version, för If-Match / version, for If-Match")]
    registered_at: Instant

    @classmethod
    def of(cls, person: Person) -> "PersonBody":
        """Return an individual as the API tells of them. For a protected one, location fields are struck."""
        struck = person.protection is not Protection.NONE
        contact = person.contact
        return cls(
            person_id=person.id,
            masked_number=person.masked_number,
            contact=None
            if contact is None
            else ContactBody(
                given_name=contact.given_name,
                family_name=contact.family_name,
                address="" if struck else contact.address,
                phone="" if struck else contact.phone,
                email="" if struck else contact.email,
                channel=person.channel,
            ),
            protection=person.protection,
            handler=person.handler,
            version=person.version,
            registered_at=person.created_at,
        )


class NewClearance(Body):
    """Vem som ska få läsa om en skyddad individ, varför och hur länge."""

    model_config = example({key: _CLEARANCE[key] for key in ("assignmentId", "reason", "validUntil")})

    assignment_id: Annotated[str, Field(max_length=40, description="Uppdraget hos er / the assignment at your agency")]
    reason: Annotated[Text, Field(min_length=1, description="Varför / why")]
    valid_until: Annotated[AwareDatetime, instant("När det slutar / when it ends")]


class ClearanceBody(Body):
    """En behörighet för en enda individ."""

    model_config = example(_CLEARANCE)

    clearance_id: Annotated[str, Field(description="Behörighetens beteckning / id of the clearance")]
    assignment_id: Annotated[str, Field(description="Vem / who")]
    reason: Annotated[str, Field(description="Varför / why")]
    valid_from: Instant
    valid_until: Instant

    @classmethod
    def of(cls, cleared: Cleared) -> "ClearanceBody":
        """Return a clearance as the API tells of it."""
        return cls(
            clearance_id=cleared.id,
            assignment_id=cleared.assignment,
            reason=cleared.reason,
            valid_from=cleared.valid_from,
            valid_until=cleared.valid_until,
        )


class ClearanceList(Body):
    """De som är utsedda hos er."""

    model_config = example({"items": [_CLEARANCE]})

    items: tuple[ClearanceBody, ...]


class NewRepresentative(Body):
    """En företrädare att anteckna."""

    model_config = example(
        {**{key: _REPRESENTATIVE[key] for key in ("name", "kind", "scope", "document", "validFrom")}, "number": _NUMBER}
    )

    number: Number
    name: Annotated[Text, Field(description="Företrädarens namn / name of the representative")]
    kind: Annotated[RepresentativeKind, Field(description="Med vilken rätt / by what right")]
    scope: Annotated[frozenset[Scope], Field(max_length=3, description="Vad uppdraget gäller / what it covers")]
    document: Annotated[Text, Field(description="Beslut eller fullmakt / the appointment")]
    valid_from: Annotated[AwareDatetime, instant("Från / from")]
    valid_until: Annotated[
        AwareDatetime | None, instant("Till; utan slut när det saknas / until; open when absent")
    ] = None
    risk: Annotated[Risk, Field(description="Om skyddet kan gälla mot just den här företrädaren / risk")] = Risk.NONE


class RepresentativeBody(Body):
    """En företrädare, så som er myndighet har antecknat."""

    model_config = example(_REPRESENTATIVE)

    representative_id: Annotated[str, Field(description="Beteckning / id")]
    name: str
    kind: RepresentativeKind
    scope: tuple[Scope, ...]
    document: str
    valid_from: Instant
    valid_until: Annotated[datetime, instant("Till; år 9999 när det inte har något slut / until")]

    @classmethod
    def of(cls, mandate: Mandate) -> "RepresentativeBody":
        """Return a representative as the API tells of them."""
        return cls(
            representative_id=mandate.id,
            name=mandate.name,
            kind=mandate.kind,
            scope=mandate.scope,
            document=mandate.document,
            valid_from=mandate.period.valid_from,
            valid_until=mandate.period.valid_until,
        )


class RepresentativeList(Body):
    """Företrädare som er myndighet har antecknat."""

    model_config = example({"items": [_REPRESENTATIVE]})

    items: tuple[RepresentativeBody, ...]


class RelationBody(Body):
    """Vad den som frågar är till individen."""

    model_config = example({"relation": "relative"})

    relation: Annotated[Relation, Field(description="none, self eller relative")]
