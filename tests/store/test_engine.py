"""What every connection to a desk is set up for, and what a unit of work promises."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import event, text

from helpdesk_tui.desk import boards, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store import records
from helpdesk_tui.store.sqlite import APPLICATION_ID, log_file
from tests.builders import a_desk, a_ticket, board_of
from tests.store.elsewhere import opened


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def said(desk: Desk) -> list[str]:
    """The SQL that the desk sends from now on."""
    statements: list[str] = []
    event.listen(desk.store.engine, "before_cursor_execute", lambda *sent: statements.append(sent[2]))
    return statements


@pytest.fixture
def outsider(desk: Desk) -> Iterator[sqlite3.Connection]:
    """Somebody with the database's own tools."""
    connection = sqlite3.connect(desk.store.path, isolation_level=None, timeout=0)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("application_id", APPLICATION_ID),
    ],
)
def test_every_connection_is_set_up(durable: None, desk: Desk, pragma: str, value: object) -> None:
    with desk.store.reading() as first, desk.store.reading() as second:
        for unit in (first, second):
            assert unit.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_writer_takes_the_lock_before_it_reads(desk: Desk, said: list[str]) -> None:
    a_ticket(desk)
    assert "BEGIN IMMEDIATE" in said
    assert all(one == "BEGIN IMMEDIATE" or not one.startswith("BEGIN") for one in said[said.index("BEGIN IMMEDIATE") :])


def test_a_reader_takes_no_lock(desk: Desk, said: list[str]) -> None:
    board_of(desk)
    assert {one for one in said if one.startswith("BEGIN")} == {"BEGIN"}


def test_a_reader_sees_one_moment(desk: Desk) -> None:
    with desk.store.reading() as unit:
        before = unit.scalar(text("SELECT count(*) FROM ticket"))
        a_ticket(desk)
        assert unit.scalar(text("SELECT count(*) FROM ticket")) == before


def test_without_a_commit_nothing_is_kept(desk: Desk) -> None:
    with desk.store.writing() as unit:
        records.add(unit, "label", {"name": "lost", "folded": "lost"})
    with desk.store.reading() as unit:
        assert unit.scalar(text("SELECT count(*) FROM label")) == 0


