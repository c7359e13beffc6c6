"""Tables of plain text that fit the terminal, with wide and combining characters in line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct
from rich.cells import cell_len as measured
from rich.cells import set_cell_size

from helpdesk_tui.cli.render import DIM, Output
from helpdesk_tui.domain.text import clean

GAP = 2
LEAST_LAST = 24
"""Columns the last cell of a row keeps, as long as there is another one that can be left out for it."""


class Column(Struct, frozen=True):
    """One column. `widest` cuts it on a terminal; `keep` orders who goes first when space is scarce (smallest).

    `usual` is the width it has at least where not all rows are known beforehand.
    """

    head: str
    widest: int = 20
    keep: int = 9
    right: bool = False
    usual: int = 1


class Cell(NamedTuple):
    """What stands in a table, outside text or not, and how it looks."""

    text: str
    looks: tuple[str, ...] = ()


Rows = Sequence[Sequence[Cell]]


def write(out: Output, columns: Sequence[Column], rows: Rows, later: Iterable[Rows] = ()) -> None:
    """Write the table; its last column takes what is left of the line. Empty columns are left out.

    Of a long table the rest comes `later`, page by page: the first rows then say how wide the columns are, and all of
    them stand, since nobody knows yet what will be in them.
    """
    rest = iter(later)
    page, following = [_cleaned(row) for row in rows], next(rest, None)
    layout = _layout(out, columns, page, whole=following is None)
    if out.terminal and rows:
        out.line(layout.line(out, [Cell(column.head, (DIM,)) for column in columns]))
    while page:
        out.raw("".join(layout.line(out, row) + "\n" for row in page))
        page, following = [_cleaned(row) for row in following or ()], next(rest, None)


def _cleaned(row: Sequence[Cell]) -> list[Cell]:
    return [cell if (text := clean(cell[0], limit=1000)) is cell[0] else Cell(text, cell[1]) for cell in row]


class _Layout(Struct, frozen=True):
    """Which columns are shown, how wide, and the width of the last one (None: any)."""

    columns: Sequence[Column]
    shown: Sequence[int]
    widths: Sequence[int]
    last: int | None
    cut: bool

    def line(self, out: Output, row: Sequence[Cell]) -> str:
        parts: list[str] = []
        for place in self.shown[:-1]:
            text, looks = row[place]
            width = self.widths[place]
            if self.cut:
                text = fitted(text, width)
            blanks = " " * (width - cell_len(text))
            styled = out.styled(text, *looks) if looks and out.colored else text
            parts.append((blanks + styled if self.columns[place].right else styled + blanks) + " " * GAP)
        for place in self.shown[-1:]:
            text, looks = row[place]
            text = text if self.last is None else fitted(text, self.last)
            parts.append(out.styled(text, *looks) if looks and out.colored else text)
        return "".join(parts).rstrip()


def _layout(out: Output, columns: Sequence[Column], rows: Rows, *, whole: bool) -> _Layout:
    widths = [max((cell_len(row[place].text) for row in rows), default=0) for place in range(len(columns))]
    if not whole:
        widths = [max(width, column.usual) for width, column in zip(widths, columns, strict=True)]
    shown = [place for place, width in enumerate(widths) if width]
    if out.width is not None:
        widths = [min(width, column.widest) for width, column in zip(widths, columns, strict=True)]
    widths = [max(width, cell_len(column.head)) for width, column in zip(widths, columns, strict=True)]
    shown, last = _fitting(shown, widths, columns, out.width)
    return _Layout(columns, shown, widths, last, out.width is not None)


def cell_len(text: str) -> int:
    """The cells that `text`, already safe to show, takes on a terminal."""
    return len(text) if text.isascii() else measured(text)


def fitted(text: str, width: int) -> str:
    """`text` cut to `width` terminal columns, the last of them an ellipsis if anything is missing."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def _fitting(
    shown: list[int], widths: Sequence[int], columns: Sequence[Column], room: int | None
) -> tuple[list[int], int | None]:
    """The columns that fit, and the width of the last one (None: any)."""
    if room is None or not shown:
        return shown, None
    while True:
        left = room - sum(widths[place] + GAP for place in shown[:-1])
        if left >= min(LEAST_LAST, widths[shown[-1]]) or len(shown) < 2:
            return shown, max(left, 4)
        leaving = min(shown[:-1], key=lambda place: columns[place].keep)
        if columns[leaving].keep >= 9:
            return shown, max(left, 4)
        shown = [place for place in shown if place != leaving]
