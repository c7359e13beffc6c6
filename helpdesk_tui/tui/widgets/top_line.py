"""The first line: board, view, what is late and due today, who I am and in which role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.message import Message

from helpdesk_tui.domain.people import Face
from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.widgets.face import FACES, face_piece, face_style
from helpdesk_tui.tui.widgets.lines import Piece
from helpdesk_tui.tui.widgets.one_line import OneLine
from helpdesk_tui.tui.widgets.wrapping import fit


class Standing(Struct, frozen=True):
    """What the top line tells: the board, the view, the figures of the whole board, who looks, whether only that.

    `notices` is how many of theirs are new, `timing` which ticket they are timing and how long; "" for none.
    """

    board: str = ""
    view: str = ""
    late: int = 0
    due_today: int = 0
    who: str = ""
    role: str = ""
    read_only: bool = False
    notices: str = ""
    timing: str = ""
    here: tuple[Face, ...] = ()
    """Who else is at the board."""


class TopLine(OneLine):
    """Board, view, what is late and due today, who I am and in which role."""

    PREFIX = "top"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"top--{name}" for name in ("board", "view", "late", "due", "notices", "timing", "who", "dim", *FACES)
    }

    @dataclass
    class Clicked(Message):
        """The board's name, the view's or the notices were clicked."""

        what: str

    def __init__(self) -> None:
        super().__init__()
        self._standing = Standing(board="helpdesk")
        self._board_cells = 0
        self._notices_cells = (0, 0)

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
        if now.read_only:
            left.append(("due", "  read only "))
        timing: list[Piece] = [("timing", f"  timing {now.timing}")] if now.timing else []
        notices: list[Piece] = [("notices", f"  ! {now.notices} new")] if now.notices else []
        if self._room(width, left, figures, notices, timing, right) < 0:
            timing = []
        if self._room(width, left, figures, notices, right) < 0:
            figures = figures[:1]
        if self._room(width, left, figures, notices, right) < 0:
            right = right[:1]
        here = self._here(self._room(width, left, figures, notices, timing, right))
        ends = [*figures, *notices, *timing, *here, *right]
        room = self._room(width, left, ends) - 1
        if now.view and room > 4:
            left.append(("view", f" {fit(clean(now.view), room)}"))
        begin = width - self._cells(ends) + self._cells(figures)
        self._notices_cells = (begin, begin + self._cells(notices))
        return left, ends

    def _here(self, room: int) -> list[Piece]:
        """Who else is at the board, in the room there is: by name, by avatar, or how many."""
        people = self._standing.here
        if not people:
            return []
        named: list[Piece] = [("dim", "  also here:")]
        drawn: list[Piece] = [("dim", "  with")]
        for person in people:
            named += [("", " "), (face_style(person), fit(clean(person.name), 16))]
            drawn += [("", " "), face_piece(person)]
        counted: list[Piece] = [("dim", f"  +{len(people)}")]
        return next((pieces for pieces in (named, drawn, counted) if self._cells(pieces) <= room), [])

    @staticmethod
    def _cells(pieces: Sequence[Piece]) -> int:
        return sum(cell_len(text) for _, text in pieces)

    def _room(self, width: int, *parts: Sequence[Piece]) -> int:
        """Cells left beside the parts, but for two between what stands left and right."""
        return width - sum(map(self._cells, parts)) - 2

    def on_click(self, event: events.Click) -> None:
        first, end = self._notices_cells
        what = "notices" if first <= event.x < end else "board" if event.x < self._board_cells else "view"
        self.post_message(self.Clicked(what))
