"""Answers that are made to harm, or merely broken: refused with a text that names the fault, and nothing else happens."""

import socket
from pathlib import Path

import pytest

from adapters.arbetsformedlingen.translate import answer, read
from hub.broker.port import AgencyFault, FaultKind
from hub.kit.http import LARGEST_ANSWER
from tests.adapters.arbetsformedlingen.made import AT, agency, response
from tests.fixtures.numbers import SECOND

pytestmark = pytest.mark.requirement("HUB-05")
GOOD = response(agency())
DECLARED = b'<?xml version="1.0" encoding="UTF-8"?>'


def refused(body: bytes, *, charset: str = "") -> AgencyFault:
    with pytest.raises(AgencyFault) as found:
        answer(body, whom=None, at=AT, charset=charset)
    return found.value


def with_dtd(dtd: str, inside: str) -> bytes:
    body = GOOD.removeprefix(DECLARED).replace(
        b"<er:StatusSokandeinformationKod>0", f"<er:S>{inside}</er:S><er:StatusSokandeinformationKod>0".encode()
    )
    return DECLARED + f"<!DOCTYPE x [{dtd}]>".encode() + body


class TestEntities:
    def test_a_billion_laughs(self) -> None:
        levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        found = refused(with_dtd(f'<!ENTITY l0 "ha">{levels}', "&l9;"))
        assert (found.kind, found.cause) == (FaultKind.MALFORMED, "forbidden: a document type declaration")

    def test_one_great_entity_many_times(self) -> None:
        assert refused(with_dtd(f'<!ENTITY a "{"a" * 50_000}">', "&a;" * 10_000)).kind is FaultKind.MALFORMED

    def test_a_file_of_this_machine(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.write_text("a text that must stay here")
        found = refused(with_dtd(f'<!ENTITY f SYSTEM "{secret.as_uri()}">', "&f;"))
        assert found.cause == "forbidden: a document type declaration"

    @pytest.mark.parametrize("dtd", ['<!ENTITY e SYSTEM "{url}">', '<!ENTITY % e SYSTEM "{url}"> %e;'])
    def test_another_machine_is_never_asked(self, dtd: str) -> None:
        with socket.socket() as trap:
            trap.bind(("127.0.0.1", 0))
            trap.listen()
            trap.settimeout(0.05)
            refused(with_dtd(dtd.format(url=f"http://127.0.0.1:{trap.getsockname()[1]}/x"), "&e;"))
            with pytest.raises(TimeoutError):
                trap.accept()

    def test_a_declaration_of_a_document_type_alone(self) -> None:
        body = DECLARED + b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">' + GOOD.removeprefix(DECLARED)
        assert refused(body).cause == "forbidden: a document type declaration"

    def test_what_looks_like_one_in_a_text_is_a_text(self) -> None:
        inside = "<er:Akassetillhorighet><![CDATA[<!DOCTYPE x>]]></er:Akassetillhorighet>"
        assert read(response(agency(inside)), AT).facts[0].values[0].value == "<!DOCTYPE x>"


class TestSize:
    def test_fifty_megabytes(self) -> None:
        found = refused(GOOD + b" " * LARGEST_ANSWER * 10)
        assert (found.kind, found.told) == (FaultKind.TOO_LARGE, "svarade med mer än hubben tar emot")

    @pytest.mark.parametrize("depth", [100, 10_000])
    def test_depth(self, depth: int) -> None:
        inside = "<er:x>" * depth + "</er:x>" * depth
        found = refused(response(agency(inside)))
        assert found.kind is FaultKind.MALFORMED
        assert found.cause.startswith("too_deep")

    def test_a_hundred_thousand_attributes(self) -> None:
        many = " ".join(f"a{n}='1'" for n in range(100_000))
        assert read(response(agency(f"<er:x {many}/>")), AT).gaps[0].reason.endswith(": x")


class TestEncoding:
    def test_latin1_in_what_says_utf8(self) -> None:
        found = refused(response(agency("<er:Akassetillhorighet>Å</er:Akassetillhorighet>")).decode().encode("latin-1"))
        assert found.kind is FaultKind.MALFORMED
        assert found.cause.startswith("encoding: not UTF-8")

    def test_an_honest_latin1_is_no_form_of_the_service(self) -> None:
        assert refused(GOOD.replace(b"UTF-8", b"ISO-8859-1")).cause.startswith("encoding")

    def test_two_that_say_different_things(self) -> None:
        assert refused(GOOD, charset="iso-8859-1").cause.startswith("encoding")

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "rot13", "ebcdic-cp-se"])
    def test_others(self, encoding: str) -> None:
        assert refused(GOOD.replace(b"UTF-8", encoding.encode())).cause.startswith("encoding")


class TestCut:
    @pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.99])
    def test_anywhere(self, share: float) -> None:
        assert refused(GOOD[: int(len(GOOD) * share)]).kind is FaultKind.MALFORMED

    def test_two_answers_one_after_the_other(self) -> None:
        assert refused(GOOD + GOOD.removeprefix(DECLARED)).kind is FaultKind.MALFORMED

    def test_no_cause_holds_what_was_in_it(self) -> None:
        body = response(agency(f"<er:Akassetillhorighet>{SECOND}</er:Fel>"))
        assert SECOND not in str(refused(body))
