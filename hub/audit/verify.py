"""Checks an exported log with nothing but the log's public key. To hand out: this one file, Python and `cryptography`.

    python verify.py FILE --key KEY [--since CHECKPOINT]

It shares no line with what writes the log, so that one mistake can't hide another. What it shows: that every entry
is as it was when it was put into the tree, that none is missing, added or moved (RFC 9162), that the log has signed
for the whole, and, with `--since`, that it goes on from a checkpoint that you have kept yourself.

The file is lines of JSON:
    {"format", "origin", "start", "peaks"}              once: `peaks` are the hashes of what came before `start`
    {"index", "leaf", "hash", "personal", "beside"}     an entry: the leaf as text, and digests of what lies beside it now
    {"checkpoint"}                                      a signed promise about all entries above it
    {"waiting", "astray", "unfinished", "nodes"}        once: what the exporter saw besides
    {"end", "root", "digest"}                           once: how many entries in all, their root, the lines' digest
"""

import argparse
import base64
import binascii
import json
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "samverkanshubben.logg.v1"
_SHOWN = 20


class BadKey(Exception):
    """The key or the checkpoint that was given can't be used. The text (Swedish) says why."""


class Key:
    """The log's public key, as `name+keyid+key` (C2SP signed note, Ed25519)."""

    def __init__(self, text: str) -> None:
        self.name, _, rest = text.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        raw = _unb64(encoded)
        self.id = sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        if len(raw) != 33 or raw[0] != 1 or self.id.hex() != key_id:  # noqa: PLR2004  1 is Ed25519, then 32 bytes
            raise BadKey("Nyckeln går inte att läsa. Den ska se ut som namn+id+nyckel.")
        self._key = Ed25519PublicKey.from_public_bytes(raw[1:])

    def open(self, note: str) -> tuple[int, str]:
        """Return size and root (hex) of a checkpoint that this key has signed. Raises BadKey."""
        text, _, signatures = note.rpartition("\n\n")
        origin, size, root = [*(text + "\n").split("\n"), "", ""][:3]
        if not any(self._signed(text + "\n", line) for line in signatures.split("\n")):
            raise BadKey("Kontrollpunkten är inte signerad med den här nyckeln.")
        if origin != self.name or not size.isdecimal():
            raise BadKey("Kontrollpunkten gäller en annan logg.")
        return int(size), _unb64(root).hex()

    def _signed(self, text: str, line: str) -> bool:
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        signature = _unb64(encoded)
        if dash != "—" or name != self.name or signature[:4] != self.id:
            return False
        try:
            self._key.verify(signature[4:], text.encode())
        except InvalidSignature:
            return False
        return True


class Report:
    """What was found. `faults` are in Swedish; none means that the log holds."""

    def __init__(self) -> None:
        self.start = self.size = self.erased = self.checkpoints = self.waiting = self.unfinished = 0
        self.root = ""
        self.faults: list[str] = []

    @property
    def holds(self) -> bool:
        return not self.faults

    @property
    def text(self) -> str:
        """The report in plain Swedish."""
        return "\n".join(self._good() if self.holds else self._bad())

    def _good(self) -> list[str]:
        lines = [
            "Loggen stämmer.",
            f"Poster: {self.size - self.start} (nummer {self.start} till och med {self.size - 1})."
            if self.size > self.start
            else "Poster: 0.",
            f"Signerade kontrollpunkter i filen: {self.checkpoints}. Den sista gäller {self.size} poster, med roten",
            f"  {self.root}",
        ]
        if self.erased:
            lines.append(f"Gallrade poster: {self.erased}. Vem de gällde är borta för alltid, posterna står kvar.")
        if self.unfinished:
            lines.append(
                f"Gallringen är inte klar för {self.unfinished} av dem: nyckeln är borta, sökuppgifter ligger kvar."
            )
        if self.waiting:
            lines.append(f"Senare poster, som nästa export tar med: {self.waiting}.")
        return lines

    def _bad(self) -> list[str]:
        more = len(self.faults) - _SHOWN
        listed = [f"- {fault}" for fault in self.faults[:_SHOWN]]
        return ["Loggen stämmer inte.", *listed, *([f"- och {more} fel till"] if more > 0 else [])]


