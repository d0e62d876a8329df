"""Drafts and rows in, frozen facts out."""

from datetime import date

import msgspec
import pytest

from hub.access.questions import name_of, read
from hub.consent import DraftLine, Effect, Form, Kind, NamedReceiver, ReceiverKind, questions
from hub.consent.vocabulary import AgencyName
from hub.kit.clock import FAR_FUTURE_S, epoch_s, midnight_after, midnight_of
from tests.fakes.clock import FixedClock
from tests.hub.consent.conftest import (
    INDIVIDUAL,
    LAST_DAY,
    VOCABULARY,
    World,
    client,
    draft,
    individual,
    line,
    mandate,
    on_paper,
    staff,
)


@pytest.fixture
def world() -> World:
    return World(None)  # type: ignore[arg-type]


def asked(world: World, clock: FixedClock, made=None, caller=None, vocabulary=VOCABULARY):  # noqa: ANN001, ANN201
    caller = caller or individual()
    return questions.record_consent(
        made or draft(),
        caller,
        world.surroundings(caller),
        vocabulary=vocabulary,
        text="secrecy-sv-1",
        now=clock.now(),
    )


@pytest.mark.requirement("R27")
def test_a_draft_as_facts(world: World, clock: FixedClock) -> None:
    question = asked(world, clock, draft(line(), line(category="meeting", first_day=date(2026, 12, 1))))
    now = epoch_s(clock.now())
    assert question.given_at == now
    assert (question.given_by, question.kinds, question.text_version) == ("self", ["secrecy"], "secrecy-sv-1")
    assert [(each.valid_from, each.valid_until) for each in question.lines] == [
        (now, epoch_s(midnight_after(LAST_DAY))),
        (epoch_s(midnight_of(date(2026, 12, 1))), epoch_s(midnight_after(LAST_DAY))),
    ]
    assert (question.lines[0].owner_kind, question.lines[0].receiver_kind) == ("region_psykiatri", "socialtjanst")
    assert read(name_of(question), msgspec.json.encode(question)) == question


def test_a_line_without_an_end_has_a_far_one(world: World, clock: FixedClock) -> None:
    [facts] = asked(world, clock, draft(line(last_day=None))).lines
    assert facts.valid_until == FAR_FUTURE_S


def test_exclusions_open_nothing_and_are_not_asked_about(world: World, clock: FixedClock) -> None:
    exclusion = DraftLine("psyk", "*", "trauma", "*", effect=Effect.EXCLUSION)
    question = asked(world, clock, draft(exclusion))
    assert question.lines == []
    assert not question.specific


@pytest.mark.requirement("R18")
def test_receivers_kinds(world: World, clock: FixedClock) -> None:
    other = NamedReceiver(ReceiverKind.EMPLOYER, "Björkå Bageri")
    known = VOCABULARY.__class__(
        VOCABULARY.categories, VOCABULARY.purposes, VOCABULARY.agencies, named={"r1": AgencyName("Mor", "relative")}
    )
    lines = [line(receiver=each) for each in ("other:0", "other:1", "r1", "sus", "nobody")]
    question = asked(world, clock, draft(*lines, others=(other,)), vocabulary=known)
    assert [each.receiver_kind for each in question.lines] == ["employer", "", "relative", "sus", ""]


@pytest.mark.requirement("R7")
def test_only_the_mandate_that_is_used_follows(world: World, clock: FixedClock) -> None:
    world.mandates = [mandate(), mandate(id="mandate-2")]
    question = asked(world, clock, draft(representative="mandate-2"))
    assert question.given_by == "mandate-2"
    assert [each.id for each in question.mandates] == ["mandate-2"]
    assert asked(world, clock).mandates == []


@pytest.mark.parametrize(
    ("made", "caller", "documented"),
    [
        (draft(), individual(), True),
        (draft(), staff(), False),
        (on_paper(), staff(), True),
        (on_paper(scan=None), staff(), False),
        (draft(form=Form.ORAL, witness="Samir"), staff(), True),
        (draft(form=Form.ORAL), staff(), False),
        (draft(form=Form.ASSISTED, note="Läste tillsammans."), staff(), True),
        (draft(form=Form.ASSISTED), staff(), False),
        (draft(form=None), staff(), False),
    ],
)
def test_what_shows_that_it_was_given(made, caller, documented: bool, world: World, clock: FixedClock) -> None:  # noqa: ANN001
    assert asked(world, clock, made, caller).documented is documented


def test_before_whom(world: World, clock: FixedClock) -> None:
    assert asked(world, clock, on_paper(), staff()).witnessed
    assert not asked(world, clock, on_paper(), client()).witnessed
    assert asked(world, clock, on_paper(witness="Samir"), client()).witnessed


def test_sus_names_its_measure(world: World, clock: FixedClock) -> None:
    made = on_paper(line("af", "sus", "sus_registration", purpose="sus"), kind=Kind.SUS, insats=" Gemensamma taget ")
    assert asked(world, clock, made, staff("af")).insats == "Gemensamma taget"


def test_answering_evidence(world: World, clock: FixedClock) -> None:
    around = world.surroundings(staff("psyk"))
    question = questions.accept_consent(around, "psyk", "soc", recorded_by_caller=True, now=clock.now())
    assert (question.owner, question.receiver, question.recorded_by_caller) == ("psyk", "soc", True)
    assert INDIVIDUAL not in repr(question)
