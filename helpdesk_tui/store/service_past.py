"""What of the past of tickets their clocks and their course follow from, as it is recorded or was worked out before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    false,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.course import Change, Course, Stay, follow, read
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.store import tables, tables_aside, tables_service, values
from helpdesk_tui.store.among import among, listed
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_event = tables.core(tables_aside.Event)
_change_set = tables.core(tables_aside.ChangeSet)
_comment = tables.core(tables_aside.Comment)
_column = tables.core(tables.BoardColumn)
_service = tables_service.ticket_service
_stay = tables_service.stay

MATTERS = ("status", "closed_at", "column_id")
"""The fields of a ticket that its course depends on."""


class Past(Struct, frozen=True):
    """What of a ticket its clocks and its figures follow from, moments as numbers.

    `replied` is when the team first replied to the requester and `replies` how often it did; `doing` is when the ticket
    first came to a doing column.
    """

    course: Course
    replied: int | None
    replies: int
    doing: int | None


def tickets(unit: Unit, numbers: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """What stands in the rows of these tickets that matters here, moments as numbers; those that are there."""
    return {row.id: row._mapping for row in unit.rows(_tickets(), {"ids": listed(numbers)})}


def from_history(
    unit: Unit, tickets: Mapping[int, Mapping[str, Any]]
) -> tuple[dict[int, Past], dict[int, tuple[Stay, ...]]]:
    """The past of tickets and their stays, from everything that was recorded."""
    changes, spoken = _changes(unit, tickets), _spoken(unit, tickets)
    doing = set(unit.scalars(select(_column.c.id).where(_column.c.category == Category.DOING.value)))
    past: dict[int, Past] = {}
    stays: dict[int, tuple[Stay, ...]] = {}
    for number, ticket in tickets.items():
        course, stays[number] = follow(ticket, changes.get(number, ()))
        replied, replies = spoken.get(number, (None, 0))
        if replied is not None:
            replied = max(replied, course.created)
        begun = next((one.since for one in stays[number] if one.column_id in doing), None)
        past[number] = Past(course, replied, replies, begun)
    return past, stays


def as_known(unit: Unit, numbers: Sequence[int]) -> dict[int, Past]:
    """The past of those of the tickets for which it was worked out before."""
    begun = {row[0]: row[1] for row in unit.rows(_beginning(), {"ids": listed(numbers)})}
    past: dict[int, Past] = {}
    for row in unit.rows(_known(), {"ids": listed(numbers)}):
        try:
            course = read(values.text(row.course, ""))
        except ValueError:  # another tool wrote there: the history says what is so
            continue
        replied, replies = values.whole_or_none(row.first_reply_at), values.whole(row.replies)
        past[row.ticket_id] = Past(course, replied, replies, begun.get(row.ticket_id))
    return past


def _changes(unit: Unit, tickets: Mapping[int, Any]) -> dict[int, list[Change]]:
    """What stands of the changes that a course depends on, in the order in which they were recorded."""
    found: dict[int, list[Change]] = {}
    for row in unit.rows(_changing(), {"ids": listed(tickets)}):
        delta = {name: pair for name, pair in values.delta(row.delta).items() if name in MATTERS}
        if delta and row.ticket_id == row.entity_id:
            found.setdefault(row.entity_id, []).append(Change(values.whole(row.at), delta))
    return found


def _spoken(unit: Unit, tickets: Mapping[int, Any]) -> dict[int, tuple[int, int]]:
    """The first reply of the team to the requester, and how many there are; what was carried away in a merge too."""
    rows = list(unit.rows(_replying(), {"ids": listed(tickets)}))
    merged = [number for number, ticket in tickets.items() if ticket["merged_into_id"] is not None]
    if merged:
        rows += unit.rows(_having_replied(), {"ids": listed(merged)})
    return {row[0]: (values.whole(row[1]), row[2]) for row in rows}


@cache
def _tickets() -> Select[Any]:
    moments = (_ticket.c.created_at, _ticket.c.closed_at, _ticket.c.sla_due_at, _ticket.c.sla_risk_at)
    return select(
        _ticket.c.id,
        _ticket.c.status,
        _ticket.c.column_id,
        _ticket.c.priority,
        _ticket.c.sla_calendar_id,
        _ticket.c.merged_into_id,
        *(type_coerce(moment, BigInteger).label(moment.name) for moment in moments),
    ).where(among(_ticket.c.id, bindparam("ids")))


@cache
def _changing() -> Select[Any]:
    # An undone step did not happen, and what undid it is only that; done again it stands as it was. As a value of each
    # event and not a join: PostgreSQL would go through all that a step did, and an import is a large one.
    stands = (
        select(and_(_change_set.c.undone_by_id.is_(None), _change_set.c.kind.not_in(["undo", "redo"])))
        .where(_change_set.c.id == _event.c.change_set_id)
        .scalar_subquery()
    )
    return (
        select(_event.c.ticket_id, _event.c.entity_id, _at(_event.c.at), _event.c.delta)
        .where(
            among(_event.c.ticket_id, bindparam("ids")),
            _event.c.entity == "ticket",
            # Most deltas have nothing to do with a course, and are not worth reading.
            or_(*(cast(_event.c.delta, Text).contains(f'"{name}"') for name in MATTERS)),
            stands,
        )
        .order_by(_event.c.id)
    )


def _at(moment: ColumnElement[Any]) -> ColumnElement[int]:
    return type_coerce(moment, BigInteger).label("at")


@cache
def _replying() -> Select[Any]:
    return (
        select(_comment.c.ticket_id, type_coerce(func.min(_comment.c.at), BigInteger), func.count())
        .join(_ticket, _ticket.c.id == _comment.c.ticket_id)
        .where(among(_comment.c.ticket_id, bindparam("ids")), *_is_reply())
        .group_by(_comment.c.ticket_id)
    )


@cache
def _having_replied() -> Select[Any]:
    """What was replied on a ticket while it stood for itself, wherever it is now."""
    return (
        select(_ticket.c.id, type_coerce(func.min(_comment.c.at), BigInteger), func.count(_comment.c.id.distinct()))
        .join(_event, _event.c.ticket_id == _ticket.c.id)
        .join(_comment, _comment.c.id == _event.c.entity_id)
        .where(
            among(_ticket.c.id, bindparam("ids")),
            _event.c.entity == "comment",
            _comment.c.ticket_id != _ticket.c.id,
            *_is_reply(),
        )
        .group_by(_ticket.c.id)
    )


def _is_reply() -> list[ColumnElement[bool]]:
    """Whether a comment is a reply of the team to whoever asked for the ticket."""
    return [
        _comment.c.speech == Speech.REPLY.value,
        _comment.c.removed == false(),
        _comment.c.by_team == true(),
        or_(_ticket.c.requester_id.is_(None), _comment.c.author_id != _ticket.c.requester_id),
    ]


@cache
def _known() -> Select[Any]:
    return select(
        _service.c.ticket_id,
        _service.c.course,
        _service.c.replies,
        type_coerce(_service.c.first_reply_at, BigInteger).label("first_reply_at"),
    ).where(among(_service.c.ticket_id, bindparam("ids")))


@cache
def _beginning() -> Select[Any]:
    """When each ticket first came to a doing column, as the columns are now."""
    return (
        select(_stay.c.ticket_id, type_coerce(func.min(_stay.c.since), BigInteger))
        .join(_column, _column.c.id == _stay.c.column_id)
        .where(among(_stay.c.ticket_id, bindparam("ids")), _column.c.category == Category.DOING.value)
        .group_by(_stay.c.ticket_id)
    )
