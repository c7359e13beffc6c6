"""A process killed in the middle of its writes: everything it was told is saved, is there, and the desk is sound."""

from __future__ import annotations

import random
import signal
import time
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.store import bulk, derived, search
from tests.builders import a_desk, a_ticket
from tests.store.elsewhere import Say, at, elsewhere

ROUNDS = 4


def write_and_tell(desk: Desk, say: Say) -> None:
    """A thousand and some writes; each word said is a promise."""
    for turn in range(334):
        number = a_ticket(desk, f"ticket {turn}", labels=(f"l{turn % 7}",))
        say(("made", number, f"ticket {turn}"))
        tickets.change_text(desk, [number], f'reply:"answer {turn}" check:"step" note:"hm" time:5m')
        say(("answered", number, f"answer {turn}"))
        tickets.change_text(desk, [number], "to:done priority:high")
        say(("closed", number, ""))


def sound(desk: Desk) -> None:
    """The file, its references, its full-text index and everything counted are right."""
    with desk.store.writing() as unit:
        run = unit.connection.exec_driver_sql
        assert run("PRAGMA integrity_check").scalars().all() == ["ok"]
        assert run("PRAGMA foreign_key_check").all() == []
        run("INSERT INTO ticket_search(ticket_search, rank) VALUES ('integrity-check', 1)")
        before = bulk.tickets(unit, bulk.all_tickets(unit))
        derived.recount(unit, [row["id"] for row in before])
        assert bulk.tickets(unit, bulk.all_tickets(unit)) == before
        for column, anew in search.texts_of("sqlite", "ticket").items():
            assert (
                run(
                    f"SELECT id FROM ticket JOIN ticket_text ON id = ticket_id WHERE ticket_text.{column} IS NOT {anew}"
                ).all()
                == []
            )
        last = unit.rows(text("SELECT ticket_id, max(id) FROM event WHERE ticket_id NOT NULL GROUP BY ticket_id"))
        assert last == unit.rows(text("SELECT id, last_event_id FROM ticket ORDER BY id"))


def kept(desk: Desk, promise: tuple[str, int, str]) -> bool:
    kind, number, words = promise
    found = tickets.open_ticket(desk, number)
    match kind:
        case "made":
            return found.card.title == words
        case "answered":
            return any(comment.body == words for comment in found.conversation) and found.minutes == 5
        case _:
            return found.card.closed is not None


def test_kill_9_in_the_middle_of_a_thousand_writes(tmp_path: Path) -> None:
    dice = random.Random(9)
    desk = a_desk(tmp_path)
    promises: list[tuple[str, int, str]] = []
    for _ in range(ROUNDS):
        with elsewhere(tmp_path, write_and_tell) as writer:
            said = [writer.next() for _ in range(dice.randrange(20, 140))]
            time.sleep(dice.uniform(0, 0.03))
            writer.signal(signal.SIGKILL)
            promises += said + writer.rest()
            assert writer.end() == -signal.SIGKILL
    assert len(promises) > 20 * ROUNDS
    assert all(kept(desk, promise) for promise in promises)
    sound(desk)


def test_a_desk_of_which_nobody_was_left_is_sound_when_opened_again(tmp_path: Path) -> None:
    a_desk(tmp_path).close()
    with elsewhere(tmp_path, write_and_tell) as writer:
        promises = [writer.next() for _ in range(20)]
        writer.signal(signal.SIGKILL)
        promises += writer.rest()
    desk = a_desk(tmp_path)
    assert all(kept(desk, promise) for promise in promises)
    sound(desk)


def write_without_end(desk: Desk, say: Say, number: int) -> None:
    with desk.store.writing() as unit:
        for size in count(1):
            unit.connection.exec_driver_sql(
                "UPDATE ticket SET description = ? WHERE id = ?", ("x" * 9999 * size, number)
            )
            say(size)


def test_of_a_change_killed_half_way_nothing_is_kept(desk: Desk) -> None:
    number = a_ticket(desk, description="whole")
    with elsewhere(at(desk), write_without_end, number) as writer:
        assert [writer.next() for _ in range(20)]
        writer.signal(signal.SIGKILL)
    assert tickets.open_ticket(desk, number).description == "whole"
    sound(desk)


def found_and_stop(desk: Desk, say: Say) -> None:
    say(desk.actor.id)
    time.sleep(60)


@pytest.mark.parametrize("after", [0.0, 0.03, 0.06, 0.12])
def test_a_desk_killed_while_it_is_made_is_there_whole_or_not_at_all(tmp_path: Path, after: float) -> None:
    with elsewhere(tmp_path, found_and_stop) as maker:
        time.sleep(after)
        maker.signal(signal.SIGKILL)
    desk = a_desk(tmp_path)
    assert a_ticket(desk) == 1
    sound(desk)
