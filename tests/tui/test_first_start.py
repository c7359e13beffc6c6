"""What a newcomer sees: a board with one ticket, which explains itself beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk_tui.config import read_json
from tests.tui.around import make_desk
from tests.tui.on_board import at_board

pytestmark = pytest.mark.asyncio

KEYS = ("n      a new ticket", "H  L   move the card one column", "/      find: a word", "?      every other key")


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_the_four_keys_are_on_the_first_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = make_desk(tmp_path)
    async with at_board(desk, tmp_path, size, preview=None) as board:
        for key in KEYS:
            assert key in board.drawn()
        assert "Welcome! Enter" in board.drawn()
    desk.close()


async def test_it_goes_with_the_key_it_names_and_stays_away(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with at_board(desk, tmp_path, preview=None) as board:
        await board.press("v")
        assert "Four keys" not in board.drawn()
        assert read_json(board.app.config.state_path)["preview"] is False
    async with at_board(desk, tmp_path, preview=False) as board:
        assert "Four keys" not in board.drawn()
    desk.close()


async def test_who_has_tickets_needs_no_explaining(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    async with at_board(desk, tmp_path, preview=None) as board:
        await board.press("n", *"Mine", "enter")
    async with at_board(desk, tmp_path, preview=None) as board:
        assert "Four keys" not in board.drawn()
    desk.close()
