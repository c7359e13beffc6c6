"""Statements in plain words: the same for both engines, and all that a change sends while others wait."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from helpdesk_tui.desk import tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.store.among import listed
from helpdesk_tui.store.plain import Plain
from tests.builders import a_ticket

FOUND = Plain("SELECT id FROM ticket WHERE id IN [ids] AND title LIKE '%rint%' AND removed = :gone ORDER BY id")


def test_both_engines_understand_the_same_words(desk: Desk) -> None:
    first, second = a_ticket(desk), a_ticket(desk, "Printer again")
    a_ticket(desk, "Screen is dark")
    with desk.store.reading() as unit:
        assert unit.ask(FOUND, ids=listed([first, second, 3, 4711]), gone=False) == [(first,), (second,)]
        assert unit.ask(FOUND, ids=listed([]), gone=False) == []


def test_many_are_done_as_one_by_one(desk: Desk) -> None:
    numbers = [a_ticket(desk) for _ in range(3)]
    renaming = Plain("UPDATE ticket SET title = :title WHERE id = :number")
    with desk.store.writing() as unit:
        unit.do_all(renaming, [{"title": "one", "number": numbers[0]}])
        unit.do_all(renaming, [{"title": "many", "number": number} for number in numbers[1:]])
        unit.do_all(renaming, [])
        unit.commit()
    with desk.store.reading() as unit:
        assert unit.ask(Plain("SELECT title FROM ticket ORDER BY id")) == [("one",), ("many",), ("many",)]


@pytest.mark.parametrize(
    "change", ['reply:"Done."', "to:doing", "to:done", "time:5m", "title:Scanner", "priority:high"]
)
def test_nobody_waits_while_a_change_is_put_into_words(desk: Desk, change: str) -> None:
    number = a_ticket(desk)
    sent: list[str] = []
    event.listen(desk.store.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    tickets.change_text(desk, [number], change)
    # On SQLite the beginning goes that way, on PostgreSQL the wait for a turn.
    assert len(sent) == 1
