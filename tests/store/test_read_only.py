"""A desk that may be read but not written: everything is shown, nothing is touched, every change is one clear no."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk_tui.cli.main import main
from helpdesk_tui.desk import boards, keeping, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.errors import DeskBusy, DeskUnusable, NotAllowed
from helpdesk_tui.store import backup
from tests.builders import a_desk, a_ticket, board_of

ME = os.getuid()
AS_ROOT = ME == 0


def three_tickets(desk: Desk) -> None:
    for title in ("Printer is dead", "VPN drops", "New laptop"):
        a_ticket(desk, title, "+vpn")


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A desk with three tickets that nobody has open, in a folder of its own."""
    folder = tmp_path / "shared"
    a_desk(folder, uid=ME, stock=three_tickets).close()
    (folder / "desk.db-queue").unlink(missing_ok=True)
    yield folder / "desk.db"
    folder.chmod(0o700)


def no_right_to_the_file(path: Path) -> None:
    path.chmod(0o444)


def no_right_to_the_folder(path: Path) -> None:
    path.parent.chmod(0o555)


def neither(path: Path) -> None:
    no_right_to_the_file(path)
    no_right_to_the_folder(path)


WAYS = (no_right_to_the_file, no_right_to_the_folder, neither)


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def read_only(path: Path, request: pytest.FixtureRequest) -> Path:
    request.param(path)
    return path


Said = tuple[int, str, str]


