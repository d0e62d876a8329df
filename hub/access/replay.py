"""Deciding again what was decided before, with the policy of that time (until the entry is erased)."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from hub.access.engine import Engine
from hub.access.questions import Answer, Facts, read
from hub.access.wasm import WasmEngine

_MODULE: Final = ("build", "policy.wasm")


class NotKept(LookupError):
    """The policy of that time is not in the archive."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A recorded question, and what the policy answers to it."""

    question: Facts
    answer: Answer


def archive(policies: Path, folder: Path) -> None:
    """Keep the compiled policy in `folder` under its revision, so that what it decides can be replayed later."""
    module = policies.joinpath(*_MODULE)
    kept = folder / f"{WasmEngine.load(module).revision}.wasm"
    folder.mkdir(parents=True, exist_ok=True)
    for source, target in ((module, kept), (module.with_suffix(".json"), kept.with_suffix(".json"))):
        if source.exists() and not target.exists():
            shutil.copyfile(source, target)


def engine_for(revision: str, policies: Path, folder: Path) -> Engine:
    """Return the engine with the policy `revision`: today's, or one kept in `folder`. Raises NotKept, EngineDown."""
    today = WasmEngine.load(policies.joinpath(*_MODULE))
    if today.revision == revision:
        return today
    kept = folder / f"{revision}.wasm"
    # A revision is a name in a row of the ledger: it must not lead out of the folder.
    if not revision.isalnum() or not kept.is_file():
        raise NotKept(revision)
    return WasmEngine.load(kept)


async def replay(engine: Engine, name: str, question: bytes) -> Replayed:
    """Return what `engine` answers to the recorded `question`, byte for byte as it was put.

    Raises msgspec.ValidationError when the question has another form than today's, KeyError for an unknown name, and
    EngineFailure.
    """
    facts = read(name, question)
    return Replayed(facts, msgspec.json.decode(await engine.evaluate(f"{name}/answer", question), type=Answer))
