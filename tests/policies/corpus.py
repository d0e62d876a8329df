"""Thousands of questions: whole ones, permitted, with some facts changed to others that could stand there.

Built from the types of the questions, so that a new fact is varied the day it is written. The same on every run.
"""

import copy
from collections.abc import Iterator
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hub.access.questions import registry
from tests.policies.corners import CORNERS
from tests.policies.plain import AGENCIES, DAY, FAR, NOW, Json

Path = tuple[str | int, ...]
PAST: Final = {"valid_from": NOW - 200 * DAY, "valid_until": NOW}
FUTURE: Final = {"valid_from": NOW + 1, "valid_until": NOW + 100 * DAY}
TIMES: Final = [0, NOW - 200 * DAY, NOW - DAY - 1, NOW - 3600, NOW - 1, NOW, NOW + 1, NOW + DAY, FAR]
#: What stands in a text by its name; what isn't here gets an id or nothing.
TEXTS: Final = {
    "agency": [*AGENCIES, ""],
    "owner": [*AGENCIES, "*"],
    "receiver": [*AGENCIES, "*"],
    "leading": ["soc", "af"],
    "subject_agency": ["soc", "af", "psyk"],
    "grantee_agency": ["soc", "af", ""],
    "authority": ["kommun-a", "kommun-b", "region-x", "af", "fk"],
    "owner_kind": ["region_psykiatri", "socialtjanst", "af", "fk", "ame", "forbund", "school", "", "x"],
    "receiver_kind": ["region_psykiatri", "socialtjanst", "af", "forbund", "employer", "", "x"],
    "category": ["work_ability", "health", "plan", "day_notes", "", "x", "*"],
    "purpose": ["sip", "ekonomiskt_bistand", "sus", "research", "", "x"],
    "given_by": ["self", "m1", "m2", "staff", ""],
    "mandate": ["", "m1", "m2"],
    "id": ["m1", "m2", "c1"],
    "claimed": ["", "consent", "SoL 15:8", "SoL 15:10", "SoL 15:11", "OSL 10:27", "OSL 25:12", "OSL 10:2", "OSL 99:9"],
    "paragraph": [
        "OSL 10:27",
        "OSL 25:12",
        "OSL 25:13",
        "OSL 26:9",
        "OSL 10:2",
        "OSL 10:15 a",
        "SFB 110:31",
        "SoL 15:10",
    ],
    "code": ["consent", "SoL 15:10", "ssbtek/sip", "lefi/sip", "OSL 10:27"],
    "text_version": ["t1", ""],
    "language": ["sv", ""],
    "insats": ["", "i1"],
    "items": ["benefit_amount", "payment_dates", "is_current", "a_kassa", "meeting_notes", ""],
    "necessary": ["work_ability", "mental_health", "health", "benefit_amount", "x"],
}
NUMBERS: Final = {"level": [0, 2, 3, 4], "factors": [0, 1, 2], "age": [8, 14, 15, 16, 17, 18]}


def value(name: str, kind: Any) -> st.SearchStrategy[Json]:
    """Return what could stand in the fact `name`."""
    if get_origin(kind) is list:
        inner = get_args(kind)[0]
        return st.lists(value(name, inner), max_size=3)
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.sampled_from(NUMBERS.get(name, TIMES))
    if kind is str:
        return st.sampled_from(TEXTS.get(name, ["x", ""]))
    return struct(kind)


def struct(kind: type[msgspec.Struct]) -> st.SearchStrategy[Json]:
    hints = get_type_hints(kind)
    return st.fixed_dictionaries({name: value(name, hints[name]) for name in kind.__struct_fields__})


def places(kind: Any, facts: Json, path: Path = ()) -> Iterator[tuple[Path, str, Any]]:
    """Every fact of a question, with its path, its name and its type."""
    for name, hint in get_type_hints(kind).items():
        yield (*path, name), name, hint
        inner = get_args(hint)[0] if get_origin(hint) is list else hint
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            found = facts[name] if isinstance(facts[name], list) else [facts[name]]
            for number, each in enumerate(found):
                step = (number,) if isinstance(facts[name], list) else ()
                yield from places(inner, each, (*path, name, *step))


def changed(facts: Json, path: Path, new: Json) -> Json:
    """Return the question with one fact another."""
    result = copy.deepcopy(facts)
    at = result
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = new
    return result


@st.composite
def questions(draw: st.DrawFn, name: str) -> Json:
    """A whole question with up to three of its facts changed."""
    facts = draw(st.sampled_from(CORNERS[name]))
    for _ in range(draw(st.sampled_from([0, 1, 1, 2, 3]))):
        path, field, hint = draw(st.sampled_from(list(places(registry[name], facts))))
        facts = changed(facts, path, draw(value(field, hint)))
    return facts


def generated(name: str, count: int) -> list[Json]:
    """Return `count` questions, the same each time."""
    found: list[Json] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(questions(name))
    def collect(question: Json) -> None:
        found.append(question)

    collect()
    return found
