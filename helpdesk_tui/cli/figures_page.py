"""Figures as text: an overview, and the tables behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

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
        first, *more = _lines(out, clean(said))
        out.line(f"{figure.called:<{_NAME}}{out.styled(first, *looks)}")
        for line in more:
            out.line(" " * _NAME + line)
    for sheet in figures_tables.sheets(figures, groups):
        write_sheet(out, sheet)


def _lines(out: Output, said: str) -> list[str]:
    """What is said of a figure, on as many lines as it takes beside its name."""
    room = None if out.width is None else max(20, out.width - _NAME)
    return [said] if room is None or len(said) <= room else wrap(said, room)


def write_sheet(out: Output, sheet: Sheet) -> None:
    """Write a table under its title."""
    out.line()
    out.line(out.styled(sheet.title, BOLD))
    rows = _to_the_right([list(sheet.heads), *sheet.rows], sheet)
    columns = [Column(head, widest=30, right=place >= sheet.numbers) for place, head in enumerate(rows[0])]
    # On a terminal the table has its heads; elsewhere they stand for whoever reads it, as its first row.
    table.write(out, columns, [[Cell(cell) for cell in row] for row in (rows[1:] if out.terminal else rows)])
    if sheet.more:
        out.line(out.styled(f"and {sheet.more:,} more", DIM))


def _to_the_right(rows: list[Sequence[str]], sheet: Sheet) -> list[list[str]]:
    """The last column of a table takes what is left of the line: numbers in it are put to the right here."""
    if len(sheet.heads) <= sheet.numbers:
        return [list(row) for row in rows]
    width = max(len(row[-1]) for row in rows)
    return [[*row[:-1], row[-1].rjust(width)] for row in rows]
