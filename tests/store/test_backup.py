"""A copy of a desk is whole, whatever happens to the desk meanwhile."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from helpdesk_tui.desk import tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.exchange import demo
from helpdesk_tui.store import backup
from tests.builders import NOON, a_desk, a_ticket
from tests.store.elsewhere import Say, at, elsewhere


def write_on(desk: Desk, say: Say) -> None:
    for turn in count():
        tickets.change_text(desk, [1], f'note:"{turn}"')
        say(turn)


def check(path: Path) -> tuple[str, int, int]:
    """Its own verdict, the notes that ticket 1 counts, and those there are."""
    with closing(sqlite3.connect(path)) as copy:
        ((verdict,),) = copy.execute("PRAGMA integrity_check")
        ((counted,),) = copy.execute("SELECT notes FROM ticket WHERE id = 1")
        ((there,),) = copy.execute("SELECT count(*) FROM comment WHERE ticket_id = 1 AND speech = 'note'")
    return verdict, counted, there


def test_a_desk_that_is_written_to_is_copied_at_one_moment(desk: Desk, tmp_path: Path) -> None:
    demo.fill(desk, 1500)
    with elsewhere(at(desk), write_on) as writer:
        for turn in range(3):
            writer.next()
            began = time.monotonic()
            backup.copy(desk.store, tmp_path / f"copy{turn}.db")
            assert time.monotonic() - began < 5
    copies = [check(tmp_path / f"copy{turn}.db") for turn in range(3)]
    assert {verdict for verdict, _, _ in copies} == {"ok"}
    assert all(counted == there for _, counted, there in copies)


def test_a_copy_is_a_desk(desk: Desk, tmp_path: Path) -> None:
    number = a_ticket(desk, "Printer is dead")
    (tmp_path / "copy").mkdir()
    backup.copy(desk.store, tmp_path / "copy" / "desk.db")
    copied = a_desk(tmp_path / "copy")
    assert tickets.open_ticket(copied, number).card.title == "Printer is dead"
    assert a_ticket(copied) == number + 1


def test_a_copy_holds_what_is_still_in_the_log(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk)
    backup.copy(desk.store, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM ticket").fetchone() == (1,)


def test_a_copy_is_one_file_for_its_owner_only(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    before = os.umask(0)
    try:
        backup.copy(desk.store, tmp_path / "copies" / "copy.db")
    finally:
        os.umask(before)
    (made,) = (tmp_path / "copies").iterdir()
    assert made.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_nothing_is_overwritten(desk: Desk, tmp_path: Path, kind: str) -> None:
    there, aim = tmp_path / "copy.db", tmp_path / "aim"
    aim.write_text("mine")
    match kind:
        case "file":
            there.write_text("mine")
        case "link":
            there.symlink_to(aim)
        case _:
            there.mkdir()
    with pytest.raises(DeskUnusable, match="already exists"):
        backup.copy(desk.store, there)
    assert aim.read_text() == "mine"
    assert there.is_dir() or there.read_text() == "mine"


def test_a_place_that_is_not_there_is_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DeskUnusable, match="cannot be written"):
        backup.copy(desk.store, tmp_path / "nowhere" / "copy.db")


def test_a_damaged_desk_gives_no_backup(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    demo.fill(desk, 200)
    desk.close()
    with open(desk.store.path, "r+b") as file:
        file.seek(4096 * 30)
        file.write(b"\xff" * 4096)
    again = a_desk(tmp_path)
    with pytest.raises(DeskUnusable, match=r"damaged|did not pass"):
        backup.copy(again.store, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_backups_before_something_large_tell_when_and_why(desk: Desk) -> None:
    made = [backup.before(desk.store, "import", NOON).name for _ in range(3)]
    assert made == ["20261125T120000-import.db", "20261125T120000-import-1.db", "20261125T120000-import-2.db"]
    folder = desk.store.path.with_name("desk.db-backups")
    assert folder.stat().st_mode & 0o777 == 0o700
