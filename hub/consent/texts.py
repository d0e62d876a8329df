"""The texts shown before a yes: templates with versions, succeeded and never changed (triggers hold it, `model.py`)."""

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
from sqlmodel.ext.asyncio.session import AsyncSession

from hub.access import Caller, change_entry
from hub.audit import Ledger
from hub.consent import repository
from hub.consent.kinds import Kind, Language
from hub.consent.model import Template
from hub.kit.clock import Clock
from hub.kit.database import Database
from hub.kit.errors import FieldError, Invalid, NotFound

_LONGEST = 20_000


class ShippedText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of one text, as `texts.yaml` says it."""

    kind: Kind
    language: Language
    version: int
    body: str


class TextChanged(RuntimeError):
    """A published text reads otherwise in the files: somebody said yes to the old words. Write a new version instead."""


@cache
def shipped() -> tuple[ShippedText, ...]:
    """Return the texts that come with the hub."""
    return msgspec.yaml.decode((Path(__file__).parent / "texts.yaml").read_bytes(), type=tuple[ShippedText, ...])


def render(body: str, sentences: Iterable[str], insats: str | None) -> str:
    """Return the text as it is shown: the lines in words, or the measure, put in their place."""
    return body.replace("{lines}", "\n".join(sentences)).replace("{insats}", insats or "").strip()


def template_id(kind: Kind, language: Language, version: int) -> str:
    """Return the id of one version of one text, readable in a receipt."""
    return f"{kind}-{language}-{version}"


class Texts:
    """Publishes the texts and finds the one to show."""

    def __init__(self, database: Database, ledger: Ledger, clock: Clock) -> None:
        self._database, self._ledger, self._clock = database, ledger, clock

    async def publish(self) -> int:
        """Publish the shipped texts that aren't, at start, and return how many. Raises TextChanged."""
        async with self._database.write() as session:
            known = {each.id: each.digest for each in await repository.templates(session)}
            new = [each for each in map(self._row, shipped()) if not _is_known(each, known)]
            repository.add_all(session, new)
        return len(new)

    async def newest(self, kind: Kind, language: Language) -> Template:
        """Return the text to show now. Raises NotFound when there is none in that language."""
        async with self._database.read() as session:
            found = await repository.newest_template(session, kind, language)
        if found is None:
            raise NotFound("Texten finns inte på det språket än. Välj ett annat språk.")
        return found

    async def all(self) -> Sequence[Template]:
        """Return every version of every text."""
        async with self._database.read() as session:
            return await repository.templates(session)

    async def succeed(self, caller: Caller, kind: Kind, language: Language, body: str) -> Template:
        """Publish the next version of a text and return it; those who have answered stand by what they were shown.

        Raises Invalid: the text of SUS is fixed (law 4.10), and a text must say what is answered.
        """
        if errors := _wrong(kind, body):
            raise Invalid(fields=errors)
        async with self._database.write() as session:
            before = await repository.newest_template(session, kind, language)
            version = before.version + 1 if before else 1
            row = self._row(ShippedText(kind, language, version, body))
            session.add(row)
            await self._tell(session, caller, row)
        return row

    def _row(self, text: ShippedText) -> Template:
        return Template(
            id=template_id(text.kind, text.language, text.version),
            kind=text.kind,
            language=text.language,
            version=text.version,
            body=text.body,
            digest=sha256(text.body.encode()).digest(),
            published_at=self._clock.now(),
        )

    async def _tell(self, session: AsyncSession, caller: Caller, row: Template) -> None:
        await self._ledger.record_change(
            session,
            change_entry(caller, "consent", "text_published", self._clock.now(), detail={"text": row.id}),
        )


def _is_known(text: Template, known: dict[str, bytes]) -> bool:
    if known.get(text.id, text.digest) != text.digest:
        raise TextChanged(text.id)
    return text.id in known


def _wrong(kind: Kind, body: str) -> tuple[FieldError, ...]:
    if kind is Kind.SUS:
        return (FieldError("kind", "Texten till SUS är Försäkringskassans och får inte ändras."),)
    if "{lines}" not in body:
        return (FieldError("body", "Skriv {lines} där det ska stå vad den enskilde svarar på."),)
    if len(body) > _LONGEST:
        return (FieldError("body", f"Det är {len(body)} tecken. Korta ner det till högst {_LONGEST}."),)
    return ()
