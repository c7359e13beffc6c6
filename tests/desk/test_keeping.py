"""Keeping a desk, in a file or on a server."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import checkup, keeping, service_levels, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.keeping import State
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import DeskUnusable, NotAllowed
from helpdesk_tui.store.sqlite import SqliteStore
from tests.builders import a_ticket, desk_of, later


def test_a_server_sees_to_its_backups_itself(desk: Desk) -> None:
    if isinstance(desk.store, SqliteStore):
        assert keeping.daily_backup(desk) is not None
        assert keeping.back_up(desk).exists()
        assert len(keeping.backups(desk)) == 2
        return
    assert keeping.daily_backup(desk) is None
    for ask in (keeping.back_up, keeping.backups):
        with pytest.raises(DeskUnusable, match="pg_dump"):
            ask(desk)


@pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER, Role.REQUESTER])
def test_only_admins_take_and_see_backups(desk: Desk, role: Role) -> None:
    other = desk_of(desk, role)
    for ask in (keeping.back_up, keeping.backups, lambda it: list(checkup.check_server(it))):
        with pytest.raises(NotAllowed):
            ask(other)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE column_total SET tickets = 7",
        "UPDATE due_total SET tickets = 7",
        "UPDATE due_total SET hour = hour + 1",
        "UPDATE ticket SET notes = 9, steps_done = 4, minutes = 1",
        "UPDATE ticket SET gone = NOT gone",
    ],
)
def test_wrong_counts_are_found_and_set_right(desk: Desk, statement: str) -> None:
    a_ticket(desk, "Printer is dead", 'note:"a" reply:"b" check:"look" time:5m')
    with desk.store.writing() as unit:
        unit.run(text(statement))
        unit.commit()
    assert {one.what: one.state for one in checkup.check_server(desk)}["counts"] is State.BAD
    found = {one.what: one.state for one in checkup.check_server(desk, repair=True)}
    assert found["counts"] is State.OK


def test_a_clock_that_was_ahead_is_worth_a_word(desk: Desk) -> None:
    later(desk, days=30)
    a_ticket(desk)
    later(desk, days=-30)
    assert {one.what: one.state for one in checkup.check_server(desk)}["clock"] is State.NOTE


def test_clocks_that_are_not_what_follows_from_the_history_are_found_and_set_right(desk: Desk) -> None:
    number = a_ticket(desk)
    service_levels.catch_up(desk)
    assert {one.what: one.state for one in checkup.check_server(desk, full=True)}["clocks"] is State.OK
    with desk.store.writing() as unit:
        unit.run(text(f"UPDATE ticket_service SET resolution_due_at = 5 WHERE ticket_id = {number}"))
        unit.commit()
    assert {one.what: one.state for one in checkup.check_server(desk)}["clocks"] is State.BAD
    assert {one.what: one.state for one in checkup.check_server(desk, repair=True)}["clocks"] is State.OK


@pytest.mark.parametrize("lost", ["text", "index"])
def test_tickets_that_the_search_does_not_know_are_found_and_made_known(desk: Desk, lost: str) -> None:
    a_ticket(desk, "Printer is dead", 'note:"Toner \\\\ drum" check:"look" reply:"soon"')
    number = a_ticket(desk, "Überall Lärm")
    in_file = "INSERT INTO ticket_search(ticket_search) VALUES ('delete-all')"
    statement = {
        "text": f"DELETE FROM ticket_text WHERE ticket_id = {number}",
        "index": in_file if isinstance(desk.store, SqliteStore) else "DELETE FROM ticket_search",
    }[lost]
    with desk.store.writing() as unit:
        unit.run(text(statement))
        unit.commit()
    assert tickets.numbers(desk, desk.ask("larm")) == []
    assert {one.what: one.state for one in checkup.check_server(desk)}["search"] is State.BAD
    found = {one.what: one.state for one in checkup.check_server(desk, repair=True)}
    assert (found["repair"], found["search"]) == (State.OK, State.OK)
    assert tickets.numbers(desk, desk.ask("larm")) == [number]
    assert tickets.numbers(desk, desk.ask('"toner drum"')) == [number - 1]
