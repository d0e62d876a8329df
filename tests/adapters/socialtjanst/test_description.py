"""The description of socialtjänsten's API keeps Digg's profile, and its examples are what it says."""

import re
from typing import Any

import jsonschema_rs
import pytest

from tests.adapters.socialtjanst.made import DESCRIPTION, schema

OPERATIONS = [(path, operation) for path, methods in DESCRIPTION["paths"].items() for operation in methods.values()]
PARAMETERS = [each for _, operation in OPERATIONS for each in operation.get("parameters", []) if "$ref" not in each]


def bodies() -> list[tuple[str, Any]]:
    """Each schema's name with its example."""
    told = [each for _, operation in OPERATIONS for each in operation["responses"].values()]
    told += [operation["requestBody"] for _, operation in OPERATIONS if "requestBody" in operation]
    told += DESCRIPTION["components"]["responses"].values()
    found = [body for each in told for body in each.get("content", {}).values()]
    return [(body["schema"]["$ref"].rpartition("/")[2], body["example"]) for body in found]


@pytest.mark.parametrize(("name", "example"), bodies(), ids=lambda each: each if isinstance(each, str) else "")
def test_every_body_has_an_example_that_is_one(name: str, example: Any) -> None:  # DOK.15
    jsonschema_rs.validate(schema(name), example)


def test_it_says_who_answers_for_it_and_on_what_terms() -> None:  # DOK.03, DOK.08, DOK.09, DOK.11
    info = DESCRIPTION["info"]
    assert set(info) >= {"contact", "license", "termsOfService", "x-limitations", "x-sla", "description"}
    assert set(info["contact"]) == {"name", "url", "email"}
    assert re.fullmatch(r"https://[^/]+/v\d+", DESCRIPTION["servers"][0]["url"])  # UFN.01, VER.05


def test_it_has_a_resource_about_itself() -> None:  # VER.06
    assert set(DESCRIPTION["components"]["schemas"]["ApiInfo"]["required"]) == {
        "apiName",
        "apiVersion",
        "apiReleased",
        "apiDocumentation",
        "apiStatus",
    }


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=lambda each: each if isinstance(each, str) else "")
def test_every_operation_is_described_and_errors_are_problems(path: str, operation: dict[str, Any]) -> None:
    assert operation["description"]  # DOK.19
    assert operation["operationId"]
    assert "_" not in path  # UFN.07, UFN.09
    assert operation["responses"]["default"] == {"$ref": "#/components/responses/Problem"}  # FEL.02
    assert "traceparent" in operation["responses"]["200"]["headers"]  # SPA.04


def test_no_number_stands_in_an_address() -> None:  # RES.02
    assert not [each["name"] for each in PARAMETERS if "nummer" in each["name"].lower()]


def test_pages_have_a_limit() -> None:  # FNS.07
    names = {each["name"] for each in PARAMETERS if each["in"] == "query"}
    assert names >= {"page", "limit"}
