"""What of a person's work wants them now: read from the tickets that are theirs, or could be taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.day import Pressing, Reason, Why
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket import Priority, Speech, Status
from helpdesk_tui.store import cards, related, tables, tables_aside, tables_service, values
from helpdesk_tui.store.among import one_of
from helpdesk_tui.store.by_itself import rules_actor
from helpdesk_tui.store.cards import Condition
from helpdesk_tui.store.news import last_event_id
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_column = tables.core(tables.BoardColumn)
_person = tables.core(tables.Person)
_comment = tables.core(tables_aside.Comment)
_event = tables.core(tables_aside.Event)
_change_set = tables.core(tables_aside.ChangeSet)
_states = tables_service.automation
_seen = tables.seen
_T = _ticket.c

REACH = 20_000
"""Events that are looked back on for one's name: further back it no longer waits for anybody."""

_PAGE = 50
"""Tickets that could be taken are looked at so many at a time, until enough of them wait for no other."""


class Mine(Struct, frozen=True):
    """An open ticket of the person: how it presses by time alone, and whether it is being worked on."""

    number: int
    by_time: Pressing
    begun: bool


def mine(unit: Unit, actor: Actor, now: datetime, day_end: datetime, limit: int) -> list[Mine]:
    """The person's open tickets, the most pressing first."""
    begun = _T.column_id.in_(_columns(Category.DOING))
    rows = unit.rows(
        select(_T.id, _by_time(now, day_end), begun)
        .where(_open(actor), _T.assignee_id == actor.id)
        .order_by(*_order(now, day_end))
        .limit(limit)
    )
    return [Mine(row[0], Pressing(row[1]), bool(row[2])) for row in rows]


def takeable(
    unit: Unit, actor: Actor, now: datetime, day_end: datetime, limit: int, among: Sequence[int] | None = None
) -> list[int]:
    """The tickets the person could begin, the next best one first: theirs or nobody's, and nothing holds them up.

    `among` these only, where they are given.
    """
    order = _order(now, day_end)
    wanted = _takeable(actor) if among is None else and_(one_of(_T.id, among), _takeable(actor))
    found: list[int] = []
    offset = 0
    while len(found) < limit:
        page = cards.numbers(unit, wanted, order, _PAGE, offset)
        held_up = related.open_blockers(unit, page, actor)
        found += [number for number in page if number not in held_up]
        offset += _PAGE
        if len(page) < _PAGE:
            break
    return found[:limit]


def number_takeable(unit: Unit, actor: Actor) -> int:
    """How many tickets the person could begin, those counted that wait for others."""
    return cards.count(unit, _takeable(actor))


def _open(actor: Actor) -> Condition:
    return and_(_T.gone == false(), _T.closed_at.is_(None), cards.visible(actor))


def _takeable(actor: Actor) -> Condition:
    return and_(
        _open(actor),
        or_(_T.assignee_id == actor.id, _T.assignee_id.is_(None)),
        _T.column_id.in_(_columns(Category.TODO)),
        _T.status.not_in([Status.WAITING.value, Status.BLOCKED.value]),
        cards.permitted(actor, Act.ASSIGN),
        cards.permitted(actor, Act.MOVE),
    )


def _columns(category: Category) -> Any:
    return select(_column.c.id).where(_column.c.category == category.value)


def _by_time(now: datetime, day_end: datetime) -> ColumnElement[int]:
    """How a ticket presses by what it is due for."""
    return case(
        (or_(_T.due_at < now, _T.sla_due_at < now), int(Pressing.LATE)),
        (and_(_T.sla_risk_at <= now, _T.sla_due_at.is_not(None)), int(Pressing.AT_RISK)),
        (or_(_T.due_at < day_end, _T.sla_due_at < day_end), int(Pressing.TODAY)),
        else_=int(Pressing.REST),
    )


def _order(now: datetime, day_end: datetime) -> list[Any]:
    pressing = case(
        (_T.escalated.is_(True), int(Pressing.ESCALATED)),
        (_T.priority >= int(Priority.CRITICAL), int(Pressing.CRITICAL)),
        else_=_by_time(now, day_end),
    )
    nearest = case(
        (_T.due_at.is_(None), _T.sla_due_at),
        (_T.sla_due_at.is_(None), _T.due_at),
        (_T.due_at < _T.sla_due_at, _T.due_at),
        else_=_T.sla_due_at,
    )
    return [pressing, _T.priority.desc(), nearest.asc().nulls_last(), _T.created_at, _T.id]


# What was said to the person


