"""Loading the example: every act goes through the services, decided and recorded as if people had done it by hand."""

from datetime import date, timedelta

from hub.access import Caller, CallerKind, Permit
from hub.access.questions import SeePerson
from hub.agencies import (
    Agency,
    AgencyId,
    AgencyKind,
    Decision,
    Huvudman,
    Mandate,
    RetentionClass,
    Road,
    Role,
)
from hub.example.data import Example, ExampleAgency, ExamplePerson, example
from hub.example.happening import Happening
from hub.example.services import Loaded, Services
from hub.kit.clock import midnight_after, today
from hub.people import (
    Appointment,
    Contact,
    PersonalNumber,
    PersonId,
    Protection,
    RepresentativeKind,
    Scope,
    Wish,
)

_QUESTIONS = frozenset({"see_person", "clear_protected"})


class Loading:
    """One loading, by the example's own people."""

    def __init__(self, hub: Services, issuer: str, data: Example) -> None:
        self.hub, self.issuer, self.data, self.loaded = hub, issuer, data, Loaded()

    async def everything(self) -> Loaded:
        """Load all of it, in the order in which it would have happened."""
        for slug, agency in self.data.agencies.items():
            await self._agency(AgencyId(slug), agency)
        await self.hub.people.prepare()
        for key, person in self.data.individuals.items():
            for slug, member in person.known_to.items():
                await self._register(key, person, slug, member)
        await self._mandates()
        await self._protections()
        await self._clearances()
        await Happening(self.hub, self.data, self.loaded, self.caller).everything()
        return self.loaded

    def caller(self, member: str) -> Caller:
        """Return somebody on the staff as they are when strongly signed in."""
        agency = self.loaded.agency_of[member]
        known = self.data.agencies[agency].staff[member]
        post = self.loaded.posts[member]
        return Caller(
            kind=CallerKind.STAFF,
            ref=f"assignment:{post}",
            issuer=self.issuer,
            subject=self.data.subject_of(member),
            loa=3,
            factors=2,
            authenticated_at=self.hub.clock.now(),
            name=known.name,
            title=known.title,
            agency=agency,
            unit=self.loaded.units[f"{agency}/{known.unit}"],
            assignment=post,
            roles=tuple(known.roles),
        )

    def number(self, person: ExamplePerson) -> PersonalNumber:
        """Return a person's number, checked."""
        return PersonalNumber.parse(person.number, today(self.hub.clock))

    async def _agency(self, slug: AgencyId, data: ExampleAgency) -> None:
        """The operator takes the agency in and appoints its administrator, who does the rest."""
        administration = self.hub.administration
        await administration.take_in(
            Agency(
                id=slug,
                kind=AgencyKind(data.kind),
                name=data.name,
                authority=data.authority,
                huvudman=Huvudman(data.huvudman),
                organisation_number=self.data.organisation_numbers[slug],
                regime=data.regime,
                regime_decision=data.regime_decision,
            )
        )
        operator = Mandate.of_operator(slug)
        for unit, name in data.units.items():
            self.loaded.units[f"{slug}/{unit}"] = await administration.add_unit(operator, name)
        first = data.with_role(Role.ADMINISTRATOR)
        await self._staff(operator, slug, first)
        own = Mandate(slug, self.loaded.posts[first], data.staff[first].name, data.staff[first].title, "")
        for member in data.staff.keys() - {first}:
            await self._staff(own, slug, member)
        await self._substitutes(own, data)
        await self._approvals(own, data)

    async def _staff(self, mandate: Mandate, slug: AgencyId, member: str) -> None:
        data, now = self.data.agencies[slug].staff[member], self.hub.clock.now()
        staff = await self.hub.administration.add_staff(
            mandate, issuer=self.issuer, subject=self.data.subject_of(member), name=data.name, title=data.title
        )
        roles = frozenset(Role(each) for each in data.roles)
        unit = self.loaded.units[f"{slug}/{data.unit}"]
        self.loaded.agency_of[member] = slug
        self.loaded.posts[member] = await self.hub.administration.grant(
            mandate, staff=staff, unit=unit, roles=roles, valid_from=now
        )

    async def _substitutes(self, mandate: Mandate, data: ExampleAgency) -> None:
        now = self.hub.clock.now()
        for each in data.substitutes:
            until = midnight_after(each.until)
            if until > now:
                await self.hub.administration.let_stand_in(
                    mandate,
                    substitute=self.loaded.posts[each.substitute],
                    absent=self.loaded.posts[each.absent],
                    valid_from=now,
                    valid_until=until,
                )

    async def _approvals(self, mandate: Mandate, data: ExampleAgency) -> None:
        now, approvals = self.hub.clock.now(), self.hub.approvals
        decision = Decision(data.official, date(2026, 10, 1), data.diarienummer)
        for rule in data.rules:
            await approvals.approve_rule(mandate, rule=rule, revision="2026-10", decision=decision, valid_from=now)
        for code in data.purposes:
            road, purpose = code.split("/")
            await approvals.approve_purpose(
                mandate, road=Road(road), purpose=purpose, decision=decision, valid_from=now
            )
        for kind, years in data.retention.items():
            await approvals.set_retention(
                mandate,
                kind=RetentionClass(kind),
                years=years,
                decision=data.retention_decision,
                diarienummer=data.diarienummer,
            )

    async def _register(self, key: str, person: ExamplePerson, slug: str, member: str) -> None:
        caller, people = self.caller(member), self.hub.people
        contact = Contact(
            given_name=person.given_name, family_name=person.family_name, address=person.address, phone=person.phone
        )
        permit = await self.hub.decider.decide(lambda: people.may_register(caller), caller, _QUESTIONS)
        self.loaded.persons[key, slug] = await people.register(permit, caller, self.number(person), contact)

    async def _mandates(self) -> None:
        everybody = {**self.data.individuals, **self.data.representatives}
        for each in self.data.mandates:
            caller = self.caller(self.data.individuals[each.individual].known_to[each.agency])
            permit = await self._seeing(caller, self.loaded.persons[each.individual, each.agency])
            person = everybody[each.acts]
            appointment = Appointment(
                number=self.number(person),
                name=person.name,
                kind=RepresentativeKind(each.kind),
                scope=frozenset(Scope(scope) for scope in each.scope),
                document=each.document,
                valid_from=self.hub.clock.now(),
            )
            await self.hub.representing.add(permit, caller, appointment)

    async def _seeing(self, caller: Caller, person: PersonId) -> Permit[SeePerson]:
        return await self.hub.decider.decide(lambda: self.hub.people.may_see(caller, person), caller, _QUESTIONS)

    async def _protections(self) -> None:
        for key, person in self.data.individuals.items():
            if person.protection != Protection.NONE:
                slug, member = next(iter(person.known_to.items()))
                await self.hub.protecting.raise_by_official(
                    self.caller(member), self.loaded.persons[key, slug], Protection(person.protection)
                )

    async def _clearances(self) -> None:
        for each in self.data.clearances:
            caller = self.caller(each.by)
            wish = Wish(
                person=self.loaded.persons[each.individual, each.agency],
                to=self.loaded.posts[each.to],
                reason=each.reason,
                valid_until=midnight_after(today(self.hub.clock) + timedelta(days=each.days)),
            )
            await self._clear(caller, wish)

    async def _clear(self, caller: Caller, wish: Wish) -> None:
        clearances = self.hub.clearances
        permit = await self.hub.decider.decide(lambda: clearances.may_clear(caller, wish), caller, _QUESTIONS)
        await clearances.give(permit, caller, wish)


async def load(hub: Services, issuer: str) -> Loaded | None:
    """Load the example into an empty hub, whose staff sign in at `issuer`; return None when it is there already."""
    if await hub.directory.agencies():
        return None
    return await Loading(hub, issuer, example()).everything()
