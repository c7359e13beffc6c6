"""A single drawn line: the ground of what stands above the columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from helpdesk_tui.tui.widgets.lines import PLAIN_GLYPHS, Piece
from helpdesk_tui.tui.widgets.styled_when_drawn import StyledWhenDrawn


class OneLine(StyledWhenDrawn, Widget):
    """A line of pieces (style name, text) with some of them at its right edge."""

    PREFIX = ""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._line: Strip | None = None

    def pieces(self, width: int) -> tuple[Sequence[Piece], Sequence[Piece]]:
        """What stands left, and what right; all text safe to show."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw anew, and paint only if it is different."""
        before, self._line = self._line, None
        if before is None or self._made() != before:
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        return self._made()

    def _made(self) -> Strip:
        width = self.size.width
        if self._line is None or self._line.cell_length != width:
            left, right = self.pieces(width)
            if getattr(self.app, "plain_glyphs", False):
                left, right = _plain(left), _plain(right)
            room = width - sum(cell_len(text) for _, text in right)
            drawn = Strip([Segment(text, self._style(name)) for name, text in left]).adjust_cell_length(
                max(0, room), self.rich_style
            )
            self._line = Strip([*drawn, *(Segment(text, self._style(name)) for name, text in right)])
        return self._line

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"{self.PREFIX}--{name}") if name else self.rich_style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._line = None

    def on_resize(self) -> None:
        self._line = None


def _plain(pieces: Sequence[Piece]) -> list[Piece]:
    return [(name, text.translate(PLAIN_GLYPHS)) for name, text in pieces]
