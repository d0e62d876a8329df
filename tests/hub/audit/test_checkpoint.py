"""Checkpoints, held against the signed note of the format's reference implementation."""

import base64
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.audit.checkpoint import BadCheckpoint, Checkpoint, Signer, Verifier
from hub.kit.secret import Secret

ROOT = sha256(b"a root").digest()
SIGNER = Signer("samverkanshubben.example/logg", Secret(bytes(range(32))))
NOTE = SIGNER.sign(42, ROOT)

# From the documentation of golang.org/x/mod/sumdb/note.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


class TestOpening:
    @pytest.mark.parametrize(
        ("changed", "to"),
        [
            ("\n42\n", "\n43\n"),
            ("\n42\n", "\n042\n"),
            ("example", "exempel"),
            ("— ", "- "),
            ("\n\n", "\n"),
            ("\n\n", "\n\nx\n"),
        ],
    )
    def test_a_changed_note_is_refused(self, changed: str, to: str) -> None:
        with pytest.raises(BadCheckpoint):
            SIGNER.verifier.open(NOTE.replace(changed, to, 1))

    def test_one_without_its_last_line_end_is_refused(self) -> None:
        with pytest.raises(BadCheckpoint, match="not a signed note"):
            SIGNER.verifier.open(NOTE.removesuffix("\n"))

    def test_another_key_of_the_same_name_is_refused(self) -> None:
        impostor = Signer(SIGNER.origin, Secret(bytes(32)))
        with pytest.raises(BadCheckpoint, match="not signed by this key"):
            SIGNER.verifier.open(impostor.sign(42, ROOT))

    def test_a_signature_over_another_text_is_refused(self) -> None:
        other = SIGNER.sign(43, ROOT).rpartition("\n\n")[2]
        with pytest.raises(BadCheckpoint, match="doesn't match"):
            SIGNER.verifier.open(Checkpoint(SIGNER.origin, 42, ROOT).text + "\n" + other)

    def test_our_signature_under_another_logs_checkpoint_is_refused(self) -> None:
        text = Checkpoint("another.example/log", 42, ROOT).text
        signature = SIGNER.verifier.key_id + SIGNER._key.sign(text.encode())
        note = f"{text}\n— {SIGNER.origin} {base64.b64encode(signature).decode()}\n"
        with pytest.raises(BadCheckpoint, match="another log"):
            SIGNER.verifier.open(note)

    @pytest.mark.parametrize("body", ["log\n", "log\n1\n", "log\n-1\n" + "A" * 43 + "=\n", "log\n1\nAAAA\n"])
    def test_signed_text_that_is_no_checkpoint_is_refused(self, body: str) -> None:
        signer = Signer("log", Secret(bytes(32)))
        signature = base64.b64encode(signer.verifier.key_id + signer._key.sign(body.encode())).decode()
        with pytest.raises(BadCheckpoint, match="not a checkpoint"):
            signer.verifier.open(f"{body}\n— log {signature}\n")

    @given(st.text())
    def test_whatever_is_read_is_refused_in_the_same_way(self, text: str) -> None:
        with pytest.raises(BadCheckpoint):
            SIGNER.verifier.open(text)

    def test_gives_what_was_signed(self) -> None:
        assert SIGNER.verifier.open(NOTE) == Checkpoint(SIGNER.origin, 42, ROOT)

    def test_bears_cosignatures_and_extension_lines(self) -> None:
        witness = "— witness.example/w1 " + base64.b64encode(b"\x04" * 76).decode()
        assert SIGNER.verifier.open(f"{NOTE}{witness}\n").size == 42
        body = Checkpoint(SIGNER.origin, 42, ROOT).text + "an extension\n"
        signature = base64.b64encode(SIGNER.verifier.key_id + SIGNER._key.sign(body.encode())).decode()
        assert SIGNER.verifier.open(f"{body}\n— {SIGNER.origin} {signature}\n").root == ROOT


class TestKeys:
    @pytest.mark.parametrize("vkey", ["", "name", "name+00000000+AAAA", str(SIGNER.verifier)[:-4], "a+b+c+d"])
    def test_what_is_no_key_is_refused(self, vkey: str) -> None:
        with pytest.raises(BadCheckpoint):
            Verifier.parse(vkey)

    def test_a_key_under_anothers_id_is_refused(self) -> None:
        with pytest.raises(BadCheckpoint, match="key id"):
            Verifier.parse(PETER.replace("c74f20a3", "c74f20a4"))

    def test_a_log_can_not_have_a_name_that_breaks_its_lines(self) -> None:
        for name in ("", "a b", "a+b", "a\nb"):
            with pytest.raises(ValueError, match="origin"):
                Signer(name, Secret(bytes(32)))

    def test_are_read_as_they_are_written(self) -> None:
        assert Verifier.parse(str(SIGNER.verifier)) == SIGNER.verifier

    def test_the_reference_key_and_note_are_understood(self) -> None:
        verifier = Verifier.parse(PETER)
        assert str(verifier) == PETER
        with pytest.raises(BadCheckpoint, match="not a checkpoint"):  # so the signature was accepted
            verifier.open(PETERS_NOTE)
