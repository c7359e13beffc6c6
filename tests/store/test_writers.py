"""Many at once: nobody's change is lost, nobody waits for ever."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk import tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.errors import DeskBusy
from helpdesk_tui.store.sqlite import SqliteStore, side_file
from helpdesk_tui.store.writer_queue import WriterQueue
from tests.builders import NOON, a_desk, a_ticket
from tests.store.elsewhere import Say, at, elsewhere, several

WRITERS = 8
CHANGES = 60


def impatient(desk: Desk, patience: float = 0.4) -> Desk:
    """The same desk for somebody who waits only so many seconds for a turn."""
    return Desk(SqliteStore(desk.store.path, patience=patience), desk.actor, FixedClock(NOON), desk.zone)


def write(desk: Desk, say: Say, number: int, who: int) -> None:
    """Every kind of small change, on one ticket that everybody is at."""
    for turn in range(CHANGES // 3):
        tickets.change_text(desk, [number], f"+l{who}")
        tickets.change_text(desk, [number], f'-l{who} note:"{who}.{turn}"')
        tickets.change_text(desk, [number], f"time:1m title:t{who}.{turn}")
    say("done")


def hold_the_pen(desk: Desk, say: Say) -> None:
    """Begin to write and never end."""
    with desk.store.writing():
        say("writing")
        time.sleep(60)


def make_one(desk: Desk, say: Say) -> None:
    say("here")
    say(a_ticket(desk))


def open_it(desk: Desk, say: Say) -> None:
    say(desk.actor.id)


def test_eight_processes_at_one_ticket_lose_nothing(desk: Desk) -> None:
    number = a_ticket(desk)
    version = tickets.open_ticket(desk, number).version
    with several(at(desk), write, [(number, who) for who in range(WRITERS)]) as others:
        assert [other.rest() for other in others] == [["done"]] * WRITERS
    found = tickets.open_ticket(desk, number)
    expected = {f"{who}.{turn}" for who in range(WRITERS) for turn in range(CHANGES // 3)}
    assert {comment.body for comment in found.conversation} == expected
    assert found.minutes == found.card.notes == len(expected)
    assert found.version == version + WRITERS * CHANGES
    assert found.card.labels == ()


def test_a_desk_opened_by_many_at_once_is_founded_once(tmp_path: Path) -> None:
    with several(tmp_path, open_it, [()] * 6) as others:
        assert [other.rest() for other in others] == [[1]] * 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk.db", "desk.db-queue"]


def test_a_stopped_writer_is_not_waited_for_for_ever(desk: Desk) -> None:
    with elsewhere(at(desk), hold_the_pen) as other:
        assert other.next() == "writing"
        other.signal(signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(DeskBusy, match="writing to the desk for too long"):
            a_ticket(impatient(desk))
        assert time.monotonic() - began < 2


def test_readers_do_not_wait_for_a_stopped_writer(desk: Desk) -> None:
    number = a_ticket(desk)
    with elsewhere(at(desk), hold_the_pen) as other:
        assert other.next() == "writing"
        other.signal(signal.SIGSTOP)
        assert tickets.numbers(impatient(desk), desk.ask("")) == [number]


def test_a_killed_writer_leaves_its_turn_to_the_next(desk: Desk) -> None:
    with elsewhere(at(desk), hold_the_pen) as holder:
        assert holder.next() == "writing"
        with elsewhere(at(desk), make_one) as waiting:
            assert waiting.next() == "here"
            time.sleep(0.2)
            holder.signal(signal.SIGKILL)
            assert waiting.next() == 1


def test_who_gave_up_waiting_does_not_take_a_later_turn(desk: Desk) -> None:
    queue = WriterQueue(side_file(desk.store.path), patience=0.1)
    with elsewhere(at(desk), hold_the_pen) as holder:
        assert holder.next() == "writing"
        with pytest.raises(DeskBusy), queue.turn():
            pass
    for _ in range(20):
        with queue.turn():
            pass


def test_two_threads_of_one_program_queue_like_two_programs(desk: Desk) -> None:
    queue = WriterQueue(side_file(desk.store.path), patience=0.1)
    with queue.turn(), pytest.raises(DeskBusy), queue.turn():
        pass


def test_a_failed_turn_is_given_on(desk: Desk) -> None:
    with pytest.raises(RuntimeError), desk.store.writing():
        raise RuntimeError
    assert a_ticket(impatient(desk)) == 1


def test_the_side_file_is_for_the_owner_only(tmp_path: Path) -> None:
    a_ticket(a_desk(tmp_path))
    assert side_file(tmp_path / "desk.db").stat().st_mode & 0o777 == 0o600


def test_who_waits_for_a_long_errand_is_told_what_it_is(desk: Desk) -> None:
    store = desk.store
    assert isinstance(store, SqliteStore)
    queue = WriterQueue(side_file(store.path), patience=0.2, like=store.path)
    with queue.turn("The attic is being cleared."), pytest.raises(DeskBusy) as waited, queue.turn():
        pass
    assert str(waited.value) == "The attic is being cleared. Nothing was changed; try again in a minute."
    side_file(store.path).write_text("The attic is being cleared.")  # by somebody who was killed at it
    with queue.turn(), pytest.raises(DeskBusy, match="Another program"), queue.turn():
        pass
