"""Who has how much to do, did how much, and does what now."""

from __future__ import annotations

from datetime import timedelta

from helpdesk_tui.desk import conversation, figures, people, persons, presence, rules, structure, tickets, timing
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.domain.at_work import AtWork, Doing, Seen
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Wording
from tests.builders import NOON, a_person, a_ticket, desk_of, later


def of(desk: Desk, name: str) -> AtWork:
    return next(one for one in people.at_work(desk, everybody=True) if one.person.short == name)


def test_open_and_late_tickets_are_counted_by_whose_they_are(desk: Desk) -> None:
    a_person(desk, "Bob")
    a_ticket(desk, change="assignee:bob", due=NOON - timedelta(hours=1))
    a_ticket(desk, change="assignee:bob", due=NOON + timedelta(hours=1))
    a_ticket(desk, change="assignee:bob archive")
    a_ticket(desk)
    assert (of(desk, "bob").open, of(desk, "bob").late, of(desk, "admin").open) == (2, 1, 0)


def test_what_was_done_is_counted_this_day_and_this_week(desk: Desk) -> None:
    agent = desk_of(desk, Role.AGENT)
    closed, open_ = (a_ticket(desk, change="assignee:agent2000") for _ in range(2))
    tickets.change_text(agent, [closed], "time:25m to:done")
    conversation.reply(agent, open_, "hello")
    conversation.note(agent, open_, "not counted")
    found = of(desk, "agent2000")
    assert (found.open, found.replied_today, found.closed_this_week, found.minutes_this_week) == (1, 1, 1, 25)
    later(desk, days=1)
    found = of(desk, "agent2000")
    assert (found.replied_today, found.closed_this_week, found.minutes_this_week) == (0, 1, 25)
    later(desk, days=4)
    found = of(desk, "agent2000")
    assert (found.closed_this_week, found.minutes_this_week) == (0, 0)


def test_how_much_of_what_they_can_is_taken(desk: Desk) -> None:
    bob = a_person(desk, "Bob")
    assert (of(desk, "bob").use, of(desk, "bob").over) == (None, False)
    persons.edit(desk, bob, Details(capacity=2))
    for _ in range(3):
        a_ticket(desk, change="assignee:bob")
    assert (of(desk, "bob").use, of(desk, "bob").over) == (1.5, True)


def test_what_they_have_open_and_what_they_time_is_there_now(desk: Desk) -> None:
    agent = desk_of(desk, Role.AGENT)
    number = a_ticket(desk)
    presence.here(agent, "screen", number, Doing.REPLYING)
    timing.start(agent, number)
    found = of(desk, "agent2000")
    assert (found.here, found.timing, found.timing_since) == ((Seen(number, Doing.REPLYING),), number, NOON)
    later(desk, minutes=5)
    assert of(desk, "agent2000").here == ()


def test_agents_alone_unless_everybody_is_asked_for(desk: Desk) -> None:
    desk_of(desk, Role.REQUESTER)
    assert [one.person.role for one in people.at_work(desk)] == [Role.ADMIN]
    assert len(people.at_work(desk, everybody=True)) == 2


def test_tickets_that_may_not_be_seen_do_not_count(desk: Desk) -> None:
    bob = a_person(desk, "Bob")
    board = structure.add_board(desk, "Members").made or 0
    with desk.store.writing() as unit:
        unit.connection.exec_driver_sql(f"UPDATE board SET members_only = TRUE WHERE id = {board}")
        unit.connection.exec_driver_sql(f"INSERT INTO board_member VALUES ({board}, {bob}, 'agent')")
        unit.commit()
    number = a_ticket(desk, board_id=board, assignee_id=bob)
    presence.here(desk, "screen", number)
    agent = desk_of(desk, Role.AGENT)
    assert (of(desk, "bob").open, of(desk, "admin").here) == (1, (Seen(number, Doing.READING),))
    assert (of(agent, "bob").open, of(agent, "admin").here) == (0, ())


def test_whoever_acts_for_the_rules_is_on_no_list_of_people(desk: Desk) -> None:
    rules.add(desk, Wording("Route", "created", "", "priority:high"))
    a_ticket(desk)
    assert "rules" in {entry.who for entry in tickets.open_ticket(desk, 1).history}
    lists = (
        [one.person for one in people.at_work(desk, everybody=True)],
        people.everybody(desk), people.people(desk), people.people(desk, "rul"), people.agents(desk),
    )  # fmt: skip
    assert all("rules" not in [one.name for one in those] for those in lists)
    assert desk.asking().lookup.known("person", "rul", 10) == []
    load = figures.figures(figures.facts(desk), figures.period(figures.facts(desk))).load
    assert "rules" not in [one.name for one in load.people]
