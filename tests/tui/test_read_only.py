"""The board on a desk that may only be read: it works, says so, and refuses changes in a sentence."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.builders import a_desk, a_ticket
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def board(tmp_path: Path) -> AsyncIterator[AtBoard]:
    desk = a_desk(tmp_path)
    for title in ("Printer is dead", "VPN drops"):
        a_ticket(desk, title)
    desk.close()
    desk.store.path.chmod(0o444)
    desk = a_desk(tmp_path)
    async with at_board(desk, tmp_path) as found:
        yield found
    desk.close()


async def test_the_top_line_says_so(board: AtBoard) -> None:
    assert "read only" in board.drawn()


async def test_one_moves_about_filters_and_opens(board: AtBoard) -> None:
    await board.press("j")
    assert board.at.number == 2
    await board.press("slash")
    await board.type("printer")
    await board.press("enter")
    assert board.at.number == 1
    await board.press("enter")
    assert "Printer is dead" in board.drawn()
    assert "is read only" not in board.drawn()
    await board.press("escape")


@pytest.mark.parametrize("keys", [["L"], ["i"], ["D"], ["p", "enter"], ["J"], ["u"]])
async def test_a_change_is_refused_in_a_sentence(board: AtBoard, keys: list[str]) -> None:
    await board.press("home", *keys)
    assert "is read only" in board.drawn()
    assert board.at.number == 1
