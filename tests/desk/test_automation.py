"""What rules do by themselves as time passes."""

from __future__ import annotations

import random
import threading

import pytest

from helpdesk_tui.desk import (
    automation,
    board_columns,
    board_members,
    boards,
    notices,
    rules,
    tickets,
)
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.errors import Cancelled
from helpdesk_tui.store import rules as rules_store
from tests.builders import a_ticket, desk_of, later
from tests.desk.test_rules import a_rule, found


def test_a_rule_of_passing_time_acts_once_on_each_ticket(desk: Desk) -> None:
    number = a_ticket(desk)
    a_rule(desk, "tick", "is:open idle>3d", "priority:up")
    assert automation.tick(desk).steps == 0
    later(desk, days=4)
    assert automation.tick(desk).steps == 1
    later(desk, days=40)
    assert automation.tick(desk).steps == 0
    assert found(desk, "priority:high") == [number]


def test_with_every_it_acts_again_after_that_time(desk: Desk) -> None:
    a_ticket(desk, change="priority:low")
    a_rule(desk, "tick", "is:open age>1d", "priority:up", every="2d")
    later(desk, days=2)
    assert [automation.tick(desk).steps for _ in range(3)] == [1, 0, 0]
    later(desk, days=1, hours=23)
    assert automation.tick(desk).steps == 0
    later(desk, hours=1)
    assert automation.tick(desk).steps == 1
    assert found(desk, "priority:high")


def test_a_schedule_comes_at_its_time_and_what_was_missed_comes_once(desk: Desk) -> None:
    a_ticket(desk, "Backlog")
    a_rule(desk, "daily 07:00", "is:open", 'note:"Still there?"')
    assert automation.tick(desk).steps == 0, "07:00 was before the rule was"
    later(desk, hours=20)
    assert [automation.tick(desk).steps for _ in range(3)] == [1, 0, 0]
    later(desk, days=9)
    assert [automation.tick(desk).steps for _ in range(3)] == [1, 0, 0]


def test_a_clock_set_back_and_one_that_jumps_ahead_do_nothing_twice(desk: Desk) -> None:
    a_ticket(desk)
    a_rule(desk, "daily 07:00", "is:open", 'note:"Daily"', "Daily")
    a_rule(desk, "tick", "is:open", 'note:"Once"', "Once")
    later(desk, days=1)
    assert automation.tick(desk).steps == 2
    later(desk, days=-1)
    assert automation.tick(desk).steps == 0
    later(desk, days=365)
    assert automation.tick(desk).steps == 1
    later(desk, days=-364)
    assert automation.tick(desk).steps == 0, "what was done today at 07:00 is not done again"
    later(desk, days=1)
    assert automation.tick(desk).steps == 1


def test_what_was_done_by_a_clock_that_was_years_ahead_keeps_nothing_waiting(desk: Desk) -> None:
    a_ticket(desk)
    a_rule(desk, "tick", "is:open", 'note:"Again"', "Again", "1d")
    later(desk, days=3650)
    assert automation.tick(desk).steps == 1
    later(desk, days=-3649)
    assert [automation.tick(desk).steps for _ in range(2)] == [1, 0]


def test_a_ticket_comes_by_a_schedule_from_a_template(desk: Desk) -> None:
    rules.add_shipped(desk, "Check the backups")
    later(desk, days=30)
    automation.tick(desk)
    (number,) = found(desk, "title:backups assignee:admin")
    assert tickets.open_ticket(desk, number).card.steps == 3
    automation.tick(desk)
    assert found(desk, "title:backups") == [number]


