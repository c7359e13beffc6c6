"""What is no desk, or no longer a whole one: a clear sentence, exit code 4, nothing lost, never a traceback."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk_tui import bootstrap
from helpdesk_tui.cli.main import main
from helpdesk_tui.desk import tickets
from helpdesk_tui.errors import DeskBusy, DeskUnusable
from helpdesk_tui.exchange import demo
from helpdesk_tui.store import backup, sqlite
from tests.builders import a_desk, a_person, a_ticket, config_for
from tests.store.accounts import Warm

PAGE = 4096
ME = os.getuid()
AS_ROOT = ME == 0
NOBODY = 65534

Listing = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A desk with a few tickets, all of it in one file."""
    desk = a_desk(tmp_path_factory.mktemp("whole"), uid=ME)
    demo.fill(desk, 20)
    desk.close()
    return desk.store.path.read_bytes()


@pytest.fixture
def helpdesk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Listing:
    """Run `helpdesk` on the file `desk.db`: its exit code and what it said."""
    monkeypatch.setenv("HELPDESK_DEBUG", "1")  # what is unexpected is raised instead of told

    def run(*argv: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["--desk", str(tmp_path / "desk.db"), *(argv or ("list",))])
        return code, capsys.readouterr().err

    return run


def folder(path: Path, _whole: bytes) -> None:
    path.mkdir()


def fifo(path: Path, _whole: bytes) -> None:
    os.mkfifo(path)


def device(path: Path, _whole: bytes) -> None:
    path.symlink_to("/dev/zero")


def link_to_nothing(path: Path, _whole: bytes) -> None:
    path.symlink_to(path.with_name("nothing"))


def empty(path: Path, _whole: bytes) -> None:
    path.touch()


def words(path: Path, _whole: bytes) -> None:
    path.write_text("To do: fix the printer\n" * 500)


