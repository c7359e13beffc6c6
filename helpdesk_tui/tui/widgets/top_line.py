"""The first line: board, view, what is late and due today, who I am and in which role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.message import Message

from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.widgets.one_line import OneLine, Piece
from helpdesk_tui.tui.widgets.wrapping import fit


@dataclass(frozen=True, slots=True)
class Standing:
    """What the top line tells: the board, the view, the figures of the whole board, and who looks."""

    board: str = ""
    view: str = ""
    late: int = 0
    due_today: int = 0
    who: str = ""
    role: str = ""


class TopLine(OneLine):
    """Board, view, what is late and due today, who I am and in which role."""

    PREFIX = "top"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"top--board", "top--view", "top--late", "top--due", "top--who", "top--dim"}

    @dataclass
    class Clicked(Message):
        """The board's name, or the view's, was clicked."""

        what: str

    def __init__(self) -> None:
        super().__init__()
        self._standing = Standing(board="helpdesk")
        self._board_cells = 0

    def show(self, standing: Standing) -> None:
        if standing != self._standing:
            self._standing = standing
            self.redraw()

    def pieces(self, width: int) -> tuple[Sequence[Piece], Sequence[Piece]]:
        now = self._standing
        right: list[Piece] = []
        if now.who:
            right = [("who", f"  {fit(clean(now.who), 16)}"), ("dim", f" {now.role} ")]
        figures: list[Piece] = []
        if now.late:
            figures.append(("late", f"{now.late:,} late"))
        if now.due_today:
            figures += [("dim", " · ")] if figures else []
            figures.append(("due", f"{now.due_today:,} due today"))
        board = f" {fit(clean(now.board), max(8, width // 3))} "
        self._board_cells = cell_len(board)
        left: list[Piece] = [("board", board)]
        for extra in (figures, right):
            room = width - sum(cell_len(text) for _, text in (*left, *figures, *right)) - 2
            if room < 0 and extra is figures:
                figures = figures[:1]
            elif room < 0:
                right = right[:1]
        room = width - sum(cell_len(text) for _, text in (*left, *figures, *right)) - 3
        if now.view and room > 4:
            left.append(("view", f" {fit(clean(now.view), room)}"))
        return left, [*figures, *right]

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked("board" if event.x < self._board_cells else "view"))
