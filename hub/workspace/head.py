"""What every page about a case begins with: a permit to see it, and the head that says whose it is."""

from dataclasses import dataclass, replace

from fastapi.responses import HTMLResponse

from hub.access import Asking, Permit
from hub.access.questions import ActInCase
from hub.access.questions.words import CaseAct
from hub.agencies import AgencyId
from hub.cases import CaseId, CaseView
from hub.consent import Kind, Overview
from hub.people import IndividualId, Person
from hub.web import CaseHead, DateWords, Fact, Form, NavLink, Shield
from hub.web.forms import BLANK
from hub.web.pages import staff_page
from hub.web.room import Room
from hub.workspace.words import counted, shield_of

_TABS = (
    ("/bild", "Gemensam bild"),
    ("", "Vad får delas"),
    ("/samtycke", "Samtycke"),
    ("/fragor", "Frågor"),
    ("/parter", "Parter och team"),
    ("/logg", "Logg"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that the caller has a permit to see, with what the head says. `person` is the agency's own note, if any."""

    permit: Permit[ActInCase]
    case: CaseView
    person: Person | None
    overview: Overview
    head: CaseHead

    @property
    def name(self) -> str:
        """What the individual is called in a sentence: never the name of one who is protected."""
        contact = self.person.contact if self.person else None
        return contact.given_name if contact and not self.head.shield else "personen"

    @property
    def address(self) -> str:
        return f"/arbete/arenden/{self.case.id}"


async def permitted(
    room: Room, asking: Asking, case: CaseId, act: CaseAct, subject: str = "", *, reason: bool = False
) -> Permit[ActInCase]:
    """Return the permit to do `act` in `case`. Raises NotFound, Refused, StepUpNeeded, Undecided."""
    return await asking.permit(lambda: room.cases.may(asking.caller, case, act, subject, reason_given=reason))


async def opened(room: Room, asking: Asking, case: CaseId, tab: str = "") -> Opened:
    """Return the case for a page under `tab`. Raises as `permitted`."""
    permit = await permitted(room, asking, case, "see_case")
    return await shown(room, asking, permit, tab)


async def shown(room: Room, asking: Asking, permit: Permit[ActInCase], tab: str = "") -> Opened:
    """Return the case that a permit is for."""
    agency, individual = AgencyId(asking.caller.agency or ""), IndividualId(permit.about.individual or "")
    view = await room.cases.read(permit)
    person = (await room.people.known_as(agency, [individual])).get(individual)
    overview = await room.consent_reader.overview_for(permit, agency)
    shield = shield_of(permit.question.person.protection)
    head = _head(room, view, person, overview, shield)
    tabs = tuple(NavLink(f"/arbete/arenden/{view.id}{end}", words, here=end == tab) for end, words in _TABS)
    return Opened(permit, view, person, overview, replace(head, tabs=tabs, printed_by=asking.caller.name))


async def case_page(
    room: Room,
    asking: Asking,
    template: str,
    found: Opened,
    view: object,
    *,
    form: Form = BLANK,
    status: int | None = None,
) -> HTMLResponse:
    """Return a page about the case, in the mode that its protection asks for."""
    return await staff_page(
        room, asking.caller, template, view, here="/arbete/arenden", shield=found.head.shield, form=form, status=status
    )


def consent_words(overview: Overview, own: str, dates: DateWords) -> str:
    """Return "gäller till 31 maj 2027, fyra myndigheter", or that there is none."""
    live = [each for each in overview.consents if each.kind is Kind.SECRECY and each.until]
    if not live:
        return "inget som gäller" if overview.consents else "inget ännu"
    until = max(each.until for each in live if each.until)
    others = {side for each in live for line in each.lines for side in (line.owner, line.receiver)} - {own, "*"}
    words = counted(len(others), "myndighet", "myndigheter")
    return f"gäller till {dates.long(dates.last_day(until))}, {words}"


def _head(room: Room, view: CaseView, person: Person | None, overview: Overview, shield: Shield | None) -> CaseHead:
    contact = person.contact if person else None
    dates = DateWords(room.clock.now())
    facts = [Fact("Samtycke", consent_words(overview, "", dates))]
    if not view.open:
        facts.append(Fact("Läget", "avslutat"))
    return CaseHead(
        number=view.number,
        name=contact.name if contact else f"Ärende {view.number}",
        born=person.masked_number[:8] if person else "",
        facts=tuple(facts),
        shield=shield,
        printed_at=room.clock.now(),
        reveal_name=f"/arbete/arenden/{view.id}/namn" if shield and contact else "",
    )
