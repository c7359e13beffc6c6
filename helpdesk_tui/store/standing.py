"""How many tickets stand on each column of a board, how many are late, how many due today, however many they are.

The team's numbers are added up from what triggers keep, see `tables.column_total` and `tables.due_total`; only the hour
that has begun, and today, are looked at ticket by ticket. Who may see but some of a board's tickets has these counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import and_, case, false, func, or_, select, text, true

from helpdesk_tui.domain.board import Board
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may_on
from helpdesk_tui.store import tables
from helpdesk_tui.store.cards import Condition, permitted, visible
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.tables import to_stored
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_column = tables.core(tables.BoardColumn)

HOUR = 3_600_000
"""Milliseconds."""

_OPEN = "gone = FALSE AND closed_at IS NULL"
# By column_id + 0: grouping by the column itself would walk the index of the columns, which is that of all tickets.
_OF_THE_TEAM = Plain(f"""
SELECT 'total', column_id, tickets FROM column_total
 WHERE column_id IN (SELECT id FROM board_column WHERE board_id = :board)
UNION ALL
SELECT 'late', column_id, sum(tickets) FROM due_total
 WHERE column_id IN (SELECT id FROM board_column WHERE board_id = :board) AND hour < :hour GROUP BY column_id
UNION ALL
SELECT 'late', column_id + 0, count(*) FROM ticket
 WHERE {_OPEN} AND due_at >= :since AND due_at < :now AND (sla_due_at IS NULL OR sla_due_at >= due_at)
 GROUP BY column_id + 0
UNION ALL
SELECT 'late', column_id + 0, count(*) FROM ticket
 WHERE {_OPEN} AND sla_due_at >= :since AND sla_due_at < :now AND (due_at IS NULL OR due_at > sla_due_at)
 GROUP BY column_id + 0
UNION ALL
SELECT 'today', column_id + 0, count(*) FROM ticket
 WHERE {_OPEN} AND due_at >= :morning AND due_at < :midnight GROUP BY column_id + 0
""")

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


class Standing(Struct, frozen=True):
    """How many tickets are on a column, and how many open ones of them late, and due on the reader's day."""

    total: int = 0
    late: int = 0
    due_today: int = 0


def by_column(
    unit: Unit, actor: Actor, board: Board, now: datetime, day: tuple[datetime, datetime]
) -> dict[int, Standing]:
    """How the columns of a board stand at `now`, as far as this person may see. `day`: their day's bounds, in UTC."""
    columns = [column.id for column in board.columns]
    start, end = day
    if not may_on(actor, Act.SEE_ALL_TICKETS, board.id):
        totals = _counted(unit, actor, columns, true())
        late = _counted(unit, actor, columns, _missed(now))
        today = _counted(unit, actor, columns, and_(_is_open(), _ticket.c.due_at >= start, _ticket.c.due_at < end))
        return {column: Standing(totals[column], late[column], today[column]) for column in columns}
    hour = to_stored(now) // HOUR
    found = Counter[tuple[str, int]]()
    for what, column, tickets in unit.ask(
        _OF_THE_TEAM,
        board=board.id,
        hour=hour,
        since=hour * HOUR,
        now=to_stored(now),
        morning=to_stored(start),
        midnight=to_stored(end),
    ):
        found[what, column] += int(tickets)
    return {
        column: Standing(found["total", column], found["late", column], found["today", column]) for column in columns
    }


def totals(unit: Unit, actor: Actor, columns: Iterable[int]) -> dict[int, int]:
    """How many tickets stand on each of these columns, of whatever boards, as far as this person may see."""
    wanted = list(columns)
    kept = tables.column_total.c
    statement = (
        select(_column.c.id, kept.tickets)
        .outerjoin(tables.column_total, kept.column_id == _column.c.id)
        .where(_column.c.id.in_(wanted), permitted(actor, Act.SEE_ALL_TICKETS, _column.c.board_id))
    )
    known = {row.id: row.tickets or 0 for row in unit.rows(statement)}
    others = [column_id for column_id in wanted if column_id not in known]
    return dict.fromkeys(wanted, 0) | known | _counted(unit, actor, others, true())


def _is_open() -> Condition:
    return _ticket.c.closed_at.is_(None)


def _missed(now: datetime) -> Condition:
    return and_(_is_open(), or_(_ticket.c.due_at < now, _ticket.c.sla_due_at < now))


def _counted(unit: Unit, actor: Actor, columns: list[int], wanted: Condition) -> dict[int, int]:
    """How many tickets that fulfil `wanted` stand on each column, in one walk over what this person may see."""
    if not columns:
        return {}
    counts = [func.count(case((_ticket.c.column_id == column_id, 1))) for column_id in columns]
    rows = unit.rows(select(*counts).where(wanted, _ticket.c.gone == false(), visible(actor)))
    return dict(zip(columns, rows[0], strict=True))


def count_anew(unit: Unit) -> None:
    """Bring what is kept of each hour into agreement with the tickets."""
    unit.run(text("DELETE FROM due_total"))
    unit.run(text(f"INSERT INTO due_total {_COUNTED}"))


def columns_off(unit: Unit) -> list[object]:
    """What stands as a column where something else is kept than counting gives: no number where another tool wrote."""
    return [row[0] for row in unit.rows(text(_OFF))]