@pytest.fixture
def helpdesk(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    monkeypatch.setenv("HELPDESK_DEBUG", "1")

    def run(*argv: str) -> Said:
        capsys.readouterr()
        code = main(["--desk", str(path), *argv])
        return code, *capsys.readouterr()

    return run


def files(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


@pytest.mark.parametrize(
    ("words", "some"),
    [
        (["list"], "VPN drops"),
        (["list", "printer"], "Printer is dead"),
        (["list", "label:vpn", "--count"], "3"),
        (["list", "is:open", "--json"], '"number": 1'),
        (["show", "2", "--history"], "created the ticket"),
        (["export", "csv"], "New laptop"),
        (["export", "json"], "helpdesk-json"),
        (["board"], "To Do"),
        (["label"], "vpn"),
    ],
)
def test_everything_is_shown_and_nothing_touched(
    read_only: Path, helpdesk: Callable[..., Said], words: list[str], some: str
) -> None:
    before = files(read_only)
    code, out, _ = helpdesk(*words)
    assert (code, some in out) == (0, True)
    assert files(read_only) == before


@pytest.mark.parametrize(
    "words",
    [
        ["add", "x"],
        ["change", "1", "priority:high"],
        ["move", "1", "doing"],
        ["note", "1", "x"],
        ["check", "1", "x"],
        ["undo"],
        ["label", "add", "x"],
        ["board", "add", "x"],
        ["view", "save", "x", "is:open"],
    ],
)
def test_every_change_is_refused_in_one_line(read_only: Path, helpdesk: Callable[..., Said], words: list[str]) -> None:
    before = files(read_only)
    code, out, said = helpdesk(*words)
    assert (code, out, said.count("\n")) == (4, "", 1)
    assert "is read only" in said
    assert files(read_only) == before


def test_imports_are_refused_before_anything_is_made(
    read_only: Path, helpdesk: Callable[..., Said], tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text("title\nx\n")
    (tmp_path / "list.toml").write_text('[columns]\ntitle = "title"\n')
    before = files(read_only)
    code, _, said = helpdesk("import", "csv", str(tmp_path / "list.csv"), "--map", str(tmp_path / "list.toml"))
    assert (code, "is read only" in said) == (4, True)
    assert files(read_only) == before


def test_the_board_is_read(read_only: Path) -> None:
    desk = opened(read_only)
    assert desk.read_only
    assert board_of(desk).shown == 3
    assert board_of(desk, "printer").shown == 1
    tickets.mark_seen(desk, tickets.open_ticket(desk, 1).card.number)
    with pytest.raises(DeskUnusable, match="is read only"):
        tickets.move(desk, [1], 2)
    desk.close()


def test_a_desk_that_may_be_written_is_not(path: Path) -> None:
    desk = opened(path)
    assert not desk.read_only
    desk.close()


def test_it_may_be_copied(read_only: Path, tmp_path: Path) -> None:
    desk = opened(read_only)
    backup.copy(desk.store, tmp_path / "copy.db")
    desk.close()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM ticket").fetchone() == (3,)


def test_somebody_new_is_not_let_in(read_only: Path) -> None:
    with pytest.raises(NotAllowed, match="not on this desk"):
        a_desk(read_only.parent, uid=ME + 1)


def test_an_older_schema_is_not_upgraded(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
    path.chmod(0o444)
    with pytest.raises(DeskUnusable, match="of an older helpdesk"):
        opened(path)


def opened(path: Path) -> Desk:
    return a_desk(path.parent, uid=ME)


class TestWhileSomebodyElseWrites:
    """The mode of a file is asked about when it is opened: who has it open already goes on writing."""

    @pytest.fixture
    def writer(self, path: Path) -> Iterator[Desk]:
        desk = opened(path)
        yield desk
        desk.close()

    @pytest.fixture
    def reader(self, writer: Desk) -> Iterator[Desk]:
        writer.store.path.chmod(0o444)
        desk = opened(writer.store.path)
        assert desk.read_only
        yield desk
        desk.close()

    def test_the_latest_is_read(self, writer: Desk, reader: Desk) -> None:
        for number in range(4, 7):
            a_ticket(writer, f"Ticket {number}")
            assert board_of(reader).shown == number

    def test_and_told_of(self, writer: Desk, reader: Desk) -> None:
        assert boards.changed(reader)
        assert not boards.changed(reader)
        a_ticket(writer, "Another one")
        assert boards.changed(reader)
        assert boards.news(reader, 0).numbers

    def test_one_look_is_of_one_moment(self, writer: Desk, reader: Desk) -> None:
        count = "SELECT count(*) FROM ticket"
        with reader.store.reading() as unit:
            before = unit.connection.exec_driver_sql(count).scalar()
            a_ticket(writer, "Another one")
            assert unit.connection.exec_driver_sql(count).scalar() == before

    def test_when_the_writer_is_gone_it_goes_on(self, writer: Desk, reader: Desk) -> None:
        a_ticket(writer, "Another one")
        assert board_of(reader).shown == 4
        writer.store.path.chmod(0o600)
        writer.close()
        assert board_of(reader).shown == 4

    def test_when_a_writer_comes_it_is_followed(self, path: Path) -> None:
        path.chmod(0o444)
        reader = opened(path)
        assert board_of(reader).shown == 3
        path.chmod(0o600)
        writer = opened(path)
        a_ticket(writer, "Another one")
        assert board_of(reader).shown == 4
        writer.close()  # now it stands in the file itself
        assert board_of(reader).shown == 4
        reader.close()

    def test_what_was_read_while_the_file_changed_does_not_count(self, path: Path) -> None:
        path.chmod(0o444)
        reader = opened(path)
        with pytest.raises(DeskBusy, match="changed while it was being read"), reader.store.reading():
            os.utime(path)
        assert board_of(reader).shown == 3
        reader.close()


class TestWithALogLeftBehind:
    """After a crash, or copied from under somebody who had it open."""

    @pytest.fixture
    def left(self, path: Path, tmp_path: Path) -> Path:
        desk = opened(path)
        a_ticket(desk, "In the log only")
        folder = tmp_path / "left"
        folder.mkdir()
        for end in ("", "-wal", "-shm"):
            shutil.copy(f"{path}{end}", folder / f"desk.db{end}")
        desk.close()
        return folder / "desk.db"

    def test_it_is_read(self, left: Path) -> None:
        neither(left)
        desk = opened(left)
        assert board_of(desk).shown == 4
        desk.close()
        left.parent.chmod(0o700)

    def test_without_its_index_it_is_refused_rather_than_left_out(self, left: Path) -> None:
        left.with_name("desk.db-shm").unlink()
        left.chmod(0o444)
        with pytest.raises(DeskUnusable, match="latest changes of the desk are in"):
            opened(left)

    def test_an_empty_one_is_none(self, path: Path) -> None:
        path.with_name("desk.db-wal").touch()
        neither(path)
        desk = opened(path)
        assert board_of(desk).shown == 3
        desk.close()


@pytest.mark.skipif(not AS_ROOT, reason="mounting a disk needs root")
def test_a_disk_that_is_mounted_read_only(path: Path) -> None:
    mounted = Path(tempfile.mkdtemp(prefix="helpdesk-disk-"))
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(mounted)], capture_output=True).returncode:
        mounted.rmdir()
        pytest.skip("no disk can be mounted here")
    try:
        shutil.copy(path, mounted / "desk.db")
        assert subprocess.run(["mount", "-o", "remount,ro", str(mounted)], capture_output=True).returncode == 0
        desk = opened(mounted / "desk.db")
        assert (desk.read_only, board_of(desk).shown) == (True, 3)
        for refused in (
            lambda: keeping.prepare(mounted / "desk.db", path, os.getuid()),
            lambda: keeping.back_up(desk),
            lambda: keeping.back_up(desk, mounted / "copy.db"),
        ):
            with pytest.raises(DeskUnusable, match="Read-only file system"):
                refused()
        desk.close()
    finally:
        subprocess.run(["umount", str(mounted)], check=True)
        mounted.rmdir()
