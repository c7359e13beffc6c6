"""What happened on a day, read from the events of the tickets that were touched since it began."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, false, func, or_, select

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket import Status
from helpdesk_tui.store import cards, tables, tables_aside, values
from helpdesk_tui.store.by_itself import rules_actor
from helpdesk_tui.store.unit_of_work import Unit
from helpdesk_tui.store.where import Condition

_ticket = tables.core(tables.Ticket)
_person = tables.core(tables.Person)
_column = tables.core(tables.BoardColumn)
_event = tables.core(tables_aside.Event)
_change_set = tables.core(tables_aside.ChangeSet)

_NOT_WORK = ("carried", "mentioned", "told", "failed")
"""Events that say what followed from another one, or from nobody's doing."""


class Deed(Struct, frozen=True):
    """One thing that a person of the team did to a ticket."""

    person_id: int
    person: str
    number: int
    title: str
    kind: str
    delta: dict[str, list[Any]]
    minutes: int


def deeds(unit: Unit, actor: Actor, start: datetime, end: datetime) -> list[Deed]:
    """What the people of the team did from `start` up to `end` and stands, in that order, as far as the actor may see.

    An undone step did not happen, and what undid it is only that.
    """
    rows = unit.rows(
        select(
            _event.c.actor_id,
            _person.c.login,
            _person.c.name,
            _event.c.ticket_id,
            _ticket.c.title,
            _event.c.kind,
            _event.c.delta,
            _event.c.detail,
        )
        .select_from(_ticket)
        .join(_event, _event.c.ticket_id == _ticket.c.id)
        .join(_change_set, _change_set.c.id == _event.c.change_set_id)
        .join(_person, _person.c.id == _event.c.actor_id)
        .where(
            _ticket.c.updated_at >= start,
            _seen(actor),
            _event.c.at >= start,
            _event.c.at < end,
            _event.c.kind.not_in(_NOT_WORK),
            _person.c.role != Role.REQUESTER.value,
            _event.c.actor_id.not_in(rules_actor()),
            _change_set.c.undone_by_id.is_(None),
            _change_set.c.kind.not_in(["undo", "redo"]),
        )
        .order_by(_event.c.id)
    )
    return [
        Deed(
            row.actor_id,
            values.name(row.login, row.name),
            row.ticket_id,
            values.text(row.title),
            values.text(row.kind),
            values.delta(row.delta),
            values.whole(values.detail(row.detail).get("minutes")),
        )
        for row in rows
    ]


def came_in(unit: Unit, actor: Actor, start: datetime, end: datetime) -> Sequence[int]:
    """The tickets that were made from `start` up to `end`."""
    return _numbers(
        unit, actor, and_(_ticket.c.created_at >= start, _ticket.c.created_at < end), _ticket.c.priority.desc()
    )


def closed(unit: Unit, actor: Actor, start: datetime, end: datetime) -> Sequence[int]:
    """Those that came into done then the last time."""
    return _numbers(unit, actor, and_(_ticket.c.closed_at >= start, _ticket.c.closed_at < end), _ticket.c.closed_at)


def late(unit: Unit, actor: Actor, now: datetime) -> Sequence[int]:
    """Those that are late, the longest so first."""
    missed = or_(_ticket.c.due_at < now, _ticket.c.sla_due_at < now)
    since = func.coalesce(_ticket.c.due_at, _ticket.c.sla_due_at)
    return _numbers(unit, actor, and_(_open(), missed), since)


def stuck(unit: Unit, actor: Actor, since: datetime) -> Sequence[int]:
    """Those that are blocked, and those being worked on to which nothing has happened since; the oldest first."""
    doing = select(_column.c.id).where(_column.c.category == Category.DOING.value)
    left = and_(_ticket.c.column_id.in_(doing), _ticket.c.updated_at < since, _ticket.c.status != Status.WAITING.value)
    return _numbers(
        unit, actor, and_(_open(), or_(_ticket.c.status == Status.BLOCKED.value, left)), _ticket.c.updated_at
    )


def _open() -> Condition:
    return and_(_ticket.c.gone == false(), _ticket.c.closed_at.is_(None))


def _seen(actor: Actor) -> Condition:
    return and_(_ticket.c.removed == false(), cards.permitted(actor, Act.SEE_ALL_TICKETS))


def _numbers(unit: Unit, actor: Actor, condition: Condition, order: Any) -> Sequence[int]:
    wanted = and_(_seen(actor), _ticket.c.merged_into_id.is_(None), condition)
    return unit.scalars(select(_ticket.c.id).where(wanted).order_by(order, _ticket.c.id))
