"""Figures as text: an overview, and the tables behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from helpdesk_tui.cli import table
from helpdesk_tui.cli.render import BOLD, DIM, Output
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.domain import figure_words as words
from helpdesk_tui.domain.figures import Dimension, Figure, Figures, Group
from helpdesk_tui.domain.text import clean
from helpdesk_tui.exchange import figures_tables
from helpdesk_tui.exchange.figures_tables import Sheet

_NAME = max(len(figure.called) for figure in Figure) + 2


def write(out: Output, figures: Figures, groups: Mapping[Dimension, Iterable[Group]], query: str) -> None:
    """Write the report."""
    out.line(out.styled(f"Figures, {words.days(figures.period)}", BOLD))
    out.line(clean(f"Tickets: {query}" if query else "All tickets"))
    out.line()
    for figure in Figure:
        said = words.headline(figures, figure)
        looks = (DIM,) if said == words.NONE else ()
        out.line(f"{figure.called:<{_NAME}}{out.styled(clean(said), *looks)}")
    for sheet in figures_tables.sheets(figures, groups):
        write_sheet(out, sheet)


def write_sheet(out: Output, sheet: Sheet) -> None:
    """Write a table under its title."""
    out.line()
    out.line(out.styled(sheet.title, BOLD))
    columns = [Column(head, widest=30, right=place >= sheet.numbers) for place, head in enumerate(sheet.heads)]
    rows = [[Cell(cell) for cell in row] for row in sheet.rows]
    if not out.terminal:  # its heads are for reading, and this is no list for other programs
        rows.insert(0, [Cell(head) for head in sheet.heads])
    table.write(out, columns, _aligned(rows, sheet))
    if sheet.more:
        out.line(out.styled(f"and {sheet.more:,} more", DIM))


def _aligned(rows: list[list[Cell]], sheet: Sheet) -> list[list[Cell]]:
    """The last column of a table takes what is left of the line: numbers in it are put to the right here."""
    if len(sheet.heads) <= sheet.numbers:
        return rows
    width = max((len(row[-1].text) for row in rows), default=0)
    width = max(width, len(sheet.heads[-1]))
    return [[*row[:-1], Cell(row[-1].text.rjust(width), row[-1].looks)] for row in rows]
