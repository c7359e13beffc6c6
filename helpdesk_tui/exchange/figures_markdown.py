"""Figures as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from helpdesk_tui.domain import figure_words as words
from helpdesk_tui.domain.figures import IN_GENERAL, MEANINGS, Dimension, Figure, Figures, Group
from helpdesk_tui.domain.text import clean
from helpdesk_tui.exchange import figures_tables
from helpdesk_tui.exchange.figures_tables import Sheet

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#&~])")


def text(figures: Figures, groups: Mapping[Dimension, Iterable[Group]], query: str) -> str:
    """The whole report."""
    return "\n".join(_lines(figures, groups, query)) + "\n"


def plain(outside: str) -> str:
    """A text from outside on one line, so that nothing in it is Markdown."""
    return _SPECIAL.sub(r"\\\1", clean(outside))


def table(sheet: Sheet) -> Iterator[str]:
    """The lines of a table."""
    yield "| " + " | ".join(plain(head) for head in sheet.heads) + " |"
    yield "| " + " | ".join("---:" if place >= sheet.numbers else "---" for place in range(len(sheet.heads))) + " |"
    for row in sheet.rows:
        yield "| " + " | ".join(plain(cell) for cell in row) + " |"
    if sheet.more:
        yield ""
        yield f"and {sheet.more:,} more"


def _lines(figures: Figures, groups: Mapping[Dimension, Iterable[Group]], query: str) -> Iterator[str]:
    yield f"# Figures, {words.days(figures.period)}"
    yield ""
    yield f"Tickets: {plain(query)}" if query else "All tickets."
    for sheet in (figures_tables.overview(figures), *figures_tables.sheets(figures, groups)):
        yield from ("", f"## {sheet.title}", "", *table(sheet))
    yield from ("", "## What they mean", "", IN_GENERAL)
    for figure in Figure:
        yield from ("", f"**{figure.called}.** {MEANINGS[figure]}")
