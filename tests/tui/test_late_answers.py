"""What the desk still has to say when the screens it is for are being taken down, or have gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widget import Widget

from helpdesk_tui.desk.boards import News
from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.tui.messages import DeskLost, FromDesk, HereChanged, Noticed, RightsChanged
from helpdesk_tui.tui.screens.ticket import TicketScreen
from tests.builders import a_desk
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio

ABOVE_AND_BELOW = "TopLine, KeyLine"
"""What the board writes on whatever it is told."""


async def left_with(board: AtBoard, monkeypatch: pytest.MonkeyPatch, *late: FromDesk) -> None:
    """Leave, and have the desk say that while the board is without its widgets but not yet gone itself."""
    app, screen = board.app, board.screen
    real = Widget._message_loop_exit
    said: list[FromDesk] = []

    async def saying_more(widget: Widget) -> None:
        await real(widget)
        if not said and not screen.query(ABOVE_AND_BELOW) and screen.is_attached:
            said.extend(late)
            for message in late:
                await app.take(message)

    monkeypatch.setattr(Widget, "_message_loop_exit", saying_more)
    await app._shutdown()
    assert said == [*late]


@pytest.mark.parametrize(
    "late",
    [Noticed(News(9, None, False)), HereChanged({}, {}), RightsChanged(), DeskLost(DeskUnusable("It is gone."))],
    ids=lambda late: type(late).__name__,
)
async def test_news_while_the_program_is_left_are_for_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: FromDesk
) -> None:
    desk = a_desk(tmp_path)
    async with at_board(desk, tmp_path) as board:
        await left_with(board, monkeypatch, late)
    assert board.app.failure is None
    desk.close()


async def test_an_answer_while_the_program_is_left_is_for_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = a_desk(tmp_path)
    answers: list[Any] = []
    async with at_board(desk, tmp_path) as board:
        with monkeypatch.context() as patch:
            patch.setattr(board.app.gateway, "_post", answers.append)
            board.screen.look_at_people()
            board.screen.look()
            await board.settle()
        assert answers
        await left_with(board, monkeypatch, *answers)
    assert board.app.failure is None
    desk.close()


async def test_an_answer_for_a_screen_that_has_closed_is_for_nobody(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, example=True)
    told: list[str] = []
    async with at_board(desk, tmp_path) as board:
        await board.press("enter")
        ticket = board.app.screen
        assert isinstance(ticket, TicketScreen)
        ticket.ask(lambda _desk: "late", told.append, lambda error: told.append(str(error)))
        ticket.dismiss(None)
        await board.settle()
    assert told == []
    desk.close()
