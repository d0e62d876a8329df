"""The API of individuals, over HTTP, in the example: what a partner system sends and gets."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hub.agencies import AgencyId
from hub.people import Protection
from tests.fixtures.numbers import number
from tests.hub.partner.conftest import Api, api, hub, number_of, town

pytestmark = pytest.mark.requirement("HUB-07")
__all__ = ["api", "hub", "town"]
Apis = Callable[[str], Api]
NEW = {"number": number("18950101"), "givenName": "Ny", "familyName": "Person"}
_MARKERING = Protection.SEKRETESSMARKERING
CONTACT = {"givenName": "Gunnar", "familyName": "Lindqvist", "address": "Nygatan 1", "phone": "", "email": ""}


#: Arbetsförmedlingen's reference for the only individual whose protection is unknown.
_IVAN = """SELECT r.id FROM reference r JOIN individual i ON i.id = r.individual
           WHERE i.protection = 'unknown' AND r.agency = 'af'"""


def _soon(asking: Api) -> str:
    return (asking.hub.made.clock.now() + timedelta(days=7)).isoformat()


class TestLookingUp:
    async def test_an_unreal_number_is_told_by_its_field(self, api: Apis) -> None:
        got = await api("lena-sandstrom").call("POST", "/persons/look-ups", json={"number": "199002309801"})
        assert got.status_code == 422
        assert got.json()["errors"] == [
            {"field": "number", "message": "Den dagen finns inte. Kontrollera år, månad och dag."}
        ]
        assert "199002309801" not in got.text
        assert "900230" not in got.text

    async def test_a_lone_surrogate_is_no_server_error(self, api: Apis) -> None:
        got = await api("lena-sandstrom").call(
            "POST",
            "/persons",
            content=b'{"number":"\\ud800","givenName":"\\ud800","familyName":"x"}',
            headers={"Content-Type": "application/json"},
        )
        assert got.status_code == 422

    async def test_one_is_told_with_the_number_masked(self, api: Apis) -> None:
        got = await api("lena-sandstrom").look_up("gunnar-lindqvist")
        body = got.json()
        assert (got.status_code, body["maskedNumber"]) == (200, "19860412-••••")
        assert got.headers["etag"].startswith('"1-')
        assert body["contact"]["givenName"] == "Gunnar"
        assert number_of("gunnar-lindqvist") not in got.text


class TestRegistering:
    async def test_sent_twice_with_one_key_it_is_done_once(self, api: Apis) -> None:
        lena = api("lena-sandstrom")
        first, again = [
            await lena.call("POST", "/persons", json=NEW, headers={"Idempotency-Key": "k1"}) for _ in range(2)
        ]
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.json() == again.json()
        other = await lena.call("POST", "/persons", json={**NEW, "givenName": "X"}, headers={"Idempotency-Key": "k1"})
        assert other.status_code == 409
        read = await lena.call("GET", f"/persons/{first.json()['personId']}")
        assert read.json()["contact"]["familyName"] == "Person"


class TestEditing:
    async def test_an_edit_says_which_version_it_edits(self, api: Apis) -> None:
        lena = api("lena-sandstrom")
        path = f"/persons/{await lena.person('gunnar-lindqvist')}/contact"
        assert (await lena.call("PUT", path, json=CONTACT)).status_code == 428
        done = await lena.call("PUT", path, json=CONTACT, headers={"If-Match": '"1"'})
        assert done.status_code == 200
        assert done.headers["etag"].startswith('"2-')
        assert done.json()["contact"]["address"] == "Nygatan 1"
        assert (await lena.call("PUT", path, json=CONTACT, headers={"If-Match": '"1"'})).status_code == 412


class TestProtection:
    async def test_raised_it_closes_for_whoever_raised_it(self, api: Apis) -> None:
        lena = api("lena-sandstrom")
        path = f"/persons/{await lena.person('gunnar-lindqvist')}"
        raised = await lena.call("POST", f"{path}/protection", json={"protection": "unknown"})
        assert raised.status_code == 204
        assert (await lena.call("GET", path)).status_code == 404
        assert (await api("karin-astrom").look_up("gunnar-lindqvist")).status_code == 404

    async def test_a_location_field_of_a_protected_individual_is_struck(self, api: Apis) -> None:
        karin, mats = api("karin-astrom"), api("mats-engstrom")
        # Ivan's protection is unknown; the manager names Karin, who has his phone in her notes.
        [(person,)] = await karin.hub.made.database.fetch(_IVAN)
        given = await mats.call(
            "POST",
            f"/persons/{person}/clearances",
            json={"assignmentId": await karin.assignment("karin-astrom"), "reason": "Möte", "validUntil": _soon(karin)},
        )
        assert given.status_code == 201, given.text
        got = await karin.call("GET", f"/persons/{person}")
        assert got.json()["protection"] == "unknown"
        assert (got.json()["contact"]["phone"], got.json()["contact"]["address"]) == ("", "")

    async def test_confirming_and_lowering_need_a_manager_who_may_see(self, api: Apis) -> None:
        lena = api("lena-sandstrom")
        person = await lena.person("nora-vinge")
        confirm = await lena.call("POST", f"/persons/{person}/protection/confirmation", json={"reason": "Skäl"})
        lower = await lena.call("PUT", f"/persons/{person}/protection", json={"protection": "none", "reason": "Skäl"})
        assert {confirm.status_code, lower.status_code} <= {403, 404}

    async def test_a_machines_word_is_confirmed_and_lowered(self, api: Apis) -> None:
        lena, chef = api("lena-sandstrom"), api("asa-noren")
        person = await lena.person("gunnar-lindqvist")
        made = lena.hub.made
        [(individual,)] = await made.database.fetch("SELECT individual FROM reference WHERE id = $1", person)
        for path, method, body in (
            ("protection/confirmation", "POST", {"reason": "Skatteverket"}),
            ("protection", "PUT", {"protection": "none", "reason": "Fel person"}),
        ):
            await made.protecting.raise_by_machine(AgencyId("soc"), individual, _MARKERING)
            done = await chef.call(method, f"/persons/{person}/{path}", json=body)
            assert done.status_code == 204, done.text
            await made.database.record(
                "UPDATE individual SET protection = 'none' WHERE id = $1 RETURNING id", individual
            )
        why = f"/persons/{person}/protection/reasons"
        assert (await api("karin-astrom").call("GET", why)).status_code == 404
        told = (await lena.call("GET", why)).json()["items"]
        assert [(each["act"], each["reason"]) for each in told] == [
            ("lower_protection", "Fel person"),
            ("confirm_protection", "Skatteverket"),
        ]


class TestClearances:
    async def test_a_manager_lists_and_ends_them(self, api: Apis) -> None:
        lena = api("lena-sandstrom")
        person = await lena.person("nora-vinge")
        [known] = (await lena.call("GET", f"/persons/{person}/clearances")).json()["items"]
        assert known["reason"] == "Handlägger ärendet."
        path = f"/persons/{person}/clearances/{known['clearanceId']}"
        assert (await api("tomas-ek").call("DELETE", path)).status_code == 404
        assert (await lena.call("DELETE", path)).status_code == 204
        assert (await lena.call("GET", f"/persons/{person}")).status_code == 404


class TestRepresentatives:
    async def test_they_are_recorded_listed_and_ended(self, api: Apis) -> None:
        lena = api("lena-sandstrom")
        path = f"/persons/{await lena.person('gunnar-lindqvist')}/representatives"
        body = {
            "number": number("18950101"),
            "name": "Ulla Ek",
            "kind": "god_man",
            "scope": ["personal_matters"],
            "document": "Ä 1",
            "validFrom": "2026-11-24T00:00:00Z",
        }
        made = await lena.call("POST", path, json=body)
        assert made.status_code == 201, made.text
        assert [each["name"] for each in (await lena.call("GET", path)).json()["items"]] == ["Ulla Ek"]
        ended = await lena.call("DELETE", f"{path}/{made.json()['representativeId']}")
        assert ended.status_code == 204

    async def test_what_has_to_be_put_right_is_told(self, api: Apis) -> None:
        lena = api("lena-sandstrom")
        path = f"/persons/{await lena.person('gunnar-lindqvist')}/representatives"
        body = {
            "number": "x",
            "name": "",
            "kind": "god_man",
            "scope": [],
            "document": "",
            "validFrom": "2026-11-24T00:00:00Z",
        }
        got = await lena.call("POST", path, json=body)
        assert (got.status_code, got.json()["errors"][0]["field"]) == (422, "number")


async def test_whoever_is_a_relative_says_so(api: Apis) -> None:
    lena = api("lena-sandstrom")
    person = await lena.person("gunnar-lindqvist")
    told = await lena.call("PUT", f"/persons/{person}/relation", json={"relation": "relative"})
    assert told.status_code == 204
    assert (await lena.call("GET", f"/persons/{person}")).status_code in {403, 404}