def named(unit: Unit, actor: Actor) -> dict[int, Reason]:
    """The open tickets on which the person was named, and has neither looked nor said anything since: by whom."""
    own = select(func.max(_comment.c.at)).where(
        _comment.c.author_id == actor.id, _comment.c.ticket_id == _T.id, _comment.c.removed == false()
    )
    rows = unit.rows(
        select(_event.c.ticket_id, _event.c.at, _event.c.detail, _person.c.login, _person.c.name)
        .join(_ticket, _T.id == _event.c.ticket_id)
        .join(_change_set, _change_set.c.id == _event.c.change_set_id)
        .outerjoin(_person, _person.c.id == _event.c.actor_id)
        .outerjoin(_seen, and_(_seen.c.person_id == actor.id, _seen.c.ticket_id == _T.id))
        .where(
            _event.c.id > func.coalesce(_seen.c.event_id, 0),
            _event.c.id > last_event_id(unit) - REACH,
            _event.c.kind == "mentioned",
            _event.c.entity == "person",
            _event.c.entity_id == actor.id,
            _change_set.c.undone_by_id.is_(None),
            _open(actor),
            cards.permitted(actor, Act.READ_NOTES),
            _event.c.at > func.coalesce(own.scalar_subquery(), 0),
        )
        .order_by(_event.c.id)
    )
    said = {row.ticket_id: (values.whole(values.detail(row.detail).get("comment")), row) for row in rows}
    there = _standing(unit, [comment for comment, _ in said.values()])
    return {
        number: Reason(Why.NAMED, row.at, values.name(row.login, row.name))
        for number, (comment, row) in said.items()
        if comment in there
    }


def _standing(unit: Unit, comments: Iterable[int]) -> set[int]:
    """Those of the comments that have not been taken back."""
    wanted = list(comments)
    if not wanted:
        return set()
    statement = select(_comment.c.id).where(one_of(_comment.c.id, wanted), _comment.c.removed == false())
    return set(unit.scalars(statement))


def unanswered(unit: Unit, actor: Actor, numbers: Sequence[int]) -> dict[int, Reason]:
    """Those of the tickets where the last word to each other is not the team's: who spoke, and when."""
    last = _last(numbers, _comment.c.speech == Speech.REPLY.value)
    rows = _said(unit, and_(_comment.c.id.in_(last), _comment.c.by_team == false(), _comment.c.author_id != actor.id))
    return {row.ticket_id: Reason(Why.ANSWERED, row.at, values.name(row.login, row.name)) for row in rows}


def unread(unit: Unit, actor: Actor, numbers: Sequence[int]) -> dict[int, Reason]:
    """Those of the tickets on which somebody else spoke after the person last looked: who did last, and when."""
    spoken = (
        select(func.max(_event.c.entity_id))
        .join(_ticket, _T.id == _event.c.ticket_id)
        .outerjoin(_seen, and_(_seen.c.person_id == actor.id, _seen.c.ticket_id == _T.id))
        .where(
            one_of(_event.c.ticket_id, numbers),
            _event.c.entity == "comment",
            or_(_event.c.kind == "replied", and_(_event.c.kind == "noted", cards.permitted(actor, Act.READ_NOTES))),
            _event.c.actor_id != actor.id,
            _event.c.actor_id.not_in(rules_actor()),
            _event.c.id > func.coalesce(_seen.c.event_id, 0),
        )
        .group_by(_event.c.ticket_id)
    )
    rows = _said(unit, and_(_comment.c.id.in_(spoken), _comment.c.removed == false()))
    return {row.ticket_id: Reason(Why.WROTE, row.at, values.name(row.login, row.name)) for row in rows}


def _last(numbers: Sequence[int], condition: Condition) -> Any:
    """The latest comment of a kind on each of the tickets."""
    return (
        select(func.max(_comment.c.id))
        .where(
            one_of(_comment.c.ticket_id, numbers),
            _comment.c.removed == false(),
            _comment.c.author_id.not_in(rules_actor()),
            condition,
        )
        .group_by(_comment.c.ticket_id)
    )


def _said(unit: Unit, condition: Condition) -> Sequence[Any]:
    return unit.rows(
        select(_comment.c.ticket_id, _comment.c.at, _person.c.login, _person.c.name)
        .outerjoin(_person, _person.c.id == _comment.c.author_id)
        .where(condition)
    )


def waiting(unit: Unit, actor: Actor, numbers: Sequence[int]) -> Mapping[int, Reason]:
    """What waits for the person's word or eyes: on these tickets, which are theirs, and wherever they were named."""
    return unread(unit, actor, numbers) | unanswered(unit, actor, numbers) | named(unit, actor)
