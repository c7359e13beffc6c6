"""Tickets as a table: what `list` prints, and every verb that shows several tickets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from helpdesk_tui.cli import table
from helpdesk_tui.cli.render import BOLD, CYAN, DIM, GREEN, RED, YELLOW, Output
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.ticket import Card, Priority
from helpdesk_tui.language.dates import said

COLUMNS = (
    Column("#", right=True, usual=6),
    Column("priority", keep=5, usual=8),
    Column("column", widest=16, keep=7, usual=5),
    Column("status", widest=13, keep=4, usual=12),
    Column("assignee", widest=14, keep=3, usual=8),
    Column("due", widest=16, keep=6, usual=16),
    Column("title"),
)
"""The title stands last: it takes what is left of the line, and right-to-left text cannot push what follows it."""

_PRIORITY = {
    one: Cell(one.word, looks)
    for one, looks in (
        (Priority.CRITICAL, (BOLD, RED)),
        (Priority.HIGH, (YELLOW,)),
        (Priority.NORMAL, ()),
        (Priority.LOW, (DIM,)),
    )
}
EMPTY = Cell("")
_CATEGORY = {Category.TODO: (), Category.DOING: (CYAN,), Category.DONE: (GREEN,)}


def write_cards(
    out: Output, cards: Sequence[Card], now: datetime, zone: tzinfo, later: Iterable[Sequence[Card]] = ()
) -> None:
    """Write one line a ticket; what comes `later` is read and written page by page."""

    def rows(page: Sequence[Card]) -> list[list[Cell]]:
        return [_row(card, now, zone) for card in page]

    table.write(out, COLUMNS, rows(cards), map(rows, later))


def priority(value: Priority) -> Cell:
    """A priority in its colour."""
    return _PRIORITY.get(value) or Cell(value.word)


def _due(card: Card, now: datetime, zone: tzinfo) -> Cell:
    """The due date set by hand, else the nearest service level of an open ticket."""
    due = card.due or (card.sla_due if card.closed is None else None)
    return EMPTY if due is None else Cell(said(due, now, zone), (RED,) if card.late(now) else ())


def _row(card: Card, now: datetime, zone: tzinfo) -> list[Cell]:
    title = card.title
    if card.labels:
        title += "".join([f" +{label.name}" for label in card.labels])
    return [
        Cell(str(card.number), (BOLD,)),
        priority(card.priority),
        Cell(card.column, _CATEGORY.get(card.category, ())),
        Cell("archived", (DIM,)) if card.archived else Cell(card.status, (YELLOW,)) if card.status else EMPTY,
        Cell(card.assignee),
        _due(card, now, zone),
        Cell(title),
    ]
