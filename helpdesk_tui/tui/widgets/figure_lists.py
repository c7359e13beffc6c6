"""The two sides of the figures screen: the list of figures, and what the one under the cursor looks like."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message

from helpdesk_tui.domain.figures import IN_GENERAL, MEANINGS, Figure, Figures
from helpdesk_tui.tui.text import filled, shown
from helpdesk_tui.tui.widgets.charts import Row, cut
from helpdesk_tui.tui.widgets.figure_cells import in_short
from helpdesk_tui.tui.widgets.figure_charts import Pane, Part
from helpdesk_tui.tui.widgets.lines import Line, LineView
from helpdesk_tui.tui.widgets.wrapping import wrap

ROWS: tuple[Figure | None, ...] = (None, *Figure)
"""What the list offers: a little of all, then each figure by itself."""

NAME, VALUE = 25, 8
"""Cells of a figure's name, and of what it comes to."""

LEAST_MORE = 8
"""Cells below which there is no room for a word more."""


@dataclass
class Pointed(Message):
    """A row of either side was clicked; `again` if the cursor stood on it already."""

    chart: bool
    index: int
    again: bool


class FigureList(LineView, can_focus=False):
    """The figures under a cursor, each with what it comes to."""

    cursor = 0

    @property
    def figure(self) -> Figure | None:
        """What the cursor stands on; None for a little of all."""
        return ROWS[self.cursor]

    def show(self, figures: Figures | None, *, focused: bool) -> None:
        """Draw them; without figures, only what there will be."""
        width = self.scrollable_content_region.width
        back = "cursor" if focused else "cursor-off"
        lines = []
        for at, figure in enumerate(ROWS):
            here = at == self.cursor
            row = _row(figure, figures, width - 2)
            lines.append(Line((("key", "▸ " if here else "  "), *row), back=back if here else ""))
        self.show_lines(lines)
        self.bring_into_view(self.cursor)

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < len(ROWS):
            self.post_message(Pointed(False, index, index == self.cursor))


def _row(figure: Figure | None, figures: Figures | None, width: int) -> Row:
    if figure is None:
        return cut((("title", "Overview"),), width)
    value, more = ("", "") if figures is None else in_short(figures, figure)
    room = width - NAME - VALUE - 1
    return cut(
        (
            ("", filled(figure.called, NAME)),
            ("strong" if value != "none" else "dim", f"{value:>{VALUE}}"),
            ("dim", f" {shown(more, room)}" if room > LEAST_MORE else ""),
        ),
        width,
    )


class FigurePane(LineView, can_focus=False):
    """Charts and rows; the cursor stands on those rows whose tickets can be shown."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.pane = Pane()
        self.cursor: int | None = None
        """Which of the parts the cursor stands on, None while it is in the list."""
        self.is_entered = False
        """Whether the cursor is meant to be here, and so on the first part as soon as there is one."""

    @property
    def part(self) -> Part | None:
        """What the cursor stands on."""
        return None if self.cursor is None else list(self.pane.parts.values())[self.cursor]

    def show(self, pane: Pane) -> None:
        """Draw that; the cursor stays on the part of that place, if there is one."""
        self.pane = pane
        if not pane.parts:
            self.cursor = None
        elif self.is_entered:
            self.cursor = min(self.cursor or 0, len(pane.parts) - 1)
        self._draw()

    def tell(self, text: str) -> None:
        """One sentence in place of charts."""
        self.cursor = None
        self.pane = Pane()
        width = self.scrollable_content_region.width
        self.show_lines([Line(), *(Line((("dim", f"  {line}"),)) for line in wrap(text, width - 4))])

    def enter(self) -> bool:
        """Put the cursor on the first part; whether there is one by now."""
        self.is_entered = True
        self.show(self.pane)
        return self.cursor is not None

    def leave(self) -> None:
        self.cursor, self.is_entered = None, False
        self._draw()

    def go(self, steps: int) -> None:
        """Move the cursor that many parts down; without any, scroll by as many lines."""
        if self.cursor is None:
            self.scroll_by(steps)
            return
        before, self.cursor = self.cursor, max(0, min(self.cursor + steps, len(self.pane.parts) - 1))
        if self.cursor != before:
            self._draw()
        elif steps < 0:
            self.scroll_to_line(0)  # what stands above the first part
        else:
            self.scroll_by(1)

    def go_page(self, pages: float) -> None:
        self.scroll_by(int(pages * max(1, self.scrollable_content_region.height - 1)))

    def _draw(self) -> None:
        at = -1 if self.cursor is None else list(self.pane.parts)[self.cursor]
        self.show_lines([_under_cursor(row) if index == at else Line(row) for index, row in enumerate(self.pane.rows)])
        if at >= 0:
            self.bring_into_view(at)

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index in self.pane.parts:
            place = list(self.pane.parts).index(index)
            self.post_message(Pointed(True, place, place == self.cursor))


def _under_cursor(row: Row) -> Line:
    """The row marked as that of the cursor, in place of the blank it begins with."""
    (style, text), *others = row
    return Line((("key", "▸"), (style, text[1:]), *others), back="cursor")


class Meaning(LineView, can_focus=False):
    """What exactly a figure is, as far as there is room; `key` says all of it."""

    def show(self, figure: Figure | None, key: str) -> None:
        size = self.scrollable_content_region
        lines = meaning(figure, size.width - 3)
        room = max(0, size.height - 1)
        if len(lines) > room > 0:
            lines = [*lines[: room - 1], f"… {key} says all of it"]
        self.show_lines([Line(), *(Line((("dim", f"  {line}"),)) for line in lines[:room])])


def meaning(figure: Figure | None, width: int) -> list[str]:
    """The exact meaning, in lines of so many cells."""
    return wrap(IN_GENERAL if figure is None else MEANINGS[figure], width)


def sections() -> list[tuple[str, list[tuple[str, str]]]]:
    """The meanings for the help screen: headings, and under each what is explained."""
    return [
        ("What the figures mean", [("all of them", IN_GENERAL), *((one.called, MEANINGS[one]) for one in Figure)]),
    ]


def list_width(width: int) -> int:
    """Cells of the list on a screen so wide: with a word more about each figure where there is room."""
    wide = NAME + VALUE + 15
    return wide if width >= wide + 60 else NAME + VALUE + 3
