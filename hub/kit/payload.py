"""Strict reading of what others send: bytes in, parsed out, or one kind of error that says what is wrong.

Nothing is mended and nothing is guessed. The error's cause tells the structure only (which rule, where), never the
content, so it can stand in a log: what is read here may be about an individual.
"""

import json
import re
from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final, NoReturn, TypeGuard

from lxml import etree

from hub.kit.http import LARGEST_ANSWER

#: Levels. The deepest real answer of any agency has less than half of this.
DEEPEST: Final = 64
_DIGITS: Final = 18
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NOT_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
_HALF_CHARACTER: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_DECLARED: Final = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_PROLOG: Final = re.compile(r"\ufeff?(?:\s|<!--(?:(?!-->).)*+-->|<\?(?:(?!\?>).)*+\?>)*+", re.DOTALL)
_UTF8: Final = frozenset({"utf-8", "utf8", "us-ascii"})


class PayloadFault(StrEnum):
    """What is wrong with what came."""

    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    ENCODING = "encoding"
    SYNTAX = "syntax"
    DUPLICATE = "duplicate"
    NUMBER = "number"
    FORBIDDEN = "forbidden"


class PayloadError(Exception):
    """The bytes can't be read. `cause` names the rule and the place, and holds nothing out of the content."""

    def __init__(self, fault: PayloadFault, cause: str) -> None:
        super().__init__(f"{fault.value}: {cause}")
        self.fault, self.cause = fault, cause


def read_json(body: bytes, *, charset: str = "", largest: int = LARGEST_ANSWER, deepest: int = DEEPEST) -> Any:
    """Return the JSON value (RFC 8259): UTF-8, no name twice in an object, numbers as int (18 digits) or Decimal.

    `charset` is what the content type names, if anything. Raises PayloadError.
    """
    _sized(body, largest)
    text = _utf8(body, charset)
    if _depth(body) > deepest:
        raise PayloadError(PayloadFault.TOO_DEEP, f"more than {deepest} levels")
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise PayloadError(PayloadFault.SYNTAX, f"not JSON at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise PayloadError(PayloadFault.TOO_DEEP, "more levels than can be read") from None
    if _HALF_CHARACTER.search(body):
        _whole_characters(value)
    return value


def read_xml(
    body: bytes,
    *,
    charset: str = "",
    encodings: Collection[str] = ("utf-8",),
    largest: int = LARGEST_ANSWER,
    deepest: int = DEEPEST,
) -> etree._Element:  # pyright: ignore[reportPrivateUsage]
    """Return the root: no DTD, no entities of its own, nothing fetched.

    `encodings`: those that the format allows to be declared (lower case); without a declaration it is UTF-8. `charset`
    is what the content type names, which then must be the same (RFC 7303). Raises PayloadError.
    """
    _sized(body, largest)
    encoding = _declared(body, charset, encodings)
    text = _decoded(body, encoding)
    found = _PROLOG.match(text)
    if found and text.startswith("<!DOCTYPE", found.end()):
        raise PayloadError(PayloadFault.FORBIDDEN, "a document type declaration")
    return _parsed(body, encoding, deepest)


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a part of what was read is a JSON object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether a part of what was read is a JSON array."""
    return isinstance(value, list)


def _sized(body: bytes, largest: int) -> None:
    if len(body) > largest:
        raise PayloadError(PayloadFault.TOO_LARGE, f"more than {largest} bytes")


def _utf8(body: bytes, charset: str) -> str:
    if charset and charset.lower() not in _UTF8:
        raise PayloadError(PayloadFault.ENCODING, "the content type names another encoding than UTF-8")
    if body.startswith(b"\xef\xbb\xbf"):
        raise PayloadError(PayloadFault.ENCODING, "a byte order mark")
    return _decoded(body, "utf-8")


def _decoded(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise PayloadError(PayloadFault.ENCODING, f"not {encoding.upper()} at byte {error.start}") from None
    except LookupError:
        raise PayloadError(PayloadFault.ENCODING, "an encoding that nobody knows") from None


def _depth(body: bytes) -> int:
    """Return how deep the brackets go, strings left out; a loop, so depth costs no stack."""
    level = deepest = 0
    for bracket in _STRING.sub(b"", body).translate(None, _NOT_BRACKETS):
        level += 1 if bracket in b"[{" else -1
        deepest = max(deepest, level)
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise PayloadError(PayloadFault.DUPLICATE, "a name stands twice in the same object")
    return made


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS + 1:
        raise PayloadError(PayloadFault.NUMBER, f"an integer of more than {_DIGITS} digits")
    return int(digits)


def _decimal(digits: str) -> Decimal:
    try:
        made = Decimal(digits)
    except InvalidOperation:
        raise PayloadError(PayloadFault.NUMBER, "a number out of range") from None
    if len(digits) > 2 * _DIGITS or abs(made.adjusted()) > _DIGITS:
        raise PayloadError(PayloadFault.NUMBER, f"a number of more than {_DIGITS} digits")
    return made


def _constant(_: str) -> NoReturn:
    raise PayloadError(PayloadFault.NUMBER, "NaN or Infinity, which JSON doesn't have")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_decimal, parse_constant=_constant
)


def _whole_characters(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        raise PayloadError(PayloadFault.ENCODING, "half of a character") from None


def _declared(body: bytes, charset: str, encodings: Collection[str]) -> str:
    found = _DECLARED.match(body.removeprefix(b"\xef\xbb\xbf")[:200])
    told = found.group(1).decode("ascii").lower() if found else "utf-8"
    if told not in encodings:
        raise PayloadError(PayloadFault.ENCODING, "declares an encoding that the format doesn't allow")
    if charset and charset.lower() != told:
        raise PayloadError(PayloadFault.ENCODING, "the content type and the document name different encodings")
    return told


def _parsed(body: bytes, encoding: str, deepest: int) -> etree._Element:  # pyright: ignore[reportPrivateUsage]
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _syntax(parser) from None
    if root.xpath("boolean(" + "/*" * (deepest + 1) + ")"):
        raise PayloadError(PayloadFault.TOO_DEEP, f"more than {deepest} levels")
    return root


def _syntax(parser: etree.XMLParser) -> PayloadError:
    """Return what the parser couldn't read; its own messages quote the content, so only kind and place are kept."""
    told = list(parser.error_log)
    if any("excessive depth" in each.message.lower() for each in told):
        return PayloadError(PayloadFault.TOO_DEEP, "more levels than can be read")
    places = [f"{each.type_name} at line {each.line}, column {each.column}" for each in told]
    return PayloadError(PayloadFault.SYNTAX, places[-1] if places else "not XML")
