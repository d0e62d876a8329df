"""Client certificates (RFC 8705): TLS ends in the proxy, whose word on who came is believed from its own address only.

The header holds the certificate as RFC 9440 writes it (`:base64:`) or as a URL-escaped PEM (nginx). The proxy must
take away what a client sends under that name.
"""

from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Self
from urllib.parse import unquote

from fastapi import Request

from hub.access.signin import Untrusted


@dataclass(frozen=True, slots=True)
class CertificateProxy:
    """The one proxy whose word is believed, and the header it sets."""

    address: str
    header: str

    @classmethod
    def parse(cls, setting: str) -> Self:
        """Return what `HUB_CERTIFICATE_PROXY` says: `address header`. Raises ValueError."""
        address, header = setting.split()
        return cls(address, header)

    def thumbprint(self, request: Request) -> str | None:
        """Return `x5t#S256` of the certificate that the client showed the proxy, or None when there is none.

        Raises Untrusted for a header that comes from anywhere else, or can't be read.
        """
        value = request.headers.get(self.header)
        if value is None:
            return None
        if request.client is None or request.client.host != self.address:
            raise Untrusted("foreign_proxy")
        return _encoded(sha256(_der(value)).digest())


def _der(value: str) -> bytes:
    if value.startswith(":") and value.endswith(":"):
        body = value[1:-1]
    else:
        lines = unquote(value).replace("\t", "").strip().splitlines()
        if lines[:1] != ["-----BEGIN CERTIFICATE-----"] or lines[-1:] != ["-----END CERTIFICATE-----"]:
            raise Untrusted("malformed_certificate")
        body = "".join(lines[1:-1])
    try:
        return b64decode(body, validate=True)
    except ValueError:
        raise Untrusted("malformed_certificate") from None


def _encoded(digest: bytes) -> str:
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
