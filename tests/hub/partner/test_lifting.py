"""An exclusion or a block that the individual lifts on paper or in words, written down by the owner's own staff."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hub.audit import EntryKind
from tests.hub.partner.conftest import Api, caller_of
from tests.hub.partner.test_cases import consent, opened
from tests.hub.partner.test_existence import Apis
from tests.support.doors import Doors

LENA = "lena-sandstrom"
ORAL = {"form": "oral", "witness": "Emma Nilsson"}
EXCLUDED = [{"owner": "soc", "receiver": "psyk", "category": "health"}]


async def closed(lena: Api) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a case, and the exclusion that its individual made against what socialtjänsten tells."""
    case = await opened(lena)
    made = await consent(lena, case["personId"], exclusions=EXCLUDED)
    lines = (await lena.call("GET", f"/persons/{case['personId']}/consents/{made['id']}")).json()["lines"]
    [line] = [each for each in lines if each["effect"] == "exclusion"]
    return case, line


async def state_of(lena: Api, case: dict[str, Any], line: str) -> str:
    found = (await lena.call("GET", f"/persons/{case['personId']}/consents")).json()["items"]
    return next(each["state"] for item in found for each in item["lines"] if each["id"] == line)


async def lift(api: Api, case: dict[str, Any], what: str, **said: Any) -> Any:
    return await api.call("POST", f"/cases/{case['id']}/lifts", json={"lifts": what, **(said or ORAL)})


@pytest.mark.requirement("HUB-03")
class TestRefused:
    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"form": "oral"}, "witness"),
            ({"form": "oral", "witness": "  "}, "witness"),
            ({"form": "paper"}, "scan"),
            ({"form": "paper", "scan": {"mediaType": "text/plain", "content": b64encode(b"x").decode()}}, "scan"),
            ({"form": "digital", "witness": "Emma"}, "form"),
        ],
    )
    async def test_without_evidence_nothing_is_lifted(self, api: Apis, said: dict[str, Any], field: str) -> None:
        lena = api(LENA)
        case, line = await closed(lena)
        answer = await lift(lena, case, line["id"], **said)
        assert answer.status_code == 422
        assert [each["field"] for each in answer.json()["errors"]] == [field]
        assert await state_of(lena, case, line["id"]) == "active"

    async def test_off_the_team_there_is_no_such_case(self, api: Apis) -> None:
        lena = api(LENA)
        case, line = await closed(lena)
        for member in ("tomas-ek", "samir-haddad", "karin-astrom", "birgitta-holm"):
            assert (await lift(api(member), case, line["id"])).status_code == 404, member
        assert await state_of(lena, case, line["id"]) == "active"

    async def test_another_owners_is_not_there(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case = await opened(lena)
        await consent(lena, case["personId"], exclusions=[{"owner": "psyk", "receiver": "soc", "category": "trauma"}])
        [[identity]] = await hub.made.database.fetch(
            "SELECT id FROM consent_line WHERE effect = 'exclusion' AND owner = 'psyk' AND category = 'trauma' "
            "ORDER BY valid_from DESC LIMIT 1"
        )
        for what in (identity, "a" * 26):
            answer = await lift(lena, case, what)
            assert (answer.status_code, answer.json()["title"]) == (404, "Här finns inget som du kan öppna")

    async def test_a_line_that_permits_is_no_exclusion(self, api: Apis) -> None:
        lena = api(LENA)
        case = await opened(lena)
        made = await consent(lena, case["personId"])
        read = await lena.call("GET", f"/persons/{case['personId']}/consents/{made['id']}")
        own = next(each for each in read.json()["lines"] if each["owner"] == "soc")
        assert (await lift(lena, case, own["id"])).status_code == 404

    async def test_in_a_closed_case_nothing_is_lifted(self, api: Apis) -> None:
        lena = api(LENA)
        case, line = await closed(lena)
        done = await lena.call("POST", f"/cases/{case['id']}/closing", headers={"If-Match": '"1"'})
        assert done.status_code == 200
        answer = await lift(lena, case, line["id"])
        assert answer.status_code == 403
        assert await state_of(lena, case, line["id"]) == "active"

    async def test_an_old_sign_in_does_not_do(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case, line = await closed(lena)
        old = await caller_of(hub, LENA)

        async def late(_request: object) -> Any:
            return replace(old, authenticated_at=old.authenticated_at - timedelta(minutes=16))

        hub.app.state.callers = late
        answer = await lift(lena, case, line["id"])
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (403, "starkare-inloggning")


@pytest.mark.requirement("HUB-03")
class TestLifted:
    async def test_on_what_somebody_heard_it_is_lifted_once_and_stands_in_the_log(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case, line = await closed(lena)
        key = {"Idempotency-Key": "a key of our own"}
        body = {"lifts": line["id"], **ORAL}
        first = await lena.call("POST", f"/cases/{case['id']}/lifts", json=body, headers=key)
        again = await lena.call("POST", f"/cases/{case['id']}/lifts", json=body, headers=key)
        assert (first.status_code, again.json()) == (201, first.json())
        assert await state_of(lena, case, line["id"]) == "lifted"
        assert (await lift(lena, case, line["id"])).status_code == 404
        [row] = await hub.made.database.fetch("SELECT individual_id, answerable_agency, form FROM consent_lift")
        entries = (await hub.made.ledger.entries_about(row[0])).entries
        told = next(each for each in entries if each.act == "lift_recorded")
        assert (told.kind, told.agency, told.caller_name) == (EntryKind.CHANGE, "soc", "Lena Sandström")
        assert (row[1], row[2]) == ("soc", "oral")

    async def test_on_paper_the_scan_is_sealed_and_known_by_its_digest(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case, line = await closed(lena)
        scan = {"mediaType": "application/pdf", "content": b64encode(b"%PDF a signed paper").decode()}
        assert (await lift(lena, case, line["id"], form="paper", scan=scan)).status_code == 201
        [row] = await hub.made.database.fetch("SELECT scan, evidence, evidence_digest FROM consent_lift")
        assert b"a signed paper" not in bytes(row[0])
        assert len(bytes(row[2])) == 32

    async def test_a_block_too(self, api: Apis) -> None:
        lena = api(LENA)
        case = await opened(lena)
        set_ = await lena.call(
            "POST", f"/persons/{case['personId']}/blocks", json={"owner": "soc", "receiver": "psyk", "category": "plan"}
        )
        assert (await lift(lena, case, set_.json()["id"])).status_code == 201
        blocks = (await lena.call("GET", f"/persons/{case['personId']}/blocks")).json()["items"]
        assert next(each for each in blocks if each["id"] == set_.json()["id"])["lifted"]

    async def test_what_binds_every_owner_only_the_individual_lifts(self, api: Apis) -> None:
        lena = api(LENA)
        case = await opened(lena)
        set_ = await lena.call("POST", f"/persons/{case['personId']}/blocks", json={})
        assert (await lift(lena, case, set_.json()["id"])).status_code == 404
