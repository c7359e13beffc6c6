"""The arithmetic of one clock, held to counting what has run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.business_time import BusinessTime, Hours
from helpdesk_tui.domain.course import Course, Phase
from helpdesk_tui.domain.service_level import (
    Clock,
    State,
    clock,
    reopened_soon,
    resolution_used,
    state,
)

MINUTE = 60_000
DAY = 24 * 60
START = 1_795_600_000_000 // MINUTE * MINUTE
ALWAYS = BusinessTime(Hours("UTC", (((0, DAY),),) * 7))
R, W, D = Phase.RUNNING, Phase.WAITING, Phase.DONE


def course(*phases: tuple[Phase, int]) -> Course:
    """A course whose moments are minutes from its creation."""
    return Course(tuple((phase, START + at * MINUTE) for phase, at in phases))


def at(minutes: int | None) -> int | None:
    return None if minutes is None else START + minutes * MINUTE


def minutes(found: Clock) -> tuple[int | None, int | None, bool | None, int | None]:
    """A clock in minutes from its beginning."""
    due, risk = (None if each is None else (each - START) // MINUTE for each in (found.due, found.risk))
    return due, risk, found.missed, None if found.left is None else found.left // MINUTE


@pytest.mark.parametrize(
    ("phases", "target", "met", "expected"),
    [
        ([(R, 0)], 600, None, (600, 480, None, None)),
        ([(R, 0)], 60, None, (60, 30, None, None)),
        ([(R, 0)], 40, None, (40, 20, None, None)),
        ([(R, 0)], 1, None, (1, 0, None, None)),
        ([(R, 0)], 600, 100, (None, None, False, 500)),
        ([(R, 0)], 600, 600, (None, 480, False, 0)),
        ([(R, 0)], 600, 601, (600, 480, True, -1)),
        ([(R, 0), (W, 100)], 600, None, (None, None, None, 500)),
        ([(R, 0), (W, 500)], 600, None, (None, 480, None, 100)),
        ([(R, 0), (W, 700)], 600, None, (600, 480, None, -100)),
        ([(R, 0), (W, 100), (R, 400)], 600, None, (900, 780, None, None)),
        ([(R, 0), (W, 490), (R, 800)], 600, None, (910, 480, None, None)),
        ([(R, 0), (D, 100)], 600, None, (None, None, False, 500)),
        ([(R, 0), (D, 100), (R, 1000)], 600, None, (1500, 1380, None, None)),
        ([(R, 0), (D, 700), (R, 1000)], 600, None, (600, 480, None, None)),
        ([(W, 0)], 600, None, (None, None, None, 600)),
        ([(D, 0)], 600, None, (None, None, False, 600)),
        ([(R, 0), (W, 100), (R, 400)], 600, 300, (None, None, False, 500)),
    ],
)
def test_a_clock(
    phases: list[tuple[Phase, int]],
    target: int,
    met: int | None,
    expected: tuple[int | None, int | None, bool | None, int | None],
) -> None:
    assert minutes(clock(target, course(*phases), at(met), ALWAYS)) == expected


def test_waiting_is_not_what_a_resolution_took() -> None:
    assert resolution_used(course((R, 0), (W, 10), (R, 40), (D, 100)), ALWAYS) == 70 * MINUTE
    assert resolution_used(course((R, 0), (W, 10)), ALWAYS) is None


def test_a_reopened_ticket_took_until_it_was_done_the_last_time() -> None:
    assert resolution_used(course((R, 0), (D, 100), (R, 500), (D, 600)), ALWAYS) == 600 * MINUTE


@pytest.mark.parametrize(("again", "soon"), [(5 * DAY, True), (5 * DAY + 1, False), (1, True)])
def test_reopened_within_five_days_it_was_not_solved_at_once(again: int, soon: bool) -> None:
    assert reopened_soon(course((R, 0), (D, 100), (R, 100 + again)), ALWAYS) is soon


@pytest.mark.parametrize(
    ("due", "risk", "now", "expected"),
    [
        (None, None, 0, State.OK),
        (10, 5, 4, State.OK),
        (10, 5, 5, State.AT_RISK),
        (10, 5, 10, State.AT_RISK),
        (10, 5, 11, State.LATE),
        (None, 5, 99, State.AT_RISK),
    ],
)
def test_how_a_clock_stands(due: int | None, risk: int | None, now: int, expected: State) -> None:
    first = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    due_at, risk_at = (None if each is None else first + timedelta(minutes=each) for each in (due, risk))
    assert state(due_at, risk_at, first + timedelta(minutes=now)) is expected


@st.composite
def courses(draw: st.DrawFn) -> Course:
    phases, when = [(draw(st.sampled_from([R, W, D])), 0)], 0
    for _ in range(draw(st.integers(0, 6))):
        when += draw(st.integers(1, 300))
        phases.append((draw(st.sampled_from([one for one in Phase if one is not phases[-1][0]])), when))
    return course(*phases)


def ran_upto(life: Course, moment: int) -> int:
    """Minutes that the clock of this course had run by a moment, counted one by one."""
    phases = [(phase, (since - START) // MINUTE) for phase, since in life.phases]
    return sum([phase for phase, since in phases if since <= minute][-1] is R for minute in range(moment))


@given(courses(), st.integers(1, 700), st.none() | st.integers(0, 1500))
def test_a_clock_says_what_counting_says(life: Course, target: int, met: int | None) -> None:
    found = clock(target, life, at(met), ALWAYS)
    closed = None if life.closed is None else (life.closed - START) // MINUTE
    over = met if met is not None else closed
    last = (life.phases[-1][1] - START) // MINUTE
    assert found.missed == (None if over is None else ran_upto(life, over) > target)
    runs_on = over is None and life.phases[-1][0] is R
    if found.left is not None:
        assert found.left // MINUTE == target - ran_upto(life, over if over is not None else last)
    assert (found.left is None) is (over is None and runs_on)
    if found.due is not None:
        due = (found.due - START) // MINUTE
        assert ran_upto(life, due) == target
        assert found.risk is not None
        assert found.risk <= found.due


@given(courses(), st.integers(1, 700))
def test_a_longer_promise_is_never_due_earlier(life: Course, target: int) -> None:
    one, other = clock(target, life, None, ALWAYS), clock(target + 1, life, None, ALWAYS)
    if other.due is not None:
        assert one.due is not None
        assert one.due <= other.due
    assert not (other.missed and not one.missed)