class _Check:
    """Walks through the file once, with the right edge of the tree in hand."""

    def __init__(self, key: Key, since: tuple[int, str] | None) -> None:
        self.report = Report()
        self._key, self._since = key, since
        self._peaks: list[bytes] = []
        self._signed = -1
        self._digest = sha256()

    def run(self, lines: Iterable[bytes]) -> Report:
        rows = iter(lines)
        self._head(self._parsed(next(rows, b"")))
        last: bytes = b""
        for line in rows:
            if line.startswith(b'{"end"'):
                last = line
                break
            self._row(self._parsed(line))
        self._end(last)
        if next(rows, None) is not None:
            self.report.faults.append("Det står något efter filens sista rad.")
        return self.report

    def _parsed(self, line: bytes) -> dict[str, Any]:
        self._digest.update(line)
        try:
            value = _json(line.decode())
        except ValueError:
            return {}
        return cast("dict[str, Any]", value) if isinstance(value, dict) else {}

    def _head(self, head: dict[str, Any]) -> None:
        if head.get("format") != FORMAT or head.get("origin") != self._key.name:
            self.report.faults.append("Det här är inte en export av den logg som nyckeln hör till.")
        start, peaks = head.get("start"), head.get("peaks")
        self.report.start = self.report.size = start if isinstance(start, int) and start > 0 else 0
        self._peaks = [_unhex(peak) for peak in cast("list[Any]", peaks)] if isinstance(peaks, list) else []
        if len(self._peaks) != self.report.start.bit_count():
            self.report.faults.append("Filens första rad är skadad.")
            self._peaks = [b""] * self.report.start.bit_count()
        self._compare_since()

    def _row(self, row: dict[str, Any]) -> None:
        leaf = row.get("leaf")
        if leaf is not None:
            self._entry(row, leaf)
        elif "checkpoint" in row:
            self._checkpoint(row["checkpoint"])
        elif "astray" in row:
            self._besides(row)
        elif "index" in row:
            self._fault(f"Post {row['index']} är borttagen.")
            self._append(_unhex(row.get("hash")))
        else:
            self._fault(f"Raden efter post {self.report.size - 1} går inte att läsa.")

    def _entry(self, row: dict[str, Any], leaf: Any) -> None:
        index = self.report.size
        hashed = sha256(b"\0" + str(leaf).encode()).digest()
        try:
            bound = _json(leaf)
            if row["index"] != index:
                self._fault(f"Post {index} saknas eller ligger på fel plats.")
            if row["hash"] != hashed.hex():
                self._fault(f"Post {index} är ändrad.")
            if row["personal"] != bound["personal"]:
                self._fault(f"Post {index}: det förseglade innehållet är ändrat.")
            if row["beside"] is None:
                self.report.erased += 1
            elif row["beside"] != bound["beside"]:
                self._fault(f"Post {index}: uppgifterna bredvid posten är ändrade.")
        except (ValueError, KeyError, TypeError):
            self._fault(f"Post {index} går inte att läsa.")
        self._append(hashed)

    def _append(self, hashed: bytes) -> None:
        position = self.report.size
        while position & 1:
            hashed = sha256(b"\1" + self._peaks.pop() + hashed).digest()
            position >>= 1
        self._peaks.append(hashed)
        self.report.size += 1
        if self._since is not None and self.report.size == self._since[0]:
            self._compare_since()

    def _checkpoint(self, note: Any) -> None:
        try:
            size, root = self._key.open(str(note))
        except BadKey as error:
            self._fault(f"Efter post {self.report.size - 1}: {error}")
            return
        if (size, root) != (self.report.size, self._root()):
            self._fault(f"Posterna fram till {size} stämmer inte med kontrollpunkten för {size} poster.")
        self._signed = size
        self.report.checkpoints += 1

    def _besides(self, row: dict[str, Any]) -> None:
        self.report.waiting = row.get("waiting", 0)
        self.report.unfinished = row.get("unfinished", 0)
        if row["astray"]:
            self._fault(f"Poster som varken ligger i trädet eller väntar på att komma dit: {row['astray']}.")
        if row.get("nodes"):
            self._fault(f"Lagrade mellanled i trädet som inte stämmer: {row['nodes']}.")

    def _end(self, line: bytes) -> None:
        report, report_root = self.report, self._root()
        report.root = report_root
        if line != end_line(report.size, report_root, self._digest.hexdigest()):
            self._fault("Filens sista rad saknas eller stämmer inte med raderna före: filen är kapad eller ändrad.")
        if self._signed != report.size:
            self._fault(f"Loggen har inte signerat för alla poster i filen, bara för {max(self._signed, 0)}.")
        if self._since is not None and self._since[0] > report.size:
            self._fault(
                f"Slutet är kapat: din kontrollpunkt gäller {self._since[0]} poster, i filen finns {report.size}."
            )

    def _compare_since(self) -> None:
        if self._since is None or self._since[0] > self.report.size:
            return
        size, root = self._since
        if size < self.report.start:
            self._fault(
                f"Filen börjar vid post {self.report.start}, efter din kontrollpunkt: den går inte att jämföra."
            )
        elif root != self._root():
            self._fault(f"De första {size} posterna är inte de som din kontrollpunkt gäller.")

    def _root(self) -> str:
        if not self._peaks:
            return sha256(b"").hexdigest()
        *rest, root = self._peaks
        for left in reversed(rest):
            root = sha256(b"\1" + left + root).digest()
        return root.hex()

    def _fault(self, text: str) -> None:
        self.report.faults.append(text)


