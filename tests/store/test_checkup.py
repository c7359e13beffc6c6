"""What a check-up finds in a desk, and what it sets right."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from helpdesk_tui.desk import checkup, keeping, labels, policies, rules, service_levels, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.keeping import Finding, State
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.errors import NotAllowed
from helpdesk_tui.store import checkup_clocks, far_away
from tests.builders import NOON, a_ticket, desk_of, later
from tests.store.test_bad_files import empty, folder, half, words

ME = os.getuid()


def found(desk: Desk, **how: bool) -> dict[str, Finding]:
    return {one.what: one for one in checkup.check_file(desk.store.path, ME, NOON, **how)}


def bad(desk: Desk, **how: bool) -> set[str]:
    return {one.what for one in found(desk, **how).values() if one.state is State.BAD}


def by_another_tool(desk: Desk, *statements: str) -> None:
    with closing(sqlite3.connect(desk.store.path)) as other, other:
        other.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            other.execute(statement)


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A desk with a bit of everything that is counted."""
    labels.add(desk, "vpn")
    a_ticket(desk, "Printer is dead", 'note:"a" reply:"b" check:"look" time:5m +vpn')
    a_ticket(desk, "Gone", "archive")
    service_levels.catch_up(desk)
    return desk


@pytest.mark.parametrize("full", [False, True])
def test_nothing_is_wrong_with_a_desk_that_was_only_used(worked: Desk, full: bool) -> None:
    assert bad(worked, full=full) == set()
    assert set(found(worked)) >= {"file", "sharing", "rights", "disk", "backups", "SQLite", "damage", "search", "clock"}


SPOILED = [
    ("UPDATE column_total SET tickets = 7", "counts"),
    ("UPDATE due_total SET tickets = 7", "counts"),
    ("DELETE FROM due_total", "counts"),
    ("UPDATE ticket SET notes = 9 WHERE id = 1", "counts"),
    ("UPDATE ticket SET steps_done = 1 WHERE id = 1", "counts"),
    ("UPDATE ticket SET gone = 1 WHERE id = 1", "counts"),
    ("DELETE FROM ticket_text WHERE ticket_id = 1", "search"),
    ("INSERT INTO ticket_search(ticket_search) VALUES ('delete-all')", "search"),
    ("UPDATE ticket SET sla_due_at = 5 WHERE id = 1", "clocks"),
    ("UPDATE ticket SET sla_risk_at = 'soon' WHERE id = 1", "clocks"),
    ("UPDATE ticket_service SET course = 'r0' WHERE ticket_id = 1", "clocks"),
    ("UPDATE ticket_service SET first_reply_at = NULL", "clocks"),
    ("UPDATE ticket_service SET policy_id = NULL, replies = 7", "clocks"),
    ("DELETE FROM ticket_service WHERE ticket_id = 2", "clocks"),
    ("UPDATE stay SET since = 0", "clocks"),
    ("DELETE FROM stay", "clocks"),
]


@pytest.mark.parametrize(("statement", "what"), SPOILED)
def test_what_another_tool_has_put_out_of_step_is_found_and_set_right(worked: Desk, statement: str, what: str) -> None:
    by_another_tool(worked, statement)
    assert bad(worked) == {what}
    assert "--repair" in found(worked)[what].do
    assert bad(worked, repair=True) == set()
    assert bad(worked, full=True) == set()
    assert [card.number for card in tickets.find(worked, worked.ask("printer vpn"))] == [1]


def test_clocks_that_do_not_follow_a_changed_promise_yet_are_no_fault(worked: Desk) -> None:
    policies.change(worked, 1, policies.Terms(targets={Priority.NORMAL: Targets(60, 60)}))
    assert found(worked)["clocks"].state is State.NOTE
    assert bad(worked, repair=True) == set()
    assert found(worked)["clocks"].state is State.OK


def test_of_many_tickets_the_newest_are_looked_at_unless_all_are_to_be(
    worked: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup_clocks, "LOOKED_AT", 1)
    by_another_tool(worked, "UPDATE ticket SET sla_due_at = 5 WHERE id = 1")
    assert "the newest 1 of 2" in found(worked)["clocks"].said
    assert bad(worked, full=True) == {"clocks"}


