"""The backup of the day: taken once, by whoever comes first, and the last seven kept."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from helpdesk_tui.desk import keeping
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import Cancelled, DeskUnusable
from helpdesk_tui.store import backup
from tests.builders import NOON, a_ticket, as_uid, desk_of, later
from tests.store.elsewhere import Say, at, several


def names(desk: Desk) -> list[str]:
    return [one.path.name for one in backup.kept(desk.store.path)]


def take_it(desk: Desk, say: Say) -> None:
    say(None if (made := keeping.daily_backup(desk)) is None else made.name)


def test_there_is_one_a_day(desk: Desk) -> None:
    assert keeping.daily_backup(desk) is not None
    assert keeping.daily_backup(desk) is None
    later(desk, hours=13)
    assert keeping.daily_backup(desk) is not None
    assert names(desk) == ["20261126T010000-daily.db", "20261125T120000-daily.db"]


def test_of_many_boards_only_one_takes_it(desk: Desk) -> None:
    with several(at(desk), take_it, [()] * 5) as others:
        said = [other.rest()[0] for other in others]
    assert len([name for name in said if name is not None]) == 1
    assert len(names(desk)) == 1


def test_it_does_not_wait_for_an_admin(desk: Desk) -> None:
    assert keeping.daily_backup(desk_of(desk, Role.REQUESTER)) is not None


def test_the_last_seven_stay_and_all_that_are_not_daily(desk: Desk) -> None:
    schema = backup.before(desk.store, "schema-0003", NOON - timedelta(days=400))
    asked = keeping.back_up(desk)
    for _ in range(9):
        keeping.daily_backup(desk)
        later(desk, days=1)
    kept = backup.kept(desk.store.path)
    assert [one.occasion for one in kept].count("daily") == 7
    assert {schema, asked} <= {one.path for one in kept}
    assert [one.occasion for one in kept if one.path == schema] == ["schema-0003"]


def test_a_backup_dated_ahead_by_a_wrong_clock_does_not_push_out_the_one_just_made(desk: Desk) -> None:
    later(desk, days=100)
    for _ in range(8):
        later(desk, days=1)
        keeping.daily_backup(desk)
    later(desk, days=-108)
    made = keeping.daily_backup(desk)
    assert made is not None
    assert made.exists()


def test_what_stands_under_a_name_is_whole_also_when_it_was_stopped(desk: Desk) -> None:
    def stop(_done: int, _total: int) -> None:
        raise Cancelled("The screens are closing.")

    with pytest.raises(Cancelled):
        keeping.daily_backup(desk, stop)
    assert names(desk) == []
    assert keeping.daily_backup(desk) is not None


def test_what_a_killed_copy_left_is_taken_away_a_day_later(desk: Desk) -> None:
    left = backup.make_folder(desk.store.path) / ".20261124T120000-daily.db-1234.part"
    left.write_bytes(b"half")
    os.utime(left, (NOON.timestamp() - 90_000,) * 2)
    keeping.daily_backup(desk)
    assert not left.exists()


def test_a_full_disk_is_told_and_nothing_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "save", full)
    with pytest.raises(DeskUnusable, match="No space left"):
        keeping.daily_backup(desk)
    assert list(backup.folder_of(desk.store.path).glob(".*.part*")) == []


def test_while_it_is_being_taken_others_do_not_begin_it(desk: Desk) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(_done: int, _total: int) -> None:
        begun.set()
        go_on.wait(10)

    first = threading.Thread(target=keeping.daily_backup, args=(desk, slowly))
    first.start()
    assert begun.wait(10)
    assert keeping.daily_backup(as_uid(desk, 1000)) is None
    a_ticket(desk)
    go_on.set()
    first.join(10)
    assert len(names(desk)) == 1


def test_a_backup_may_be_read_by_who_may_read_the_desk(desk: Desk) -> None:
    path: Path = desk.store.path
    before = os.umask(0o077)
    try:
        path.chmod(0o660)
        made = keeping.back_up(desk)
    finally:
        os.umask(before)
    assert made.stat().st_mode & 0o777 == 0o660
    assert made.parent.stat().st_mode & 0o7777 == 0o2770
