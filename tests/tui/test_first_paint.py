"""A ticket is opened quickly: what can be done before is, and nothing is painted twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.tui.screens.ticket import TicketScreen
from tests.builders import a_ticket
from tests.tui.on_board import at_board

pytestmark = pytest.mark.asyncio


async def test_its_styles_have_been_read_while_the_board_was_looked_at(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "VPN drops")
    async with at_board(desk, tmp_path) as board:
        before = set(board.app.stylesheet.source)
        await board.press("enter")
        assert set(board.app.stylesheet.source) == before


async def test_the_first_that_is_painted_is_all_of_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_ticket(desk, "VPN drops", 'note:"since the update"')
    painted: list[str] = []
    real = TicketScreen._compositor_refresh

    def paint(screen: Any) -> None:
        real(screen)
        if screen._unpainted is None and screen.is_current:
            painted.append("\n".join(strip.text for strip in screen._compositor.render_strips()))

    monkeypatch.setattr(TicketScreen, "_compositor_refresh", paint)
    async with at_board(desk, tmp_path) as board:
        await board.press("enter")
    assert "since the update" in painted[0]
