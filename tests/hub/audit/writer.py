"""A hub's process that does nothing but write to the ledger, and says what was acknowledged; made to be killed."""

import asyncio
import sys
from itertools import count

from hub.audit import Ledger, Sequencer, Signer, Stand
from hub.kit.clock import SystemClock
from hub.kit.database import Database
from hub.kit.secret import Secret
from hub.kit.vault import Vault
from tests.hub.audit.conftest import SEED
from tests.hub.audit.entries import ABOUT_KAJSA, bump, change, disclosure, refusal

OPERATOR = Secret(b"test operator key, 32 bytes long")
ORIGIN = "samverkanshubben.example/prov"


async def write(url: str, keys_url: str) -> None:
    main, keys = await Database.open(url, connections=4), await Database.open(keys_url)
    ledger = Ledger(main, Vault(keys, OPERATOR), SystemClock())
    await Sequencer(main, SystemClock(), ledger, Signer(ORIGIN, SEED)).start()
    await asyncio.gather(_decide(main, ledger), _change(main, ledger))


async def _decide(main: Database, ledger: Ledger) -> None:
    epochs = await bump(ledger, main, ABOUT_KAJSA)
    for number in count():
        entries = [disclosure(), refusal()] if number % 2 else [refusal()]
        stands = [Stand(subject, epoch) for subject, epoch in epochs.items()]
        acknowledge(*await ledger.record(entries, stands) or [])


async def _change(main: Database, ledger: Ledger) -> None:
    while True:
        async with main.write() as session:
            identity = await ledger.record_change(session, change())
        acknowledge(identity)


def acknowledge(*identities: str) -> None:
    for identity in identities:
        sys.stdout.write(identity + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(write(*sys.argv[1:3]))
