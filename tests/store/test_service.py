"""Clocks and courses kept beside the tickets: whatever happens, they are what the whole history says."""

from __future__ import annotations

import random
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import (
    conversation,
    erasing,
    labels,
    merging,
    merging_people,
    organizations,
    persons,
    policies,
    service_levels,
    tickets,
    undo,
)
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.errors import HelpdeskError
from helpdesk_tui.exchange import demo
from helpdesk_tui.store import bulk, copying, migrate, service
from helpdesk_tui.store.engine import Store
from helpdesk_tui.store.postgres import PostgresStore
from helpdesk_tui.store.sqlite import SqliteStore
from helpdesk_tui.store.tables import from_stored
from tests import engines
from tests.builders import NOON, a_person, a_ticket, an_organization, desk_of, later

HOUR = 3_600_000
SERVICE = "SELECT * FROM ticket_service ORDER BY ticket_id"
STAYS = "SELECT * FROM stay ORDER BY ticket_id, place"
SHOWN = "SELECT id, sla_due_at, sla_risk_at, sla_calendar_id FROM ticket ORDER BY id"


def worked_out(desk: Desk) -> list[Any]:
    with desk.store.reading() as unit:
        return [row for sql in (SERVICE, STAYS, SHOWN) for row in unit.rows(text(sql))]


def anew(desk: Desk, *, from_history: bool = True) -> list[Any]:
    """The same, worked out from nothing; the desk stays as it is."""
    with desk.store.writing() as unit:
        if from_history:
            for table in ("stay", "ticket_service"):
                unit.connection.exec_driver_sql(f"DELETE FROM {table}")
            unit.connection.exec_driver_sql("UPDATE ticket SET sla_due_at = 7, sla_risk_at = 7, sla_calendar_id = 7")
            service.settle(unit, bulk.all_tickets(unit))
        else:
            after: int | None = 0
            while after is not None:
                after = service.resettle(unit, after, 3)
        return [row for sql in (SERVICE, STAYS, SHOWN) for row in unit.rows(text(sql))]


def row_of(desk: Desk, number: int) -> Any:
    with desk.store.reading() as unit:
        return unit.first(text(f"SELECT * FROM ticket_service WHERE ticket_id = {number}"))


def policy_of(desk: Desk, number: int) -> str | None:
    with desk.store.reading() as unit:
        name = "SELECT name FROM policy JOIN ticket_service ON policy_id = policy.id WHERE ticket_id = "
        found: str | None = unit.scalar(text(f"{name}{number}"))
        return found


def is_behind(desk: Desk) -> bool:
    with desk.store.reading() as unit:
        return service.behind(unit) is not None


def a_policy(desk: Desk, name: str, query: str, minutes: int = 90) -> int:
    targets = dict.fromkeys(Priority, Targets(minutes, minutes))
    made = policies.add(desk, policies.Terms(name, query, 1, targets)).made
    assert made is not None
    service_levels.catch_up(desk)
    return made


@pytest.fixture
def kai(desk: Desk) -> int:
    """Somebody who asks."""
    return a_person(desk, "Kai Kask", role=Role.REQUESTER, login="kai")


CHANGES = (
    "priority:high",
    "priority:low",
    "status:waiting",
    "status:",
    "to:doing",
    "to:todo",
    "to:done",
    "+vpn",
    "-vpn",
)


def happen(desk: Desk, agent: Desk, dice: random.Random, numbers: list[int]) -> None:
    """Something happens to one of the tickets, or to two."""
    who = dice.choice((desk, agent))
    number, other = dice.sample(numbers, 2)
    match dice.randrange(12):
        case 0 | 1 | 2 | 3:
            tickets.change_text(who, [number], dice.choice(CHANGES))
        case 4 | 5:
            conversation.reply(who, number, "An answer")
        case 6:
            conversation.note(who, number, "A note")
        case 7:
            undo.undo(who)
        case 8:
            undo.redo(who)
        case 9:
            merging.merge(who, [number], other)
        case 10:
            said = tickets.open_ticket(who, number).conversation
            if said:
                numbers.append(merging.split(who, number, dice.choice(said).id).made or number)
        case _:
            numbers.append(a_ticket(who))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_they_are_what_the_whole_history_says(desk: Desk, kai: int, seed: int) -> None:
    dice = random.Random(seed)
    agent = desk_of(desk, Role.AGENT)
    if seed % 2:
        labels.add(desk, "vpn")
        a_policy(desk, "Gold", "label:vpn", 300)
    numbers = [a_ticket(desk, f"Ticket {at}", requester_id=kai) for at in range(4)]
    done = 0
    for _ in range(40):
        later(desk, minutes=dice.randrange(1, 600))
        try:
            happen(desk, agent, dice, numbers)
            done += 1
        except HelpdeskError:
            continue
    assert done > 15
    service_levels.catch_up(desk)
    now = worked_out(desk)
    assert anew(desk) == now
    assert anew(desk, from_history=False) == now


