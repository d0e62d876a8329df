"""The services of consent, put together over what is open; found at `app.state.consent`."""

from dataclasses import dataclass
from pathlib import Path

from hub.agencies import Directory
from hub.audit import Ledger
from hub.consent.blocking import BlockService
from hub.consent.due import ConsentDue
from hub.consent.lifting import LiftService
from hub.consent.reading import ConsentReader
from hub.consent.service import ConsentService
from hub.consent.speaker import Around
from hub.consent.texts import Texts
from hub.consent.vocabulary import AgencyName, Vocabulary, Words, from_policies
from hub.consent.withdrawing import WithdrawalService
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.vault import Vault


@dataclass(frozen=True, slots=True)
class ConsentServices:
    """Everything that acts on or shows consents. `texts.publish()` is to be run at start."""

    consents: ConsentService
    withdrawals: WithdrawalService
    blocks: BlockService
    lifts: LiftService
    consent_reader: ConsentReader
    consent_due: ConsentDue
    texts: Texts
    words: Words
    around: Around

    @classmethod
    def over(
        cls,
        database: Database,
        vault: Vault,
        ledger: Ledger,
        clock: Clock,
        *,
        directory: Directory,
        around: Around,
        policies: Path,
    ) -> "ConsentServices":
        """Return the services. `around` comes from the cases, `policies` is the folder of the rules."""
        words, texts = words_of(directory, policies), Texts(database, ledger, clock)
        return cls(
            consents=ConsentService(database, vault, ledger, clock, texts=texts, words=words, around=around),
            withdrawals=WithdrawalService(database, ledger, clock, words),
            blocks=BlockService(database, ledger, clock, words),
            lifts=LiftService(database, vault, ledger, clock, around),
            consent_reader=ConsentReader(database, vault, ledger, clock, words),
            consent_due=ConsentDue(database, clock),
            texts=texts,
            words=words,
            around=around,
        )


def words_of(directory: Directory, policies: Path) -> Words:
    """Return what gives the vocabulary: the policies' own tree and matrix, and the agencies as they are now."""

    async def words() -> Vocabulary:
        agencies = await directory.agencies()
        names = {str(code): AgencyName(agency.name, agency.kind) for code, agency in agencies.items()}
        return from_policies(policies / "data", names)

    return words
