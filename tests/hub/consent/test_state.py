"""States are derived from what happened, and from nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.consent import ConsentState, Effect, EventKind, LineState
from hub.consent.closing import AT_ONCE
from hub.consent.state import Happening, LineTerms, consent_state, ends_at, expires_soon, line_state

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def terms(**over: object) -> LineTerms:
    made = {
        "valid_from": NOW - HOUR,
        "valid_until": NOW + HOUR,
        "effect": Effect.PERMIT,
        "needs_acceptance": False,
        **over,
    }
    return LineTerms(**made)  # type: ignore[arg-type]


def happened(kind: EventKind, ends: datetime | None = None) -> Happening:
    return Happening(kind, NOW, ends)


WITHDRAWN = happened(EventKind.WITHDRAWN, AT_ONCE)


@pytest.mark.requirement("HUB-03")
class TestLine:
    def test_withdrawn_wins_over_everything(self) -> None:
        accepted = happened(EventKind.ACCEPTED)
        assert line_state(terms(needs_acceptance=True), [accepted, WITHDRAWN], NOW) is LineState.WITHDRAWN
        assert line_state(terms(), [WITHDRAWN], NOW + 2 * HOUR) is LineState.WITHDRAWN

    @pytest.mark.requirement("R5")
    def test_what_is_closed_at_once_is_closed_for_a_clock_that_lags(self) -> None:
        assert line_state(terms(), [happened(EventKind.NARROWED, AT_ONCE)], NOW - HOUR) is LineState.NARROWED

    @pytest.mark.requirement("R1")
    def test_from_is_in_and_until_is_out(self) -> None:
        assert line_state(terms(), [], NOW - HOUR) is LineState.ACTIVE
        assert line_state(terms(), [], NOW - HOUR - timedelta(microseconds=1)) is LineState.NOT_YET
        assert line_state(terms(), [], NOW + HOUR - timedelta(microseconds=1)) is LineState.ACTIVE
        assert line_state(terms(), [], NOW + HOUR) is LineState.EXPIRED

    def test_a_nearer_end_ends_it(self) -> None:
        sooner = happened(EventKind.NARROWED, NOW)
        assert line_state(terms(), [sooner], NOW - timedelta(microseconds=1)) is LineState.ACTIVE
        assert line_state(terms(), [sooner], NOW) is LineState.NARROWED
        assert line_state(terms(), [sooner], NOW + HOUR) is LineState.EXPIRED
        assert ends_at(terms(), [sooner, happened(EventKind.NARROWED, NOW + HOUR)]) == NOW

    def test_the_last_answer_of_the_official_counts(self) -> None:
        waiting = terms(needs_acceptance=True)
        yes, no = happened(EventKind.ACCEPTED), happened(EventKind.EVIDENCE_REFUSED)
        assert line_state(waiting, [], NOW) is LineState.WAITING
        assert line_state(waiting, [no], NOW) is LineState.EVIDENCE_REFUSED
        assert line_state(waiting, [no, yes], NOW) is LineState.ACTIVE
        assert line_state(waiting, [yes, no], NOW) is LineState.EVIDENCE_REFUSED

    @pytest.mark.requirement("R2")
    def test_an_exclusion_lives_until_it_is_lifted(self) -> None:
        exclusion = terms(effect=Effect.EXCLUSION)
        for events in ([], [WITHDRAWN], [happened(EventKind.RENEWED)]):
            assert line_state(exclusion, events, NOW + 100 * HOUR) is LineState.ACTIVE
        assert line_state(exclusion, [happened(EventKind.EXCLUSION_LIFTED)], NOW) is LineState.LIFTED

    def test_own_words_wait_for_the_owners_official_whose_last_answer_counts(self) -> None:
        words = terms(effect=Effect.EXCLUSION, needs_acceptance=True)
        read, unclear = happened(EventKind.ACCEPTED), happened(EventKind.EVIDENCE_REFUSED)
        assert line_state(words, [WITHDRAWN], NOW + 100 * HOUR) is LineState.WAITING
        assert line_state(words, [read, unclear], NOW) is LineState.EVIDENCE_REFUSED
        assert line_state(words, [unclear, read], NOW) is LineState.ACTIVE
        assert line_state(words, [happened(EventKind.EXCLUSION_LIFTED)], NOW) is LineState.LIFTED

    @given(st.lists(st.sampled_from(EventKind), max_size=6), st.integers(-3, 3))
    def test_withdrawn_is_never_open_again(self, kinds: list[EventKind], hours: int) -> None:
        events = [happened(kind) for kind in kinds]
        assert line_state(terms(), [WITHDRAWN, *events], NOW + hours * HOUR) is LineState.WITHDRAWN


class TestConsent:
    @pytest.mark.parametrize(
        ("lines", "whole"),
        [
            ([LineState.WITHDRAWN, LineState.ACTIVE], ConsentState.ACTIVE),
            ([LineState.WAITING, LineState.NOT_YET], ConsentState.WAITING),
            ([LineState.NOT_YET, LineState.EXPIRED], ConsentState.NOT_YET),
            ([LineState.EVIDENCE_REFUSED, LineState.EXPIRED], ConsentState.EVIDENCE_REFUSED),
            ([LineState.EXPIRED, LineState.WITHDRAWN], ConsentState.EXPIRED),
            ([LineState.WITHDRAWN, LineState.NARROWED], ConsentState.WITHDRAWN),
        ],
    )
    def test_the_best_of_its_lines(self, lines: list[LineState], whole: ConsentState) -> None:
        assert consent_state(lines, declined=False) is whole

    def test_a_no_is_a_no(self) -> None:
        assert consent_state([], declined=True) is ConsentState.DECLINED


def test_thirty_days_before() -> None:
    assert expires_soon(NOW + timedelta(days=30), NOW)
    assert not expires_soon(NOW + timedelta(days=30, microseconds=1), NOW)
    assert not expires_soon(NOW, NOW)