def test_an_undone_close_never_was(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, hours=1)
    before = worked_out(desk)
    tickets.change_text(desk, [number], "to:done")
    later(desk, hours=2)
    undo.undo(desk)
    assert worked_out(desk) == before


def test_done_again_it_was_closed_when_it_was_at_first(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, hours=1)
    tickets.change_text(desk, [number], "to:done")
    closed = worked_out(desk)
    later(desk, hours=2)
    undo.undo(desk)
    undo.redo(desk)
    assert worked_out(desk) == closed
    assert row_of(desk, number).resolution_used == HOUR


def test_an_answer_that_goes_to_another_ticket_counts_there_and_no_more_here(desk: Desk, kai: int) -> None:
    number = a_ticket(desk, requester_id=kai)
    conversation.reply(desk, number, "An answer")
    assert (row_of(desk, number).replies, row_of(desk, number).first_reply_missed) == (1, False)
    made = merging.split(desk, number, tickets.open_ticket(desk, number).conversation[0].id).made
    assert made is not None
    assert (row_of(desk, number).replies, row_of(desk, number).first_reply_missed) == (0, None)
    assert row_of(desk, made).replies == 1
    undo.undo(desk)
    assert row_of(desk, number).replies == 1


def test_what_was_answered_before_a_merge_was_answered_in_time(desk: Desk, kai: int) -> None:
    one, other = a_ticket(desk, "one", requester_id=kai), a_ticket(desk, "other")
    later(desk, minutes=20)
    conversation.reply(desk, one, "An answer")
    later(desk, days=20)
    merging.merge(desk, [one], other)
    found = row_of(desk, one)
    assert (found.replies, found.first_reply_used, found.first_reply_missed) == (1, HOUR // 3, False)
    assert found.course.split()[-1].startswith("d")
    assert row_of(desk, other).replies == 1
    undo.undo(desk)
    assert (row_of(desk, one).replies, row_of(desk, other).replies) == (1, 0)


def test_a_merged_ticket_goes_on_with_what_was_used_once_it_is_reopened(desk: Desk) -> None:
    one, other = a_ticket(desk, "one"), a_ticket(desk, "other")
    later(desk, hours=1)
    merging.merge(desk, [one], other)
    later(desk, days=1)
    tickets.change_text(desk, [one], "to:todo")
    found = row_of(desk, one)
    assert [part[0] for part in found.course.split()] == ["r", "d", "r"]
    assert from_stored(found.resolution_due_at) == NOON + timedelta(days=7)


def test_the_team_is_who_it_was_when_they_spoke(desk: Desk, kai: int) -> None:
    number = a_ticket(desk, requester_id=kai)
    agent = desk_of(desk, Role.AGENT)
    conversation.reply(agent, number, "An answer")
    persons.edit(desk, agent.actor.id, persons.Details(role=Role.REQUESTER))
    tickets.change_text(desk, [number], "to:doing")
    assert row_of(desk, number).replies == 1


def test_the_first_policy_that_selects_a_ticket_serves_it(desk: Desk) -> None:
    one, other = a_ticket(desk, "one", "+vpn"), a_ticket(desk, "other")
    a_policy(desk, "Gold", "label:vpn")
    assert (policy_of(desk, one), policy_of(desk, other)) == ("Gold", "Standard")
    tickets.change_text(desk, [other], "+vpn")
    tickets.change_text(desk, [one], "-vpn")
    assert (policy_of(desk, one), policy_of(desk, other)) == ("Standard", "Gold")
    undo.undo(desk)
    assert policy_of(desk, one) == "Gold"


def test_a_ticket_that_no_policy_serves_has_a_course_and_no_clocks(desk: Desk) -> None:
    policies.remove(desk, 1)
    number = a_ticket(desk, change="to:doing")
    found = row_of(desk, number)
    assert (found.policy_id, found.resolution_due_at, found.course) == (None, None, f"r{int(NOON.timestamp())}000")
    assert found.doing_at is not None


def test_a_label_that_is_called_differently_serves_on_and_one_that_has_gone_nobody(desk: Desk) -> None:
    number = a_ticket(desk, change="+vpn")
    a_policy(desk, "Gold", "label:vpn")
    assert not is_behind(desk)
    labels.rename(desk, "vpn", "tunnel")
    assert is_behind(desk)
    service_levels.catch_up(desk)
    assert policy_of(desk, number) == "Gold"
    labels.remove(desk, "tunnel")
    service_levels.catch_up(desk)
    assert policy_of(desk, number) == "Standard"
    undo.undo(desk)
    service_levels.catch_up(desk)
    assert policy_of(desk, number) == "Gold"


def test_where_no_policy_asks_for_anything_names_do_not_matter(desk: Desk) -> None:
    a_ticket(desk, change="+vpn")
    service_levels.catch_up(desk)
    labels.rename(desk, "vpn", "tunnel")
    organizations.edit(desk, an_organization(desk), name="Another")
    assert not is_behind(desk)


def test_people_made_one_are_looked_at_again(desk: Desk) -> None:
    one, other = (persons.add(desk, persons.Details(name=name)).made for name in ("R. Rohtla", "Rita Rohtla"))
    assert one is not None
    assert other is not None
    number = a_ticket(desk, requester_id=one)
    a_policy(desk, "Gold", 'requester:"Rita Rohtla"')
    assert policy_of(desk, number) == "Standard"
    merging_people.merge(desk, one, other)
    service_levels.catch_up(desk)
    assert policy_of(desk, number) == "Gold"


def test_what_is_erased_selects_no_ticket_any_more(desk: Desk) -> None:
    rita = a_person(desk, "Rita Rohtla", role=Role.REQUESTER, login="rita")
    number = a_ticket(desk, "The zanzibar printer", requester_id=rita)
    a_policy(desk, "Gold", "zanzibar")
    assert policy_of(desk, number) == "Gold"
    erasing.erase(desk, rita)
    service_levels.catch_up(desk)
    assert policy_of(desk, number) == "Standard"
    assert anew(desk) == worked_out(desk)


def test_catching_up_goes_on_where_it_was_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        a_ticket(desk)
    policies.change(desk, 1, policies.Terms(targets={Priority.NORMAL: Targets(10, 20)}))
    monkeypatch.setattr(service_levels, "AT_ONCE", 2)
    steps = iter(range(2))
    with pytest.raises(StopIteration):
        service_levels.catch_up(desk, lambda: next(steps))
    with desk.store.reading() as unit:
        assert service.behind(unit) == 4
    service_levels.catch_up(desk)
    assert not is_behind(desk)
    assert anew(desk) == worked_out(desk)


def test_a_ticket_that_comes_while_clocks_are_behind_has_those_of_the_new_policy(desk: Desk) -> None:
    a_ticket(desk)
    policies.change(desk, 1, policies.Terms(targets={Priority.NORMAL: Targets(10, 20)}))
    number = a_ticket(desk)
    assert from_stored(row_of(desk, number).resolution_due_at) == NOON + timedelta(minutes=20)
    service_levels.catch_up(desk)
    assert anew(desk) == worked_out(desk)


def test_the_archive_has_its_clocks_too(desk: Desk) -> None:
    number = a_ticket(desk, change="to:done")
    later(desk, days=30)
    tickets.change_text(desk, [number], "archive")
    policies.change(desk, 1, policies.Terms(targets={Priority.NORMAL: Targets(10, 20)}))
    service_levels.catch_up(desk)
    assert not row_of(desk, number).resolution_missed
    assert anew(desk) == worked_out(desk)


class TestManyAtOnce:
    def test_a_filled_desk_has_the_clocks_that_its_history_says(self, desk: Desk) -> None:
        demo.fill(desk, 150)
        assert not is_behind(desk)
        now = worked_out(desk)
        assert anew(desk) == now
        assert len([row for row in now if len(row) == 4]) == tickets.count(desk, desk.ask("-zzz or is:archived"))

    def test_with_them_the_few_that_were_there_before_are_worked_out(self, desk: Desk) -> None:
        a_ticket(desk)
        demo.fill(desk, 6)
        assert not is_behind(desk)
        assert anew(desk) == worked_out(desk)

    def test_many_that_were_there_before_are_left_to_catching_up(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "_FEW", 1)
        a_ticket(desk)
        a_ticket(desk)
        with desk.store.writing() as unit:
            service.promise_changed(unit)
            unit.commit()
        demo.fill(desk, 6)
        assert is_behind(desk)
        service_levels.catch_up(desk)
        assert anew(desk) == worked_out(desk)

    def test_emptied_and_filled_again_nothing_of_before_is_there(self, desk: Desk) -> None:
        a_policy(desk, "Gold", "")
        a_ticket(desk)
        with desk.store.writing() as unit:
            bulk.Bulk(unit).empty()
            for table in ("ticket_service", "stay", "calendar", "policy", "rule", "rule_run", "automation", "ticket"):
                assert unit.scalar(text(f"SELECT count(*) FROM {table}")) == 0

    def test_copied_to_another_store_they_are_the_same(self, desk: Desk, tmp_path: Path) -> None:
        demo.fill(desk, 60)
        with closing(an_empty_store(tmp_path)) as target:
            copying.copy(desk.store, target, lambda *_: None)
            with target.reading() as unit:
                there = [row for sql in (SERVICE, STAYS, SHOWN) for row in unit.rows(text(sql))]
        assert there == worked_out(desk)


def an_empty_store(folder: Path) -> Store:
    """One of the engine of this test, in which nobody has ever been."""
    if engines.on_postgres():
        return PostgresStore(engines.a_url())
    migrate.create(folder / "copy.db")
    return SqliteStore(folder / "copy.db")
