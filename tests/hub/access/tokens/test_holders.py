"""In whose hand a token is: behind which certificate, of which registered system."""

import base64
from hashlib import sha256

import pytest

from hub.access.tokens import CertificateProxy
from hub.kit.clock import micros
from hub.kit.database import Database
from tests.fakes.clock import FixedClock
from tests.hub.access.tokens.world import PROXY, Api, Idp, Partner, b64, provider, refused, register

pytestmark = pytest.mark.requirement("HUB-07")


class TestCertificate:
    """RFC 8705: the profile's road."""

    async def test_the_partner_behind_its_certificate(self, api: Api, partner: Partner) -> None:
        assert (await api.call(partner.with_certificate())).status_code == 200
        assert api.callers[0].ref == "client:client-1"

    async def test_as_nginx_writes_it(self, api: Api, partner: Partner) -> None:
        body = base64.encodebytes(partner.certificate).decode().replace("\n", "%0A").replace("+", "%2B")
        pem = f"-----BEGIN%20CERTIFICATE-----%0A{body}-----END%20CERTIFICATE-----%0A"
        assert (await api.call(partner.with_certificate() | {"Client-Cert": pem})).status_code == 200

    async def test_the_header_from_anybody_but_the_proxy_is_a_forgery(self, api: Api, partner: Partner) -> None:
        await refused(api, partner.with_certificate(), "foreign_proxy", peer="192.0.2.1")

    async def test_another_certificate(self, api: Api, partner: Partner) -> None:
        token = partner.token(cnf={"x5t#S256": b64(sha256(b"another").digest())})
        await refused(api, partner.with_certificate(token), "wrong_certificate")

    async def test_no_certificate(self, api: Api, partner: Partner) -> None:
        await refused(api, {"Authorization": f"Bearer {partner.certified()}"}, "wrong_certificate")

    async def test_a_token_bound_to_nobody(self, api: Api, partner: Partner) -> None:
        await refused(api, partner.with_certificate(partner.token(cnf=None)), "unbound")

    @pytest.mark.parametrize("header", ["", ":%:", "x", "-----BEGIN CERTIFICATE-----"])
    async def test_a_header_that_is_no_certificate(self, api: Api, partner: Partner, header: str) -> None:
        await refused(api, partner.with_certificate() | {"Client-Cert": header}, "malformed_certificate")

    def test_the_setting_names_address_and_header(self) -> None:
        assert CertificateProxy.parse("192.0.2.9 Client-Cert") == PROXY
        with pytest.raises(ValueError, match="expected 2"):
            CertificateProxy.parse("192.0.2.9")

    async def test_without_a_named_proxy_no_header_is_believed(
        self, api: Api, partner: Partner, database: Database, clock: FixedClock, idp: Idp
    ) -> None:
        alone = Api(database, clock, provider(idp, clock), proxy=None)
        await refused(alone, partner.with_certificate(), "wrong_certificate")


class TestClient:
    async def test_one_that_nobody_registered(self, api: Api, partner: Partner) -> None:
        await refused(api, partner.headers(partner.token(client_id="stranger")), "unknown_client")

    @pytest.mark.parametrize("change", ["suspended = true", "valid_until = 1", "valid_from = 9000000000000000"])
    async def test_one_that_is_not_in_force(self, api: Api, partner: Partner, database: Database, change: str) -> None:
        await database.record(f"UPDATE partner_client SET {change} RETURNING id")  # noqa: S608
        await refused(api, partner.headers(), "unknown_client")

    async def test_one_whose_assignment_has_ended(
        self, api: Api, partner: Partner, database: Database, clock: FixedClock
    ) -> None:
        await database.record("UPDATE assignment SET valid_until = $1 RETURNING id", micros(clock.now()))
        await refused(api, partner.headers(), "unknown_client")

    async def test_an_issuer_that_may_not_speak_for_the_agency(
        self, partner: Partner, database: Database, clock: FixedClock, idp: Idp
    ) -> None:
        await register(database, clock)
        other = Api(database, clock, provider(idp, clock, agencies=frozenset({"ame"})))
        await refused(other, partner.headers(), "not_its_agency")

    async def test_an_issuer_that_is_not_for_partners(
        self, api: Api, partner: Partner, database: Database, clock: FixedClock, idp: Idp
    ) -> None:
        other = Api(database, clock, provider(idp, clock, partners=False))
        await refused(other, partner.headers(), "unknown_issuer")
