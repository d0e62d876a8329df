"""The same questions, answered alike by the compiled policy, by an OPA server, and by an oracle that shares nothing.

More than two thousand: hand-written corners, and what Hypothesis makes of them by changing some of their facts.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final

import msgspec
import pytest

from hub.access.engine import Engine
from hub.access.opa import OpaEngine
from hub.access.questions import Answer, registry
from tests.policies.base import BASE
from tests.policies.corners import CORNERS
from tests.policies.corpus import generated
from tests.policies.engine import engine
from tests.policies.oracle import ORACLE, Verdict
from tests.policies.oracle.verdict import differences, undecided
from tests.policies.plain import Json, individual, mandate
from tests.policies.rules import POLICIES, sources
from tests.support.opa import opa_server
from tests.support.waiting import LIMIT_S

#: How many of each are made by Hypothesis; the rest are corners.
MADE: Final = {"disclose": 700, "act_in_case": 300, "record_consent": 250, "see_person": 150}
#: As many as one evaluation takes.
BATCH: Final = 40
_answers: Final = msgspec.json.Decoder(list[Answer])


@cache
def corpus(name: str) -> list[Json]:
    return [*CORNERS[name], *generated(name, MADE.get(name, 120))]


async def answered(asked: Engine, name: str) -> list[Answer]:
    found: list[Answer] = []
    questions = corpus(name)
    for start in range(0, len(questions), BATCH):
        payload = msgspec.json.encode(questions[start : start + BATCH])
        found += _answers.decode(await asked.evaluate(f"{name}/answers", payload))
    return found


@cache
def compiled(name: str) -> list[Answer]:
    return asyncio.run(answered(engine(), name))


def judged(name: str, question: Json) -> Verdict:
    try:
        return ORACLE[name](msgspec.convert(question, registry[name]))
    except msgspec.ValidationError:
        return undecided("malformed")


@pytest.mark.parametrize("name", registry)
class TestAlike:
    def test_the_oracle_says_what_the_policy_says(self, name: str) -> None:
        apart = [
            (differences(answer, verdict), verdict, answer, question)
            for question, answer in zip(corpus(name), compiled(name), strict=True)
            if differences(answer, verdict := judged(name, question))
        ]
        assert not apart, f"{len(apart)} of {len(corpus(name))}, the first: {apart[0]}"

    @pytest.mark.opa
    def test_an_opa_server_says_what_the_compiled_policy_says(self, name: str, server: str) -> None:
        async def asked() -> tuple[list[Answer], str]:
            opened = await OpaEngine.open(server, timeout_s=LIMIT_S)
            found = await answered(opened, name)
            await opened.close()
            return found, opened.revision

        found, revision = asyncio.run(asked())
        assert revision == engine().revision
        apart = [pair for pair in zip(found, compiled(name), strict=True) if pair[0] != pair[1]]
        assert not apart, f"{len(apart)} of {len(found)}, the first: {apart[0]}"


@pytest.mark.parametrize("name", ["read_log", "see_person", "show_to_individual", "record_consent", "act_in_case"])
@pytest.mark.requirement("HUB-01")
def test_two_facts_of_one_id_never_make_the_policy_abort(name: str) -> None:
    """A rule that gets two values aborts the engine, and a whole list of questions with it."""
    used = individual(own=False, mandate="m1")
    for second in (mandate(kind="fullmakt"), mandate(scopes=[]), mandate(kind="guardian"), mandate()):
        asked = BASE[name](caller=used, mandates=[mandate(), second], **GIVEN.get(name, {}))
        payload = msgspec.json.encode([asked, asked])
        assert len(_answers.decode(asyncio.run(engine().evaluate(f"{name}/answers", payload)))) == 2


GIVEN: Final[dict[str, Json]] = {"record_consent": {"given_by": "m1", "form": "digital"}}


class TestTheCorpus:
    def test_holds_more_than_two_thousand_questions(self) -> None:
        assert sum(len(CORNERS[name]) + MADE.get(name, 120) for name in registry) >= 2000
        assert len(corpus("disclose")) == len(CORNERS["disclose"]) + MADE["disclose"]

    @pytest.mark.parametrize("name", registry)
    def test_holds_many_a_yes_and_many_a_no(self, name: str) -> None:
        outcomes = Counter(answer.outcome for answer in compiled(name))
        assert outcomes["permit"] >= 0.2 * outcomes.total()
        assert outcomes["deny"] >= 0.2 * outcomes.total()

    def test_permits_disclosure_on_every_ground_there_is(self) -> None:
        found = {ground.ground for answer in compiled("disclose") for ground in answer.grounds}
        duties = {"SoL 15:8", "SoL 15:10", "SoL 15:11", "OSL 28:12 a"}
        by_hand = {"OSL 10:2", "OSL 10:27", "OSL 25:12", "OSL 25:13", "OSL 26:9", "SFB 110:31"}
        assert found == {"own_case", "consent", "not_secret", "anonymous", *duties, *by_hand}

    def test_is_the_same_each_time(self) -> None:
        assert generated("open_case", 20) == generated("open_case", 20)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A real OPA server with the policies' source, and the data that the compiled policy has."""
    with opa_server(*sources(POLICIES), POLICIES / "build" / "policy.json") as address:
        yield address
