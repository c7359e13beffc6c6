"""Where tickets stand: what a step must leave in order, asked before it is kept."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import false, func, or_, select

from helpdesk_tui.store import tables, values
from helpdesk_tui.store.among import one_of
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_column = tables.core(tables.BoardColumn)
_board = tables.core(tables.Board)


class Standing(Struct, frozen=True):
    """A ticket's column, whether the ticket counts there, and whether that column or its board is no more."""

    column_id: int
    column: str
    counts: bool
    is_lost: bool


def standing(unit: Unit, numbers: Iterable[int]) -> dict[int, Standing]:
    """Where these tickets stand."""
    rows = unit.rows(
        select(
            _ticket.c.id,
            _ticket.c.column_id,
            _ticket.c.gone,
            _ticket.c.removed,
            _column.c.name,
            or_(_column.c.removed, _board.c.removed).label("lost"),
        )
        .join(_column, _column.c.id == _ticket.c.column_id)
        .join(_board, _board.c.id == _column.c.board_id)
        .where(one_of(_ticket.c.id, set(numbers)))
    )
    return {
        row.id: Standing(row.column_id, values.text(row.name), not row.gone, bool(row.lost) and not row.removed)
        for row in rows
    }


def on_column(unit: Unit, column_id: int) -> int:
    """How many tickets stand on a column, archived ones too."""
    here = select(func.count()).where(_ticket.c.column_id == column_id, _ticket.c.removed == false())
    return int(unit.scalar(here))


def on_board(unit: Unit, board_id: int) -> int:
    """How many tickets stand on a board, archived ones too."""
    columns = select(_column.c.id).where(_column.c.board_id == board_id)
    here = select(func.count()).where(_ticket.c.column_id.in_(columns), _ticket.c.removed == false())
    return int(unit.scalar(here))


def out_of_order(unit: Unit, column_id: int, *, done: bool) -> int:
    """How many tickets on a column are open although it is done, or closed although it is not."""
    wrong = _ticket.c.closed_at.is_(None) if done else _ticket.c.closed_at.is_not(None)
    here = select(func.count()).where(_ticket.c.column_id == column_id, _ticket.c.removed == false(), wrong)
    return int(unit.scalar(here))
