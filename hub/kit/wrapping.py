"""The operator's key: what wraps data keys, and what the digests of look-ups are made with.

32 bytes do both. After a change of key it is 64: 32 new ones that wrap, then the 32 that digests were made with from
the start, for a digest can't be made anew without the number that it hides.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from hub.kit.secret import Secret

PART: Final = 32
_NONCE: Final = 12


class UnknownWrapping(Exception):
    """A data key that neither the operator's key nor the next one has wrapped: the wrong key, or the wrong database."""


def derived(root: bytes, purpose: bytes) -> bytes:
    """Return a key of its own for `purpose`."""
    return HKDFExpand(algorithm=SHA256(), length=PART, info=purpose).derive(root)


def digest_root(operator_key: Secret[bytes]) -> bytes:
    """Return the part that digests are made with."""
    return operator_key.reveal()[-PART:]


def successor(operator_key: Secret[bytes]) -> Secret[bytes]:
    """Return a new operator's key under which every look-up still finds what it found."""
    return Secret(os.urandom(PART) + digest_root(operator_key))


class Wrapping:
    """Wraps with the next key when there is one; unwraps what either has wrapped."""

    def __init__(self, operator_key: Secret[bytes], next_key: Secret[bytes] | None = None) -> None:
        keys = [next_key, operator_key] if next_key else [operator_key]
        self._newest, *self._older = [AESGCM(derived(key.reveal()[:PART], b"wrap")) for key in keys]

    def wrap(self, name: str, key: bytes) -> bytes:
        """Return `key` wrapped, bound to its `name`."""
        nonce = os.urandom(_NONCE)
        return nonce + self._newest.encrypt(nonce, key, name.encode())

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """Return the key. Raises UnknownWrapping."""
        for each in (self._newest, *self._older):
            try:
                return each.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], name.encode())
            except InvalidTag:
                continue
        raise UnknownWrapping

    def is_newest(self, name: str, wrapped: bytes) -> bool:
        """Tell whether the newest key has wrapped this."""
        try:
            self._newest.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], name.encode())
        except InvalidTag:
            return False
        return True
