"""Looking somebody up, registering them, their page. Numbers travel in bodies and never in an address."""

from typing import Annotated, ClassVar

from fastapi import Response

from hub.access import Asking, GuardedRouter, asks
from hub.agencies import AgencyId
from hub.kit.errors import HubError, Invalid
from hub.people import Contact, PersonalNumber, PersonId
from hub.web import DateWords, FormModel, InvalidForm, ShortText, with_errors_of
from hub.web.forms import Form
from hub.web.pages import go, staff_page
from hub.web.room import In, Room
from hub.workspace.day import case_rows, permitted_cases
from hub.workspace.views import PersonPage, Representative
from hub.workspace.words import REPRESENTATIVES, SCOPES, shield_of

router = GuardedRouter(prefix="/arbete", include_in_schema=False)
_HERE = "/arbete/person"
Looking = Annotated[Asking, asks("see_person")]
Seeing = Annotated[Asking, asks("see_person", "act_in_case")]


class Number(FormModel):
    """The form that looks somebody up."""

    number: ShortText
    missing: ClassVar = {"number": "Skriv numret på den du vill slå upp."}


class NewPerson(FormModel):
    """The form that registers somebody."""

    number: ShortText
    given_name: ShortText
    family_name: ShortText
    missing: ClassVar = {
        "number": "Skriv numret på den du vill lägga till.",
        "given_name": "Skriv förnamnet.",
        "family_name": "Skriv efternamnet.",
    }


@router.get("/person")
async def look_up_form(room: In, asking: Looking) -> Response:
    """The empty form."""
    await asking.permit(lambda: room.people.may_register(asking.caller))
    return await staff_page(room, asking.caller, "workspace/find_person.html", here=_HERE)


@router.post("/person")
async def look_up(room: In, asking: Looking) -> Response:
    """Go to the individual, when the caller may; anybody else is the same as nobody."""
    form = await room.form()
    try:
        number = PersonalNumber.parse(Number.read(form, today=room.today).number, room.today)
    except Invalid as wrong:
        asking.acted_without_engine()
        return await _again(room, asking, "workspace/find_person.html", form, wrong)
    permit = await asking.permit(lambda: room.people.may_look_up(asking.caller, number))
    person = await room.people.read(permit)
    return go(f"/arbete/personer/{person.id}")


@router.get("/person/ny")
async def register_form(room: In, asking: Looking) -> Response:
    """The empty form."""
    await asking.permit(lambda: room.people.may_register(asking.caller))
    return await staff_page(room, asking.caller, "workspace/register_person.html", here=_HERE)


@router.post("/person/ny")
async def register(room: In, asking: Looking) -> Response:
    """Register somebody. The same answer whoever else knows them."""
    form = await room.form()
    permit = await asking.permit(lambda: room.people.may_register(asking.caller))
    try:
        said = NewPerson.read(form, today=room.today)
        number = PersonalNumber.parse(said.number, room.today)
        contact = Contact(given_name=said.given_name, family_name=said.family_name).checked()
    except Invalid as wrong:
        return await _again(room, asking, "workspace/register_person.html", form, wrong)
    person = await room.people.register(permit, asking.caller, number, contact, await room.once(asking.caller))
    return go(f"/arbete/personer/{person}?ny=ja")


@router.get("/personer/{person}")
async def person_page(room: In, asking: Seeing, person: PersonId, ny: str = "") -> Response:
    """One individual as the caller's agency knows them."""
    caller = asking.caller
    permit = await asking.permit(lambda: room.people.may_see(caller, person))
    seen = await room.people.read(permit)
    shield = shield_of(seen.protection)
    permits = await permitted_cases(room, asking)
    mine = [each for each in permits if each.about.individual == permit.about.individual]
    overviews = await room.consent_reader.overviews_for(mine, caller.agency or "")
    appointed = await room.representing.representatives_of(
        permit.about.individual or "",  # pyright: ignore[reportArgumentType]  an individual's own permit
        AgencyId(caller.agency or ""),
    )
    view = PersonPage(
        ref=seen.id,
        name=seen.contact.name if seen.contact else "",
        born=seen.masked_number[:8],
        shield=shield,
        cases=await case_rows(room, caller, mine, overviews, await room.cases.looked(caller)),
        representatives=tuple(
            Representative(
                each.name,
                REPRESENTATIVES[each.kind],
                ", ".join(SCOPES[scope] for scope in each.scope),
                DateWords.end_of(each.period.valid_until),
            )
            for each in appointed
            if each.period.holds(room.clock.now())
        ),
        fresh=ny == "ja",
    )
    return await staff_page(room, caller, "workspace/person.html", view, here="/arbete/arenden", shield=shield)


async def _again(room: Room, asking: Asking, template: str, form: Form, wrong: HubError) -> Response:
    again = wrong.form if isinstance(wrong, InvalidForm) else with_errors_of(wrong, form, _NAMES)
    return await staff_page(room, asking.caller, template, here=_HERE, form=again)


_NAMES = {"givenName": "given_name", "familyName": "family_name"}