def test_an_error_rolls_back_what_was_written_before_it(desk: Desk) -> None:
    def fail() -> None:
        with desk.store.writing() as unit:
            records.add(unit, "label", {"name": "lost", "folded": "lost"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with desk.store.reading() as unit:
        assert unit.scalar(text("SELECT count(*) FROM label")) == 0


def test_a_reading_unit_has_nothing_to_commit(desk: Desk) -> None:
    with desk.store.reading() as unit, pytest.raises(RuntimeError):
        unit.commit()


def test_a_reference_to_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(DeskUnusable, match="contradicts"), desk.store.writing() as unit:
        records.write(unit, "ticket", a_ticket_in(unit), {"column_id": 4711})


def a_ticket_in(unit: object) -> int:
    values = {"board_id": 1, "column_id": 1, "rank": "m", "title": "x", "folded": "x", "created_at": 0, "updated_at": 0}
    return records.add(unit, "ticket", values)  # type: ignore[arg-type]


class TestTheEventLog:
    @pytest.mark.parametrize(
        "attempt",
        [
            "UPDATE event SET kind = 'forged'",
            "UPDATE event SET id = id + 1000",
            "DELETE FROM event",
            "INSERT OR REPLACE INTO event SELECT * FROM event",
            "REPLACE INTO event SELECT * FROM event WHERE id = 1",
            "UPDATE OR REPLACE event SET actor_id = 1",
        ],
    )
    def test_it_refuses_every_change(self, desk: Desk, outsider: sqlite3.Connection, attempt: str) -> None:
        a_ticket(desk)
        before = outsider.execute("SELECT * FROM event").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="the history is never changed"):
            outsider.execute(attempt)
        assert outsider.execute("SELECT * FROM event").fetchall() == before

    def test_it_only_grows(self, desk: Desk, outsider: sqlite3.Connection) -> None:
        number = a_ticket(desk)
        before = outsider.execute("SELECT * FROM event ORDER BY id").fetchall()
        tickets.change_text(desk, [number], 'priority:high reply:"hello"')
        after = outsider.execute("SELECT * FROM event ORDER BY id").fetchall()
        assert after[: len(before)] == before
        assert len(after) == len(before) + 2


class TestModes:
    @pytest.mark.usefixtures("open_umask")
    def test_a_desk_is_for_its_owner_only_even_under_an_open_umask(self, tmp_path: Path) -> None:
        desk = opened(tmp_path / "new" / "deeper")
        a_ticket(desk)
        boards.changed(desk)
        files = sorted((tmp_path / "new" / "deeper").iterdir())
        assert [path.name for path in files] == ["desk.db", "desk.db-queue", "desk.db-shm", "desk.db-wal"]
        assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o600"}
        folders = (tmp_path / "new", tmp_path / "new" / "deeper")
        assert {oct(path.stat().st_mode & 0o777) for path in folders} == {"0o700"}

    def test_a_folder_that_is_there_keeps_its_mode(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o755)
        opened(tmp_path)
        assert tmp_path.stat().st_mode & 0o777 == 0o755


class TestTheEyeOnOthers:
    def test_the_first_look_says_yes_and_the_next_no(self, desk: Desk) -> None:
        assert [boards.changed(desk), boards.changed(desk)] == [True, False]

    def test_it_sees_the_commit_of_another_program(self, desk: Desk, tmp_path: Path) -> None:
        boards.changed(desk)
        a_ticket(a_desk(tmp_path))
        assert [boards.changed(desk), boards.changed(desk)] == [True, False]

    def test_it_sees_what_this_program_did_on_its_other_connections(self, desk: Desk) -> None:
        boards.changed(desk)
        a_ticket(desk)
        assert boards.changed(desk)

    def test_it_does_not_see_what_was_rolled_back(self, desk: Desk, tmp_path: Path) -> None:
        boards.changed(desk)
        with a_desk(tmp_path).store.writing() as unit:
            records.add(unit, "label", {"name": "lost", "folded": "lost"})
        assert not boards.changed(desk)


class TestAFileThatIsNoLongerTheOne:
    @pytest.fixture(params=["deleted", "replaced", "moved away"])
    def gone(self, desk: Desk, tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
        a_ticket(desk)
        boards.changed(desk)
        path = desk.store.path
        if request.param == "replaced":
            a_desk(tmp_path / "other").close()
            os.replace(tmp_path / "other" / "desk.db", path)
        elif request.param == "deleted":
            path.unlink()
        else:
            path.rename(path.with_name("elsewhere.db"))
        return desk

    def test_nothing_more_is_written_into_the_void(self, gone: Desk) -> None:
        with pytest.raises(DeskUnusable, match="deleted or replaced"):
            a_ticket(gone)

    def test_it_is_noticed_while_reading(self, gone: Desk) -> None:
        with pytest.raises(DeskUnusable, match="deleted or replaced"):
            board_of(gone)

    def test_it_is_noticed_while_nothing_happens(self, gone: Desk) -> None:
        with pytest.raises(DeskUnusable, match="deleted or replaced"):
            boards.changed(gone)


class TestALogDeletedWhileTheDeskIsOpen:
    def test_what_was_saved_stays_saved(self, desk: Desk, tmp_path: Path) -> None:
        numbers = [a_ticket(desk) for _ in range(3)]
        log_file(desk.store.path).unlink()
        with pytest.raises(DeskUnusable, match="was deleted while the desk was open"):
            a_ticket(desk)
        again = a_desk(tmp_path)
        assert sorted(tickets.numbers(again, again.ask(""))) == numbers

    def test_it_is_noticed_while_nothing_happens(self, desk: Desk, tmp_path: Path) -> None:
        number = a_ticket(desk)
        boards.changed(desk)
        log_file(desk.store.path).unlink()
        with pytest.raises(DeskUnusable, match="was deleted"):
            boards.changed(desk)
        again = a_desk(tmp_path)
        assert tickets.numbers(again, again.ask("")) == [number]

    def test_the_log_that_the_last_to_leave_takes_away_is_none_of_it(self, tmp_path: Path) -> None:
        first, second = a_desk(tmp_path), a_desk(tmp_path)
        a_ticket(first)
        first.close()
        a_ticket(second)
        second.close()
        assert not log_file(tmp_path / "desk.db").exists()
        assert a_ticket(a_desk(tmp_path)) == 3


def open_files(folder: Path) -> list[str]:
    """The files in that folder which this process has open."""
    held = []
    for descriptor in os.listdir("/proc/self/fd"):
        with suppress(OSError):
            held.append(os.readlink(f"/proc/self/fd/{descriptor}"))
    return [name for name in held if name.startswith(str(folder))]


def test_no_connection_is_left_behind(tmp_path: Path) -> None:
    for _ in range(3):
        desk = a_desk(tmp_path)
        a_ticket(desk)
        board_of(desk)
        boards.changed(desk)
        with pytest.raises(ZeroDivisionError), desk.store.writing():
            raise ZeroDivisionError
        assert open_files(tmp_path)
        desk.close()
        assert open_files(tmp_path) == []


def test_a_refused_desk_leaves_no_file_open(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_text("no desk at all, but long enough to be read as one" * 100)
    for _ in range(3):
        with pytest.raises(DeskUnusable):
            a_desk(tmp_path)
    assert open_files(tmp_path) == []


def limited(folder: Path, *limits: tuple[int, int]) -> subprocess.CompletedProcess[str]:
    """`helpdesk add` of a process that may have no more of these."""
    a_desk(folder, uid=os.getuid()).close()
    return subprocess.run(
        [sys.executable, "-m", "helpdesk_tui", "--desk", str(folder / "desk.db"), "add", "x", "+vpn"],
        preexec_fn=lambda: [resource.setrlimit(kind, (most, most)) for kind, most in limits],
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_sixteen_open_files_are_enough(tmp_path: Path) -> None:
    ran = limited(tmp_path, (resource.RLIMIT_NOFILE, 16))
    assert (ran.returncode, ran.stderr[:2]) == (0, "#1")


def test_files_that_may_not_grow_are_told_and_nothing_is_lost(tmp_path: Path) -> None:
    ran = limited(tmp_path, (resource.RLIMIT_FSIZE, 20_000))
    assert (ran.returncode, ran.stderr.count("\n")) == (4, 1)
    assert "The disk" in ran.stderr
    again = a_desk(tmp_path)
    assert tickets.count(again, again.ask("")) == 0
    assert a_ticket(again) == 1
