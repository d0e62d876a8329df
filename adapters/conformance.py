"""What every adapter must keep, as checks that anybody can run against theirs: see `adapters/README.md`.

Each check is an async function that takes a `Subject` and raises AssertionError with what is wrong. Needs nothing but
the port; run them with pytest (`@pytest.mark.parametrize("check", CHECKS)`) or in a loop of your own.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final, get_args

from hub.broker.port import (
    AgencyAnswer,
    AgencyFault,
    AgencyPort,
    AgencyRequest,
    Asker,
    Capabilities,
    Category,
    FaultKind,
    Ground,
    Purpose,
    Road,
    Span,
)
from hub.kit.secret import Secret

#: Fault of the agency → what the adapter may call it.
NAMES: Final[dict[str, frozenset[FaultKind]]] = {
    "down": frozenset({FaultKind.DOWN}),
    "wrong": frozenset({FaultKind.DOWN, FaultKind.MALFORMED, FaultKind.REFUSED}),
    "malformed": frozenset({FaultKind.MALFORMED}),
    "truncated": frozenset({FaultKind.WRONG_LENGTH}),
    "wrong_length": frozenset({FaultKind.WRONG_LENGTH}),
    "wrong_type": frozenset({FaultKind.MALFORMED}),
    "latin1": frozenset({FaultKind.MALFORMED}),
    "deep": frozenset({FaultKind.MALFORMED}),
    "huge": frozenset({FaultKind.TOO_LARGE}),
    "over_quota": frozenset({FaultKind.OVER_QUOTA}),
    "expired_certificate": frozenset({FaultKind.CERTIFICATE}),
    "dishonest": frozenset({FaultKind.WRONG_PERSON}),
}
#: What no agency's answer looks like.
_RUBBISH: Final = (
    b"",
    b"\x00",
    b"null",
    b"[]",
    b"{}",
    b"<a/>",
    b"<a",
    "åäö".encode("latin-1"),
    b"[" * 10_000 + b"]" * 10_000,
    b"<a>" * 10_000 + b"</a>" * 10_000,
    b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;&b;">]><a>&d;</a>',
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    b'{"a":NaN}',
    b'{"a":1,"a":2}',
    b'{"a":' + b"9" * 5000 + b"}",
)
_TOGETHER: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An adapter to be checked, and an agency to check it against.

    `opened`: a new port towards the agency, which is well. `refusing`: one as in production, when the agency is a
    sandbox. `fail`: has the agency suffer from a fault (a key of `NAMES`, or "slow"); "ok" makes it well. `faults`:
    those that it can suffer from. `read`: the adapter's `translate.read`. `answers`: real raw answers.
    """

    opened: Callable[[], AgencyPort]
    known: Secret[str]
    unknown: Secret[str]
    read: Callable[[bytes, datetime], AgencyAnswer]
    protected: Secret[str] | None = None
    refusing: Callable[[], AgencyPort] | None = None
    fail: Callable[[str], None] | None = None
    faults: Sequence[str] = tuple(NAMES)
    answers: Sequence[bytes] = field(default=())


Check = Callable[[Subject], Awaitable[None]]


def request(can: Capabilities, whom: Secret[str]) -> AgencyRequest:
    """Return a question for all that the road can carry."""
    purpose: Purpose = min(can.purposes) if can.purposes else "sip"
    return AgencyRequest(
        whom=whom,
        categories=tuple(sorted(can.categories)),
        items=tuple(sorted(can.items)),
        purpose=purpose,
        ground=Ground("consent", "samtycke", "c1"),
        entry="konformitetsprov",
        asker=Asker("soc", "Björkå kommun", "2120009999", "tjm-1", "S1001"),
        period=Span(date(2025, 1, 1), date(2026, 12, 31)),
    )


async def says_what_it_carries(subject: Subject) -> None:
    """Capabilities are told without asking anybody, in the hub's own words."""
    async with _Open(subject) as port:
        can = port.capabilities
    _must(can.name, "capabilities need a name")
    _must(can.road in get_args(Road), f"{can.road} is no road of the policy")
    _must(can.categories <= set(get_args(Category)), "categories that the hub doesn't have")
    _must(can.categories, "a road that carries nothing")
    _must(can.purposes is None or can.purposes <= set(get_args(Purpose)), "purposes that the hub doesn't have")


async def answers_in_the_common_form(subject: Subject) -> None:
    """Facts are of what the road carries, say something to people, and never hold the number."""
    async with _Open(subject) as port:
        answer = await port.ask(request(port.capabilities, subject.known))
        can = port.capabilities
    _must(answer.known, "the known individual isn't known")
    _must(answer.facts, "nothing is said of the known individual")
    for fact in answer.facts:
        items = {value.item for value in fact.values if value.item}
        _must(fact.category in can.categories or items, f"{fact.category} isn't among the capabilities")
        _must(items <= can.items, f"{items - can.items} isn't among the capabilities")
        _must(all(value.name and value.label for value in fact.values), "a value without a name or a label")
        _must(subject.known.reveal() not in f"{fact.text} {fact.source} {fact.unit}", "the number stands in a fact")


