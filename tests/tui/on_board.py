"""The whole program on a real desk in a temporary file, as a person at the keyboard meets it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual._compositor import CompositorUpdate
from textual.pilot import Pilot

from helpdesk_tui.desk import boards
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.tui import chokepoint
from helpdesk_tui.tui.app import HelpdeskApp
from helpdesk_tui.tui.screens.board import BoardScreen
from tests.builders import config_for
from tests.tui.around import press
from tests.tui.quiet import paint, send, settle


class Program(HelpdeskApp):
    """Writes to no terminal, but makes what it would write."""

    PAINTS_AT_THE_END = True
    _written = 0

    @property
    def written(self) -> int:
        """How many characters were written so far."""
        paint(self)
        return self._written

    def _display(self, screen: Any, renderable: Any) -> None:
        if isinstance(renderable, CompositorUpdate):
            self._written += len(renderable.render_segments(self.console))
        super()._display(screen, renderable)


class AtBoard:
    """What a test does and sees."""

    def __init__(self, app: Program, pilot: Pilot[Any], desk: Desk) -> None:
        self.app = app
        self.pilot = pilot
        self.desk = desk

    @property
    def screen(self) -> BoardScreen:
        assert self.app.board is not None
        return self.app.board

    async def press(self, *keys: str) -> None:
        await press(self.pilot, *keys)

    async def type(self, text: str) -> None:
        """A text as fast as it can be sent."""
        send(self.app, *text)
        await settle(self.pilot)

    async def settle(self) -> None:
        await settle(self.pilot)

    @property
    def at(self) -> Card:
        """The card under the cursor."""
        card = self.screen.card
        assert card is not None
        return card

    @property
    def column(self) -> str:
        """The name of the column the cursor is in."""
        found = self.screen.column
        assert found is not None
        return found.heads[found.place].column.name

    def numbers(self, column: str) -> list[int]:
        """The tickets of a column, as the screen has them."""
        found = next(one for one in self.screen.columns if one.heads[one.place].column.name == column)
        return [card.number for _, card in sorted(found.pages.known(), key=lambda pair: pair[0])]

    def where(self, number: int) -> str:
        """The column a ticket stands in, as the desk has it."""
        for state in boards.read(self.desk, self.screen.seen.question).columns:
            if number in [card.number for card in state.first]:
                return state.column.name
        return ""

    def drawn(self) -> str:
        """Everything on the screen as plain text."""
        paint(self.app)
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips[: self.app.size.height])

    def line(self, row: int) -> str:
        """That line of the screen, counted from 0."""
        return self.drawn().splitlines()[row]

    def said(self) -> str:
        """The last line of the screen."""
        return self.drawn().splitlines()[-1].strip()


@asynccontextmanager
async def at_board(
    desk: Desk, folder: Path, size: tuple[int, int] = (120, 36), **config: Any
) -> AsyncIterator[AtBoard]:
    """The program, open on its board."""
    chokepoint.STRICT = True
    app = Program(config_for(folder, **({"preview": False} | config)), lambda: desk)
    async with app.run_test(size=size) as pilot:
        for _ in range(400):
            if app.board is not None and app.screen is app.board:
                break
            await asyncio.sleep(0.01)
        await settle(pilot)
        yield AtBoard(app, pilot, desk)
        paint(app)
    # The desk belongs to the test.
    app.gateway._desk = None
    app.gateway.close()
