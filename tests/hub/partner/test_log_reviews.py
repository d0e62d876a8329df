"""The log's review over the API: refusals first, then drawn, judged, signed and taken out."""

from collections.abc import Callable

import pytest

from tests.hub.partner.conftest import Api
from tests.support.doors import Doors


@pytest.fixture(autouse=True)
async def a_while_ago(hub: Doors, api: Callable[[str], Api]) -> None:
    """Something has happened, and settled; few enough to judge each."""
    await api("lena-sandstrom").look_up("elias-boman")
    record = hub.made.database.record
    await record("UPDATE ledger_entry SET recorded_at = recorded_at - 120000000 RETURNING id")
    await record("INSERT INTO log_review_plan VALUES ('soc', 30, 5, '1', 0, '', 1) RETURNING agency")


async def drawn(api: Api) -> str:
    made = await api.call("POST", "/log-reviews")
    assert made.status_code == 201, made.text
    return made.json()["id"]


@pytest.mark.requirement("R26")
async def test_only_the_agencys_own_reviewer(api: Callable[[str], Api]) -> None:
    sample = await drawn(api("henrik-sundin"))
    for path in ("", f"/{sample}", f"/{sample}/entries", f"/{sample}/extract"):
        assert (await api("lena-sandstrom").call("GET", f"/log-reviews{path}")).status_code == 403
    for path in (f"/{sample}", f"/{sample}/entries", f"/{sample}/extract"):
        assert (await api("vera-nord").call("GET", f"/log-reviews{path}")).status_code == 404


async def test_the_same_key_draws_once(hub: Doors, api: Callable[[str], Api]) -> None:
    key = {"Idempotency-Key": "once-and-no-more"}
    first = await api("henrik-sundin").call("POST", "/log-reviews", headers=key)
    again = await api("henrik-sundin").call("POST", "/log-reviews", headers=key)
    assert first.json()["id"] == again.json()["id"]
    assert len(await hub.made.database.fetch("SELECT id FROM log_sample")) == 1


@pytest.mark.requirement("HUB-06")
async def test_judged_signed_and_taken_out(hub: Doors, api: Callable[[str], Api]) -> None:
    henrik = api("henrik-sundin")
    sample = await drawn(henrik)
    assert (await henrik.call("GET", f"/log-reviews/{sample}/extract")).status_code == 404
    await hub.made.database.record(
        "UPDATE log_sample_entry SET verdict = 'in_order' WHERE position > 0 RETURNING entry_id"
    )
    [entry, *_] = (await henrik.call("GET", f"/log-reviews/{sample}/entries")).json()["items"]
    path = f"/log-reviews/{sample}/entries/{entry['id']}"
    assert (await henrik.call("PUT", path, json={"verdict": "report"})).status_code == 422
    found = await henrik.call("PUT", path, json={"verdict": "report", "note": "Ingen hos oss har ärendet."})
    assert found.json()["verdict"] == "report", found.text
    shown = await henrik.call("GET", f"/log-reviews/{sample}")
    unseen = await henrik.call("POST", f"/log-reviews/{sample}/signature")
    assert unseen.status_code == 428
    signed = await henrik.call("POST", f"/log-reviews/{sample}/signature", headers={"If-Match": shown.headers["ETag"]})
    assert signed.json()["signed"] is True, signed.text
    extract = (await henrik.call("GET", f"/log-reviews/{sample}/extract")).json()
    assert extract["reproduced"] is True
    assert extract["signedBy"] == "Henrik Sundin"
    assert (await henrik.call("PUT", path, json={"verdict": "in_order"})).status_code == 409
