"""Which identity providers a hub listens to, and for whom."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from hub.access.signin import Door, Issuer, MadeUpProvider, read_issuers

GOOD: dict[str, Any] = {
    "issuer": "https://idp.example",
    "label": "Tjänstelegitimation",
    "client_id": "hub",
    "doors": ["personal"],
    "agencies": ["soc"],
}


def write(tmp_path: Path, *issuers: dict[str, Any]) -> Path:
    path = tmp_path / "issuers.json"
    path.write_text(json.dumps({"issuers": list(issuers)}))
    return path


@pytest.mark.parametrize(
    "changes",
    [
        {"agencies": []},
        {"agencies": [], "doors": [], "partners": True},
        {"doors": []},
        {"doors": ["everybody"]},
        {"issuer": "http://idp.example"},
        {"issuer": "http://10.0.0.1"},
        {"label": ""},
        {"secret": "x"},
    ],
)
def test_what_is_not_bound_to_anybody_or_not_safe_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read_issuers(write(tmp_path, GOOD | changes), production=False)


def test_no_issuer_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        read_issuers(write(tmp_path), production=False)


@pytest.mark.requirement("HUB-07")
@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8766", "http://localhost:8766", "https://[::1]", "https://127.0.0.2"]
)
def test_production_takes_no_provider_on_its_own_machine(tmp_path: Path, address: str) -> None:
    path = write(tmp_path, GOOD, GOOD | {"issuer": address})
    with pytest.raises(MadeUpProvider):
        read_issuers(path, production=True)
    assert [each.issuer for each in read_issuers(path, production=False)] == ["https://idp.example", address]


def test_production_takes_the_others(tmp_path: Path) -> None:
    [issuer] = read_issuers(write(tmp_path, GOOD), production=True)
    assert (issuer.doors, issuer.agencies) == ({Door.STAFF}, {"soc"})


def test_an_issuer_of_individuals_needs_no_agency() -> None:
    assert Issuer.model_validate(GOOD | {"doors": ["privat"], "agencies": []}).doors == {Door.INDIVIDUAL}


def test_levels_are_named_from_the_lowest_that_is_enough() -> None:
    issuer = Issuer.model_validate(GOOD)
    assert [each[-4:] for each in issuer.strengths(3)] == ["loa3", "loa4"]
    assert issuer.strengths(5) == []
