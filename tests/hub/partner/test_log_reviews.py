"""The log's review over the API: refusals first, then drawn, judged, signed and taken out."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hub.kit.clock import STOCKHOLM, from_micros
from tests.hub.partner.conftest import Api
from tests.support.doors import Doors


@pytest.fixture(autouse=True)
async def a_while_ago(hub: Doors, api: Callable[[str], Api]) -> None:
    """Something has happened, and settled; few enough to judge each."""
    await api("lena-sandstrom").look_up("elias-boman")
    record = hub.made.database.record
    await record("UPDATE ledger_entry SET recorded_at = recorded_at - 120000000 RETURNING id")
    await record("INSERT INTO log_review_plan VALUES ('p', 'soc', 30, 5, 'Loggrutin', '1', 0, 4102444800000000)")


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


@pytest.mark.requirement("R26")
async def test_how_often_is_the_administrators_to_set(hub: Doors, api: Callable[[str], Api]) -> None:
    said = {"everyDays": 14, "random": 30, "decision": "Loggrutin", "diarienummer": "SN 2026-41"}
    for member in ("henrik-sundin", "lena-sandstrom", "asa-noren", "eva-lindgren"):
        assert (await api(member).call("POST", "/log-review-plans", json=said)).status_code == 403, member
    loose = await api("birgitta-holm").call("POST", "/log-review-plans", json={**said, "everyDays": 93})
    assert (loose.status_code, [each["field"] for each in loose.json()["errors"]]) == (422, ["everyDays"])
    made = await api("birgitta-holm").call("POST", "/log-review-plans", json=said)
    assert made.status_code == 201, made.text
    henrik = api("henrik-sundin")
    sample = await drawn(henrik)
    [[until, random]] = await hub.made.database.fetch("SELECT until, random FROM log_sample WHERE id = $1", sample)
    assert random == 30
    due = from_micros(until).astimezone(STOCKHOLM).date() + timedelta(days=14)
    assert (await henrik.call("GET", "/log-reviews")).json()["nextDrawOn"] == due.isoformat()
