"""What a page works with: the services that `hub.app` has put on `app.state`, typed once, here."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Final

from fastapi import Depends, Request

from hub.access import Caller
from hub.access.explain import Explainer
from hub.access.signin import Callers
from hub.access.tokens import Clients
from hub.agencies import Administration, Agency, AgencyId, Approvals, Directory
from hub.audit import Ledger
from hub.cases import (
    Cases,
    Inquiries,
    LogQuestions,
    LogReviews,
    OwnCases,
    Pictures,
    Pins,
    Previews,
    Reviews,
    Sharing,
    Who,
    Withholdings,
)
from hub.consent import ConsentServices, Speaker
from hub.kit.clock import Clock, today
from hub.kit.idempotency import Once
from hub.people import Clearances, People, Protecting, Representing
from hub.web.drafts import Drafts
from hub.web.forms import Form, form_of
from hub.web.parts import AgencyMark, agency_mark
from hub.web.rendering import Renderer

#: What a browser may send in one form, the scan of a paper included.
_LARGEST_PART: Final = 10 * 1024 * 1024


class Room:
    """One request's way to the services."""

    def __init__(self, request: Request) -> None:
        state = request.app.state
        self.request = request
        self.clock: Clock = state.clock
        self.renderer: Renderer = state.renderer
        self.callers: Callers = state.callers
        self.drafts: Drafts = state.drafts
        self.explainer: Explainer = state.explainer
        self.ledger: Ledger = state.ledger
        self.directory: Directory = state.directory
        self.administration: Administration = state.administration
        self.approvals: Approvals = state.approvals
        self.people: People = state.people
        self.protecting: Protecting = state.protecting
        self.clearances: Clearances = state.clearances
        self.representing: Representing = state.representing
        consent: ConsentServices = state.consent
        self.consents = consent.consents
        self.consent_reader = consent.consent_reader
        self.consent_due = consent.consent_due
        self.withdrawals = consent.withdrawals
        self.blocks = consent.blocks
        self.lifts = consent.lifts
        self.texts = consent.texts
        self.words = consent.words
        self.around = consent.around
        self.cases: Cases = state.cases
        self.sharing: Sharing = state.sharing
        self.reviews: Reviews = state.reviews
        self.pictures: Pictures = state.pictures
        self.pins: Pins = state.pins
        self.previews: Previews = state.previews
        self.withholdings: Withholdings = state.withholdings
        self.inquiries: Inquiries = state.inquiries
        self.log_questions: LogQuestions = state.log_questions
        self.log_reviews: LogReviews = state.log_reviews
        self.own_cases: OwnCases = state.own_cases
        self.who: Who = state.who
        self.clients: Clients = state.clients

    @property
    def today(self) -> date:
        """This day in Sweden."""
        return today(self.clock)

    async def form(self) -> Form:
        """Return what was sent in the form. Raises InvalidForm for text that can't be read."""
        return form_of(await self.request.form(max_part_size=_LARGEST_PART))

    async def own_field(self, name: str) -> str:
        """Return one of the form's own fields: its version, or its key for sending once."""
        value = (await self.request.form(max_part_size=_LARGEST_PART)).get(name)
        return value if isinstance(value, str) else ""

    async def version(self) -> int:
        """Return the version that the form was drawn from; one that is missing or no number is nobody's."""
        written = await self.own_field("version")
        return int(written) if written.isascii() and written.isdigit() else -1

    async def once(self, caller: Caller) -> Once | None:
        """Return the key of the form that was sent, so that sending it twice acts once."""
        key = await self.own_field("once")
        if not key:
            return None
        form = await self.form()
        said = repr(sorted(form.values.items())).encode()
        digest = sha256(self.request.url.path.encode() + said).digest()
        return Once(caller.rate_key, key[:255], digest, self.clock.now())

    async def speaker(self, caller: Caller, individual: str, case: str | None = None) -> Speaker:
        """Return the caller as one who speaks for `individual`."""
        return Speaker(caller, individual, await self.around(caller, individual, case))

    async def marks(self) -> Mapping[str, AgencyMark]:
        """Return how each agency is shown."""
        return marks_of(await self.directory.agencies())


def marks_of(agencies: Mapping[AgencyId, Agency]) -> Mapping[str, AgencyMark]:
    """Return how each of `agencies` is shown."""
    return {each: agency_mark(agency.name, agency.kind.value) for each, agency in agencies.items()}


In = Annotated[Room, Depends(Room)]
