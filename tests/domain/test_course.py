"""The course of a ticket: the same whenever it is worked out, and whole from creation to now."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.course import Change, Course, Phase, Stay, follow, read

R, W, D = Phase.RUNNING, Phase.WAITING, Phase.DONE
TODO, DOING, DONE = 1, 2, 3
CREATED = 1_000


@dataclass
class Life:
    """A ticket and what happened to it, as the desk records it. Moments count from its creation."""

    fields: dict[str, Any] = field(default_factory=lambda: {"status": "", "closed_at": None, "column_id": TODO})
    changes: list[Change] = field(default_factory=list)

    def at(self, moment: int, **after: Any) -> Life:
        """These fields changed then; what stays the same is not recorded."""
        delta = {name: [self.fields[name], value] for name, value in after.items() if self.fields[name] != value}
        self.fields |= after
        if delta:
            self.changes.append(Change(CREATED + moment, delta))
        return self

    def close(self, moment: int) -> Life:
        return self.at(moment, column_id=DONE, closed_at=CREATED + moment, status="")

    def reopen(self, moment: int, column: int = TODO) -> Life:
        return self.at(moment, column_id=column, closed_at=None)

    @property
    def course(self) -> list[tuple[Phase, int]]:
        """Its phases, each with the moment it began."""
        return [(phase, since - CREATED) for phase, since in self.followed()[0].phases]

    @property
    def stays(self) -> list[tuple[int, int, int | None]]:
        return [
            (one.column_id, one.since - CREATED, None if one.until is None else one.until - CREATED)
            for one in self.followed()[1]
        ]

    def followed(self) -> tuple[Course, tuple[Stay, ...]]:
        return follow({"created_at": CREATED, **self.fields}, self.changes)


def test_a_new_ticket_runs_where_it_was_put() -> None:
    assert Life().course == [(R, 0)]
    assert Life().stays == [(TODO, 0, None)]


def test_waiting_and_going_on() -> None:
    life = Life().at(10, status="waiting").at(30, status="review")
    assert life.course == [(R, 0), (W, 10), (R, 30)]


def test_closed_from_waiting_and_opened_again() -> None:
    life = Life().at(10, status="waiting").close(30).reopen(50, DOING)
    assert life.course == [(R, 0), (W, 10), (D, 30), (R, 50)]
    assert life.stays == [(TODO, 0, 30), (DONE, 30, 50), (DOING, 50, None)]


def test_what_a_ticket_was_like_at_first_is_told_by_its_first_change() -> None:
    life = Life({"status": "waiting", "closed_at": None, "column_id": DOING}).at(10, status="").at(20, column_id=TODO)
    assert life.course == [(W, 0), (R, 10)]
    assert life.stays == [(DOING, 0, 20), (TODO, 20, None)]


def test_what_lasted_for_no_time_is_no_phase() -> None:
    assert Life().at(10, status="waiting").at(10, status="").course == [(R, 0)]
    assert Life().close(0).course == [(D, 0)]
    assert Life().close(20).reopen(20).close(20).course == [(R, 0), (D, 20)]


def test_a_clock_that_was_set_back_does_not_turn_the_order_around() -> None:
    life = Life().at(50, column_id=DOING).at(10, status="waiting").at(60, status="")
    assert life.course == [(R, 0), (W, 50), (R, 60)]
    assert life.stays == [(TODO, 0, 50), (DOING, 50, None)]


def test_a_list_may_bring_a_ticket_that_was_closed_before() -> None:
    life = Life({"status": "", "closed_at": CREATED + 70, "column_id": DONE})
    assert life.course == [(R, 0), (D, 70)]
    assert life.stays == [(DONE, 70, None)]
    assert life.reopen(90).course == [(R, 0), (D, 70), (R, 90)]


def test_moving_within_done_is_no_new_closing() -> None:
    life = Life().close(20).at(40, column_id=4)
    assert life.course == [(R, 0), (D, 20)]
    assert life.stays == [(TODO, 0, 20), (DONE, 20, 40), (4, 40, None)]


def test_when_it_was_closed_and_opened_again() -> None:
    course, _ = Life().close(20).reopen(50).close(80).reopen(90).followed()
    assert [(a - CREATED, b - CREATED) for a, b in course.reopened()] == [(20, 50), (80, 90)]
    assert course.closed is None
    assert Life().close(20).followed()[0].closed == CREATED + 20


@pytest.mark.parametrize("odd", ["", "later", b"\xff", 2.5, None])
def test_odd_values_of_another_tool_stop_nothing(odd: Any) -> None:
    course, stays = follow({"created_at": odd, "status": odd, "closed_at": None, "column_id": odd}, [])
    assert course.written() == "r0"
    assert stays == (Stay(0, 0, None),)


@pytest.mark.parametrize("written", ["", "x1", "r", "r1 w", "1r", "r1,w2", "r" + "9" * 17, "R1"])
def test_what_is_no_course_is_not_read_as_one(written: str) -> None:
    with pytest.raises(ValueError, match="not a course"):
        read(written)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """Any history, also one during which the machine's clock went back."""
    life, at = Life(), 0
    for _ in range(draw(st.integers(0, 12))):
        at = max(0, at + draw(st.integers(-3, 40)))
        what = draw(st.sampled_from(["wait", "go on", "close", "reopen", "move", "block"]))
        if what == "close":
            life.close(at)
        elif what == "reopen" or life.fields["closed_at"] is not None:
            life.reopen(at, draw(st.sampled_from([TODO, DOING])))
        elif what == "move":
            life.at(at, column_id=draw(st.sampled_from([TODO, DOING])))
        else:
            life.at(at, status={"wait": "waiting", "go on": "", "block": "blocked"}[what])
    return life


