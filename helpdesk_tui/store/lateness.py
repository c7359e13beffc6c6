"""How many tickets of a column are late, added up from what is kept of each hour: see `tables.due_total`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, func, or_, select, text

from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may_somewhere
from helpdesk_tui.store import cards, tables
from helpdesk_tui.store.tables import from_stored, to_stored
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_column = tables.core(tables.BoardColumn)
_kept = tables.due_total

HOUR = 3_600_000
"""Milliseconds."""

# The nearer of due date and service level. What another tool wrote there that is no number makes no ticket late.
_DUE = (
    "CASE WHEN ticket.due_at IS NULL THEN ticket.sla_due_at "
    "WHEN ticket.sla_due_at IS NULL OR ticket.due_at < ticket.sla_due_at THEN ticket.due_at ELSE ticket.sla_due_at END"
)
_COUNTED = (
    f"SELECT column_id, CAST({_DUE} AS BIGINT) / {HOUR} AS hour, count(*) AS tickets FROM ticket "
    f"WHERE NOT gone AND closed_at IS NULL AND {_DUE} = {_DUE} + 0 GROUP BY column_id, CAST({_DUE} AS BIGINT) / {HOUR}"
)
_KEPT = "SELECT column_id, hour, tickets FROM due_total"
_OFF = (
    f"SELECT column_id FROM ({_KEPT} EXCEPT {_COUNTED}) AS too_many UNION "
    f"SELECT column_id FROM ({_COUNTED} EXCEPT {_KEPT}) AS too_few"
)


def late_by_column(unit: Unit, actor: Actor, columns: Iterable[int], now: datetime) -> dict[int, int]:
    """How many open tickets of each column have missed a due date or a service level, as far as this person may see."""
    wanted = list(columns)
    known: dict[int, int] = {}
    whole = to_stored(now) // HOUR
    if may_somewhere(actor, Act.SEE_ALL_TICKETS):
        statement = (
            select(_column.c.id, func.coalesce(func.sum(_kept.c.tickets), 0).label("late"))
            .outerjoin(_kept, and_(_kept.c.column_id == _column.c.id, _kept.c.hour < whole))
            .where(_column.c.id.in_(wanted), cards.permitted(actor, Act.SEE_ALL_TICKETS, _column.c.board_id))
            .group_by(_column.c.id)
        )
        known = {row.id: int(row.late) for row in unit.rows(statement)}
    since = _missed(unit, actor, list(known), from_stored(whole * HOUR), now)
    others = _missed(unit, actor, [column_id for column_id in wanted if column_id not in known], None, now)
    return {column_id: known.get(column_id, 0) + (since | others).get(column_id, 0) for column_id in wanted}


def _missed(unit: Unit, actor: Actor, columns: list[int], start: datetime | None, now: datetime) -> dict[int, int]:
    """Open tickets whose nearer moment has passed, since `start` where one is given, one by one.

    By each of the two moments on its own: together there is no index for them.
    """
    due, level = _ticket.c.due_at, _ticket.c.sla_due_at
    is_open = _ticket.c.closed_at.is_(None)
    by_hand = [due < now, or_(level.is_(None), level >= due)]
    by_level = [level < now, or_(due.is_(None), due > level)]
    if start is not None:
        by_hand.append(due >= start)
        by_level.append(level >= start)
    first = cards.counted(unit, actor, columns, and_(is_open, *by_hand))
    more = cards.counted(unit, actor, columns, and_(is_open, *by_level))
    return {column_id: first[column_id] + more[column_id] for column_id in first}


def count_anew(unit: Unit) -> None:
    """Bring what is kept of each hour into agreement with the tickets."""
    unit.run(text("DELETE FROM due_total"))
    unit.run(text(f"INSERT INTO due_total {_COUNTED}"))


def columns_off(unit: Unit) -> list[object]:
    """What stands as a column where something else is kept than counting gives: no number where another tool wrote."""
    return [row[0] for row in unit.rows(text(_OFF))]
