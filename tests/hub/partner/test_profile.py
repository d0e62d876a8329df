"""The API's description by Digg's REST API profile: no rule of it broken, neither SKALL nor BÖR."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.hub.partner.test_existence import described

DESCRIPTION = described()
INFO = DESCRIPTION["info"]
OPERATIONS = [
    (f"{method.upper()} {path}", path, operation)
    for path, item in DESCRIPTION["paths"].items()
    for method, operation in item.items()
]
NAMES = [name for name, _, _ in OPERATIONS]
BY_NAME = pytest.mark.parametrize(("name", "path", "operation"), OPERATIONS, ids=NAMES)


def schemas(found: Any = DESCRIPTION["components"]["schemas"]) -> Iterator[dict[str, Any]]:
    """Yield every schema, nested ones too."""
    if isinstance(found, dict):
        yield found
        for each in found.values():
            yield from schemas(each)
    elif isinstance(found, list):
        for each in found:
            yield from schemas(each)


class TestTheWhole:
    def test_says_who_answers_for_it_and_on_what_terms(self) -> None:  # DOK.03, DOK.08, DOK.09, DOK.11
        assert {"name", "email", "url"} <= INFO["contact"].keys()
        assert {"name", "url"} <= INFO["license"].keys()
        assert INFO["termsOfService"]
        assert {"availability", "responseTime", "support"} <= INFO["x-sla"].keys()
        assert INFO["x-limitations"]
        assert "SLA" in DESCRIPTION["externalDocs"]["description"]

    def test_is_in_swedish_and_english(self) -> None:  # DOK.06
        assert "Varje svar" in INFO["description"]
        assert "Every answer" in " ".join(INFO["description"].split())
        assert "/" in INFO["title"]

    def test_lies_under_https_and_a_version(self) -> None:  # UFN.01, UFN.02, VER.05, DOK.17
        assert DESCRIPTION["openapi"].startswith("3.1")
        assert [each["url"] for each in DESCRIPTION["servers"]] == ["https://hub.test/api/v1"]

    def test_tells_of_itself(self) -> None:  # VER.06
        told = DESCRIPTION["components"]["schemas"]["ApiInfo"]["properties"]
        assert {"apiName", "apiVersion", "apiReleased", "apiDocumentation", "apiStatus"} <= told.keys()
        assert "/api-info" in DESCRIPTION["paths"]


@BY_NAME
class TestEachOperation:
    def test_is_described(self, name: str, path: str, operation: dict[str, Any]) -> None:  # DOK.19, DOK.20
        assert operation["description"].strip()
        assert " / " in operation["description"], "Swedish and English"
        assert operation["summary"]
        assert any(status.startswith("2") for status in operation["responses"])

    def test_has_an_address_of_lower_case_words(self, name: str, path: str, operation: dict[str, Any]) -> None:
        for part in path.strip("/").split("/"):  # RES.06, UFN.07, UFN.08, UFN.09
            assert re.fullmatch(r"[a-z]+(-[a-z]+)*|\{[a-z]+([A-Z][a-z]+)*\}", part), part
        for parameter in operation.get("parameters", []):
            assert "_" not in parameter["name"]
            assert "number" not in parameter["name"].lower(), "no personal number in an address (RES.02)"

    def test_pages_by_page_and_limit(self, name: str, path: str, operation: dict[str, Any]) -> None:  # FNS.05–09
        query = {each["name"]: each for each in operation.get("parameters", []) if each["in"] == "query"}
        assert not any(each.get("required") for each in query.values())
        if "page" in query:
            assert (query["page"]["schema"]["minimum"], query["limit"]["schema"]["default"]) == (1, 20)

    def test_has_an_example_of_each_body(self, name: str, path: str, operation: dict[str, Any]) -> None:  # DOK.15
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        bodies += [each for each in operation["responses"].values() if each.get("content")]
        for body in bodies:
            for content in body["content"].values():
                assert has_example(content), name

    def test_tells_every_error_as_a_problem(self, name: str, path: str, operation: dict[str, Any]) -> None:
        for status, answer in operation["responses"].items():  # FEL.01, FEL.02, SPA.04
            assert "traceparent" in answer["headers"]
            if status.startswith(("4", "5")):
                assert list(answer["content"]) == ["application/problem+json"]

    def test_is_secured(self, name: str, path: str, operation: dict[str, Any]) -> None:  # SAK.10, SAK.18, DOK.21
        assert operation["security"] == ([] if name == "GET /api-info" else [{"oauth2": []}])


def has_example(content: dict[str, Any]) -> bool:
    if content.get("example") is not None or content.get("examples"):
        return True
    name = content["schema"].get("$ref", "").rpartition("/")[2]
    return "example" in DESCRIPTION["components"]["schemas"].get(name, content["schema"])


def test_every_date_has_an_example() -> None:  # DOT.02
    dates = [each for each in schemas() if each.get("format") in {"date", "date-time"}]
    assert dates
    assert [each for each in dates if "example" not in each] == []


def test_names_are_camel_case_without_digits() -> None:  # AME.04, AME.05
    names = {
        name for each in schemas() for name in each.get("properties", {}) if isinstance(each.get("properties"), dict)
    }
    assert [name for name in names if not re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", name)] == []


def test_problems_have_the_five_members() -> None:  # FEL.01
    problem = DESCRIPTION["components"]["schemas"]["Problem"]
    assert {"type", "title", "status", "detail", "instance"} <= set(problem["required"])