def now(life: Life) -> Phase:
    if life.fields["closed_at"] is not None:
        return D
    return W if life.fields["status"] == "waiting" else R


@given(lives())
def test_phases_follow_one_another_from_creation_to_what_it_is_now(life: Life) -> None:
    course, _ = life.followed()
    assert course.created == CREATED
    assert course.phases[-1][0] is now(life)
    assert all(one[0] is not other[0] and one[1] < other[1] for one, other in pairwise(course.phases))


@given(lives())
def test_stays_leave_no_gap_and_end_where_it_stands(life: Life) -> None:
    _, stays = life.followed()
    assert stays[0].since == CREATED
    assert (stays[-1].column_id, stays[-1].until) == (life.fields["column_id"], None)
    assert all(one.until == other.since and one.column_id != other.column_id for one, other in pairwise(stays))
    assert all(one.until is None or one.since <= one.until for one in stays)


@given(lives())
def test_its_phases_and_its_stays_say_alike_when_it_was_done(life: Life) -> None:
    course, stays = life.followed()
    on_done: list[tuple[int, int | None]] = []
    for one in stays:
        if one.column_id == DONE and one.since != one.until:
            goes_on = bool(on_done) and on_done[-1][1] == one.since
            on_done.append((on_done.pop()[0] if goes_on else one.since, one.until))
    assert list(course.stretches(D)) == on_done


@given(lives())
def test_what_is_written_is_read_again(life: Life) -> None:
    course, _ = life.followed()
    assert read(course.written()) == course


@given(lives(), st.data())
def test_the_past_does_not_depend_on_what_came_after(life: Life, data: st.DataObject) -> None:
    """Worked out earlier, it is the same as far as it goes."""
    upto = data.draw(st.integers(0, len(life.changes)))
    then = dict(life.fields)
    for change in reversed(life.changes[upto:]):
        then |= {name: before for name, (before, _) in change.delta.items()}
    early, early_stays = follow({"created_at": CREATED, **then}, life.changes[:upto])
    whole, whole_stays = life.followed()
    turned = max((change.at for change in life.changes[:upto]), default=CREATED)
    settled = [phase for phase in early.phases if phase[1] < turned]
    assert list(whole.phases[: len(settled)]) == settled
    assert whole_stays[: len(early_stays) - 1] == early_stays[:-1]
