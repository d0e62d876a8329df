"""What is drawn of a log: by lot the same again with the seed, and each rule finds what it is for and nothing else."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from hub.cases.log_sampling import RANDOM, Line, Plan, Rule, RuleKind, Rules, by_lot, draw, rules

#: A Tuesday at nine, in Sweden.
NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def line(number: int, at: datetime = NINE, **facts: object) -> Line:
    plain = Line(f"e{number:03}", at, "see_case", "permit", "assignment:lena", f"i{number:03}", False, False)
    return Line(**{**{name: getattr(plain, name) for name in Line.__slots__}, **facts})  # type: ignore[arg-type]


def found(kind: RuleKind, lines: list[Line], **data: int) -> list[str]:
    """Return what one rule alone draws."""
    rule = Rule(code="r", kind=kind, words="w", **data)
    alone = Rules(plan=Plan(30, 10, 0), rules=(rule,))
    return sorted(draw(lines, 0, "seed", alone))


class TestByLot:
    def test_the_same_seed_draws_the_same_in_whatever_order_the_log_is_read(self) -> None:
        lines = [line(number) for number in range(200)]
        first = {each.id for each in by_lot(lines, 20, "a")}
        assert first == {each.id for each in by_lot(lines[::-1], 20, "a")}
        assert first != {each.id for each in by_lot(lines, 20, "b")}
        assert len(first) == 20

    def test_a_short_log_is_drawn_whole(self) -> None:
        assert len(by_lot([line(1), line(2)], 20, "a")) == 2

    def test_every_entry_has_the_same_chance(self) -> None:
        lines = [line(number) for number in range(10)]
        times = dict.fromkeys((each.id for each in lines), 0)
        for seed in range(2000):
            for each in by_lot(lines, 3, str(seed)):
                times[each.id] += 1
        assert all(500 < count < 700 for count in times.values()), times


class TestTheRules:
    def test_what_is_in_force_is_read_and_has_words(self) -> None:
        assert {rule.kind for rule in rules().rules} == set(RuleKind)
        assert all(rules().words(code) for code in (RANDOM, *(rule.code for rule in rules().rules)))

    def test_an_unknown_rule_is_no_rule(self) -> None:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({"code": "x", "kind": "guess", "words": "x"}, Rule)

    @pytest.mark.requirement("HUB-04")
    def test_all_on_protected_individuals(self) -> None:
        lines = [line(1), *(line(number, protected=True) for number in range(2, 99))]
        assert found(RuleKind.PROTECTED, lines) == [each.id for each in lines[1:]]

    def test_all_on_relatives_and_colleagues(self) -> None:
        assert found(RuleKind.RELATED, [line(1), line(2, related=True)]) == ["e002"]

    @pytest.mark.parametrize(
        ("at", "off"),
        [
            (NINE, False),
            (datetime(2026, 11, 24, 4, 59, tzinfo=UTC), True),  # 05.59 in Sweden
            (datetime(2026, 11, 24, 5, 0, tzinfo=UTC), False),
            (datetime(2026, 11, 24, 19, 0, tzinfo=UTC), True),  # 20.00
            (datetime(2026, 7, 7, 4, 0, tzinfo=UTC), False),  # 06.00, in summer
            (datetime(2026, 11, 21, 8, 0, tzinfo=UTC), True),  # a Saturday
        ],
    )
    def test_outside_working_hours_by_the_clock_in_sweden(self, at: datetime, *, off: bool) -> None:
        assert bool(found(RuleKind.OFF_HOURS, [line(1, at)], from_hour=6, to_hour=20)) == off

    def test_many_individuals_by_one_person_in_a_short_time(self) -> None:
        near = [line(number, NINE + timedelta(minutes=number)) for number in range(5)]
        spread = [line(number, NINE + timedelta(days=number), caller="assignment:b") for number in range(10, 15)]
        again = [line(20, individual="i999", caller="assignment:c"), line(21, individual="i999", caller="assignment:c")]
        assert found(RuleKind.MANY, [*near, *again, *spread], times=5, within_hours=24) == [each.id for each in near]
        assert found(RuleKind.MANY, near, times=6, within_hours=24) == []

    def test_a_look_up_that_nothing_followed(self) -> None:
        alone = line(1, act="see_person")
        followed = line(2, act="see_person")
        then = line(3, NINE + timedelta(hours=2), individual="i002")
        late = line(4, NINE + timedelta(hours=30), individual="i001")
        refused = line(5, act="see_person", outcome="deny")
        assert found(RuleKind.ALONE, [alone, followed, refused, then, late], within_hours=24) == ["e001"]

    def test_stopped_many_times(self) -> None:
        lines = [line(number, outcome="deny") for number in range(4)]
        assert found(RuleKind.REFUSED, lines, times=5, within_hours=24) == []
        assert len(found(RuleKind.REFUSED, [*lines, line(9, outcome="deny")], times=5, within_hours=24)) == 5

    def test_beyond_its_most_a_rule_draws_lots(self) -> None:
        lines = [line(number, related=True) for number in range(30)]
        assert len(found(RuleKind.RELATED, lines, most=10)) == 10

    def test_an_entry_drawn_twice_is_there_once_with_both_reasons(self) -> None:
        drawn = draw([line(1, protected=True)], 5, "seed", rules())
        assert drawn == {"e001": ("random", "protected")}
