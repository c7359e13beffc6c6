"""Twenty thousand at once: more than SQLite takes parameters, and more rows than are written at once."""

from __future__ import annotations

import io
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from helpdesk_tui.desk import boards, labels, tickets
from helpdesk_tui.desk.boards import Question
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.exchange import csv_export, json_desk
from helpdesk_tui.language.bound import AllOf, AnyOf, Bound, Opposite, RefersTo
from helpdesk_tui.store import bulk, card_page, records
from tests.builders import NOON, a_desk

MANY = bulk._ROWS_AT_ONCE + 1_000
FEWEST = 999
"""What SQLite before 3.32 takes; later ones take 32,766, Debian's 250,000."""

AT = int(NOON.timestamp() * 1000)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of as many people called Sam, each of whom has written a ticket."""
    desk = a_desk(tmp_path_factory.mktemp("crowd"))
    column = boards.all_boards(desk)[0].columns[0]
    with desk.store.writing() as unit:
        rows = bulk.Bulk(unit)
        people = [
            rows.add("person", name=f"Sam {n}", folded=f"sam {n}", role=Role.REQUESTER.value) for n in range(MANY)
        ]
        label = rows.add("label", name="vpn", folded="vpn")
        for n in range(MANY):
            number = rows.add(
                "ticket", title=f"Ticket {n}", folded=f"ticket {n}", board_id=column.board_id, column_id=column.id,
                rank=f"{n:06}", priority=2, requester_id=people[n], created_at=AT, updated_at=AT,
            )  # fmt: skip
            rows.pair("ticket_label", ticket_id=number, label_id=label)
        rows.finish()
        unit.commit()
    desk.close()
    return desk.store.path


@pytest.fixture
def desk(crowd: Path, tmp_path: Path) -> Iterator[Desk]:
    """That desk, on an SQLite that takes no more parameters than it must."""
    shutil.copy(crowd, tmp_path / "desk.db")
    opened = a_desk(tmp_path)

    def limit(connection: Any, *_: object) -> None:
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, FEWEST)

    event.listen(opened.store.engine, "checkout", limit)
    yield opened
    opened.close()


def test_a_name_that_everybody_has(desk: Desk) -> None:
    assert tickets.count(desk, desk.ask("requester:sam")) == MANY
    assert tickets.count(desk, desk.ask("-requester:sam")) == 0
    assert len(tickets.find(desk, desk.ask("requester:sam"), limit=10)) == 10
    state = boards.read(desk, Question(1, desk.ask("requester:sam")), 25)
    assert state.shown == MANY


@pytest.mark.parametrize("field", ["number", "requester", "assignee", "label", "watcher", "agent", "org", "column"])
def test_sets_of_any_field_may_be_large(desk: Desk, field: str) -> None:
    everything = RefersTo(field, frozenset(range(1, 2 * MANY)))
    half = RefersTo(field, frozenset(range(1, MANY // 2 + 1)))
    found = tickets.count(desk, Bound(everything))
    assert found == tickets.count(desk, Bound(AnyOf((everything, half, Opposite(everything))))) - (MANY - found)
    assert tickets.count(desk, Bound(AllOf((half, Opposite(everything))))) == 0


def test_the_largest_query_there_can_be(desk: Desk) -> None:
    parts = tuple(RefersTo("number", frozenset(range(n, n + 50))) for n in range(1, 19))
    assert tickets.count(desk, Bound(AnyOf(parts))) == 67


def test_all_cards_at_once(desk: Desk) -> None:
    asked = Bound(RefersTo("number", frozenset(range(1, MANY + 1))))
    assert len(tickets.numbers(desk, asked)) == MANY
    with desk.store.reading() as unit:
        assert len(card_page.cards(unit, range(1, MANY + 1), desk.actor)) == MANY
        assert len(card_page.labels_of(unit, range(1, MANY + 1))) == MANY
        assert len(records.fetch_many(unit, "ticket", range(1, MANY + 1))) == MANY


def test_a_change_of_more_than_there_may_be_parameters(desk: Desk) -> None:
    numbers = range(1, FEWEST + 501)
    tickets.change_text(desk, numbers, "+seen priority:high")
    assert tickets.count(desk, desk.ask("label:seen priority:high")) == len(numbers)
    labels.remove(desk, "seen")
    assert desk.asking().lookup.labels("seen") == ()


def test_exports_of_all_of_it(desk: Desk) -> None:
    assert csv_export.export(desk, desk.ask("requester:sam"), io.StringIO()) == MANY
    some = Bound(RefersTo("number", frozenset(range(1, 2 * FEWEST))))
    assert json_desk.export(desk, some, io.StringIO()) == 2 * FEWEST - 1


def test_a_bulk_change_of_all_of_it(desk: Desk) -> None:
    with desk.store.writing() as unit:
        rows = bulk.Bulk(unit)
        for number in range(1, MANY + 1):
            rows.add("comment", ticket_id=number, author_id=1, speech="reply", body="seen", at=AT)
        rows.finish(touched=range(1, MANY + 1))
        unit.commit()
    assert tickets.count(desk, desk.ask("seen has:reply")) == MANY
