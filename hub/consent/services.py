"""The services of consent as the endpoints and the pages find them: `app.state.consent`."""

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from hub.consent.blocking import BlockService
from hub.consent.due import ConsentDue
from hub.consent.reading import ConsentReader
from hub.consent.service import ConsentService
from hub.consent.speaker import Around
from hub.consent.texts import Texts
from hub.consent.vocabulary import Words
from hub.consent.withdrawing import WithdrawalService
from hub.people import People


@dataclass(frozen=True, slots=True)
class ConsentServices:
    """Everything that acts on or shows consents, put together by hand in `hub.app`."""

    consents: ConsentService
    withdrawals: WithdrawalService
    blocks: BlockService
    reader: ConsentReader
    due: ConsentDue
    texts: Texts
    words: Words
    around: Around
    people: People


def services_of(request: Request) -> ConsentServices:
    """Return the services of the hub that answers `request`."""
    return cast(ConsentServices, request.app.state.consent)
