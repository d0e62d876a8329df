"""`hub audit`: export the log, check an export, show the key and the newest checkpoint."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from hub.audit.checkpoint import BadCheckpoint, Signer
from hub.audit.export import Export, NothingSigned
from hub.audit.tree import TreeDamaged
from hub.audit.verify import check_file
from hub.kit.database import Database
from hub.kit.vault import Vault
from hub.settings import Settings

audit = typer.Typer(help="Loggen: exportera och granska", no_args_is_help=True)


@audit.command()
def export(
    file: Annotated[Path, typer.Argument(help="Filen som loggen skrivs till")],
    since: Annotated[Path | None, typer.Option(help="En sparad kontrollpunkt: bara posterna efter den")] = None,
) -> None:
    """Skriv loggen till en fil som vem som helst kan granska. Filen har inga uppgifter om enskilda."""
    settings = _settings()
    asyncio.run(_export(settings, file, _start(_signer(settings), since)))


@audit.command()
def verify(
    file: Annotated[Path, typer.Argument(help="En exporterad logg")],
    key: Annotated[str, typer.Option(help="Loggens publika nyckel, eller en fil med den")],
    since: Annotated[Path | None, typer.Option(help="En kontrollpunkt som du har sparat sedan tidigare")] = None,
) -> None:
    """Granska en exporterad logg. Behöver bara filen och den publika nyckeln: ingen databas, inga inställningar."""
    raise typer.Exit(check_file(file, key, since))


@audit.command()
def key() -> None:
    """Skriv ut loggens publika nyckel, den som granskare ska ha."""
    typer.echo(str(_signer(_settings()).verifier))


@audit.command()
def checkpoint() -> None:
    """Skriv ut den senaste kontrollpunkten. Spara den utanför hubben: mot den syns det om slutet kapas."""
    typer.echo(asyncio.run(_newest(_settings())), nl=False)


def _start(signer: Signer, since: Path | None) -> int:
    """Return the number of the entry to begin with."""
    try:
        return signer.verifier.open(since.read_text("utf-8")).size if since else 0
    except (OSError, UnicodeDecodeError, BadCheckpoint):
        _give_up("Kontrollpunkten går inte att läsa, eller är inte signerad av den här loggen.")


async def _export(settings: Settings, file: Path, start: int) -> None:
    signer = _signer(settings)
    unfinished = file.with_name(file.name + ".new")
    try:
        async with _reading(settings.database_url) as main, _reading(settings.keys_database_url) as keys:
            lines = Export(main, Vault(keys, settings.keys.operator, settings.keys.operator_next), signer.origin).lines(
                start
            )
            with unfinished.open("wb") as handle:
                async for line in lines:
                    handle.write(line)
        unfinished.replace(file)
    except OSError as error:
        _give_up(f"Filen går inte att skriva: {error}")
    except NothingSigned:
        _give_up("Det finns ingen kontrollpunkt att sluta vid än. Hubben signerar en i minuten medan den är igång.")
    except TreeDamaged as error:
        _give_up(f"Trädet är skadat före den punkt där exporten skulle börja ({error}). Exportera hela loggen.")
    finally:
        unfinished.unlink(missing_ok=True)
    typer.echo(f"Loggen är sparad i {file}. Granska den med: hub audit verify {file} --key '{signer.verifier}'")


async def _newest(settings: Settings) -> str:
    async with _reading(settings.database_url) as main:
        rows = await main.fetch("SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
    return rows[0][0] if rows else _give_up("Det finns ingen kontrollpunkt än. Hubben signerar en i minuten.")


@asynccontextmanager
async def _reading(url: str) -> AsyncIterator[Database]:
    database = await Database.open(url, connections=2, reading=True)
    try:
        yield database
    finally:
        await database.close()


def _settings() -> Settings:
    return Settings()  # pyright: ignore[reportCallIssue]  read from the environment


def _signer(settings: Settings) -> Signer:
    return Signer(settings.ledger_origin, settings.keys.ledger)


def _give_up(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(2)