def test_two_programs_at_once_do_nothing_twice(desk: Desk) -> None:
    numbers = [a_ticket(desk, f"Ticket {n}") for n in range(30)]
    a_rule(desk, "tick", "is:open", 'note:"Once"')
    a_rule(desk, "daily 07:00", "is:open", 'note:"Daily"', "Daily")
    later(desk, days=1)
    others = [Desk(desk.store.again(), desk.actor, desk.clock, desk.zone) for _ in range(4)]
    threads = [threading.Thread(target=automation.tick, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.close()
    assert {len(tickets.open_ticket(desk, number).conversation) for number in numbers} == {2}


def test_one_of_several_open_boards_lets_time_pass(desk: Desk) -> None:
    assert automation.tick_if_elected(desk, "one") is not None
    assert automation.tick_if_elected(desk, "two") is None
    later(desk, minutes=1)
    assert automation.tick_if_elected(desk, "one") is not None
    later(desk, minutes=2)
    assert automation.tick_if_elected(desk, "two") is not None, "the first has gone"
    assert automation.tick_if_elected(desk, "one") is None
    later(desk, days=-300)
    assert automation.tick_if_elected(desk, "one") is not None, "a clock that went wrong keeps nobody waiting"


def test_the_silent_are_asked_once_and_then_closed(desk: Desk) -> None:
    asking = desk_of(desk, Role.REQUESTER, 2100)
    for name in ("Ask the silent", "Close the silent", "Hear the silent"):
        rules.add_shipped(desk, name)
    number = a_ticket(desk, requester_id=asking.actor.id, change="status:waiting")  # a Wednesday
    later(desk, days=4)
    assert automation.tick(desk).steps == 0, "the weekend does not count"
    later(desk, days=1, minutes=1)
    assert automation.tick(desk).steps == 1
    later(desk, days=7)
    assert automation.tick(desk).steps == 1
    assert found(desk, "is:done -label:asked") == [number]


def test_a_ticket_comes_to_a_rule_by_what_happens_to_it_and_by_time_going_past_it(desk: Desk) -> None:
    a_rule(desk, "tick", "label:vpn is:late", 'note:"Late"')
    numbers = [a_ticket(desk, f"Ticket {n}", change="+vpn due:3h") for n in range(3)]
    automation.tick(desk)
    later(desk, hours=2)
    tickets.change_text(desk, [numbers[0]], "due:1m")
    assert automation.tick(desk).steps == 0
    later(desk, minutes=2)
    assert automation.tick(desk).steps == 1
    later(desk, hours=1)
    assert automation.tick(desk).steps == 1
    assert [len(tickets.open_ticket(desk, number).conversation) for number in numbers] == [1, 1, 1]


def test_a_change_of_the_desk_itself_has_all_tickets_asked_again(desk: Desk) -> None:
    number = a_ticket(desk)
    doing = next(column for column in boards.all_boards(desk)[0].columns if column.name == "To Do")
    a_rule(desk, "tick", "category:doing", "+acted")
    assert automation.tick(desk).steps == 0
    board_columns.add_column(desk, doing.board_id, "Inbox", Category.TODO)
    board_columns.edit_column(desk, doing.id, category=Category.DOING)
    later(desk, minutes=1)
    assert automation.tick(desk).steps == 1
    assert found(desk, "label:acted") == [number]


def test_rules_that_were_looked_at_in_passing_do_as_those_that_are_asked_of_every_ticket(desk: Desk) -> None:
    chance = random.Random(7)
    a_rule(desk, "tick", "is:open idle>1d or due<2h priority>=high", "priority:up", "Up", "6h")
    a_rule(desk, "tick", "is:waiting age>2d -label:asked", "+asked", "Ask")
    numbers = [a_ticket(desk, f"Ticket {n}") for n in range(8)]
    for _ in range(40):
        change = chance.choice(["priority:high", "due:3h", "status:waiting", "due:none", "priority:low", "to:doing"])
        tickets.change_text(desk, [chance.choice(numbers)], change)
        later(desk, minutes=chance.randrange(1, 700))
        automation.tick(desk)
        with desk.store.writing() as unit:  # as if nobody had ever looked
            rules_store.keep(unit, "looked", {"until": None})
            unit.commit()
        assert automation.tick(desk).steps == 0, "the tick before has left nothing"


def test_many_tickets_are_changed_in_short_turns_and_a_rule_rewritten_between_them_stops(desk: Desk) -> None:
    numbers = [a_ticket(desk, f"Ticket {n}") for n in range(3)]
    rule = a_rule(desk, "tick", "is:open", 'note:"First"')
    turns: list[int] = []

    def go_on() -> None:
        turns.append(len(turns))
        if len(turns) == 4:
            rules.edit(desk, rule, Wording("Rule", "tick", "is:open", 'note:"Second"'))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(automation, "AT_ONCE", 1)
        automation.tick(desk, go_on)
        automation.tick(desk)
    said = [tickets.open_ticket(desk, number).conversation for number in numbers]
    assert all(len(comments) == 1 for comments in said), "no act twice"
    assert {comments[0].body for comments in said} == {"First", "Second"}


def test_leaving_in_the_middle_loses_nothing_and_doubles_nothing(desk: Desk) -> None:
    numbers = [a_ticket(desk, f"Ticket {n}") for n in range(6)]
    a_rule(desk, "daily 07:00", "is:open", 'note:"Daily"')
    later(desk, days=1)
    left = iter([None] * 2)

    def go_on() -> None:
        if next(left, "over") == "over":
            raise Cancelled("The screens are closing.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(automation, "AT_ONCE", 2)
        with pytest.raises(Cancelled):
            automation.tick(desk, go_on)
    automation.tick(desk)
    assert [len(tickets.open_ticket(desk, number).conversation) for number in numbers] == [1] * 6


def test_a_late_critical_ticket_is_escalated_and_the_lead_told(desk: Desk) -> None:
    rules.add_shipped(desk, "Escalate late critical")
    lead = desk_of(desk, Role.AGENT, 2600)
    board = boards.all_boards(desk)[0].id
    number = a_ticket(desk, change="priority:critical")
    later(desk, hours=1)
    assert automation.tick(desk).steps == 0
    board_members.set_role(desk, board, lead.actor.id, Role.ADMIN)
    later(desk, minutes=1)
    assert automation.tick(desk).steps == 1
    assert found(desk, "is:escalated") == [number]
    assert notices.latest(lead)[0].excerpt == "This critical ticket is late."


def test_who_is_at_risk_of_missing_a_promise_is_warned_before(desk: Desk) -> None:
    rules.add_shipped(desk, "Warn at risk")
    agent = desk_of(desk, Role.AGENT, 2700)
    number = a_ticket(desk, change="priority:critical assignee:agent2700")
    later(desk, minutes=29)
    assert automation.tick(desk).steps == 0
    later(desk, minutes=2)
    assert automation.tick(desk).steps == 1
    assert (notices.latest(agent)[0].number, notices.latest(agent)[0].excerpt) == (
        number,
        "A service level is at risk.",
    )
    assert automation.tick(desk).steps == 0
