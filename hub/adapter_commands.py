"""`hub adapters`: what the hub makes of a raw answer, and whether the roads are open."""

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from hub import logs
from hub.broker.port import AgencyAnswer, AgencyFault, Fact, FaultKind, NumberChanged, Probe
from hub.kit.clock import SystemClock
from hub.launch.sandbox import folder
from hub.roads import ADAPTERS, MadeUpAgency, WrongRoads, close_roads, open_roads, reader
from hub.settings import Mode, RoadSettings

adapters = typer.Typer(help="Vägarna till myndigheterna", no_args_is_help=True)
#: What is wrong with a file, by the first word of a fault's cause (`hub.kit.payload.PayloadFault`).
_WHY: Final = {
    "too_large": "Filen är större än något svar får vara.",
    "too_deep": "Filen har fler nivåer i varandra än något svar får ha.",
    "encoding": "Filen är inte skriven i UTF-8 eller den kodning som den säger.",
    "syntax": "Filen går inte att tolka som formatet.",
    "duplicate": "Samma namn står två gånger i samma objekt.",
    "number": "Filen har ett tal som ingen kan ha menat.",
    "forbidden": "Filen har en dokumenttypsdeklaration, som hubben aldrig läser: där kan entiteter växa eller hämta annat.",
}
_WIDTH: Final = 60


@adapters.command()
def read(
    agency: Annotated[str, typer.Argument(help=f"Vems svar: {', '.join(ADAPTERS)}")],
    file: Annotated[Path, typer.Argument(help="Svaret som det kom", exists=True, dir_okay=False)],
) -> None:
    """Print what the hub makes of a raw answer: facts as JSON, then a table. Ends with 2 when it is no such answer."""
    try:
        answer = reader(agency)(file.read_bytes(), SystemClock().now())
    except (AgencyFault, WrongRoads) as error:
        typer.echo(_refusal(agency, error), err=True)
        raise typer.Exit(2) from None
    typer.echo(json.dumps(asdict(answer), ensure_ascii=False, indent=2, default=str))
    typer.echo("")
    for line in _table(answer):
        typer.echo(line)


@adapters.command()
def probe() -> None:
    """Print which roads are open, with versions and the certificates' last day. Ends with 1 when one isn't."""
    logs.configure("warning")
    try:
        found = asyncio.run(_probed(RoadSettings()))
    except (WrongRoads, MadeUpAgency, OSError) as error:
        typer.echo(f"Vägarna gick inte att läsa: {error}", err=True)
        raise typer.Exit(2) from None
    if not found:
        typer.echo("Ingen väg är öppnad: HUB_ROADS pekar inte ut någon fil. Allt frågas för hand.", err=True)
        raise typer.Exit(1)
    rows = [("Myndighet", "Väg", "Läge", "Version", "Certifikat till"), *(_probe_row(*each) for each in found)]
    for line in _columns(rows):
        typer.echo(line)
    if not all(told.open for _, _, told in found):
        raise typer.Exit(1)


async def _probed(settings: RoadSettings) -> list[tuple[str, str, Probe]]:
    example = folder() / "roads.json"
    # Beside what `make run` has started, without a word, its own roads are meant.
    own = settings.roads is None and example.exists()
    production = settings.mode is Mode.PRODUCTION and not own
    ports = await open_roads(example if own else settings.roads, SystemClock(), production=production)
    try:
        told = await asyncio.gather(*(each.probe() for each in ports.values()))
        return [
            (agency, port.capabilities.name, said) for (agency, port), said in zip(ports.items(), told, strict=True)
        ]
    finally:
        await close_roads(ports)


def _probe_row(agency: str, name: str, told: Probe) -> tuple[str, ...]:
    until = told.certificate_until.isoformat() if told.certificate_until else "–"
    return (agency, name, "öppen" if told.open else f"stängd: {told.told}", told.version or "–", until)


def _refusal(agency: str, error: AgencyFault | WrongRoads) -> str:
    if isinstance(error, WrongRoads):
        return f"{agency} är ingen myndighet som hubben kan läsa svar från. Välj bland: {', '.join(ADAPTERS)}."
    if isinstance(error, NumberChanged):
        return "Svaret säger att personen har ett annat nummer nu. Hubben följer inte det av sig själv."
    if error.kind not in {FaultKind.MALFORMED, FaultKind.TOO_LARGE}:
        return f"Det här är inget svar med uppgifter: myndigheten {error.told}. ({error.cause})"
    why = _WHY.get(error.cause.partition(":")[0], "Innehållet är inte vad formatet säger.")
    return f"Filen är inte ett svar från {agency} som hubben kan läsa. {why} ({error.cause})"


def _table(answer: AgencyAnswer) -> Iterable[str]:
    rows = [("Slag", "Uppgift", "Enhet", "Period", "Per"), *map(_row, answer.facts)]
    yield from _columns(rows)
    yield ""
    yield f"{len(answer.facts)} uppgifter. Känd hos myndigheten: {'ja' if answer.known else 'nej'}. Skydd: {answer.protection}."
    for gap in answer.gaps:
        yield f"Saknas: {gap.what}. {gap.reason}"


def _row(fact: Fact) -> tuple[str, ...]:
    period = f"{fact.period.start or ''}–{fact.period.end or ''}" if fact.period else "–"
    text = fact.text if len(fact.text) <= _WIDTH else f"{fact.text[: _WIDTH - 1]}…"
    return (fact.category, text, fact.unit, period, fact.as_of.date().isoformat())


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterable[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
