"""A ticket is opened quickly: what can be done before is, and nothing is painted twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from helpdesk_tui.config import read_json
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.tui.screens.opening import OpeningScreen
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.widgets.footer import KeyLine
from tests.builders import a_ticket, desk_of
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


@pytest.mark.parametrize(
    ("role", "moves", "writes"),
    [("", True, True), ("agent", True, True), ("viewer", False, False), ("requester", False, True), ("?", True, True)],
)
async def test_the_frame_names_the_keys_of_what_one_was_the_last_time(role: str, moves: bool, writes: bool) -> None:
    frame: App[None] = App()
    async with frame.run_test(size=(120, 10)):
        await frame.push_screen(OpeningScreen({}, lambda: None, plain=False, role=role))
        named = frame.screen.query_one(KeyLine).render_line(0).text
    assert ("move card" in named, "n new" in named) == (moves, writes)


async def test_what_one_is_is_remembered_for_it(desk: Desk, tmp_path: Path) -> None:
    rita = desk_of(desk, Role.REQUESTER)
    async with at_board(rita, tmp_path) as at:
        assert read_json(at.app.config.state_path)["role"] == "requester"
    rita.close()
