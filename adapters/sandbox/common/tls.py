"""Certificates made once, under a folder: an authority of our own, each agency's, an expired one each, the hub's.

For one machine and for made-up data. Keys are readable by their owner only.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hub.kit.clock import Clock

_VALID: Final = timedelta(days=365)
#: Made anew when less than this remains, so that no demonstration ends because of a date.
_LEAST: Final = timedelta(days=14)
#: A clock of another machine may be behind.
_BEFORE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its key, as files."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Certificates:
    """The folder's certificates. `Certificates.made(folder, clock)` makes what isn't there."""

    folder: Path

    @classmethod
    def made(cls, folder: Path, clock: Clock, agencies: tuple[str, ...]) -> "Certificates":
        """Return the folder's certificates, made if they aren't there or soon run out. One process at a time."""
        folder.mkdir(parents=True, exist_ok=True)
        made = cls(folder)
        with _alone(folder):
            authority = made._authority_for(clock.now())
            made._pair("hub", authority, clock.now())
            for agency in agencies:
                made._pair(agency, authority, clock.now())
                made._expired(agency, authority, clock.now())
        return made

    @property
    def authority(self) -> Path:
        """The authority's certificate: what a client, and a server that asks for certificates, trusts."""
        return self.folder / "authority.pem"

    @property
    def hub(self) -> Pair:
        """The hub's own, as a client."""
        return Pair(self.folder / "hub.pem", self.folder / "hub.key")

    def server(self, agency: str, *, expired: bool = False) -> Pair:
        """An agency's, for this machine's names."""
        name = f"{agency}-expired.pem" if expired else f"{agency}.pem"
        return Pair(self.folder / name, self.folder / f"{agency}.key")

    def _authority_for(self, now: datetime) -> "_Authority":
        key_file = self.folder / "authority.key"
        if _fresh(self.authority, now):
            return _Authority(_read(self.authority), _read_key(key_file))
        for old in self.folder.glob("*.pem"):
            old.unlink()
        key, name = ec.generate_private_key(ec.SECP256R1()), _name("Påhittad utfärdare")
        made = _builder(name, name, key.public_key(), now - _BEFORE, now + _VALID)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        made = made.add_extension(_usage(signs=True), critical=True)
        _write_key(key_file, key)
        self.authority.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        return _Authority(_read(self.authority), key)

    def _pair(self, name: str, authority: "_Authority", now: datetime) -> None:
        certificate, key_file = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        if _fresh(certificate, now):
            return
        key = ec.generate_private_key(ec.SECP256R1())
        _write_key(key_file, key)
        certificate.write_bytes(authority.issue(name, key, now - _BEFORE, now + _VALID - _BEFORE))

    def _expired(self, name: str, authority: "_Authority", now: datetime) -> None:
        pair = self.server(name, expired=True)
        if not pair.certificate.exists() or _read(pair.certificate).public_key() != _read_key(pair.key).public_key():
            ended = now - _BEFORE
            pair.certificate.write_bytes(authority.issue(name, _read_key(pair.key), ended - _VALID, ended))


@dataclass(frozen=True, slots=True)
class _Authority:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def issue(self, name: str, key: ec.EllipticCurvePrivateKey, start: datetime, end: datetime) -> bytes:
        """Return a certificate for this machine's names, good for a server and for a client."""
        made = _builder(_name(name), self.certificate.subject, key.public_key(), start, end)
        names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1")), x509.IPAddress(ip_address("::1"))]
        uses = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        made = (
            made.add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage(uses), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        return made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fresh(certificate: Path, now: datetime) -> bool:
    return certificate.exists() and _read(certificate).not_valid_after_utc - now > _LEAST


def _read(certificate: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(certificate.read_bytes())


def _read_key(file: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{file} is no key of ours")
    return key


def _write_key(file: Path, key: ec.EllipticCurvePrivateKey) -> None:
    written = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(written)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Påhittade myndigheter"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number(), start, end).add_extension(
        x509.SubjectKeyIdentifier.from_public_key(key), critical=False
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )
