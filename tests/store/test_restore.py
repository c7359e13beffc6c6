"""A backup takes the place of a desk: checked before, at one stroke, and what was there is kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk_tui.desk import keeping, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import DeskReplaced, DeskUnusable, NotAllowed
from helpdesk_tui.store import backup, migrate, restore
from helpdesk_tui.store.migrations import HEAD
from helpdesk_tui.store.sqlite import SqliteStore
from tests.builders import NOON, a_desk, a_person, a_ticket, desk_of, later
from tests.store.elsewhere import Say, at, elsewhere
from tests.store.test_bad_files import CASES, first_page, half, words

ME = os.getuid()


def titles(desk: Desk) -> list[str]:
    return [card.title for card in tickets.find(desk, desk.ask(""))]


@pytest.fixture
def saved(desk: Desk, tmp_path: Path) -> Path:
    """A backup of the desk with one ticket; the desk has gone on since."""
    a_ticket(desk, "Before")
    path = tmp_path / "saved.db"
    backup.copy(desk.store, path)
    a_ticket(desk, "After")
    return path


def restored(desk: Path, source: Path) -> Path | None:
    return restore.put_in_place(restore.prepare(desk, source), NOON)


def test_the_desk_is_as_it_was_and_what_was_there_is_kept(desk: Desk, saved: Path) -> None:
    path = desk.store.path
    kept = restored(path, saved)
    assert titles(a_desk(path.parent)) == ["Before"]
    assert kept is not None
    assert kept == backup.folder_of(path) / "20261125T120000-replaced.db"
    again = kept.parent / "desk.db"
    shutil.copy(kept, again)
    assert titles(a_desk(again.parent)) == ["After", "Before"]


def test_what_was_kept_can_itself_be_restored(desk: Desk, saved: Path) -> None:
    path = desk.store.path
    kept = restored(path, saved)
    assert kept is not None
    restored(path, kept)
    assert titles(a_desk(path.parent)) == ["After", "Before"]


def test_who_has_it_open_is_told_and_writes_nothing_into_the_void(desk: Desk, saved: Path) -> None:
    desk.watch.changed()
    restored(desk.store.path, saved)
    with pytest.raises(DeskReplaced, match="replaced while it was open"):
        titles(desk)
    with pytest.raises(DeskReplaced):
        a_ticket(desk)
    with pytest.raises(DeskReplaced):
        desk.watch.changed()


def write_on(desk: Desk, say: Say) -> None:
    """Until the desk is another one; how many were said to be saved."""
    made = 0
    try:
        while True:
            a_ticket(desk, f"{made}")
            made += 1
            say(made)
    except DeskReplaced:
        say("replaced")


def test_nothing_that_was_said_to_be_saved_is_lost_to_a_writer_at_work(desk: Desk, saved: Path) -> None:
    path = desk.store.path
    with elsewhere(at(desk), write_on) as writer:
        for _ in range(5):
            writer.next()
        kept = restored(path, saved)
        said = writer.rest()
    assert said[-1] == "replaced"
    made = max(number for number in said[:-1] or [5])
    assert kept is not None
    with closing(sqlite3.connect(f"{kept.as_uri()}?mode=ro&immutable=1", uri=True)) as before:
        assert before.execute("SELECT count(*) FROM ticket").fetchone()[0] == made + 2
        assert before.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    fresh = a_desk(path.parent)
    assert titles(fresh) == ["Before"]
    a_ticket(fresh, "Next")
    assert titles(fresh) == ["Next", "Before"]


def test_rights_stay_as_they_were(desk: Desk, saved: Path) -> None:
    desk.store.path.chmod(0o660)
    kept = restored(desk.store.path, saved)
    assert kept is not None
    assert [path.stat().st_mode & 0o777 for path in (desk.store.path, kept)] == [0o660, 0o660]


def test_where_no_desk_is_one_is_made(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / "new" / "desk.db"
    assert restored(path, saved) is None
    assert titles(a_desk(path.parent)) == ["Before"]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", [half, words, first_page], ids=lambda it: it.__name__)
def test_a_desk_that_does_not_open_is_replaced_and_kept_as_it_is(
    desk: Desk, saved: Path, damage: Callable[[Path, bytes], None]
) -> None:
    path = desk.store.path
    desk.close()
    damage(path, path.read_bytes())
    damaged = path.read_bytes()
    kept = restored(path, saved)
    assert kept is not None
    assert kept.read_bytes() == damaged
    assert titles(a_desk(path.parent)) == ["Before"]


def test_the_log_of_a_damaged_desk_does_not_get_into_the_new_one(desk: Desk, saved: Path) -> None:
    path = desk.store.path
    log = path.with_name("desk.db-wal")
    kept_log = log.read_bytes()
    desk.close()
    words(path, b"")
    log.write_bytes(kept_log)
    kept = restored(path, saved)
    assert kept is not None
    assert titles(a_desk(path.parent)) == ["Before"]
    assert kept.with_name(kept.name + "-wal").read_bytes() == kept_log


def test_a_backup_of_a_live_desk_beside_is_taken_with_its_log(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "Only in the log")
    restored(tmp_path / "other" / "desk.db", desk.store.path)
    assert titles(a_desk(tmp_path / "other")) == ["Only in the log"]


def test_an_older_one_is_brought_up_without_touching_the_backup(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    then = tmp_path / "then"
    shutil.copytree(migrate.SCRIPTS, then)
    for script in (then / "versions").glob("[0-9]*.py"):
        if script.name[:4] > "0002":
            script.unlink()
    old = tmp_path / "old" / "desk.db"
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "SCRIPTS", then)
        migrate.create(old)
    before = old.read_bytes()
    restored(desk.store.path, old)
    store = SqliteStore(desk.store.path)
    assert migrate.revision_of(store) == HEAD
    store.close()
    assert old.read_bytes() == before
    assert sorted(path.name for path in old.parent.iterdir()) == ["desk.db"]


@pytest.mark.parametrize(("make", "says"), CASES, ids=lambda it: getattr(it, "__name__", None))
def test_what_is_no_backup_is_refused_in_one_sentence(
    desk: Desk, tmp_path: Path, saved: Path, make: Callable[[Path, bytes], None], says: str
) -> None:
    a_ticket(desk, "Mine")
    source = tmp_path / "source.db"
    make(source, saved.read_bytes())
    there = sorted(path.name for path in desk.store.path.parent.iterdir())
    with pytest.raises(DeskUnusable) as refused:
        restored(desk.store.path, source)
    assert "\n" not in str(refused.value)
    assert str(source) in refused.value.message
    assert titles(desk) == ["Mine", "After", "Before"]
    assert sorted(path.name for path in desk.store.path.parent.iterdir()) == there
    assert says


def test_a_page_damaged_deep_inside_is_found_before_anything_is_replaced(desk: Desk, saved: Path) -> None:
    whole = bytearray(saved.read_bytes())
    whole[4096 * 20 : 4096 * 21] = b"\xff" * 4096
    saved.write_bytes(whole)
    with pytest.raises(DeskUnusable, match="is damaged") as refused:
        restored(desk.store.path, saved)
    assert "\n" not in str(refused.value)
    assert titles(desk) == ["After", "Before"]


def test_what_points_at_nothing_is_found_too(desk: Desk, saved: Path) -> None:
    with closing(sqlite3.connect(saved)) as copy, copy:
        copy.execute("PRAGMA foreign_keys = OFF")
        copy.execute("DELETE FROM board")
    with pytest.raises(DeskUnusable, match="is damaged"):
        restored(desk.store.path, saved)


def test_the_desk_itself_is_no_backup(desk: Desk) -> None:
    with pytest.raises(DeskUnusable, match="is the desk itself"):
        restored(desk.store.path, desk.store.path)


class TestWho:
    """An admin of the desk, or the account that owns its file."""

    @pytest.fixture(autouse=True)
    def somebody_elses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The file is owned by an account that nobody here is."""
        real = os.stat

        def stat(path: object, **given: object) -> os.stat_result:
            found = real(path, **given)  # type: ignore[call-overload]
            return os.stat_result((*found[:4], 4242, *found[5:10])) if str(path).endswith("desk.db") else found

        monkeypatch.setattr(keeping, "os", type("os", (), {"stat": staticmethod(stat)}))

    def test_an_admin_may(self, desk: Desk, saved: Path) -> None:
        prepared = keeping.prepare(desk.store.path, saved, 1000)
        assert prepared.part.exists()
        prepared.throw_away()
        assert not prepared.part.exists()

    def test_the_owner_may(self, desk: Desk, saved: Path) -> None:
        prepared = keeping.prepare(desk.store.path, saved, 4242)
        assert prepared.desk == desk.store.path
        prepared.throw_away()

    @pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER, Role.REQUESTER])
    def test_others_may_not(self, desk: Desk, saved: Path, role: Role) -> None:
        desk_of(desk, role)
        with pytest.raises(NotAllowed, match="Only an admin"):
            keeping.prepare(desk.store.path, saved, 2000)

    def test_nor_a_stranger_who_is_not_taken_in_by_trying(self, desk: Desk, saved: Path) -> None:
        with pytest.raises(NotAllowed):
            keeping.prepare(desk.store.path, saved, 4711)
        with desk.store.reading() as unit:
            assert unit.connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 1

    def test_nor_an_admin_who_was_deactivated(self, desk: Desk, saved: Path) -> None:
        a_person(desk, "Gone", Role.ADMIN, "gone", uid=2001, active=False)
        with pytest.raises(NotAllowed):
            keeping.prepare(desk.store.path, saved, 2001)

    def test_of_a_damaged_desk_only_the_owner(self, desk: Desk, saved: Path) -> None:
        desk.close()
        words(desk.store.path, b"")
        with pytest.raises(NotAllowed):
            keeping.prepare(desk.store.path, saved, 1000)
        keeping.prepare(desk.store.path, saved, 4242).throw_away()

    def test_somebody_who_is_admin_only_in_the_backup_may_not(self, desk: Desk, tmp_path: Path) -> None:
        other = a_desk(tmp_path / "theirs")
        a_person(other, "Mallory", Role.ADMIN, "mallory", uid=2002)
        later(other, minutes=1)
        with pytest.raises(NotAllowed):
            keeping.prepare(desk.store.path, other.store.path, 2002)
