"""Which tickets a question selects, how many, and in which order; `card_page` reads the cards of a page of them.

Every function takes the acting person: what they may not see is not there, and does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, case, false, func, not_, or_, select, true

from helpdesk_tui.domain.board import Category, Column
from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may, may_everywhere
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.bound import AllOf, AnyOf, Bound, HasText, Opposite, Test
from helpdesk_tui.store import tables
from helpdesk_tui.store.tables import Ticket
from helpdesk_tui.store.unit_of_work import Unit
from helpdesk_tui.store.where import order_by, where

_ticket = tables.core(Ticket)
_board = tables.core(tables.Board)
_column = tables.core(tables.BoardColumn)

Condition = ColumnElement[bool]

_THE_TEAMS = {"time": Act.READ_HISTORY, "watcher": Act.WATCH}
"""Fields that tell something of the team: for those who may not do this, no ticket answers a question about them."""


def visible(actor: Actor) -> Condition:
    """What of the tickets this person may see at all."""
    if may_everywhere(actor, Act.SEE_ALL_TICKETS):
        return true()
    return or_(permitted(actor, Act.SEE_ALL_TICKETS), _own(actor))


def _own(actor: Actor) -> Condition:
    """What this person asked for, and what the people of their organization did if it shares."""
    mine: Condition = _ticket.c.requester_id == actor.id
    if actor.sees_organization and actor.organization_id is not None:
        return or_(mine, _ticket.c.organization_id == actor.organization_id)
    return mine


def known_board(actor: Actor) -> Condition:
    """Which boards are there for this person: not those of others, where only members work, unless a ticket of their
    own stands there."""
    if may_everywhere(actor, Act.SEE_ALL_TICKETS):
        return true()
    member = tables.board_member
    return or_(
        _board.c.members_only == false(),
        permitted(actor, Act.SEE_ALL_TICKETS, _board.c.id),
        _board.c.id.in_(select(member.c.board_id).where(member.c.person_id == actor.id)),
        _board.c.id.in_(select(_ticket.c.board_id).where(_ticket.c.removed == false(), _own(actor))),
    )


def permitted(actor: Actor, act: Act, board_id: ColumnElement[int] = _ticket.c.board_id) -> Condition:
    """Whether that board is one where this person is permitted to do `act`."""
    on_desk = may(actor.role, act)
    otherwise = [board for board, role in actor.boards.items() if may(role, act) != on_desk]
    if not otherwise:
        return true() if on_desk else false()
    return board_id.not_in(otherwise) if on_desk else board_id.in_(otherwise)


def selected(bound: Bound, asking: Asking, actor: Actor) -> Condition:
    """The tickets a query selects for this person. Archived ones only if the query speaks of them."""
    present: Condition = _ticket.c.removed == false() if bound.mentions_archived else _ticket.c.gone == false()
    for field, act in _THE_TEAMS.items():
        if _asks_for(bound, field):
            present = and_(present, permitted(actor, act))
    on_desk = may(actor.role, Act.READ_NOTES)
    wanted = where(bound, asking, on_desk)
    if any(may(role, Act.READ_NOTES) != on_desk for role in actor.boards.values()):
        with_notes = permitted(actor, Act.READ_NOTES)
        here, there = where(bound, asking, may_read_notes=True), where(bound, asking, may_read_notes=False)
        wanted = or_(and_(with_notes, here), and_(not_(with_notes), there))
    return and_(present, visible(actor), wanted)


def board_order(column: Column, bound: Bound, actor: Actor) -> list[Any]:
    """How a column stands: as the query says, else done by latest closing, the others by priority and then by hand.

    Swimlanes go before all that.
    """
    lanes = _lanes(bound, actor)
    if bound.sort:
        return [*lanes, *order_by(bound.sort, may_everywhere(actor, Act.READ_NOTES))]
    if column.category is Category.DONE:
        return [*lanes, _ticket.c.closed_at.desc(), _ticket.c.id.desc()]
    return [*lanes, _ticket.c.priority.desc(), _ticket.c.rank, _ticket.c.id]


def _lanes(bound: Bound, actor: Actor) -> list[Any]:
    """What the cards are grouped by; the number, which ends every order, does not end this one."""
    return order_by((bound.lanes,), may_everywhere(actor, Act.READ_NOTES))[:-1] if bound.lanes is not None else []


def list_order(bound: Bound, actor: Actor) -> list[Any]:
    """How a plain list stands: as the query says, else the latest ticket first."""
    return order_by(bound.sort, may_everywhere(actor, Act.READ_NOTES)) or [_ticket.c.id.desc()]


def shown_by_column(
    unit: Unit, condition: Condition, columns: Iterable[int], now: datetime
) -> dict[int, tuple[int, int]]:
    """How many of the selected tickets stand on each of the columns, and how many of those are late."""
    missed = and_(_ticket.c.closed_at.is_(None), or_(_ticket.c.due_at < now, _ticket.c.sla_due_at < now))
    statement = (
        select(_ticket.c.column_id, func.count(), func.count(case((missed, 1))))
        .where(on_columns(columns), condition)
        .group_by(_ticket.c.column_id)
    )
    return {row[0]: (row[1], row[2]) for row in unit.rows(statement)}


class Shown(Struct, frozen=True):
    """What a query leaves of a column: how many cards, how many of them late, and the first of them in order."""

    count: int
    late: int
    first: tuple[int, ...]


def shown_at_once(
    unit: Unit, condition: Condition, columns: Iterable[Column], bound: Bound, actor: Actor, now: datetime, page: int
) -> dict[int, Shown]:
    """All columns in one statement, for conditions that are dear to work out and would be once a column otherwise."""
    chosen = list(columns)
    missed = and_(_ticket.c.closed_at.is_(None), or_(_ticket.c.due_at < now, _ticket.c.sla_due_at < now))
    column_id = _ticket.c.column_id
    listed = (
        select(
            _ticket.c.id,
            column_id,
            func.row_number().over(partition_by=column_id, order_by=_any_order(bound, actor)).label("place"),
            func.count().over(partition_by=column_id).label("shown"),
            func.count(case((missed, 1))).over(partition_by=column_id).label("late"),
        )
        .where(on_columns(column.id for column in chosen), condition)
        .subquery()
    )
    rows = unit.rows(select(listed).where(listed.c.place <= page).order_by(listed.c.column_id, listed.c.place))
    found: dict[int, Shown] = {}
    for column in chosen:
        here = [row for row in rows if row.column_id == column.id]
        if here:
            found[column.id] = Shown(here[0].shown, here[0].late, tuple(row.id for row in here))
    return found


def _any_order(bound: Bound, actor: Actor) -> list[Any]:
    """The orders of `board_order` as one: closed tickets stand in done columns, and only they do."""
    lanes = _lanes(bound, actor)
    if bound.sort:
        return [*lanes, *order_by(bound.sort, may_everywhere(actor, Act.READ_NOTES))]
    closed = _ticket.c.closed_at.is_not(None)
    return [
        *lanes,
        case((closed, _ticket.c.closed_at), else_=_ticket.c.priority).desc(),
        case((closed, ""), else_=_ticket.c.rank),
        case((closed, -_ticket.c.id), else_=_ticket.c.id),
    ]


def has_text(bound: Bound) -> bool:
    """Whether the query asks the full-text index anything."""
    return any(isinstance(test, HasText) for test in _tests(bound))


def _asks_for(bound: Bound, field: str) -> bool:
    """Whether the query tells tickets apart by that field."""
    return any(getattr(test, "field", None) == field for test in _tests(bound))


def _tests(bound: Bound) -> Iterator[Test]:
    """Everything a query asks, one by one."""
    waiting: list[Test] = [bound.test]
    while waiting:
        match waiting.pop():
            case AllOf(parts) | AnyOf(parts):
                waiting.extend(parts)
            case Opposite(part):
                waiting.append(part)
            case test:
                yield test


def count(unit: Unit, condition: Condition) -> int:
    return int(unit.scalar(select(func.count()).select_from(_ticket).where(condition)))


def numbers(unit: Unit, condition: Condition, order: Sequence[Any], limit: int | None, offset: int = 0) -> list[int]:
    """The numbers of a page of the selected tickets, in order."""
    statement = select(_ticket.c.id).where(condition).order_by(*order).limit(limit).offset(offset)
    return list(unit.scalars(statement))


def on_column(column_id: int) -> Condition:
    here: Condition = _ticket.c.column_id == column_id
    return here


def on_columns(column_ids: Iterable[int]) -> Condition:
    return _ticket.c.column_id.in_(list(column_ids))


class Place(Struct, frozen=True):
    """What decides where a card stands in its column's own order."""

    column_id: int
    priority: int
    rank: str
    closed: datetime | None


