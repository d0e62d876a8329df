"""Opens what is sealed of an individual's consents; what has been erased is said to be."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from hub.consent.model import Consent, Line, Receiver, Scan
from hub.consent.rows import Evidence, scope_of
from hub.consent.vocabulary import AgencyName
from hub.kit.vault import Erased, Keys, KeyScope, Place, Vault

#: What stands where an agency has erased its key.
ERASED: Final = "(gallrat)"


class Opened:
    """The keys of one reading, forgotten with it."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    @classmethod
    async def of(cls, vault: Vault, rows: Iterable[Consent | Receiver]) -> "Opened":
        """Return what opens `rows`, and what hangs on them."""
        return cls(await vault.existing({_scope(row) for row in rows}))

    def text(self, row: Consent) -> str:
        """Return the very text that was shown."""
        return self._open(_scope(row), Place("consent", "text_shown", row.id), row.text_shown).decode()

    def evidence(self, row: Consent) -> Evidence:
        """Return witness, note and condition."""
        sealed = self._open(_scope(row), Place("consent", "evidence", row.id), row.evidence)
        return Evidence(note=ERASED) if sealed == ERASED.encode() else msgspec.json.decode(sealed, type=Evidence)

    def words(self, line: Line, holder: str) -> str:
        """Return an exclusion in the individual's own words; "" for another line."""
        if line.words is None:
            return ""
        scope = scope_of(line.individual_id, holder)
        return self._open(scope, Place("consent_line", "words", line.id), line.words).decode()

    def scan(self, row: Consent, paper: Scan) -> bytes | None:
        """Return the scanned paper, or None when it is erased."""
        content = self._open(_scope(row), Place("consent_scan", "content", row.id), paper.content)
        return None if content == ERASED.encode() else content

    def name(self, row: Receiver) -> str:
        """Return the name of somebody outside the matrix."""
        return self._open(_scope(row), Place("consent_receiver", "name", row.id), row.name).decode()

    def _open(self, scope: KeyScope, place: Place, sealed: bytes) -> bytes:
        try:
            return self._keys.open(scope, place, sealed)
        except Erased:
            return ERASED.encode()


async def open_names(vault: Vault, receivers: Sequence[Receiver]) -> dict[str, AgencyName]:
    """Return those outside the matrix that individuals have named, by their id."""
    opened = await Opened.of(vault, receivers)
    return {row.id: AgencyName(opened.name(row), row.kind) for row in receivers}


def _scope(row: Consent | Receiver) -> KeyScope:
    return scope_of(row.individual_id, row.answerable_agency)
