"""Time worked: minutes by hand, and a timer."""

from __future__ import annotations

import pytest

from helpdesk_tui.desk import tickets, timing
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.undo import redo, undo
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import Conflict, NotFound, UsageError
from tests.builders import a_ticket, desk_of, later


def minutes(desk: Desk, number: int) -> int:
    return tickets.open_ticket(desk, number).minutes


def test_a_timer_logs_what_it_measured_to_the_nearest_minute(desk: Desk) -> None:
    number = a_ticket(desk)
    timing.start(desk, number)
    later(desk, minutes=24, seconds=40)
    said = "25 min logged; undo takes them back, the timer stays stopped"
    assert timing.stop(desk).said == f"#{number}: {said}"
    assert minutes(desk, number) == 25
    assert timing.running(desk) is None


def test_a_moment_of_work_is_a_minute(desk: Desk) -> None:
    number = a_ticket(desk)
    timing.start(desk, number)
    timing.stop(desk)
    assert minutes(desk, number) == 1


def test_what_was_worked_may_be_said_instead(desk: Desk) -> None:
    number = a_ticket(desk)
    timing.start(desk, number)
    later(desk, hours=40)
    timing.stop(desk, minutes=15)
    assert minutes(desk, number) == 15


@pytest.mark.parametrize("said", [0, -5, 10**9])
def test_no_time_is_no_time_to_log_and_the_timer_goes_on(desk: Desk, said: int) -> None:
    timing.start(desk, a_ticket(desk))
    with pytest.raises(UsageError):
        timing.stop(desk, minutes=said)
    assert timing.running(desk) is not None


def test_a_running_timer_is_there_with_its_minutes(desk: Desk) -> None:
    number = a_ticket(desk, "Slow VPN")
    timing.start(desk, number)
    later(desk, minutes=10)
    found = timing.running(desk)
    assert found is not None
    assert (found.number, found.title, found.minutes) == (number, "Slow VPN", 10)


def test_starting_again_goes_on(desk: Desk) -> None:
    number = a_ticket(desk)
    timing.start(desk, number)
    later(desk, minutes=10)
    assert "already" in timing.start(desk, number).said
    later(desk, minutes=10)
    timing.stop(desk)
    assert minutes(desk, number) == 20


def test_one_timer_at_a_time(desk: Desk) -> None:
    first, second = a_ticket(desk), a_ticket(desk)
    timing.start(desk, first)
    with pytest.raises(Conflict, match=f"You are timing #{first}"):
        timing.start(desk, second)
    later(desk, minutes=5)
    timing.start(desk, second, instead=True)
    assert minutes(desk, first) == 5
    found = timing.running(desk)
    assert found is not None
    assert found.number == second


def test_everybody_has_a_timer_of_their_own(desk: Desk) -> None:
    number = a_ticket(desk)
    other = desk_of(desk, Role.AGENT)
    timing.start(desk, number)
    timing.start(other, number)
    later(desk, minutes=5)
    timing.stop(desk)
    later(desk, minutes=5)
    timing.stop(other)
    assert [spent.minutes for spent in timing.spent(desk, number)] == [10, 5]


def test_one_that_ran_over_night_asks_for_the_minutes(desk: Desk) -> None:
    timing.start(desk, a_ticket(desk))
    later(desk, hours=17)
    with pytest.raises(Conflict, match="has been running since") as refused:
        timing.stop(desk)
    assert "--drop" in refused.value.hint


def test_a_clock_that_went_back_measures_nothing_negative(desk: Desk) -> None:
    number = a_ticket(desk)
    timing.start(desk, number)
    later(desk, hours=-2)
    timing.stop(desk)
    assert minutes(desk, number) == 1


def test_a_timer_can_be_dropped(desk: Desk) -> None:
    number = a_ticket(desk)
    timing.start(desk, number)
    timing.drop(desk)
    assert minutes(desk, number) == 0
    for verb in (timing.stop, timing.drop):
        with pytest.raises(NotFound, match="No timer"):
            verb(desk)


def test_what_was_logged_is_undone_and_redone_as_one_step(desk: Desk) -> None:
    number = a_ticket(desk)
    timing.start(desk, number)
    later(desk, minutes=9)
    timing.stop(desk)
    undo(desk)
    assert minutes(desk, number) == 0
    redo(desk)
    assert minutes(desk, number) == 9


def test_the_ticket_says_who_worked_how_long_and_who_works_now(desk: Desk) -> None:
    number = a_ticket(desk, change="time:25m")
    timing.start(desk_of(desk, Role.AGENT), number)
    found = tickets.open_ticket(desk, number)
    assert [(spent.person, spent.minutes, spent.running is not None) for spent in found.times] == [
        ("admin", 25, False),
        ("agent2000", 0, True),
    ]


def test_what_undo_does_not_take_back_is_said(desk: Desk) -> None:
    first, second = a_ticket(desk), a_ticket(desk)
    started = timing.start(desk, first)
    assert (started.said, started.change_set) == (f"timing #{first}; undo does not stop it", None)
    later(desk, minutes=5)
    changed = timing.start(desk, second, instead=True)
    assert changed.said == (
        f"5 min logged on #{first}, timing #{second}; undo takes back the minutes, the timer runs on"
    )
    assert undo(desk).said == f"undone: 5 min logged on #{first}, timing #{second}"
    found = timing.running(desk)
    assert found is not None
    assert found.number == second
    later(desk, minutes=5)
    timing.stop(desk)
    assert undo(desk).said == f"undone: #{second}: 5 min logged"
    assert timing.running(desk) is None
    timing.start(desk, first)
    assert timing.drop(desk).said == f"#{first}: timer dropped for good, 0 min not logged"
