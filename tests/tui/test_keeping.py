"""What an open board does for the desk's safety, and what it does when its desk is replaced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk_tui.desk import keeping
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.errors import DeskReplaced
from helpdesk_tui.store import backup, far_away, restore
from helpdesk_tui.store.sqlite import SqliteStore
from helpdesk_tui.tui import upkeep
from helpdesk_tui.tui.drafts import drafts_of
from tests.builders import NOON, a_ticket, as_uid
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def board(desk: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    """An admin at the board."""
    a_ticket(desk, "Printer is dead")
    async with at_board(as_uid(desk, 1000), tmp_path) as found:
        yield found


def replace(desk: Desk) -> None:
    """As `helpdesk restore` does it."""
    path = file_of(desk)
    saved = keeping.back_up(desk)
    restore.put_in_place(restore.prepare(path, saved), NOON)


def file_of(desk: Desk) -> Path:
    assert isinstance(desk.store, SqliteStore)
    return desk.store.path


class TestADeskThatIsReplaced:
    async def test_its_boards_close_with_a_sentence_and_a_code(self, board: AtBoard, desk: Desk) -> None:
        replace(desk)
        await asyncio.sleep(0.8)
        assert isinstance(board.app.failure, DeskReplaced)
        assert "replaced while it was open, as by `helpdesk restore`" in str(board.app.failure)
        assert board.app.return_code == 4

    async def test_what_is_done_before_they_notice_is_refused(self, board: AtBoard, desk: Desk) -> None:
        replace(desk)
        await board.pilot.press("L")
        await asyncio.sleep(0.3)
        assert isinstance(board.app.failure, DeskReplaced)

    async def test_what_was_being_written_is_kept(self, board: AtBoard, desk: Desk) -> None:
        await board.press("c", *"hello")
        replace(desk)
        await asyncio.sleep(0.8)
        assert drafts_of(board.app).of("note 1")["text"] == "hello"


class TestTheBackupOfTheDay:
    async def test_an_open_board_takes_it_in_the_background(
        self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(upkeep, "FIRST", 0.05)
        async with at_board(as_uid(desk, 1000), tmp_path) as board:
            await asyncio.sleep(0.3)
            await board.settle()
            assert [one.occasion for one in backup.kept(file_of(desk))] == ["daily"]

    async def test_an_admin_is_told_when_it_cannot_be_taken(
        self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(upkeep, "FIRST", 0.05)
        backup.folder_of(file_of(desk)).write_text("in the way")
        async with at_board(as_uid(desk, 1000), tmp_path) as board:
            await asyncio.sleep(0.3)
            await board.settle()
            assert "Today's backup was not taken." in board.said()


async def test_a_desk_on_a_network_file_system_is_warned_about_as_the_board_opens(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(far_away, "file_system_of", lambda _path: "nfs4")
    async with at_board(as_uid(desk, 1000), tmp_path) as board:
        assert "network file system (nfs4): two machines at once" in board.said()
