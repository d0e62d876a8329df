"""`hub decide`: a decision in words, from a file or from the ledger."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import msgspec
import typer

from hub.access.engine import Engine, EngineFailure
from hub.access.explain import Explainer, Explanation, Reader
from hub.access.questions import Answer, Facts, name_of, read, registry
from hub.access.replay import NotKept, Replayed, engine_for, replay
from hub.access.wasm import WasmEngine
from hub.audit import LogEntry

UNUSABLE: Final = 2
_CODES: Final = {"permit": 0, "deny": 1, "undecided": 3}
_PLAIN: Final = (
    (re.compile(r"Object missing required field `(.+?)`"), r"uppgiften \1 saknas"),
    (re.compile(r"Object contains unknown field `(.+?)`"), r"uppgiften \1 hör inte dit"),
    (re.compile(r"Expected `(.+?)`, got `(.+?)`"), r"ska vara \1, men är \2"),
    (re.compile(r"Invalid enum value (.+?)(?= - at|$)"), r"\1 är inget ord som frågan känner"),
    (re.compile(r" - at `\$(?:\.(.+?))?`"), r" (i \1)"),
)

#: Finds a recorded decision by its number; None when there is none.
Recorded = Callable[[str], Awaitable[LogEntry | None]]


def decide_command(policies: Path, archive: Path, recorded: Recorded) -> Callable[..., None]:
    """Return the command `hub decide`, with the policies and where old ones are kept, and the ledger to look in."""

    def decide(
        file: Annotated[Path | None, typer.Argument(help="En fråga som JSON; formen finns i policies/schemas")] = None,
        *,
        as_json: Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON")] = False,
        as_of: Annotated[str | None, typer.Option(help="Spela upp det här beslutet, med den tidens regler")] = None,
        individual: Annotated[bool, typer.Option("--individual", help="Med de ord som personen själv får")] = False,
    ) -> None:
        """Skriv ut ett beslut i ord. Slutar med 0 för ja, 1 för nej, 2 för en fråga som inte går att läsa, 3 när
        det inte gick att avgöra."""
        if (file is None) == (as_of is None):
            _stop("Ange antingen en fil eller ett beslutsnummer (--as-of).")
        asked = _from_ledger(as_of, policies, archive, recorded) if as_of else _from_file(file or Path(), policies)
        replayed = asyncio.run(asked)
        reader = Reader.INDIVIDUAL if individual else Reader.STAFF
        words = Explainer.load(policies).explain(replayed.question, replayed.answer, reader)
        typer.echo(_json(replayed, words) if as_json else _text(words))
        raise typer.Exit(_CODES[replayed.answer.outcome])

    return decide


async def _from_file(file: Path, policies: Path) -> Replayed:
    question = _question(file)
    engine = WasmEngine.load(policies / "build" / "policy.wasm")
    return await _decided(engine, name_of(question), msgspec.json.encode(question))


async def _from_ledger(number: str, policies: Path, archive: Path, recorded: Recorded) -> Replayed:
    entry = await recorded(number)
    if entry is None:
        _stop(f"Det finns inget beslut {number}.")
    if entry.payload is None or entry.revision is None:
        _stop(f"Beslutet {number} går inte att spela upp: frågan är gallrad, eller så ställdes ingen.")
    try:
        engine = engine_for(entry.revision, policies, archive)
    except NotKept:
        _stop(f"Reglerna som gällde då ({entry.revision}) finns inte kvar i {archive}.")
    return await _decided(engine, entry.question, entry.payload)


async def _decided(engine: Engine, name: str, question: bytes) -> Replayed:
    try:
        return await replay(engine, name, question)
    except EngineFailure as failure:
        return Replayed(read(name, question), Answer.undecided(failure.code))


def _question(file: Path) -> Facts:
    """Return the question in `file`: the one whose facts are most like those of the file, checked whole."""
    try:
        given = file.read_bytes()
        return read(_likest(msgspec.json.decode(given)), given)
    except OSError:
        _stop(f"{file} går inte att läsa.")
    except msgspec.ValidationError as invalid:
        _stop(f"{file} är ingen hel fråga: {_plain(str(invalid))}.")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as broken:
        _stop(f"{file} är inte JSON: {broken}.")


def _likest(given: Any) -> str:
    if not isinstance(given, dict):
        raise msgspec.ValidationError("filen ska innehålla ett objekt med frågans uppgifter")
    names: set[str] = set(given)  # pyright: ignore[reportUnknownArgumentType]

    def likeness(question: str) -> int:
        return -len(names ^ set(registry[question].__struct_fields__))

    return max(registry, key=likeness)


def _plain(message: str) -> str:
    for pattern, swedish in _PLAIN:
        message = pattern.sub(swedish, message)
    return message


def _text(words: Explanation) -> str:
    reasons = [f"{r.about + ': ' if r.about else ''}{r.text}{f' ({r.law})' if r.law else ''}" for r in words.reasons]
    parts = [
        ("Grund", words.grounds),
        ("Skäl", reasons),
        ("Ska följas", words.obligations),
        ("Så kan det ändras", words.changes),
    ]
    lines = [words.asked, f"Frågat av: {words.by}", f"Svar: {words.outcome}"]
    for title, said in parts:
        lines += [f"{title}:", *(f"  – {each}" for each in said)] if said else []
    return "\n".join([*lines, *([f"Regler: {words.revision}"] if words.revision else [])])


def _json(replayed: Replayed, words: Explanation) -> str:
    said = {"question": name_of(replayed.question), "answer": replayed.answer, "words": words}
    return msgspec.json.format(msgspec.json.encode(said), indent=2).decode()


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(UNUSABLE)
