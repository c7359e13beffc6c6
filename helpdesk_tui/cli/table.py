"""Tables of plain text that fit the terminal, with wide and combining characters in line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from helpdesk_tui.cli.render import DIM, Output
from helpdesk_tui.domain.text import clean

GAP = 2
LEAST_LAST = 24
"""Columns the last cell of a row keeps, as long as there is another one that can be left out for it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `widest` cuts it on a terminal; `keep` orders who goes first when space is scarce (smallest)."""

    head: str
    widest: int = 20
    keep: int = 9
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table, outside text or not, and how it looks."""

    text: str
    looks: tuple[str, ...] = ()


def write(out: Output, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """Write the table; its last column takes what is left of the line. Empty columns are left out."""
    cleaned = [[Cell(clean(cell.text, limit=1000), cell.looks) for cell in row] for row in rows]
    widths = [max((cell_len(row[place].text) for row in cleaned), default=0) for place in range(len(columns))]
    shown = [place for place, width in enumerate(widths) if width]
    if out.width is not None:
        widths = [min(width, column.widest) for width, column in zip(widths, columns, strict=True)]
    widths = [max(width, cell_len(column.head)) for width, column in zip(widths, columns, strict=True)]
    shown, last = _fitting(shown, widths, columns, out.width)
    if out.terminal and rows:
        _write_row(out, [Cell(column.head, (DIM,)) for column in columns], columns, shown, widths, last)
    for row in cleaned:
        _write_row(out, row, columns, shown, widths, last)


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


def _write_row(
    out: Output,
    row: Sequence[Cell],
    columns: Sequence[Column],
    shown: Sequence[int],
    widths: Sequence[int],
    last: int | None,
) -> None:
    parts: list[str] = []
    for place in shown[:-1]:
        text = row[place].text if out.width is None else fitted(row[place].text, widths[place])
        blanks = " " * (widths[place] - cell_len(text))
        styled = out.styled(text, *row[place].looks)
        parts.append((blanks + styled if columns[place].right else styled + blanks) + " " * GAP)
    for place in shown[-1:]:
        text = row[place].text if last is None else fitted(row[place].text, last)
        parts.append(out.styled(text, *row[place].looks))
    out.line("".join(parts).rstrip())
