"""The daily report: what was done on a day, and what wants attention after it."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk_tui.desk import conversation, daily, rules, tickets, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain import daily as report
from helpdesk_tui.domain.daily import SHOWN, Some
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.errors import LanguageError, NotAllowed, UsageError
from tests.builders import a_person, a_ticket, desk_of, later


def numbers(some: Some) -> list[int]:
    return [card.number for card in some.cards]


def said(found: report.Daily) -> dict[str, dict[int, tuple[str, ...]]]:
    return {one.name: {ticket.number: ticket.deeds for ticket in one.tickets} for one in found.workers}


def test_it_tells_who_did_what_yesterday(desk: Desk) -> None:
    bob = desk_of(desk, Role.AGENT, name="Bob Builder")
    number, other = a_ticket(desk), a_ticket(desk)
    conversation.reply(bob, number, "Is it plugged in?")
    conversation.reply(bob, number, "Hello?")
    conversation.note(bob, number, "It is not.")
    tickets.change_text(bob, [number], "time:25m to:done")
    later(desk, days=1)
    conversation.reply(bob, other, "Today.")
    found = daily.daily(desk)
    assert found.day == date(2026, 11, 25)
    assert said(found) == {
        "admin": {number: ("created",), other: ("created",)},
        "agent2000": {number: ("2 replies", "1 note", "25 min", "closed")},
    }
    assert [one.minutes for one in found.workers] == [0, 25]
    assert (numbers(found.came_in), numbers(found.closed)) == ([number, other], [number])


def test_what_was_undone_and_what_requesters_did_is_no_work(desk: Desk) -> None:
    guest = desk_of(desk, Role.REQUESTER)
    number = a_ticket(guest)
    tickets.change_text(desk, [number], "to:done")
    undo.undo(desk)
    found = daily.daily(desk, date(2026, 11, 25))
    assert said(found) == {}
    assert numbers(found.came_in) == [number]
    assert found.closed == Some()


def test_what_rules_did_is_nobodys_work(desk: Desk) -> None:
    rules.add(desk, Wording("Route", "created", "", "priority:high assignee:admin"))
    number = a_ticket(desk)
    assert tickets.open_ticket(desk, number).card.assignee == "admin"
    assert said(daily.daily(desk, date(2026, 11, 25))) == {"admin": {number: ("created",)}}


def test_a_change_is_said_only_where_there_is_nothing_more_to_say(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, days=1)
    tickets.change_text(desk, [number], "priority:high")
    assert said(daily.daily(desk, date(2026, 11, 26))) == {"admin": {number: ("changed",)}}
    tickets.change_text(desk, [number], "to:doing assignee:me")
    assert said(daily.daily(desk, date(2026, 11, 26))) == {"admin": {number: ("assigned", "moved")}}


def test_late_and_stuck_are_told_as_they_are_now(desk: Desk) -> None:
    late = a_ticket(desk, change="due:+1h priority:low")
    blocked = a_ticket(desk, change="status:blocked priority:low due:2026-12-31")
    idle = a_ticket(desk, change="to:doing priority:low")
    waiting = a_ticket(desk, change="to:doing status:waiting priority:low")
    later(desk, hours=2)
    found = daily.daily(desk)
    assert (numbers(found.late), numbers(found.stuck)) == ([late], [blocked])
    later(desk, days=4)
    found = daily.daily(desk)
    assert set(numbers(found.stuck)) == {blocked, idle}
    assert waiting not in numbers(found.stuck)


def test_the_report_reads_from_top_to_bottom(desk: Desk) -> None:
    a_ticket(desk, "Printer is dead", requester_id=a_person(desk, "Rita", Role.REQUESTER), change="priority:high")
    text = report.text(daily.daily(desk, date(2026, 11, 25)), lambda at: f"{at:%H:%M}")
    assert text.splitlines() == [
        "Daily report, Wednesday 25 Nov 2026",
        "",
        "Who worked on what",
        "  admin: 1 ticket",
        "    #1 (created) Printer is dead",
        "",
        "Came in: 1",
        "  #1 (high, from Rita) Printer is dead",
        "",
        "Closed",
        "  Nothing was closed.",
        "",
        "Late now",
        "  Nothing is late.",
        "",
        "Stuck",
        "  Nothing is stuck.",
    ]


def test_of_many_tickets_the_first_are_named_and_all_counted(desk: Desk) -> None:
    for number in range(SHOWN + 3):
        a_ticket(desk, f"Ticket {number}")
    found = daily.daily(desk, date(2026, 11, 25))
    assert (found.came_in.count, len(found.came_in.cards)) == (SHOWN + 3, SHOWN)
    assert "and 3 more" in report.text(found, str)


def test_who_may_not_read_notes_is_not_told_of_them(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, days=1)
    conversation.note(desk, number, "Secret.")
    viewer = desk_of(desk, Role.VIEWER)
    assert said(daily.daily(viewer, date(2026, 11, 26))) == {}


def test_requesters_get_no_report(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        daily.daily(desk_of(desk, Role.REQUESTER))


def test_a_day_is_one_that_has_begun(desk: Desk) -> None:
    assert daily.day_named(desk, "yesterday") == date(2026, 11, 24)
    assert daily.day_named(desk, "mon") == date(2026, 11, 23)
    with pytest.raises(UsageError, match="still to come"):
        daily.day_named(desk, "2026-12-24")
    with pytest.raises(LanguageError):
        daily.day_named(desk, "31 february")
