"""Signed checkpoints: C2SP tlog-checkpoint in a C2SP signed note, so that witnesses that exist can cosign ours.

    samverkanshubben.example/logg      the origin, which is also the name of the key
    20852163                           how many leaves
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=   the root

    — samverkanshubben.example/logg Az3grl…   key id (4 bytes) and signature

Signatures by others, cosignatures among them, may stand below; one that isn't by a key we were told says nothing.
"""

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hub.audit.merkle import HASH_SIZE
from hub.kit.secret import Secret

_ED25519: Final = b"\x01"
_KEY_ID: Final = 4
_DASH: Final = "— "


class BadCheckpoint(Exception):
    """This isn't a checkpoint, or no key that we were told has signed it. The text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A promise about a tree: of this size, it has this root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{_b64(self.root)}\n"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key by its name, as in the lines that logs and witnesses publish: `name+keyid+key` ("vkey")."""

    name: str
    key: bytes

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Return the key that `vkey` holds. Raises BadCheckpoint when it isn't an Ed25519 one."""
        name, _, rest = vkey.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        key = _unb64(encoded)
        if not _is_name(name) or key[:1] != _ED25519 or len(key) != 1 + HASH_SIZE:
            raise BadCheckpoint("not an Ed25519 key of the form name+keyid+key")
        verifier = cls(name, key[1:])
        if verifier.key_id.hex() != key_id:
            raise BadCheckpoint("the key id isn't that of the key")
        return verifier

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_b64(_ED25519 + self.key)}"

    @property
    def key_id(self) -> bytes:
        """The first bytes of the digest of name and key: tells which key signed, proves nothing."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:_KEY_ID]

    def open(self, note: str) -> Checkpoint:
        """Return the checkpoint in `note`, signed by this key for the log of its name. Raises BadCheckpoint."""
        text, signatures = _parts(note)
        if not any(self._signed(text, line) for line in signatures):
            raise BadCheckpoint("not signed by this key")
        checkpoint = _parsed(text)
        if checkpoint.origin != self.name:
            raise BadCheckpoint("a checkpoint of another log")
        return checkpoint

    def _signed(self, text: str, line: str) -> bool:
        name, _, encoded = line.removeprefix(_DASH).partition(" ")
        signature = _unb64(encoded)
        if name != self.name or signature[:_KEY_ID] != self.key_id:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature[_KEY_ID:], text.encode())
        except InvalidSignature:
            raise BadCheckpoint("the signature doesn't match the text") from None
        return True


class Signer:
    """Signs the checkpoints of the log `origin` with an Ed25519 seed (32 bytes)."""

    def __init__(self, origin: str, seed: Secret[bytes]) -> None:
        if not _is_name(origin):
            raise ValueError("the origin of a log is one word without plus")
        self.origin = origin
        self._key = Ed25519PrivateKey.from_private_bytes(seed.reveal())
        self.verifier = Verifier(origin, self._key.public_key().public_bytes_raw())

    def sign(self, size: int, root: bytes) -> str:
        """Return a signed note that promises the tree of `size` leaves."""
        text = Checkpoint(self.origin, size, root).text
        signature = self.verifier.key_id + self._key.sign(text.encode())
        return f"{text}\n{_DASH}{self.origin} {_b64(signature)}\n"


def _parts(note: str) -> tuple[str, list[str]]:
    text, separator, signatures = note.rpartition("\n\n")
    lines = signatures.removesuffix("\n").split("\n")
    if not separator or not signatures.endswith("\n") or not all(line.startswith(_DASH) for line in lines):
        raise BadCheckpoint("not a signed note")
    return text + "\n", lines


def _parsed(text: str) -> Checkpoint:
    origin, size, root = [*text.split("\n"), "", ""][:3]  # what follows are extensions, which others may read
    hashed = _unb64(root)
    whole = size.isascii() and size.isdecimal() and str(int(size)) == size
    if not origin or not whole or len(hashed) != HASH_SIZE:
        raise BadCheckpoint("not a checkpoint: origin, size and root")
    return Checkpoint(origin, int(size), hashed)


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(letter.isspace() for letter in name)


def _b64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _unb64(text: str) -> bytes:
    """Return what `text` encodes, or nothing when it isn't base64: no key, root or signature is empty."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
