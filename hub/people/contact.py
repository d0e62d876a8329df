"""What an agency has noted of who an individual is and how to reach them: always sealed, checked when written."""

import re
from collections.abc import Iterator
from typing import Final, TypeVar

import msgspec

from hub.kit.errors import FieldError, Invalid
from hub.kit.vault import Keys, KeyScope, Place

T = TypeVar("T")
#: Sealed texts are filled up to a multiple of this, so that their length tells nothing of what they hold.
_BLOCK: Final = 256
_LONGEST: Final = {"given_name": 100, "family_name": 100, "address": 300, "phone": 30, "email": 200}
_WIRE: Final = {"given_name": "givenName", "family_name": "familyName"}
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()-]*")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """An agency's own note of an individual's name and ways of contact. Address and phone are location fields."""

    given_name: str
    family_name: str
    address: str = ""
    phone: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def checked(self) -> "Contact":
        """Return it without space round its texts. Raises Invalid with every field that has to be put right."""
        texts = {name: getattr(self, name).strip() for name in _LONGEST}
        faults = tuple(FieldError(_WIRE.get(name, name), fault) for name, fault in _faults(texts))
        if faults:
            raise Invalid(fields=faults)
        return Contact(**texts)


class Content(msgspec.Struct, frozen=True):
    """What is sealed in a reference."""

    number: str
    contact: Contact

    @property
    def masked_number(self) -> str:
        return f"{self.number[:8]}-••••"


def _faults(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in texts.items():
        if len(value) > _LONGEST[name]:
            yield name, f"Det är för långt. Skriv högst {_LONGEST[name]} tecken."
        elif not all(character.isprintable() or (character == "\n" and name == "address") for character in value):
            yield name, "Texten innehåller ett tecken som inte går att visa. Skriv om den."
    if not texts["given_name"]:
        yield "given_name", "Skriv förnamnet."
    if not texts["family_name"]:
        yield "family_name", "Skriv efternamnet."
    if texts["phone"] and not _PHONE.fullmatch(texts["phone"]):
        yield "phone", "Skriv telefonnumret med siffror, till exempel 070-123 45 67."
    if texts["email"] and not _EMAIL.fullmatch(texts["email"]):
        yield "email", "Skriv hela e-postadressen, till exempel namn@exempel.se."


def scope_of(individual: str, agency: str) -> KeyScope:
    """Return the key that an agency's content about an individual lies under."""
    return KeyScope(individual, agency, "content")


def seal_content(keys: Keys, scope: KeyScope, reference: str, content: Content) -> bytes:
    """Return `content` sealed for the reference `reference`."""
    return seal(keys, scope, Place("reference", "content", reference), content)


def open_content(keys: Keys, scope: KeyScope, reference: str, sealed: bytes) -> Content:
    """Return the content of a reference. Raises Erased when its key is destroyed."""
    return unseal(keys, scope, Place("reference", "content", reference), sealed, Content)


def seal(keys: Keys, scope: KeyScope, place: Place, value: object) -> bytes:
    """Return `value` as JSON, filled up to a whole block, and sealed for `place`."""
    plain = msgspec.json.encode(value)
    return keys.seal(scope, place, plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK))


def unseal(keys: Keys, scope: KeyScope, place: Place, sealed: bytes, kind: type[T]) -> T:
    """Return what `seal` sealed at `place`. Raises Erased when its key is destroyed."""
    return msgspec.json.decode(keys.open(scope, place, sealed), type=kind)
