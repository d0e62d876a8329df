"""A 304 is a disclosure: decided and recorded as the whole answer is, and only then cut down."""

import re
from typing import Any

import pytest

from tests.hub.partner.conftest import Api
from tests.hub.partner.test_cases import opened
from tests.hub.partner.test_existence import OUTSIDER, Apis, described, operations
from tests.support.doors import Doors

LENA = "lena-sandstrom"
READS = [path for method, path, _ in operations("personId") if method == "GET"]


async def entries(hub: Doors) -> list[tuple[Any, ...]]:
    """Return what the ledger says of each answer, without what is sealed."""
    found = await hub.made.database.fetch(
        "SELECT individual, case_id, kind, outcome, caller_ref, agency FROM ledger_entry"
    )
    return [tuple(row) for row in found]


async def read(hub: Doors, api: Api, path: str, **headers: str) -> tuple[Any, list[tuple[Any, ...]]]:
    """Return the answer and what it left in the ledger."""
    before = await entries(hub)
    answer = await api.call("GET", path, headers=headers)
    after = await entries(hub)
    for each in before:
        after.remove(each)
    return answer, after


@pytest.mark.requirement("HUB-04")
class TestRefused:
    @pytest.mark.parametrize("path", READS)
    async def test_what_is_not_there_and_what_is_not_mine_answer_the_same_whatever_the_condition(
        self, api: Apis, path: str
    ) -> None:
        mine, johan = await api(LENA).person("kajsa-nilsson"), api(OUTSIDER)
        path = re.sub(r"\{(?!personId)\w+\}", "a" * 26, path)
        for reference in ("a" * 26, mine[::-1]):
            plain = await johan.call("GET", path.replace("{personId}", reference))
            for condition in ("*", '"1"', f'"1-{"0" * 16}", W/"2"'):
                found = await johan.call(
                    "GET", path.replace("{personId}", reference), headers={"If-None-Match": condition}
                )
                assert found.status_code == plain.status_code == 404, path
                assert len(found.content) == len(plain.content), path

    async def test_a_case_of_others_is_not_there_for_one_who_knows_its_version(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case = await opened(lena)
        tag = (await lena.call("GET", f"/cases/{case['id']}")).headers["ETag"]
        answer, left = await read(hub, api("tomas-ek"), f"/cases/{case['id']}", **{"If-None-Match": tag})
        assert answer.status_code == 404
        assert [(each[2], each[3]) for each in left] == [("refusal", "deny")]


@pytest.mark.requirement("HUB-06")
class TestDecidedAndRecorded:
    async def test_a_304_leaves_in_the_ledger_what_the_whole_answer_leaves(self, hub: Doors, api: Apis) -> None:
        lena = api(LENA)
        case = f"/cases/{(await opened(lena))['id']}"
        whole, left_by_whole = await read(hub, lena, case)
        cut, left_by_cut = await read(hub, lena, case, **{"If-None-Match": whole.headers["ETag"]})
        assert (whole.status_code, cut.status_code) == (200, 304)
        assert left_by_cut == left_by_whole
        assert left_by_cut, "nothing was recorded"
        assert cut.content == b""
        assert cut.headers["ETag"] == whole.headers["ETag"]
        assert "no-store" in cut.headers["Cache-Control"]
        assert "content-type" not in cut.headers

    @pytest.mark.parametrize("known", ["*", "W/{tag}", '"other", {tag}'])
    async def test_any_of_the_known_holds(self, api: Apis, known: str) -> None:
        lena = api(LENA)
        path = f"/persons/{await lena.person('kajsa-nilsson')}"
        tag = (await lena.call("GET", path)).headers["ETag"]
        answer = await lena.call("GET", path, headers={"If-None-Match": known.format(tag=tag)})
        assert answer.status_code == 304

    async def test_what_has_changed_comes_whole(self, api: Apis) -> None:
        lena = api(LENA)
        case = f"/cases/{(await opened(lena))['id']}"
        tag = (await lena.call("GET", case)).headers["ETag"]
        await lena.call("PATCH", case, json={"subject": "Något annat"}, headers={"If-Match": tag})
        answer = await lena.call("GET", case, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.json()["subject"]) == (200, "Något annat")

    async def test_only_a_read_is_cut(self, api: Apis) -> None:
        lena = api(LENA)
        assert (await lena.look_up("kajsa-nilsson")).status_code == 200
        found = await lena.call(
            "POST", "/persons/look-ups", json={"number": "189001019802"}, headers={"If-None-Match": "*"}
        )
        assert found.status_code != 304


def test_a_304_is_described_with_its_condition() -> None:
    reads = {
        path: operation
        for path, methods in described()["paths"].items()
        for operation in methods.values()
        if "304" in operation["responses"]
    }
    assert {"/cases/{caseId}", "/persons/{personId}", "/persons/{personId}/consents/{consentId}"} <= reads.keys()
    for operation in reads.values():
        assert "ETag" in operation["responses"]["200"]["headers"]
        assert "If-None-Match" in [each["name"] for each in operation["parameters"]]
        assert "content" not in operation["responses"]["304"]