def half(path: Path, whole: bytes) -> None:
    path.write_bytes(whole[: len(whole) // 2])


def header(path: Path, whole: bytes) -> None:
    path.write_bytes(b"SQLite format 7\0" + whole[16:])


def newer_format(path: Path, whole: bytes) -> None:
    path.write_bytes(whole[:18] + b"\3\3" + whole[20:])


def first_page(path: Path, whole: bytes) -> None:
    path.write_bytes(whole[:100] + random.Random(1).randbytes(PAGE - 100) + whole[PAGE:])


def after(*statements: str) -> Callable[[Path, bytes], None]:
    def make(path: Path, whole: bytes) -> None:
        path.write_bytes(whole)
        with closing(sqlite3.connect(path)) as desk, desk:
            for statement in statements:
                desk.execute(statement)

    return make


def another_program(path: Path, _whole: bytes) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY, title TEXT)")


CASES = [
    (folder, "is a folder, not a desk"),
    (fifo, "is not a regular file"),
    (device, "is not a regular file"),
    (link_to_nothing, "No such file"),
    (empty, "is empty"),
    (words, "is not a desk (not an SQLite database)"),
    (half, "is damaged"),
    (header, "is not a desk (not an SQLite database)"),
    (newer_format, "is not a desk"),
    (first_page, "is damaged"),
    (another_program, "is a database, but not a helpdesk desk"),
    (after("DROP TABLE watcher", "DROP TABLE ticket_label"), "a table or an index is missing"),
    (after("DROP TABLE person"), "a table or an index is missing"),
    (after("DROP TABLE alembic_version"), "does not say which schema"),
    (after("DELETE FROM alembic_version"), "does not say which schema"),
    (after("UPDATE alembic_version SET version_num = '9999'"), "was made by a newer helpdesk"),
    (after("PRAGMA application_id = 7"), "is a database, but not a helpdesk desk"),
]


@pytest.mark.parametrize(("make", "says"), CASES, ids=lambda it: getattr(it, "__name__", None))
def test_what_is_no_desk_is_said_in_one_line(
    tmp_path: Path, whole: bytes, helpdesk: Listing, make: Callable[[Path, bytes], None], says: str
) -> None:
    path = tmp_path / "desk.db"
    make(path, whole)
    before = path.read_bytes() if path.is_file() else None
    code, said = helpdesk("list", "--limit", "0")
    assert code == 4
    assert says in said
    assert said.count("\n") == 1
    assert before is None or path.read_bytes() == before
    assert [other.name for other in tmp_path.iterdir() if other.name != "desk.db"] == []


@pytest.mark.parametrize(("make", "says"), CASES[:-6], ids=lambda it: getattr(it, "__name__", None))
def test_nothing_is_written_into_what_is_no_desk(
    tmp_path: Path, whole: bytes, helpdesk: Listing, make: Callable[[Path, bytes], None], says: str
) -> None:
    path = tmp_path / "desk.db"
    make(path, whole)
    before = path.read_bytes() if path.is_file() else None
    code, said = helpdesk("add", "Printer is dead")
    assert code == 4
    assert says in said
    assert before is None or path.read_bytes() == before


def test_any_overwritten_page_is_met_with_a_sentence(tmp_path: Path, whole: bytes, helpdesk: Listing) -> None:
    """Some pages are not needed for a command; where one is, that is all that happens."""
    dice = random.Random(86)
    told = set()
    for page in range(len(whole) // PAGE):
        damaged = bytearray(whole)
        damaged[page * PAGE : (page + 1) * PAGE] = dice.randbytes(PAGE)
        (tmp_path / "desk.db").write_bytes(damaged)
        for argv in (("list", "printer"), ("add", "Printer is dead"), ("show", "1")):
            code, said = helpdesk(*argv)
            assert code in {0, 4}
            assert said.count("\n") <= 1
            told.add((code, "is damaged" in said))
        for left in tmp_path.iterdir():
            left.unlink()
    assert (4, True) in told


def test_a_ticket_of_which_a_part_is_gone_is_shown_all_the_same(
    tmp_path: Path, whole: bytes, helpdesk: Listing
) -> None:
    after("PRAGMA foreign_keys = OFF", "DELETE FROM board_column")(tmp_path / "desk.db", whole)
    assert helpdesk("show", "1") == (0, "")


# Locked


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)


@pytest.mark.usefixtures("hurried")
class TestLockedByAnotherProgram:
    @pytest.fixture
    def locked(self, tmp_path: Path) -> Iterator[sqlite3.Connection]:
        a_ticket(a_desk(tmp_path, uid=ME))
        holder = sqlite3.connect(tmp_path / "desk.db", isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        yield holder
        holder.close()

    @pytest.mark.usefixtures("locked")
    def test_writing_is_refused_after_a_while(self, tmp_path: Path) -> None:
        with pytest.raises(DeskBusy, match="Another program has locked"):
            a_ticket(a_desk(tmp_path, uid=ME))

    @pytest.mark.usefixtures("locked")
    def test_the_command_says_so(self, helpdesk: Listing) -> None:
        code, said = helpdesk("add", "Printer is dead")
        assert (code, said.count("\n")) == (4, 1)
        assert "Try again in a moment." in said

    @pytest.mark.usefixtures("locked")
    def test_reading_goes_on(self, helpdesk: Listing) -> None:
        assert helpdesk("list") == (0, "")

    def test_it_is_usable_again_as_soon_as_it_is_free(self, locked: sqlite3.Connection, helpdesk: Listing) -> None:
        locked.execute("ROLLBACK")
        assert helpdesk("add", "Printer is dead")[0] == 0

    def test_not_even_readable_under_an_exclusive_locking_mode(self, tmp_path: Path, helpdesk: Listing) -> None:
        a_desk(tmp_path, uid=ME).close()
        with closing(sqlite3.connect(tmp_path / "desk.db", isolation_level=None)) as holder:
            holder.execute("PRAGMA locking_mode = EXCLUSIVE")
            holder.execute("BEGIN EXCLUSIVE")
            code, said = helpdesk("list")
        assert (code, said.count("\n")) == (4, 1)
        assert "has locked" in said


# Without the rights


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that others may enter."""
    made = Path(tempfile.mkdtemp(prefix="helpdesk-public-"))
    made.chmod(0o755)
    yield made
    made.chmod(0o700)
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """What runs `helpdesk` as somebody else, with all loaded there is to load while that may still be read."""
    loaded = Warm(tmp_path_factory.mktemp("warm"))
    yield loaded
    loaded.end()


def as_nobody(public: Path, warm: Warm, *argv: str) -> tuple[int, str]:
    """Run `helpdesk` on the desk in `public` as somebody without rights: its exit code and what it said."""
    ran = warm.run(NOBODY, NOBODY, (), ("--desk", str(public / "desk.db"), *argv), umask=0o022)
    return ran.code, ran.err


def closed_desk(folder: Path) -> Path:
    desk = a_desk(folder, uid=ME)
    a_ticket(desk)
    a_person(desk, "Nobody In Particular", uid=NOBODY)
    desk.close()
    return desk.store.path


class TestWithoutTheRights:
    def refused(self, public: Path, warm: Warm, *argv: str) -> str:
        code, said = as_nobody(public, warm, *argv)
        assert (code, said.count("\n")) == (4, 1), said
        return said

    def test_a_desk_of_somebody_else(self, public: Path, warm: Warm) -> None:
        closed_desk(public).chmod(0o000)
        assert "cannot be opened" in self.refused(public, warm, "list")

    def test_a_link_to_the_desk_of_somebody_else(self, public: Path, warm: Warm) -> None:
        path = closed_desk(public)
        theirs = path.rename(public / "theirs.db")
        theirs.chmod(0o600)
        path.symlink_to(theirs)
        before = theirs.read_bytes()
        assert "cannot be" in self.refused(public, warm, "add", "x")
        assert theirs.read_bytes() == before

    def test_a_read_only_file(self, public: Path, warm: Warm) -> None:
        path = closed_desk(public)
        path.chmod(0o444)
        public.chmod(0o777)
        (public / "desk.db-queue").chmod(0o666)
        before = path.read_bytes()
        assert as_nobody(public, warm, "list") == (0, "")
        assert "cannot be written to" in self.refused(public, warm, "add", "x")
        assert path.read_bytes() == before
        assert sorted(other.name for other in public.iterdir()) == ["desk.db", "desk.db-queue"]

    def test_a_read_only_folder(self, public: Path, warm: Warm) -> None:
        path = closed_desk(public)
        path.chmod(0o444)
        public.chmod(0o555)
        before = path.read_bytes()
        assert as_nobody(public, warm, "list") == (0, "")
        assert "cannot be written to" in self.refused(public, warm, "add", "x")
        assert path.read_bytes() == before

    def test_no_new_desk_in_a_read_only_folder(self, public: Path, warm: Warm) -> None:
        public.chmod(0o555)
        assert "Permission denied" in self.refused(public, warm, "list")
        assert list(public.iterdir()) == []

    @pytest.mark.skipif(not AS_ROOT, reason="needs a second account: runs as root only")
    def test_somebody_elses_side_files_lock_out(self, public: Path, warm: Warm) -> None:
        desk = a_desk(public, uid=ME)
        a_ticket(desk)
        desk.store.path.chmod(0o666)
        public.chmod(0o777)
        assert "cannot be opened" in self.refused(public, warm, "list")
        desk.close()


# On a full disk


@pytest.mark.skipif(not AS_ROOT, reason="mounting a small disk needs root")
class TestAFullDisk:
    @pytest.fixture
    def disk(self) -> Iterator[Path]:
        """A disk of 3 MB."""
        mounted = Path(tempfile.mkdtemp(prefix="helpdesk-disk-"))
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(mounted)], capture_output=True)
        if done.returncode:
            mounted.rmdir()
            pytest.skip("no disk can be mounted here")
        yield mounted
        subprocess.run(["umount", "-l", str(mounted)], check=True)
        mounted.rmdir()

    @staticmethod
    def fill(disk: Path) -> Path:
        filler = disk / "filler"
        with open(filler, "wb", buffering=0) as file:
            while file.write(b"x" * PAGE) == PAGE and shutil.disk_usage(disk).free:
                pass
        return filler

    def test_what_was_told_saved_is_there_and_it_goes_on_when_there_is_room(self, disk: Path) -> None:
        (disk / "filler").write_bytes(b"x" * 1_000_000)
        desk = a_desk(disk, uid=ME)
        made: list[int] = []

        def go_on() -> None:
            while True:
                made.append(a_ticket(desk, description="x" * 5000))

        with pytest.raises(DeskUnusable, match="The disk is full: the change was not saved"):
            go_on()
        assert sorted(tickets.numbers(desk, desk.ask(""))) == made
        (disk / "filler").unlink()
        made.append(a_ticket(desk))
        desk.close()
        again = a_desk(disk, uid=ME)
        assert sorted(tickets.numbers(again, again.ask(""))) == made
        with again.store.reading() as unit:
            assert unit.connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]

    def test_the_command_says_so(self, disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
        closed_desk(disk)
        self.fill(disk)
        code = main(["--desk", str(disk / "desk.db"), "add", "Printer is dead"])
        said = capsys.readouterr().err
        assert (code, said.count("\n")) == (4, 1)
        assert "disk" in said

    def test_no_half_desk_is_made(self, disk: Path) -> None:
        self.fill(disk)
        with pytest.raises(DeskUnusable):
            bootstrap.open_desk(config_for(disk), uid=ME)
        assert [path.name for path in disk.iterdir()] == ["filler"]

    def test_no_half_backup_is_left(self, disk: Path) -> None:
        closed_desk(disk)
        desk = a_desk(disk, uid=ME)
        self.fill(disk)
        with pytest.raises(DeskUnusable):
            backup.copy(desk.store, disk / "copy.db")
        assert not [path for path in disk.iterdir() if path.name.startswith("copy")]
