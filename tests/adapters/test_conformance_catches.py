"""The suite can fail: an adapter that breaks a promise is caught by the check of that promise."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from adapters import conformance
from adapters.conformance import Check, Subject
from hub.broker.port import (
    AgencyAnswer,
    AgencyFault,
    AgencyRequest,
    Capabilities,
    Code,
    Fact,
    FaultKind,
    Probe,
    Value,
)
from hub.kit.secret import Secret

KNOWN, UNKNOWN, PROTECTED = Secret("198604129810"), Secret("197706159949"), Secret("199002089804")
CAN = Capabilities(road="hub_request", name="prov", categories=frozenset({"debts"}))
FACT = Fact(
    category="debts",
    what=Code("prov", "1", "Skuld"),
    text="Har en skuld.",
    unit="Prov",
    as_of=datetime(2026, 11, 24, tzinfo=UTC),
    source="1",
    values=(Value("amount", "Kronor", 10),),
)
OPEN = Probe(open=True, told="öppen", version="1")
MADE_UP = AgencyFault(FaultKind.MADE_UP)


@dataclass
class Port:
    """A port that keeps every promise, but for what a test breaks."""

    can: Capabilities = CAN
    known: AgencyAnswer | AgencyFault = AgencyAnswer(facts=(FACT,))  # noqa: RUF009  frozen
    unknown: AgencyAnswer = AgencyAnswer(known=False)  # noqa: RUF009  frozen
    protected: AgencyAnswer = AgencyAnswer(protection="sekretessmarkering")  # noqa: RUF009  frozen
    probed: Probe = OPEN
    changing: bool = False
    leaving: asyncio.Task[None] | None = None
    leaves: bool = False
    _asked: int = 0

    @property
    def capabilities(self) -> Capabilities:
        return self.can

    async def ask(self, request: AgencyRequest) -> AgencyAnswer:
        self._asked += 1
        if self.leaves:
            self.leaving = asyncio.create_task(asyncio.sleep(3600))
        if request.whom.reveal() != KNOWN.reveal():
            return self.unknown if request.whom.reveal() == UNKNOWN.reveal() else self.protected
        if isinstance(self.known, AgencyFault):
            raise self.known
        if self.changing:
            return replace(self.known, facts=(replace(FACT, text=f"Fråga {self._asked}."),))
        return self.known

    async def probe(self) -> Probe:
        return self.probed

    async def close(self) -> None:
        pass


def read(_body: bytes, _at: datetime) -> AgencyAnswer:
    raise AgencyFault(FaultKind.MALFORMED, "rubbish")


def reads_all(_body: bytes, _at: datetime) -> AgencyAnswer:
    return AgencyAnswer(known=False)


def refuses_all(_body: bytes, _at: datetime) -> AgencyAnswer:
    raise AgencyFault(FaultKind.DOWN)


def subject(port: Port, **more: object) -> Subject:
    told = {"known": KNOWN, "unknown": UNKNOWN, "protected": PROTECTED, "read": read, **more}
    return Subject(opened=lambda: port, **told)  # pyright: ignore[reportArgumentType]


def saying(**changed: object) -> Port:
    return Port(known=AgencyAnswer(facts=(replace(FACT, **changed),)))  # pyright: ignore[reportArgumentType]


def nothing(_fault: str) -> None:
    """An agency that suffers from nothing, whatever it is told."""


BROKEN: list[tuple[Check, Subject]] = [
    (conformance.says_what_it_carries, subject(Port(can=replace(CAN, name="")))),
    (conformance.says_what_it_carries, subject(Port(can=replace(CAN, categories=frozenset())))),
    (conformance.says_what_it_carries, subject(Port(can=replace(CAN, road="fax")))),  # pyright: ignore[reportArgumentType]
    (conformance.answers_in_the_common_form, subject(Port(known=AgencyAnswer(known=False)))),
    (conformance.answers_in_the_common_form, subject(Port(known=AgencyAnswer()))),
    (conformance.answers_in_the_common_form, subject(saying(category="health"))),
    (conformance.answers_in_the_common_form, subject(saying(values=(Value("amount", "", 10),)))),
    (conformance.answers_in_the_common_form, subject(saying(values=(Value("a", "b", 10, item="is_current"),)))),
    (conformance.answers_in_the_common_form, subject(saying(source=KNOWN.reveal()))),
    (conformance.knows_nobody_it_does_not_know, subject(Port(unknown=AgencyAnswer()))),
    (conformance.knows_nobody_it_does_not_know, subject(Port(unknown=AgencyAnswer(known=False, facts=(FACT,))))),
    (conformance.shows_protection, subject(Port(protected=AgencyAnswer()))),
    (conformance.is_asked_by_many_at_once, subject(Port(unknown=AgencyAnswer()))),
    (conformance.is_asked_by_many_at_once, subject(Port(changing=True))),
    (conformance.names_every_fault, subject(Port(), fail=nothing)),
    (conformance.names_every_fault, subject(Port(known=AgencyFault(FaultKind.BUSY)), fail=nothing)),
    (conformance.names_every_fault, subject(Port(known=AgencyFault(FaultKind.DOWN, KNOWN.reveal())), fail=nothing)),
    (conformance.can_be_left_waiting, subject(Port(), fail=nothing)),
    (conformance.probes_without_raising, subject(Port(probed=replace(OPEN, open=False)))),
    (conformance.probes_without_raising, subject(Port(probed=replace(OPEN, version="")))),
    (conformance.probes_without_raising, subject(Port(), fail=nothing)),
    (conformance.refuses_what_is_made_up, subject(Port(), refusing=Port)),
    (conformance.refuses_what_is_made_up, subject(Port(), refusing=lambda: Port(known=AgencyFault(FaultKind.DOWN)))),
    (conformance.refuses_what_is_made_up, subject(Port(), refusing=lambda: Port(known=MADE_UP))),
    (conformance.reads_raw_answers, subject(Port(), read=reads_all)),
    (conformance.reads_raw_answers, subject(Port(), read=refuses_all)),
    (conformance.leaves_nothing_running, subject(Port(leaves=True))),
]


@pytest.mark.parametrize(
    ("check", "broken"), BROKEN, ids=[f"{check.__name__}-{n}" for n, (check, _) in enumerate(BROKEN)]
)
async def test_a_broken_promise_is_caught(check: Check, broken: Subject) -> None:
    with pytest.raises(AssertionError):
        await check(broken)


@pytest.mark.parametrize("check", conformance.CHECKS, ids=lambda check: check.__name__)
async def test_what_a_subject_does_not_offer_is_not_checked(check: Check) -> None:
    await check(replace(subject(Port()), protected=None))


def test_every_check_has_something_that_it_catches() -> None:
    assert {check for check, _ in BROKEN} == set(conformance.CHECKS)