def test_looking_at_the_clocks_changes_nothing(worked: Desk) -> None:
    by_another_tool(worked, "UPDATE ticket SET sla_due_at = 5 WHERE id = 1")
    assert bad(worked) == bad(worked, full=True) == bad(worked) == {"clocks"}


def test_an_index_that_says_something_else_than_the_tickets_is_found_in_full(worked: Desk) -> None:
    by_another_tool(
        worked,
        "DROP TRIGGER ticket_text_changed",
        "UPDATE ticket_text SET title = 'Something else' WHERE ticket_id = 1",
    )
    assert bad(worked) == set()
    assert bad(worked, full=True) == {"search"}
    assert bad(worked, full=True, repair=True) == set()


def test_what_points_at_nothing_is_found(worked: Desk) -> None:
    by_another_tool(worked, "DELETE FROM label")
    assert bad(worked) == {"references"}


@pytest.mark.parametrize("damage", [empty, words, half, folder], ids=lambda it: it.__name__)
def test_a_desk_that_does_not_open_is_looked_at_all_the_same(
    worked: Desk, damage: Callable[[Path, bytes], None]
) -> None:
    path = worked.store.path
    keeping.back_up(worked)
    worked.close()
    whole = path.read_bytes()
    path.unlink()
    damage(path, whole)
    said = found(worked)
    assert [one for one in said.values() if one.state is State.BAD and one.do]
    assert damage is folder or "1 beside the desk" in said["backups"].said


def test_a_damaged_page_is_found(worked: Desk) -> None:
    path = worked.store.path
    worked.close()
    whole = bytearray(path.read_bytes())
    whole[4096 * 20 : 4096 * 21] = b"\xff" * 4096
    path.write_bytes(whole)
    assert "damage" in bad(worked) or "desk" in bad(worked)


def test_backups_have_an_age(worked: Desk) -> None:
    assert found(worked)["backups"].state is State.NOTE
    keeping.back_up(worked)
    assert found(worked)["backups"].state is State.OK
    late = checkup.check_file(worked.store.path, ME, NOON + timedelta(days=3))
    assert {one.what: one for one in late}["backups"].state is State.NOTE


def test_a_clock_that_was_ahead_is_worth_a_word(worked: Desk) -> None:
    later(worked, days=400)
    a_ticket(worked)
    said = found(worked)["clock"]
    assert said.state is State.NOTE
    assert "2027-12-30" in said.said


def test_a_network_file_system_is_bad(worked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(far_away, "file_system_of", lambda _path: "nfs4")
    assert "file system" in bad(worked)


def test_only_admins_and_the_owner_look_inside_and_repair(worked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk_of(worked, Role.AGENT)
    monkeypatch.setattr(keeping, "role_at", lambda _path, uid: Role.ADMIN if uid == 1000 else Role.AGENT)
    said = {one.what for one in checkup.check_file(worked.store.path, 2000, NOON)}
    assert "rights" in said
    assert not said & {"counts", "damage", "search", "clock"}
    with pytest.raises(NotAllowed):
        list(checkup.check_file(worked.store.path, 2000, NOON, repair=True))


def test_nobody_is_taken_in_by_looking(worked: Desk) -> None:
    list(checkup.check_file(worked.store.path, 4711, NOON))
    with worked.store.reading() as unit:
        assert unit.connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 1


def test_policies_and_rules_that_ask_for_what_has_gone_are_named(desk: Desk) -> None:
    labels.add(desk, "gold")
    policies.add(desk, policies.Terms("Gold", "label:gold", 1, {Priority.NORMAL: Targets(60, 60)}))
    rules.add(desk, Wording("Route", "created", "label:gold", "priority:high"))
    assert found(desk)["promises"].state is State.OK
    labels.remove(desk, "gold")
    told = found(desk)["promises"]
    assert told.state is State.NOTE
    assert told.said == "These policies serve no ticket: Gold. These rules cannot act: Route."
