"""`hub keys`: a new operator's key, and the change to it (deploy/runbook.md)."""

import asyncio
import base64
import os
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from hub.assembly import keys_database
from hub.kit.database import BusyDatabase
from hub.kit.rewrapping import rewrap
from hub.kit.wrapping import UnknownWrapping, Wrapping, digest_root, successor
from hub.settings import Settings

keys = typer.Typer(help="Operatörens nyckel: gör en ny och byt till den", no_args_is_help=True)
_PRIVATE: Final = 0o600


@keys.command()
def new(
    file: Annotated[Path, typer.Argument(help="Filen som den nya nyckeln skrivs till; den får inte finnas")],
) -> None:
    """Gör en ny nyckel till HUB_KEYS__OPERATOR_NEXT. Spara den på två ställen innan du byter."""
    made = successor(_settings().keys.operator)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w") as opened:
            opened.write(base64.b64encode(made.reveal()).decode() + "\n")
    except OSError:
        _give_up(f"Det gick inte att skriva {file}. Välj en fil som inte finns, i en mapp som du får skriva i.")
    typer.echo(f"Nyckeln ligger i {file}. Sätt HUB_KEYS__OPERATOR_NEXT till det som står där och starta om hubben.")


@keys.command()
def rotate() -> None:
    """Slå om varje datanyckel till HUB_KEYS__OPERATOR_NEXT. Avbryts det: kör igen, det fortsätter där det slutade."""
    settings = _settings()
    following = settings.keys.operator_next
    if following is None:
        _give_up("HUB_KEYS__OPERATOR_NEXT saknas. Gör en nyckel med: hub keys new FIL")
    if digest_root(following) != digest_root(settings.keys.operator):
        _give_up("Den nya nyckeln är inte gjord av hub keys new: med den skulle ingen gå att slå upp. Inget är ändrat.")
    try:
        done = asyncio.run(_rotated(settings, Wrapping(settings.keys.operator, following)))
    except BusyDatabase:
        _give_up("Hubben har databasen med nycklar. Stäng den, kör igen och starta den sedan.")
    except UnknownWrapping:
        _give_up("En datanyckel är låst med någon annan nyckel än de två. Kontrollera HUB_KEYS__OPERATOR och kör igen.")
    typer.echo(f"Klart: {done} datanycklar är omslagna. Sätt HUB_KEYS__OPERATOR till den nya och ta bort _NEXT.")


async def _rotated(settings: Settings, wrapping: Wrapping) -> int:
    async with keys_database(settings) as database:
        return await rewrap(database, wrapping)


def _settings() -> Settings:
    return Settings()  # pyright: ignore[reportCallIssue]  read from the environment


def _give_up(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)