def place(unit: Unit, condition: Condition, number: int) -> Place | None:
    """The place of one selected ticket, None if it is not selected."""
    columns = (_ticket.c.column_id, _ticket.c.priority, _ticket.c.rank, _ticket.c.closed_at)
    row = unit.first(select(*columns).where(_ticket.c.id == number, condition))
    return None if row is None else Place(row.column_id, row.priority, row.rank, row.closed_at)


def index_in_column(
    unit: Unit, condition: Condition, number: int, at: Place, column: Column, bound: Bound, actor: Actor
) -> int:
    """How many selected cards stand above this one in its column."""
    here = and_(condition, on_column(at.column_id))
    # Another tool may have put a ticket into a done column without a moment of closing that could be compared.
    is_odd = column.category is Category.DONE and at.closed in {None, UNREADABLE}
    if bound.sort or bound.lanes is not None or is_odd:
        ordered = select(
            _ticket.c.id, func.row_number().over(order_by=board_order(column, bound, actor)).label("row")
        ).where(here)
        listed = ordered.subquery()
        return int(unit.scalar(select(listed.c.row).where(listed.c.id == number))) - 1
    if column.category is Category.DONE:
        above = or_(_ticket.c.closed_at > at.closed, and_(_ticket.c.closed_at == at.closed, _ticket.c.id > number))
        return count(unit, and_(here, above))
    # Two ranges of one index, counted apart: an OR over both would walk the whole column.
    higher = count(unit, and_(here, _ticket.c.priority > at.priority))
    same = and_(here, _ticket.c.priority == at.priority)
    before = count(unit, and_(same, _ticket.c.rank < at.rank))
    twins = count(unit, and_(same, _ticket.c.rank == at.rank, _ticket.c.id < number))
    return higher + before + twins


def held(unit: Unit, column_id: int) -> int:
    """How many tickets stand on a column, whoever looks: what its limit counts."""
    return count(unit, and_(on_column(column_id), _ticket.c.gone == false()))
