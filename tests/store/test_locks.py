"""SQLite's locks on a desk that is open in this process: they go when any of its files is closed here.

See https://sqlite.org/howtocorrupt.html, 2.2: without them another process takes the desk for unused, and what one of the
two reads or writes then is wrong.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.spooling import spooled_paths
from helpdesk_tui.errors import UsageError
from helpdesk_tui.store import checkup_files
from tests.builders import a_desk, a_ticket

FILES = ("desk.db", "desk.db-wal", "desk.db-shm")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = a_desk(tmp_path)
    a_ticket(desk, "Printer")
    yield desk
    desk.close()


def locks(folder: Path) -> set[str]:
    """The locks that this process has on the desk's files."""
    numbers = {f":{os.stat(folder / name).st_ino}" for name in FILES if (folder / name).exists()}
    lines = Path("/proc/locks").read_text(encoding="utf-8").splitlines()
    mine = (line.split() for line in lines if "POSIX" in line and f" {os.getpid()} " in line)
    return {" ".join(words[3:]) for words in mine if any(words[5].endswith(number) for number in numbers)}


def test_mending_the_rights_of_its_files_leaves_them(desk: Desk, tmp_path: Path) -> None:
    with desk.store.reading():
        for name in FILES[1:]:
            os.chmod(tmp_path / name, 0o666)
        held = locks(tmp_path)
        assert held
        assert set(checkup_files.mend(tmp_path / "desk.db")) >= {tmp_path / name for name in FILES[1:]}
        assert locks(tmp_path) == held


@pytest.mark.parametrize("name", FILES)
def test_its_own_files_are_not_attached(desk: Desk, tmp_path: Path, name: str) -> None:
    (tmp_path / "link").symlink_to(tmp_path / name)
    with desk.store.reading():
        held = locks(tmp_path)
        assert held
        for path in (tmp_path / name, tmp_path / "link"):
            with pytest.raises(UsageError, match="is the desk itself"), spooled_paths(desk, [path]):
                pass
        assert locks(tmp_path) == held
