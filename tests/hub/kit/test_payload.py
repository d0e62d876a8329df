"""Bodies that others send: read whole and strictly, or refused with a cause that quotes nothing."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.kit.payload import PayloadError, PayloadFault, read_json, read_xml

pytestmark = pytest.mark.requirement("HUB-05")
SECRET = "189001019802"


def refused_json(body: bytes, **how: int | str) -> PayloadError:
    with pytest.raises(PayloadError) as caught:
        read_json(body, **how)  # type: ignore[arg-type]
    return caught.value


def refused_xml(body: bytes, **how: int | str) -> PayloadError:
    with pytest.raises(PayloadError) as caught:
        read_xml(body, **how)  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"[" * 10_000 + b"]" * 10_000, PayloadFault.TOO_DEEP),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, PayloadFault.TOO_DEEP),
        (b"[" * 10_000, PayloadFault.TOO_DEEP),
        ('{"ort": "Björkå"}'.encode("latin-1"), PayloadFault.ENCODING),
        ('{"ort": "Björkå"}'.encode("utf-16"), PayloadFault.ENCODING),
        ("\ufeff{}".encode(), PayloadFault.ENCODING),
        (b'["\\ud800"]', PayloadFault.ENCODING),
        (b'{"a": 1, "a": 2}', PayloadFault.DUPLICATE),
        (b'{"b": {"a": 1, "a": 1}}', PayloadFault.DUPLICATE),
        (b"[NaN]", PayloadFault.NUMBER),
        (b"[-Infinity]", PayloadFault.NUMBER),
        (b"[" + b"9" * 5_000 + b"]", PayloadFault.NUMBER),
        (b"[1e999999999]", PayloadFault.NUMBER),
        (b"[1e-9999999999999999999999]", PayloadFault.NUMBER),
        (b'{"a": 1', PayloadFault.SYNTAX),
        (b"", PayloadFault.SYNTAX),
        (b"<html>", PayloadFault.SYNTAX),
        (b"{} {}", PayloadFault.SYNTAX),
        (b'["\n"]', PayloadFault.SYNTAX),
    ],
)
def test_json_that_is_not_right_is_refused(body: bytes, fault: PayloadFault) -> None:
    assert refused_json(body).fault is fault


def test_the_limits_are_the_callers() -> None:
    assert refused_json(b"[[1]]", deepest=1).fault is PayloadFault.TOO_DEEP
    assert refused_json(b"[1]   ", largest=5).fault is PayloadFault.TOO_LARGE
    assert refused_xml(b"<a><b/></a>", deepest=1).fault is PayloadFault.TOO_DEEP
    assert refused_xml(b"<a/>", largest=3).fault is PayloadFault.TOO_LARGE


def test_whatever_limit_the_caller_sets_nothing_crashes() -> None:
    assert refused_json(b"[" * 300_000 + b"]" * 300_000, deepest=10**6).fault is PayloadFault.TOO_DEEP


def test_an_encoding_that_nobody_knows_is_refused() -> None:
    with pytest.raises(PayloadError) as caught:
        read_xml(b'<?xml version="1.0" encoding="x-none"?><a/>', encodings=("x-none",))
    assert caught.value.fault is PayloadFault.ENCODING


def test_a_content_type_that_names_another_encoding_is_refused() -> None:
    assert refused_json(b"{}", charset="iso-8859-1").fault is PayloadFault.ENCODING
    assert refused_xml(b"<a/>", charset="iso-8859-1").fault is PayloadFault.ENCODING
    assert read_json(b"{}", charset="UTF-8") == {}


@pytest.mark.parametrize("body", [f'{{"{SECRET}" "', f'{{"{SECRET}": {SECRET}{SECRET}}}', f'["{SECRET}'])
def test_the_cause_quotes_nothing_of_json(body: str) -> None:
    assert SECRET not in str(refused_json(body.encode()))


@pytest.mark.parametrize("body", [f"<{SECRET}>", f"<a>{SECRET}</b>", f"<a>&p{SECRET};</a>", f"<a p{SECRET}/>"])
def test_the_cause_quotes_nothing_of_xml(body: str) -> None:
    assert SECRET not in str(refused_xml(body.encode()))


def test_brackets_in_a_string_are_no_depth() -> None:
    assert read_json(json.dumps(["[{" * 500, '\\"[[[[']).encode(), deepest=1)[0] == "[{" * 500


def test_numbers_are_exact() -> None:
    assert read_json(b'[0.1, 1, "\\ud83d\\ude00"]') == [Decimal("0.1"), 1, "😀"]


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (LAUGHS, PayloadFault.FORBIDDEN),
        (b'<?xml version="1.0"?> <!-- x --> <?y z?>' + LAUGHS, PayloadFault.FORBIDDEN),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', PayloadFault.FORBIDDEN),
        (b'<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>', PayloadFault.FORBIDDEN),
        (b"<a>" * 10_000 + b"</a>" * 10_000, PayloadFault.TOO_DEEP),
        (b"<a>" * 100 + b"</a>" * 100, PayloadFault.TOO_DEEP),
        ("<a>Björkå</a>".encode("latin-1"), PayloadFault.ENCODING),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><a>å</a>'.encode("latin-1"), PayloadFault.ENCODING),
        ("<a/>".encode("utf-16"), PayloadFault.ENCODING),
        (b"<a>&b;</a>", PayloadFault.SYNTAX),
        (b"<a><b></a>", PayloadFault.SYNTAX),
        (b'<a b="1" b="2"/>', PayloadFault.SYNTAX),
        (b"<a/><b/>", PayloadFault.SYNTAX),
        (b"<a>\x00</a>", PayloadFault.SYNTAX),
        (b"", PayloadFault.SYNTAX),
        (b"{}", PayloadFault.SYNTAX),
    ],
)
def test_xml_that_is_not_right_is_refused(body: bytes, fault: PayloadFault) -> None:
    assert refused_xml(body).fault is fault


def test_a_declared_encoding_is_read_where_the_format_allows_it() -> None:
    body = '<?xml version="1.0" encoding="ISO-8859-1"?><a>Björkå</a>'.encode("latin-1")
    assert read_xml(body, encodings=("utf-8", "iso-8859-1")).text == "Björkå"
    assert read_xml(b"<a>&lt;<!-- c -->b</a>").text == "<b"


@given(st.binary(max_size=300) | st.text(alphabet='<>&;"[]{}!/ab1', max_size=100).map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for read in (read_json, read_xml):
        assert cause(read, body) != ""


def cause(read: Callable[[bytes], object], body: bytes) -> str | None:
    """Return why the body was refused, None when it was read; nothing else may come out of it."""
    try:
        read(body)
    except PayloadError as error:
        return error.cause
    return None
