"""The tickets of somebody who asks for help: in which state each is for them, and when they were answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, case, false, func, or_, select, true

from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.ticket import Speech, Standing, Status
from helpdesk_tui.language.bound import Bound
from helpdesk_tui.store import tables, tables_aside, values
from helpdesk_tui.store.among import one_of
from helpdesk_tui.store.cards import Condition
from helpdesk_tui.store.unit_of_work import Unit
from helpdesk_tui.store.where import order_by

_ticket = tables.core(tables.Ticket)
_person = tables.core(tables.Person)
_comment = tables.core(tables_aside.Comment)
_event = tables.core(tables_aside.Event)
_seen = tables.seen

_NEWS = ("replied", "moved")
"""The kinds of what the team does that whoever asked is to look at."""


class Answer(Struct, frozen=True):
    """The team's latest reply."""

    at: datetime
    by: str


def in_standing(standing: Standing) -> Condition:
    """Whether a ticket stands so for whoever asked."""
    waits = _ticket.c.status == Status.WAITING.value
    opened = _ticket.c.closed_at.is_(None)
    conditions: dict[Standing, Condition] = {
        Standing.WAITING: and_(opened, waits),
        Standing.WORKED_ON: and_(opened, ~waits),
        Standing.SOLVED: ~opened,
    }
    return conditions[standing]


def order(standing: Standing, bound: Bound) -> list[Any]:
    """As the query says, else what was asked last first; of what is solved, what was solved last."""
    if bound.sort:
        return order_by(bound.sort, may_read_notes=False)
    latest = [_ticket.c.id.desc()]
    return [_ticket.c.closed_at.desc(), *latest] if standing is Standing.SOLVED else latest


def counts(unit: Unit, condition: Condition) -> dict[Standing, int]:
    """How many of the selected tickets stand how."""
    sums = [func.count(case((in_standing(standing), 1))) for standing in Standing]
    (row,) = unit.rows(select(*sums).select_from(_ticket).where(condition))
    return dict(zip(Standing, row, strict=True))


def answers(unit: Unit, numbers: Sequence[int]) -> Mapping[int, Answer]:
    """The team's latest reply on each of the tickets: what colleagues of whoever asked say is none."""
    last = (
        select(func.max(_comment.c.id))
        .join(_ticket, _ticket.c.id == _comment.c.ticket_id)
        .where(
            one_of(_comment.c.ticket_id, numbers),
            _comment.c.removed == false(),
            _comment.c.speech == Speech.REPLY.value,
            _comment.c.by_team == true(),
            or_(_ticket.c.requester_id.is_(None), _comment.c.author_id != _ticket.c.requester_id),
        )
        .group_by(_comment.c.ticket_id)
    )
    rows = unit.rows(
        select(_comment.c.ticket_id, _comment.c.at, _person.c.login, _person.c.name)
        .outerjoin(_person, _person.c.id == _comment.c.author_id)
        .where(_comment.c.id.in_(last))
    )
    return {row.ticket_id: Answer(row.at, values.name(row.login, row.name)) for row in rows}


def with_news(unit: Unit, numbers: Sequence[int], actor: Actor) -> frozenset[int]:
    """Those of the tickets which somebody else answered or moved on since this person last looked."""
    seen = func.coalesce(_seen.c.event_id, 0)
    statement = (
        select(_event.c.ticket_id)
        .distinct()
        .outerjoin(_seen, and_(_seen.c.ticket_id == _event.c.ticket_id, _seen.c.person_id == actor.id))
        .where(
            one_of(_event.c.ticket_id, numbers),
            _event.c.id > seen,
            _event.c.kind.in_(_NEWS),
            _event.c.actor_id != actor.id,
        )
    )
    return frozenset(unit.scalars(statement))
