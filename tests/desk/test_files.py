"""Files on tickets: attached, listed, read, saved and removed; and everything that can be wrong with them."""

from __future__ import annotations

import hashlib
import io
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from helpdesk_tui.desk import files, tickets
from helpdesk_tui.desk import settings as desk_settings
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.file_saving import save_into
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.spooling import spooled, spooled_paths
from helpdesk_tui.desk.undo import redo, undo
from helpdesk_tui.domain import file_names
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import Conflict, DeskUnusable, NotAllowed, NotFound, UsageError
from tests.builders import a_ticket, desk_of

BIG = 3 * 512 * 1024 + 7
"""Bytes that are several pieces and a rest."""


def attach(desk: Desk, number: int, name: str = "log.txt", content: bytes = b"it went wrong") -> Outcome:
    with spooled(desk, name, io.BytesIO(content)) as one:
        return files.attach(desk, [number], [one])


def attach_path(desk: Desk, number: int, *paths: Path) -> Outcome:
    with spooled_paths(desk, paths) as given_files:
        return files.attach(desk, [number], given_files)


def names(desk: Desk, number: int) -> list[str]:
    return [file.name for file in files.files(desk, number)]


def content(desk: Desk, number: int, name: str) -> bytes:
    return b"".join(files.pieces(desk, files.file_named(desk, number, name)))


def stored(desk: Desk, query: str) -> object:
    with desk.store.reading() as unit:
        return unit.scalar(text(query))


@pytest.fixture
def number(desk: Desk) -> int:
    return a_ticket(desk)


class TestAttaching:
    def test_what_is_attached_is_there_to_the_byte(self, desk: Desk, number: int) -> None:
        data = os.urandom(BIG)
        outcome = attach(desk, number, "core.bin", data)
        assert outcome.said == f"#{number}: core.bin (1.5 MB) attached"
        assert content(desk, number, "core.bin") == data
        (file,) = files.files(desk, number)
        assert (file.size, file.sha256) == (BIG, hashlib.sha256(data).hexdigest())
        assert (file.by, file.at) == ("admin", desk.clock.now())

    def test_a_path_gives_the_file_its_name(self, desk: Desk, number: int, tmp_path: Path) -> None:
        (tmp_path / "scan.pdf").write_bytes(b"%PDF")
        attach_path(desk, number, tmp_path / "scan.pdf")
        assert content(desk, number, "scan.pdf") == b"%PDF"

    def test_several_files_on_several_tickets_are_one_step(self, desk: Desk, number: int, tmp_path: Path) -> None:
        other = a_ticket(desk)
        for name in "ab":
            (tmp_path / name).write_text(name)
        with spooled_paths(desk, [tmp_path / "a", tmp_path / "b"]) as both:
            outcome = files.attach(desk, [number, other], both)
        assert outcome.said == "2 tickets: 2 files attached"
        assert names(desk, number) == names(desk, other) == ["a", "b"]
        undo(desk)
        assert names(desk, number) == names(desk, other) == []

    def test_the_same_name_twice_gets_a_number(self, desk: Desk, number: int) -> None:
        attach(desk, number)
        attach(desk, number, "LOG.txt", b"another")
        assert attach(desk, number).said.startswith(f"#{number}: log (3).txt")
        assert names(desk, number) == ["log.txt", "LOG (2).txt", "log (3).txt"]

    @pytest.mark.parametrize(
        ("given_name", "name"),
        [("../../etc/passwd", "passwd"), ("a\x00b", "a b"), ("a\nb.txt", "a b.txt"), ("x" * 300, "x" * 180)],
    )
    def test_whatever_it_is_called_it_gets_a_safe_name(
        self, desk: Desk, number: int, given_name: str, name: str
    ) -> None:
        attach(desk, number, given_name)
        assert names(desk, number) == [name]

    def test_a_content_is_kept_once(self, desk: Desk, number: int) -> None:
        other = a_ticket(desk)
        data = os.urandom(BIG)
        attach(desk, number, "a", data)
        attach(desk, other, "b", data)
        assert stored(desk, "SELECT count(*) FROM file_content") == 1
        assert stored(desk, "SELECT sum(length(data)) FROM file_chunk") == BIG
        assert content(desk, other, "b") == data

    def test_it_is_counted_on_the_card_and_found(self, desk: Desk, number: int) -> None:
        attach(desk, number)
        assert tickets.find(desk, desk.ask("has:files"))[0].files == 1
        assert [file.name for file in tickets.open_ticket(desk, number).files] == ["log.txt"]

    def test_it_is_undone_and_done_again(self, desk: Desk, number: int) -> None:
        attach(desk, number)
        undo(desk)
        assert (names(desk, number), tickets.open_ticket(desk, number).card.files) == ([], 0)
        redo(desk)
        assert content(desk, number, "log.txt") == b"it went wrong"

    def test_history_tells_it(self, desk: Desk, number: int) -> None:
        attach(desk, number)
        files.remove(desk, [files.files(desk, number)[0].id])
        undo(desk)
        assert [entry.what for entry in tickets.open_ticket(desk, number).history][:3] == [
            "attached “log.txt” (undo)",
            "removed the file “log.txt”",
            "attached “log.txt”",
        ]

    def test_a_requester_attaches_to_their_own_ticket_only(self, desk: Desk, number: int) -> None:
        asking = desk_of(desk, Role.REQUESTER)
        own = a_ticket(desk, requester_id=asking.actor.id)
        attach(asking, own)
        assert names(asking, own) == ["log.txt"]
        with pytest.raises(NotFound):
            attach(asking, number)
        with pytest.raises(NotFound):
            files.files(asking, number)

    def test_a_viewer_is_told_before_anything_is_read(self, desk: Desk, number: int, tmp_path: Path) -> None:
        with pytest.raises(NotAllowed):
            attach_path(desk_of(desk, Role.VIEWER), number, tmp_path / "is not there")

    def test_a_ticket_has_so_many_files_and_no_more(
        self, desk: Desk, number: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "FILES_LIMIT", 2)
        attach(desk, number)
        attach(desk, number)
        with pytest.raises(UsageError, match="A ticket may have 2 files"):
            attach(desk, number)
        assert len(names(desk, number)) == 2


