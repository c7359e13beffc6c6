"""Keeping a desk on a disk that fills up: nothing half is left, nothing is lost, and it is said in one sentence."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpdesk_tui.desk import checkup, keeping, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.keeping import State
from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store import backup, restore
from tests.builders import NOON, a_desk, a_ticket
from tests.store.small_disk import fill, small_disk

NO_ROOM = r"no room for a copy|No space left"


@pytest.fixture
def cramped() -> Iterator[Desk]:
    """A desk with one ticket on a disk with room for half a copy of it."""
    with small_disk() as disk:
        desk = a_desk(disk)
        a_ticket(desk, "Printer is dead")
        fill(disk, leave=desk.store.path.stat().st_size // 2)
        yield desk
        desk.close()


def there(desk: Desk) -> list[str]:
    folder = desk.store.path.parent
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "take",
    [lambda desk: keeping.back_up(desk, desk.store.path.with_name("copy.db")), keeping.back_up, keeping.daily_backup],
    ids=["named", "beside", "daily"],
)
def test_a_backup_that_does_not_fit_leaves_nothing(cramped: Desk, take: Callable[[Desk], object]) -> None:
    before = there(cramped)
    with pytest.raises(DeskUnusable, match=NO_ROOM):
        take(cramped)
    assert [name for name in there(cramped) if not name.endswith(".daily")] == before
    (cramped.store.path.parent / "filler").unlink()
    assert keeping.daily_backup(cramped) is not None


def test_a_restore_that_does_not_fit_changes_nothing(cramped: Desk, tmp_path: Path) -> None:
    other = a_desk(tmp_path / "other")
    a_ticket(other, "Other")
    other.close()
    before = there(cramped)
    with pytest.raises(DeskUnusable, match=NO_ROOM):
        restore.prepare(cramped.store.path, other.store.path)
    assert there(cramped) == before
    assert [card.title for card in tickets.find(cramped, cramped.ask(""))] == ["Printer is dead"]


def test_doctor_says_so(cramped: Desk) -> None:
    found = {one.what: one for one in checkup.check_file(cramped.store.path, os.getuid(), NOON)}
    assert found["disk"].state is State.BAD
    assert found["damage"].state is State.OK
    assert backup.kept(cramped.store.path) == []
