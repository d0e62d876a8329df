"""What goes on around the individuals: cases, consents that they give, and some that they take back."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from hub.access import Asking, Caller, CallerKind
from hub.agencies import AgencyId
from hub.cases import CaseId
from hub.consent import Closing, ConsentForm, Draft, Form, Kind, Speaker, lines_of
from hub.example.data import Example, ExampleCase, ExampleConsent
from hub.example.services import Loaded, Services
from hub.kit.clock import today
from hub.kit.ids import new_id
from hub.people import IndividualId, PersonalNumber

_QUESTIONS = frozenset({"see_person", "open_case", "act_in_case", "disclose", "record_consent", "accept_consent"})


class Happening:
    """Lets it all happen, each act by whoever does it in life."""

    def __init__(self, hub: Services, data: Example, loaded: Loaded, staff: Callable[[str], Caller]) -> None:
        self._hub, self._data, self._loaded, self._staff = hub, data, loaded, staff

    async def everything(self) -> None:
        """Open the cases, take down the consents, let the parties join, take back what is taken back."""
        for each in self._data.cases:
            case = await self._open(each)
            for consent in each.consents:
                await self._consent(each, case, consent)
            await self._join(each, case)
            await self._withdraw(each)

    def _asking(self, caller: Caller) -> Asking:
        return Asking(self._hub.decider, caller, _QUESTIONS)

    def _handler(self, each: ExampleCase) -> Caller:
        return self._staff(self._data.individuals[each.individual].known_to[each.agency])

    def _individual(self, key: str) -> Caller:
        """Return the individual as they are when signed in at their own door."""
        number = PersonalNumber.parse(self._data.individuals[key].number, today(self._hub.clock))
        return Caller(
            kind=CallerKind.INDIVIDUAL,
            ref=f"individual:{new_id()}",
            issuer="example",
            subject=f"person:{key}",
            loa=3,
            factors=2,
            authenticated_at=self._hub.clock.now(),
            name=self._data.individuals[key].name,
            individual_digest=self._hub.people.digest_of(number),
        )

    async def _open(self, each: ExampleCase) -> CaseId:
        caller, cases = self._handler(each), self._hub.cases
        person = self._loaded.persons[each.individual, each.agency]
        seeing = partial(self._hub.people.may_see, caller, person)
        permit = await self._asking(caller).permit(partial(cases.may_open, seeing, each.purpose))
        case = await cases.open(permit, caller, each.subject)
        for member in each.team:
            adding = await self._asking(caller).permit(partial(cases.may, caller, case, "add_to_team", each.agency))
            post = self._loaded.posts[member]
            await cases.add_member(adding, caller, post, {post})
        return case

    async def _consent(self, each: ExampleCase, case: CaseId, said: ExampleConsent) -> None:
        me = self._individual(each.individual)
        individual = (await self._hub.representing.individual_of(me)).individual
        caller = self._staff(said.recorded_by) if said.recorded_by else me
        draft = self._draft(each, case, said, IndividualId(individual or ""))
        template, _ = await self._hub.consent.consents.text_for(draft)
        shown = self._draft(each, case, said, IndividualId(individual or ""), template.version)
        made = await self._hub.consent.consents.record(self._asking(caller), shown)
        # Each reading is one more thing that has happened to the consent since it was given.
        for happened, reading in enumerate(said.words_read.values(), start=1):
            official = self._asking(self._staff(reading.by))
            await self._hub.consent.consents.accept_evidence(official, made, happened, excluded=reading.about)

    def _draft(
        self, each: ExampleCase, case: CaseId, said: ExampleConsent, individual: IndividualId, version: int = 0
    ) -> Draft:
        form = ConsentForm(
            owners=said.owners,
            receivers=said.receivers,
            categories=said.categories,
            purpose=each.purpose,
            last_day=today(self._hub.clock) + timedelta(days=said.days),
            words=said.words,
        )
        return Draft(
            individual=individual,
            kind=Kind.SECRECY,
            lines=lines_of(form),
            answerable=each.agency,
            form=Form.ORAL if said.recorded_by else Form.DIGITAL,
            text_version=version,
            exclusions_asked=True,
            witness=said.witness,
            case=case,
        )

    async def _join(self, each: ExampleCase, case: CaseId) -> None:
        caller, cases = self._handler(each), self._hub.cases
        for agency, member in each.parties.items():
            asking = self._asking(caller)
            adding = await asking.permit(partial(cases.may, caller, case, "add_party"))
            told = await asking.permit(partial(cases.may_tell, caller, case, AgencyId(agency)))
            await cases.add_party(adding, told, caller, self._loaded.posts[member])

    async def _withdraw(self, each: ExampleCase) -> None:
        me = self._individual(each.individual)
        for taken in each.withdraw:
            individual = (await self._hub.representing.individual_of(me)).individual or ""
            around = await self._hub.consent.around(me, individual, None)
            closing = Closing(owner=taken.owner, receiver=taken.receiver)
            await self._hub.consent.withdrawals.withdraw(Speaker(me, individual, around), closing)