def refuse(*_given: object, **_more: object) -> int:
    raise PermissionError(13, "Permission denied")


class Failing(io.BytesIO):
    """A disk that fails in the middle."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().read(size)


class TestWhatCannotBeAttached:
    def refusal(self, desk: Desk, number: int, path: Path) -> str:
        with pytest.raises(UsageError) as refused:
            attach_path(desk, number, path)
        assert refused.value.hint
        assert names(desk, number) == []
        assert stored(desk, "SELECT count(*) FROM file_content") == 0
        return refused.value.message

    def test_a_path_that_is_not_there(self, desk: Desk, number: int, tmp_path: Path) -> None:
        assert "No such file" in self.refusal(desk, number, tmp_path / "none")

    def test_a_name_no_file_can_have(self, desk: Desk, number: int) -> None:
        assert "no file can have that name" in self.refusal(desk, number, Path("a\x00b"))

    def test_a_name_of_300_characters(self, desk: Desk, number: int, tmp_path: Path) -> None:
        assert "File name too long" in self.refusal(desk, number, tmp_path / ("x" * 300))

    def test_a_folder(self, desk: Desk, number: int, tmp_path: Path) -> None:
        assert "is a folder" in self.refusal(desk, number, tmp_path)

    @pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
    def test_a_device(self, desk: Desk, number: int, device: str) -> None:
        assert "is not a regular file" in self.refusal(desk, number, Path(device))

    def test_a_pipe_nobody_writes_to(self, desk: Desk, number: int, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        assert "is not a regular file" in self.refusal(desk, number, tmp_path / "pipe")

    def test_a_link_to_a_device(self, desk: Desk, number: int, tmp_path: Path) -> None:
        (tmp_path / "innocent.txt").symlink_to("/dev/zero")
        assert "is not a regular file" in self.refusal(desk, number, tmp_path / "innocent.txt")

    def test_a_link_to_itself(self, desk: Desk, number: int, tmp_path: Path) -> None:
        (tmp_path / "loop").symlink_to("loop")
        assert "Too many levels" in self.refusal(desk, number, tmp_path / "loop")

    def test_a_file_one_may_not_read(
        self, desk: Desk, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "secret").write_text("x")
        (tmp_path / "secret").chmod(0)
        if os.geteuid() == 0:  # who may read everything
            monkeypatch.setattr("helpdesk_tui.desk.spooling.os.open", refuse)
        assert "Permission denied" in self.refusal(desk, number, tmp_path / "secret")

    def test_an_empty_file(self, desk: Desk, number: int, tmp_path: Path) -> None:
        (tmp_path / "empty").touch()
        assert "There is nothing in" in self.refusal(desk, number, tmp_path / "empty")

    def test_a_file_that_shrinks_while_it_is_read(self, desk: Desk, number: int, tmp_path: Path) -> None:
        path = tmp_path / "log"
        path.write_bytes(b"x" * BIG)
        real = os.fstat

        def shrink_after(descriptor: int) -> os.stat_result:
            found = real(descriptor)
            os.truncate(path, 1000)
            return found

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("helpdesk_tui.desk.spooling.os.fstat", shrink_after)
            assert "got shorter while it was read" in self.refusal(desk, number, path)

    def test_a_disk_that_fails(self, desk: Desk) -> None:
        with pytest.raises(UsageError, match="Input/output error"), spooled(desk, "x", Failing(b"x" * BIG)):
            pass

    def test_a_file_larger_than_the_desk_takes(self, desk: Desk, number: int, tmp_path: Path) -> None:
        desk_settings.change(desk, "file_limit_mb", "1")
        (tmp_path / "large").write_bytes(b"x" * (1024 * 1024 + 1))
        assert "larger than 1 MB" in self.refusal(desk, number, tmp_path / "large")
        (tmp_path / "large").write_bytes(b"x" * (1024 * 1024))
        attach_path(desk, number, tmp_path / "large")

    def test_a_pipe_that_never_ends(self, desk: Desk) -> None:
        desk_settings.change(desk, "file_limit_mb", "1")
        with (
            open("/dev/zero", "rb") as endless,
            pytest.raises(UsageError, match="larger than 1 MB"),
            spooled(desk, "zeroes", endless),
        ):
            pass

    def test_no_room_for_a_copy(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        with open("/dev/full", "r+b", buffering=0) as full:
            monkeypatch.setattr("helpdesk_tui.desk.spooling.tempfile.TemporaryFile", lambda **_: full)
            with pytest.raises(DeskUnusable, match="No space left"), spooled(desk, "x", io.BytesIO(b"x" * BIG)):
                pass


class TestWhatIsAttachedAllTheSame:
    def test_what_grows_is_taken_as_it_was_at_the_beginning(self, desk: Desk, number: int, tmp_path: Path) -> None:
        path = tmp_path / "log"
        path.write_bytes(b"x" * 1000)
        real = os.fstat

        def grow_after(descriptor: int) -> os.stat_result:
            found = real(descriptor)
            with path.open("ab") as file:
                file.write(b"y" * 1000)
            return found

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("helpdesk_tui.desk.spooling.os.fstat", grow_after)
            attach_path(desk, number, path)
        assert content(desk, number, "log") == b"x" * 1000

    def test_a_file_of_the_system_that_says_it_is_empty(self, desk: Desk, number: int) -> None:
        attach_path(desk, number, Path("/proc/version"))
        assert content(desk, number, "version") == Path("/proc/version").read_bytes()


class TestFinding:
    def test_by_name_whatever_the_case_and_by_place(self, desk: Desk, number: int) -> None:
        attach(desk, number, "a.txt", b"a")
        attach(desk, number, "2", b"named two")
        attach(desk, number, "c.txt", b"c")
        assert content(desk, number, "A.TXT") == b"a"
        assert content(desk, number, "2") == b"named two"
        assert content(desk, number, "3") == b"c"

    @pytest.mark.parametrize("name", ["none", "0", "9", "٣", "-1", "9" * 5000, "../log.txt", "a\x1b[2J"])
    def test_there_is_no_other(self, desk: Desk, number: int, name: str) -> None:
        attach(desk, number)
        with pytest.raises(NotFound) as refused:
            files.file_named(desk, number, name)
        assert "\x1b" not in refused.value.message

    def test_damage_in_the_desk_is_noticed(self, desk: Desk, number: int) -> None:
        attach(desk, number, "x", os.urandom(BIG))
        with desk.store.writing() as unit:
            unit.connection.exec_driver_sql("DELETE FROM file_chunk WHERE place = 1")
            unit.commit()
        with pytest.raises(DeskUnusable, match="damaged"):
            content(desk, number, "x")


class TestRemoving:
    def test_it_is_gone_until_it_is_undone(self, desk: Desk, number: int) -> None:
        attach(desk, number)
        attach(desk, number, "b")
        outcome = files.remove(desk, [file.id for file in files.files(desk, number)])
        assert (outcome.said, names(desk, number)) == (f"#{number}: 2 files removed", [])
        undo(desk)
        assert names(desk, number) == ["log.txt", "b"]

    def test_twice_is_once(self, desk: Desk, number: int) -> None:
        attach(desk, number)
        (file,) = files.files(desk, number)
        files.remove(desk, [file.id])
        with pytest.raises(NotFound):
            files.remove(desk, [file.id])

    def test_who_asks_removes_what_they_attached_and_nothing_else(self, desk: Desk) -> None:
        asking = desk_of(desk, Role.REQUESTER)
        number = a_ticket(desk, requester_id=asking.actor.id)
        attach(asking, number, "mine")
        attach(desk, number, "theirs")
        mine, theirs = files.files(desk, number)
        files.remove(asking, [mine.id])
        with pytest.raises(NotAllowed):
            files.remove(asking, [theirs.id])
        assert names(desk, number) == ["theirs"]

    def test_a_file_of_a_ticket_not_to_be_seen_does_not_exist(self, desk: Desk, number: int) -> None:
        attach(desk, number)
        (file,) = files.files(desk, number)
        with pytest.raises(NotFound, match="There is no such file"):
            files.remove(desk_of(desk, Role.REQUESTER), [file.id])

    def test_an_undo_is_refused_when_somebody_else_removed_it(self, desk: Desk, number: int) -> None:
        attach(desk, number)
        files.remove(desk_of(desk, Role.AGENT), [files.files(desk, number)[0].id])
        with pytest.raises(Conflict):
            undo(desk)


def test_what_hangs_on_a_note_is_seen_by_the_team_only(desk: Desk) -> None:
    asking = desk_of(desk, Role.REQUESTER)
    number = a_ticket(desk, change="note:psst reply:hello", requester_id=asking.actor.id)
    for name in ("secret", "public"):
        attach(desk, number, name)
    with desk.store.writing() as unit:
        for speech, name in (("note", "secret"), ("reply", "public")):
            unit.connection.exec_driver_sql(
                "UPDATE file SET comment_id = (SELECT id FROM comment WHERE speech = ?) WHERE name = ?", (speech, name)
            )
        unit.commit()
    assert names(asking, number) == ["public"]
    assert [file.name for file in tickets.open_ticket(asking, number).files] == ["public"]
    assert names(desk, number) == ["secret", "public"]
    assert [card.files for one in (asking, desk) for card in tickets.find(one, one.ask("has:files"))] == [1, 2]
    with pytest.raises(NotFound, match="There is no such file"):
        files.remove(asking, [files.file_named(desk, number, "secret").id])
    assert tickets.count(asking, asking.ask("files:2")) == 0
    assert tickets.count(desk, desk.ask("files:2 sort:files")) == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder somebody chose, with another one beside it."""
    (tmp_path / "beside").mkdir()
    (tmp_path / "chosen").mkdir()
    return tmp_path / "chosen"


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder.parent / "beside").iterdir())


