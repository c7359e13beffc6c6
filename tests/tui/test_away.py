"""While the desk cannot be reached, as one whose server is started anew, every screen says so, and when it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.tui import away
from helpdesk_tui.tui.messages import DeskBack, DeskLost
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.watching import Watch
from helpdesk_tui.tui.widgets import footer
from tests.builders import a_desk
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio

LOST = DeskUnusable("The connection was lost.", "Try again.")


async def until(happens: Callable[[], bool], board: AtBoard) -> None:
    for _ in range(60):
        await asyncio.sleep(0.05)
        await board.settle()
        if happens():
            return
    raise AssertionError(board.drawn())


async def test_the_board_says_so_until_it_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(footer, "SAID_FOR", 0.5)
    desk = a_desk(tmp_path, example=True)
    look, gone = Watch.look, [True]

    def looking(self: Watch) -> object:
        if gone:
            raise LOST
        return look(self)

    async with at_board(desk, tmp_path) as board:
        monkeypatch.setattr(Watch, "look", looking)
        await until(lambda: away.SAID in board.drawn(), board)  # after what happened has been said
        assert "enter open" not in board.drawn()
        gone.clear()
        await until(lambda: "The desk is there again." in board.drawn(), board)
        await until(lambda: "enter open" in board.drawn(), board)
    desk.close()


async def test_a_ticket_that_is_open_says_so_too(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, example=True)
    async with at_board(desk, tmp_path) as board:
        await board.press("enter")
        assert isinstance(board.app.screen, TicketScreen)
        await board.app.take(DeskLost(LOST))
        await board.settle()
        assert "The connection was lost. Try again." in board.drawn()
        await board.press("r")  # a form has no such line: what is beneath says it
        await board.app.take(DeskBack())
        await board.settle()
        assert "The desk is there again." in board.drawn()
    desk.close()
