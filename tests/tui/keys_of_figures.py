"""What each key of the figures does: a method for every action, named as the action is, given each of its keys in turn.

The desk is that of `keys_on_board.stock`.
"""

from __future__ import annotations

from helpdesk_tui.desk import views
from helpdesk_tui.domain.figures import Dimension, Figure
from helpdesk_tui.tui.screens.figure_period import PeriodPick
from helpdesk_tui.tui.screens.figure_tickets import FigureTickets
from helpdesk_tui.tui.screens.figures import FiguresScreen
from helpdesk_tui.tui.screens.help import Help
from helpdesk_tui.tui.screens.palette import Palette
from helpdesk_tui.tui.screens.views import ViewsPick
from helpdesk_tui.tui.widgets.figure_lists import FigurePane
from tests.tui.keys_on_a_ticket import opens_and_closes
from tests.tui.keys_on_board import OnTheBoard
from tests.tui.on_board import AtBoard


async def count(at: AtBoard, *keys: str) -> FiguresScreen:
    """Open the figures from the board, anew, and press these."""
    while at.app.screen is not at.screen:
        await at.press("escape")
    await at.press("F", *keys)
    screen = at.app.screen
    assert isinstance(screen, FiguresScreen)
    return screen


async def long_pane(at: AtBoard) -> FigurePane:
    """The charts of the flow, which are longer than the screen."""
    screen = await count(at, *["j"] * (list(Figure).index(Figure.FLOW) + 1))
    pane = screen.query_one(FigurePane)
    assert pane.max_scroll_y > 0
    return pane


class InFigures:
    """Given the board and one key of the action."""

    async def go_up(self, at: AtBoard, *key: str) -> None:
        screen = await count(at, "j", "j", *key)
        assert screen.figure is Figure.FIRST_REPLY

    async def go_down(self, at: AtBoard, *key: str) -> None:
        screen = await count(at, *key)
        assert screen.figure is Figure.FIRST_REPLY

    async def go_first(self, at: AtBoard, *key: str) -> None:
        screen = await count(at, "j", "j", *key)
        assert screen.figure is None

    async def go_last(self, at: AtBoard, *key: str) -> None:
        screen = await count(at, *key)
        assert screen.figure is Figure.LOAD

    async def page_down(self, at: AtBoard, *key: str) -> None:
        pane = await long_pane(at)
        await at.press(*key)
        assert pane.scroll_offset.y == min(pane.max_scroll_y, pane.size.height - 1)

    async def page_up(self, at: AtBoard, *key: str) -> None:
        pane = await long_pane(at)
        await at.press("pagedown", *key)
        assert pane.scroll_offset.y == 0

    async def half_down(self, at: AtBoard, *key: str) -> None:
        pane = await long_pane(at)
        await at.press(*key)
        assert 0 < pane.scroll_offset.y <= pane.size.height // 2

    async def half_up(self, at: AtBoard, *key: str) -> None:
        pane = await long_pane(at)
        await at.press("ctrl+d", *key)
        assert pane.scroll_offset.y == 0

    async def to_chart(self, at: AtBoard, *key: str) -> None:
        screen = await count(at, "G", *key)
        part = screen.query_one(FigurePane).part
        assert part is not None
        assert part.figure is Figure.LOAD

    async def to_list(self, at: AtBoard, *key: str) -> None:
        screen = await count(at, "G", "right", *key)
        assert screen.query_one(FigurePane).part is None
        await at.press("k")
        assert screen.figure is Figure.THROUGHPUT

    async def tickets(self, at: AtBoard, *key: str) -> None:
        await count(at, "G")
        await at.press(*key)
        assert isinstance(at.app.screen, FigureTickets)
        assert "Ticket 1" in at.drawn()

    async def period(self, at: AtBoard, *key: str) -> None:
        screen = await count(at, *key, *"7d", "enter")
        assert screen.counted is not None
        assert len(screen.counted.figures.days) == 7
        await opens_and_closes(at, PeriodPick, *key)

    async def earlier(self, at: AtBoard, *key: str) -> None:
        await count(at, "p", *"last month", "enter", *key)
        assert "1 Sep – 30 Sep 2026" in at.line(0)

    async def later(self, at: AtBoard, *key: str) -> None:
        await count(at, "p", *"last month", "enter", *key)
        assert "1 Nov – 30 Nov 2026" in at.line(0)
        await at.press(*key)
        assert "That is still to come" in at.said()

    async def group_by(self, at: AtBoard, *key: str) -> None:
        screen = await count(at, *key)
        assert screen.by is Dimension.LABEL
        await at.press(*key, *key, *key)
        assert screen.by is Dimension.AGENT

    async def filter(self, at: AtBoard, *key: str) -> None:
        await count(at, *key, *"is:done", "enter")
        assert "1 of 11" in at.line(1)

    async def views(self, at: AtBoard, *key: str) -> None:
        views.save(at.desk, "Finished", "is:done")
        await count(at)
        await opens_and_closes(at, ViewsPick, *key)
        await at.press(*key, *"finished", "enter")
        assert "1 of 11" in at.line(1)
        assert "Finished" in at.line(0)

    async def back(self, at: AtBoard, *key: str) -> None:
        await count(at)
        await at.press(*key)
        assert at.app.screen is at.screen

    # The program's own

    async def theme(self, at: AtBoard, *no_key: str) -> None:
        await count(at)
        await OnTheBoard().theme(at, *no_key)

    async def palette(self, at: AtBoard, *key: str) -> None:
        await count(at)
        await opens_and_closes(at, Palette, *key)

    async def help(self, at: AtBoard, *key: str) -> None:
        await count(at)
        await opens_and_closes(at, Help, *key)
