"""A clock that goes wrong, and a time far ahead: the order of what happened is that of the log, and nothing is negative."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk import boards, conversation, notices, presence, tickets, timing, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from tests.builders import a_desk, a_ticket, board_of, desk_of, later


def test_a_clock_set_back_between_creating_and_closing(desk: Desk) -> None:
    number = a_ticket(desk, "Printer is dead")
    later(desk, hours=-1)
    tickets.change_text(desk, [number], "to:done")
    detail = tickets.open_ticket(desk, number)
    assert [entry.kind for entry in detail.history][-1] == "created"
    assert detail.card.closed is not None
    assert detail.card.closed >= detail.card.created
    assert tickets.numbers(desk, desk.ask("is:done")) == [number]


def test_a_clock_set_back_loses_no_news(desk: Desk) -> None:
    a_ticket(desk)
    seen = board_of(desk).last_event_id
    later(desk, hours=-1)
    number = a_ticket(desk, "Later, and earlier")
    assert boards.news(desk, seen).numbers == (number,)


def test_a_clock_set_back_under_a_running_timer(desk: Desk) -> None:
    number = a_ticket(desk)
    timing.start(desk, number)
    later(desk, hours=-2)
    assert [timer.minutes for timer in (timing.running(desk),) if timer is not None] == [0]
    timing.stop(desk)
    assert [spent.minutes for spent in timing.spent(desk, number)] == [1]


def test_a_clock_set_back_leaves_undo_in_the_order_of_what_was_done(desk: Desk) -> None:
    number = a_ticket(desk)
    for change in ("priority:high", "+vpn"):
        tickets.change_text(desk, [number], change)
        later(desk, hours=-1)
    assert undo.undo(desk).said.endswith("+vpn")
    assert undo.undo(desk).said.endswith("priority high")


def test_a_clock_set_back_leaves_nobody_standing_on_a_ticket_and_hides_nobody(desk: Desk) -> None:
    number = a_ticket(desk)
    agent = desk_of(desk, Role.AGENT)
    presence.here(agent, "screen", number)
    later(desk, hours=-1)
    assert presence.others(desk) == {}
    presence.here(agent, "screen", number)
    assert list(presence.others(desk)) == [number]
    later(desk, minutes=2)
    assert presence.others(desk) == {}


def test_a_clock_set_back_hides_no_notice_and_keeps_their_order(desk: Desk) -> None:
    agent = desk_of(desk, Role.AGENT)
    number = a_ticket(desk, change="assignee:agent2000")
    notices.mark_seen(agent)
    later(desk, hours=-1)
    conversation.reply(desk, number, "first")
    later(desk, hours=-1)
    conversation.reply(desk, number, "second")
    assert notices.count(agent).new == 2
    assert [notice.excerpt for notice in notices.latest(agent) if notice.new] == ["second", "first"]
    notices.mark_seen(agent)
    assert notices.count(agent).new == 0


def test_a_clock_set_back_does_not_undo_the_wrong_step(desk: Desk) -> None:
    number = a_ticket(desk, change="priority:high")
    later(desk, hours=-1)
    tickets.change_text(desk, [number], "priority:low")
    assert "priority low" in undo.undo(desk).said
    assert tickets.open_ticket(desk, number).card.priority.word == "high"


@pytest.mark.parametrize("year", [2038, 2100])
def test_far_ahead(tmp_path: Path, year: int) -> None:
    desk = a_desk(tmp_path, clock=FixedClock(datetime(year, 1, 19, 3, 14, 8, tzinfo=UTC)))
    number = a_ticket(desk, "Printer is dead", "due:tomorrow")
    detail = tickets.open_ticket(desk, number)
    assert detail.card.created.year == year
    assert detail.card.due is not None
    assert detail.card.due.date().isoformat() == f"{year}-01-20"
    later(desk, days=2)
    assert tickets.numbers(desk, desk.ask("is:late")) == [number]
    desk.close()