class TestSaving:
    def test_files_are_written_to_the_byte_for_their_owner_only(self, desk: Desk, number: int, folder: Path) -> None:
        data = os.urandom(BIG)
        attach(desk, number, "core", data)
        (path,) = files.save(desk, files.files(desk, number), folder)
        assert (path, path.read_bytes()) == (folder / "core", data)
        assert path.stat().st_mode & 0o777 == 0o600

    def test_nothing_is_overwritten(self, desk: Desk, number: int, folder: Path) -> None:
        attach(desk, number)
        (folder / "log.txt").write_text("precious")
        found = files.files(desk, number)
        assert [files.save(desk, found, folder)[0].name for _ in range(2)] == ["log (2).txt", "log (3).txt"]
        assert (folder / "log.txt").read_text() == "precious"

    @pytest.mark.parametrize("target", ["there", "not there"])
    def test_a_link_in_the_way_is_not_followed(self, desk: Desk, number: int, folder: Path, target: str) -> None:
        (folder.parent / "beside" / "there").write_text("precious")
        (folder / "log.txt").symlink_to(f"../beside/{target}")
        attach(desk, number)
        (path,) = files.save(desk, files.files(desk, number), folder)
        assert path.name == "log (2).txt"
        assert beside(folder) == ["there"]
        assert (folder.parent / "beside" / "there").read_text() == "precious"

    def test_a_folder_turned_into_a_link_meanwhile_leads_nowhere_else(self, folder: Path) -> None:
        def swapped() -> Iterator[bytes]:
            folder.rename(folder.parent / "moved")
            folder.symlink_to("beside")
            yield b"x"

        save_into(folder, [("first", swapped()), ("second", [b"y"])])
        assert beside(folder) == []
        assert sorted(path.name for path in (folder.parent / "moved").iterdir()) == ["first", "second"]

    @pytest.mark.parametrize("name", ["../out", "/etc/out", "..", "a/../../out", "..\\out", ".\x00./out", "\n"])
    def test_a_name_another_tool_wrote_stays_in_the_folder(
        self, desk: Desk, number: int, folder: Path, name: str
    ) -> None:
        attach(desk, number)
        with desk.store.writing() as unit:
            unit.connection.exec_driver_sql("UPDATE file SET name = ?", (name,))
            unit.commit()
        (path,) = files.save(desk, files.files(desk, number), folder)
        assert [found.name for found in folder.iterdir()] == [path.name]
        assert beside(folder) == []

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(st.lists(st.text(st.sampled_from("../\\ a\x00\n-~\u202e\ud800"), max_size=12), max_size=4))
    def test_whatever_files_are_called_all_are_saved_and_all_in_the_folder(
        self, tmp_path: Path, names: list[str]
    ) -> None:
        folder = Path(tmp_path / f"{len(os.listdir(tmp_path))}" / "chosen")
        folder.mkdir(parents=True)
        paths = save_into(folder, [(name, [b"x"]) for name in names])
        assert sorted(found.name for found in folder.iterdir()) == sorted(path.name for path in paths)
        assert len(paths) == len(names)
        assert os.listdir(folder.parent) == ["chosen"]

    def test_what_cannot_be_written_whole_is_taken_away(self, folder: Path) -> None:
        def failing() -> Iterator[bytes]:
            yield b"half"
            raise DeskUnusable("damaged", "")

        with pytest.raises(DeskUnusable):
            save_into(folder, [("x", failing())])
        assert os.listdir(folder) == []

    def test_a_folder_that_is_none(self, folder: Path) -> None:
        (folder / "file").touch()
        for path, reason in ((folder / "none", "No such file"), (folder / "file", "Not a directory")):
            with pytest.raises(UsageError, match=reason):
                save_into(path, [])
        with pytest.raises(UsageError, match="no folder can have that name"):
            save_into(Path("a\x00b"), [])

    def test_a_folder_one_may_not_write_to(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.chmod(0o500)
        if os.geteuid() == 0:  # who may write everywhere
            monkeypatch.setattr("helpdesk_tui.desk.file_saving.os.open", refuse)
        with pytest.raises(UsageError, match="Permission denied"):
            save_into(folder, [("x", [b"x"])])

    def test_a_name_that_is_taken_a_thousand_times(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("helpdesk_tui.desk.file_saving.TRIES", 2)
        for _ in range(2):
            save_into(folder, [("x", [b"x"])])
        with pytest.raises(UsageError, match="There are 2 files called “x”"):
            save_into(folder, [("x", [b"x"])])


@pytest.mark.parametrize(
    "odd",
    [
        "name = x'ff1b5d'",
        "name = NULL",
        "name = 7, size = 'big'",
        "size = x'00', at = 'noon'",
        "at = NULL, comment_id = 'x'",
        "added_by_id = 999",
        "added_by_id = x'ff', comment_id = 77",
        "sha256 = 'none'",
        "sha256 = NULL",
    ],
)
def test_a_row_another_tool_wrote_is_shown_as_what_it_is(desk: Desk, number: int, folder: Path, odd: str) -> None:
    attach(desk, number)
    attach(desk, number, "whole.txt")
    path = desk.store.path
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA writable_schema = ON")
        other.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE name = 'file'")
        other.commit()
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"UPDATE file SET {odd} WHERE id = 1")
        other.commit()
    found = files.files(desk, number)
    assert len(found) == len(tickets.open_ticket(desk, number).files) == 2
    assert content(desk, number, "whole.txt") == b"it went wrong"
    with suppress(DeskUnusable):
        files.save(desk, found, folder)
    assert set(os.listdir(folder)) <= {file_names.cleaned(file.name) for file in found}


def test_two_at_once_keep_a_content_once(desk: Desk, number: int) -> None:
    data = os.urandom(BIG)
    colleague = desk_of(desk, Role.AGENT)
    failed: list[Exception] = []

    def attaching(as_one: Desk) -> Callable[[], None]:
        def run() -> None:
            try:
                attach(as_one, number, "same", data)
            except Exception as error:  # noqa: BLE001 - told by the test's own thread
                failed.append(error)

        return run

    threads = [threading.Thread(target=attaching(one)) for one in (desk, colleague, desk, colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(set(names(desk, number))) == 4
    assert stored(desk, "SELECT count(*) FROM file_content") == 1
