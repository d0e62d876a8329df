"""The services of consent as the endpoints and the pages find them: `app.state.consent`."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from fastapi import Request

from hub.agencies import Directory
from hub.audit import Ledger
from hub.consent.blocking import BlockService
from hub.consent.due import ConsentDue
from hub.consent.reading import ConsentReader
from hub.consent.service import ConsentService
from hub.consent.speaker import Around
from hub.consent.texts import Texts
from hub.consent.vocabulary import AgencyName, Vocabulary, Words, from_policies
from hub.consent.withdrawing import WithdrawalService
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.vault import Vault
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

    @classmethod
    def over(
        cls,
        database: Database,
        vault: Vault,
        ledger: Ledger,
        clock: Clock,
        *,
        directory: Directory,
        people: People,
        around: Around,
        policies: Path,
    ) -> "ConsentServices":
        """Return the services over what is open. `around` comes from the cases, `policies` is the folder of the rules."""

        async def words() -> Vocabulary:
            agencies = await directory.agencies()
            names = {str(code): AgencyName(agency.name, agency.kind) for code, agency in agencies.items()}
            return from_policies(policies / "data", names)

        texts = Texts(database, ledger, clock)
        return cls(
            consents=ConsentService(database, vault, ledger, clock, texts=texts, words=words, around=around),
            withdrawals=WithdrawalService(database, ledger, clock, words),
            blocks=BlockService(database, ledger, clock, words),
            reader=ConsentReader(database, vault, ledger, clock, words),
            due=ConsentDue(database, clock),
            texts=texts,
            words=words,
            around=around,
            people=people,
        )


def services_of(request: Request) -> ConsentServices:
    """Return the services of the hub that answers `request`."""
    return cast(ConsentServices, request.app.state.consent)
