"""What the administration's forms hold."""

from typing import ClassVar

from hub.agencies import RetentionClass, Role
from hub.web import FormModel, ShortText, SwedishDate


class NewUnit(FormModel):
    """A unit."""

    name: ShortText
    missing: ClassVar = {"name": "Skriv vad enheten heter."}


class NewStaff(FormModel):
    """Somebody who works for the agency."""

    name: ShortText
    title: ShortText = ""
    issuer: ShortText
    subject: ShortText
    missing: ClassVar = {
        "name": "Skriv namnet.",
        "issuer": "Skriv adressen till inloggningstjänsten.",
        "subject": "Skriv personens id hos inloggningstjänsten.",
    }


class NewAssignment(FormModel):
    """An assignment."""

    staff: ShortText
    unit: ShortText
    roles: tuple[Role, ...]
    first_day: SwedishDate
    last_day: SwedishDate | None = None
    missing: ClassVar = {
        "staff": "Välj vem som ska få uppdraget.",
        "unit": "Välj på vilken enhet.",
        "roles": "Välj minst en roll.",
        "first_day": "Skriv från och med vilken dag.",
    }


class NewSubstitute(FormModel):
    """Somebody who stands in."""

    absent: ShortText
    substitute: ShortText
    first_day: SwedishDate
    last_day: SwedishDate
    missing: ClassVar = {
        "absent": "Välj vem som är borta.",
        "substitute": "Välj vem som ersätter.",
        "first_day": "Skriv från och med vilken dag.",
        "last_day": "Skriv till och med vilken dag. En ersättare har alltid ett slut.",
    }


class NewRetention(FormModel):
    """How long a class of data is kept."""

    kind: RetentionClass
    years: int
    decision: ShortText
    diarienummer: ShortText
    missing: ClassVar = {
        "kind": "Välj vilka uppgifter beslutet gäller.",
        "years": "Skriv antal år med siffror.",
        "decision": "Skriv vad beslutet heter.",
        "diarienummer": "Skriv diarienumret.",
    }


class NewLogReview(FormModel):
    """How often the agency follows up its own log."""

    every_days: int
    random: int
    decision: ShortText
    diarienummer: ShortText
    missing: ClassVar = {
        "every_days": "Skriv antal dagar med siffror.",
        "random": "Skriv hur många rader som ska dras, med siffror.",
        "decision": "Skriv vad beslutet heter.",
        "diarienummer": "Skriv diarienumret.",
    }


class NewRule(FormModel):
    """A rule that the owner's official has approved."""

    rule: ShortText
    official: ShortText
    decided_on: SwedishDate
    diarienummer: ShortText
    missing: ClassVar = {
        "rule": "Välj vilken regel som är godkänd.",
        "official": "Skriv vem som har beslutat, med titel.",
        "decided_on": "Skriv vilken dag beslutet togs.",
        "diarienummer": "Skriv diarienumret.",
    }


class NewSystem(FormModel):
    """A partner system that may use the API."""

    name: ShortText
    issuer: ShortText
    client_id: ShortText
    assignment: ShortText
    scopes: tuple[str, ...]
    loa: int
    diarienummer: ShortText
    last_day: SwedishDate | None = None
    missing: ClassVar = {
        "name": "Skriv vad systemet heter.",
        "issuer": "Skriv adressen till inloggningstjänsten.",
        "client_id": "Skriv systemets id hos inloggningstjänsten.",
        "assignment": "Välj vilket uppdrag systemet handlar i.",
        "scopes": "Välj minst en sak som systemet får fråga om.",
        "loa": "Välj hur starkt systemets användare är inloggade.",
        "diarienummer": "Skriv beslutets diarienummer.",
    }