def verify(lines: Iterable[bytes], key: str, since: str | None = None) -> Report:
    """Check exported `lines` with the public `key` and, when given, a checkpoint kept since before. Raises BadKey."""
    opened = Key(key)
    return _Check(opened, None if since is None else opened.open(since)).run(lines)


def end_line(size: int, root: str, digest: str) -> bytes:
    """Return the line that ends a file, byte for byte."""
    return b'{"end":%d,"root":"%s","digest":"%s"}\n' % (size, root.encode(), digest.encode())


_decode = json.JSONDecoder().raw_decode


def _json(text: str) -> Any:
    """Return what `text` says, as `json.loads` would, in a good deal less time. Raises ValueError."""
    value, end = _decode(text)
    if text[end:].strip():
        raise ValueError("more than one value")
    return value


def _unb64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _unhex(text: Any) -> bytes:
    try:
        return bytes.fromhex(str(text))
    except ValueError:
        return b""


def main(arguments: list[str] | None = None) -> int:
    """Run as a program: 0 the log holds, 1 it doesn't, 2 it couldn't be checked."""
    parser = argparse.ArgumentParser(description="Granskar en exporterad logg från Samverkanshubben.")
    parser.add_argument("file", type=Path, metavar="FIL")
    parser.add_argument("--key", required=True, metavar="NYCKEL", help="loggens publika nyckel, eller en fil med den")
    parser.add_argument("--since", type=Path, metavar="KONTROLLPUNKT", help="en kontrollpunkt som du har sparat")
    given = parser.parse_args(arguments)
    return check_file(given.file, given.key, given.since)


def check_file(file: Path, key: str, since: Path | None) -> int:
    """Check `file` and print the report. Returns 0, 1 or 2, as `main`."""
    try:
        promised = None if since is None else since.read_text("utf-8")
        text = key if "+" in key else Path(key).read_text("utf-8")
        with file.open("rb") as lines:
            report = verify(lines, text, promised)
    except (BadKey, OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"Loggen kunde inte granskas. {error}\n")
        return 2
    sys.stdout.write(report.text + "\n")
    return 0 if report.holds else 1


if __name__ == "__main__":  # pragma: no cover  handed out as a copy, it runs where coverage does not look
    sys.exit(main())