async def knows_nobody_it_does_not_know(subject: Subject) -> None:
    """Somebody who isn't in the register is an answer, not a fault."""
    async with _Open(subject) as port:
        answer = await port.ask(request(port.capabilities, subject.unknown))
    _must(not answer.known, "somebody unknown is said to be known")
    _must(not answer.facts, "something is said of somebody unknown")


async def shows_protection(subject: Subject) -> None:
    """Protected identity is seen in the answer."""
    if subject.protected is None:
        return
    async with _Open(subject) as port:
        answer = await port.ask(request(port.capabilities, subject.protected))
    _must(answer.protection != "none", "protection isn't seen")


async def is_asked_by_many_at_once(subject: Subject) -> None:
    """Many tasks share a port, and each gets its own answer."""
    async with _Open(subject) as port:
        known, unknown = (request(port.capabilities, each) for each in (subject.known, subject.unknown))
        answers = await asyncio.gather(*(port.ask(each) for each in [known, unknown] * _TOGETHER))
    _must([each.known for each in answers] == [True, False] * _TOGETHER, "the answers were mixed up")
    texts = {tuple(sorted(fact.text for fact in each.facts)) for each in answers[::2]}
    _must(len(texts) == 1, "the same question had different answers")


async def names_every_fault(subject: Subject) -> None:
    """What an agency suffers from has its right name, tells nothing of the individual, and passes."""
    if subject.fail is None:
        return
    async with _Open(subject) as port:
        asked = request(port.capabilities, subject.known)
        for name in subject.faults:
            subject.fail(name)
            fault = await _fault(port, asked, name)
            _must(fault.kind in NAMES[name], f"{name} is called {fault.kind}")
            _must(subject.known.reveal() not in fault.cause, f"{name}: the cause holds the number")
            subject.fail("ok")
            _must((await port.ask(asked)).known, f"after {name} the road doesn't open again")


async def can_be_left_waiting(subject: Subject) -> None:
    """The caller's time limit ends the question, and the port is as good as before."""
    if subject.fail is None:
        return
    async with _Open(subject) as port:
        asked = request(port.capabilities, subject.known)
        subject.fail("slow")
        try:
            async with asyncio.timeout(0.2):
                await port.ask(asked)
            raise AssertionError("a slow agency answered at once")
        except TimeoutError:
            subject.fail("ok")
        _must((await port.ask(asked)).known, "the port is worn out by a question that was cancelled")


async def probes_without_raising(subject: Subject) -> None:
    """A probe tells what is open, with the certificate's last day, and that something is down; it never raises."""
    async with _Open(subject) as port:
        well = await port.probe()
        _must(well.open, f"the road isn't open: {well.told} {well.details}")
        _must(well.version, "the probe tells no version")
        if subject.fail is not None:
            subject.fail("down")
            _must(not (await port.probe()).open, "an agency that is down is said to be open")
            subject.fail("ok")


async def refuses_what_is_made_up(subject: Subject) -> None:
    """In production nothing of a sandbox's answer is believed."""
    if subject.refusing is None:
        return
    port = subject.refusing()
    try:
        fault = await _fault(port, request(port.capabilities, subject.known), "a sandbox in production")
        _must(fault.kind is FaultKind.MADE_UP, f"made-up answers are called {fault.kind}")
        _must(not (await port.probe()).open, "a road to a sandbox is said to be open in production")
    finally:
        await port.close()


async def reads_raw_answers(subject: Subject) -> None:
    """`read` makes an answer of what is one, and a fault of what isn't; nothing else comes out of it."""
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    for body in subject.answers:
        read = subject.read(body, at)
        _must(read.facts or read.gaps or not read.known, "a real answer says nothing")
    for body in _RUBBISH:
        try:
            subject.read(body, at)
        except AgencyFault as fault:
            _must(fault.kind in {FaultKind.MALFORMED, FaultKind.TOO_LARGE}, f"rubbish is called {fault.kind}")
        else:
            raise AssertionError(f"rubbish was read as an answer: {body[:40]!r}")


async def leaves_nothing_running(subject: Subject) -> None:
    """Closing ends all that was begun, and may be done twice."""
    before = asyncio.all_tasks()
    port = subject.opened()
    await port.ask(request(port.capabilities, subject.known))
    await port.close()
    await port.close()
    _must(asyncio.all_tasks() <= before, "tasks are left running")


CHECKS: Final[tuple[Check, ...]] = (
    says_what_it_carries,
    answers_in_the_common_form,
    knows_nobody_it_does_not_know,
    shows_protection,
    is_asked_by_many_at_once,
    names_every_fault,
    can_be_left_waiting,
    probes_without_raising,
    refuses_what_is_made_up,
    reads_raw_answers,
    leaves_nothing_running,
)


def _must(kept: object, otherwise: str) -> None:
    """Say what is wrong; also where Python's own assertions are turned off."""
    if not kept:
        raise AssertionError(otherwise)


class _Open:
    """A port for as long as a block runs."""

    def __init__(self, subject: Subject) -> None:
        self._port = subject.opened()

    async def __aenter__(self) -> AgencyPort:
        return self._port

    async def __aexit__(self, *_: object) -> None:
        await self._port.close()


async def _fault(port: AgencyPort, asked: AgencyRequest, when: str) -> AgencyFault:
    try:
        await port.ask(asked)
    except AgencyFault as fault:
        return fault
    raise AssertionError(f"{when}: an answer came")
