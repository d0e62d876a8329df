"""Checkpoints kept where who can change the database can't reach: the port, and a file or folder behind it."""

import asyncio
import os
from pathlib import Path
from typing import Final, Protocol

_NAME: Final = "latest.checkpoint"


class OutsideCheckpoints(Protocol):
    """Keeps the newest checkpoint outside the database."""

    async def latest(self) -> str | None:
        """Return the newest checkpoint that is kept, or None when none ever was."""
        ...

    async def keep(self, note: str) -> None:
        """Keep `note` in place of the one before."""
        ...


class CheckpointFile:
    """Keeps it in a file; given a folder, in a file of that folder. Best on another machine's disk."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def latest(self) -> str | None:
        """Return the newest checkpoint that is kept, or None when none ever was. Raises OSError, UnicodeDecodeError."""
        return await asyncio.to_thread(self._read)

    async def keep(self, note: str) -> None:
        """Keep `note` in place of the one before; a crash leaves one of the two whole. Raises OSError."""
        await asyncio.to_thread(self._write, note)

    @property
    def _file(self) -> Path:
        return self._path / _NAME if self._path.is_dir() else self._path

    def _read(self) -> str | None:
        return self._file.read_text("utf-8") if self._file.exists() else None

    def _write(self, note: str) -> None:
        unfinished = self._file.with_name(self._file.name + ".new")
        with unfinished.open("w", encoding="utf-8") as handle:
            handle.write(note)
            handle.flush()
            os.fsync(handle.fileno())
        unfinished.replace(self._file)
