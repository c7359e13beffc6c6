"""Who has how much to do, did how much, and does what now: counted for all people at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, false, func, or_, select

from helpdesk_tui.domain.at_work import AtWork, Seen
from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.people import Actor, Person
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.store import cards, presence, tables, tables_aside, values
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_comment = tables.core(tables_aside.Comment)
_entry = tables.core(tables_aside.TimeEntry)


def at_work(
    unit: Unit, actor: Actor, people: list[Person], now: datetime, today: datetime, monday: datetime
) -> tuple[AtWork, ...]:
    """How each of these people stands, counting the tickets that the actor may see as one of the team."""
    tickets = _tickets(unit, actor, now, monday)
    replied, minutes = _replied(unit, actor, today), _minutes(unit, actor, monday)
    here, timers = presence.by_person(unit, actor, now), _timers(unit, actor)
    found = []
    for person in people:
        open_, late, closed = tickets.get(person.id, (0, 0, 0))
        timing, since = timers.get(person.id, (None, None))
        seen = tuple(Seen(number, doing) for number, doing in sorted(here.get(person.id, {}).items()))
        found.append(
            AtWork(
                person,
                open_,
                late,
                closed,
                replied.get(person.id, 0),
                minutes.get(person.id, 0),
                seen,
                timing,
                since,
            )
        )
    return tuple(found)


def _tickets(unit: Unit, actor: Actor, now: datetime, monday: datetime) -> dict[int, tuple[int, int, int]]:
    """Open, late and lately closed tickets by assignee."""
    is_open = and_(_ticket.c.gone == false(), _ticket.c.closed_at.is_(None))
    is_late = and_(is_open, or_(_ticket.c.due_at < now, _ticket.c.sla_due_at < now))
    rows = unit.rows(
        select(
            _ticket.c.assignee_id,
            func.count(case((is_open, 1))),
            func.count(case((is_late, 1))),
            func.count(case((_ticket.c.closed_at >= monday, 1))),
        )
        .where(
            _ticket.c.assignee_id.is_not(None),
            _ticket.c.removed == false(),
            or_(is_open, _ticket.c.closed_at >= monday),
            cards.visible(actor),
        )
        .group_by(_ticket.c.assignee_id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _replied(unit: Unit, actor: Actor, today: datetime) -> dict[int, int]:
    """Replies said since then, by who said them. Saying one touches its ticket: the others need no looking at."""
    said = select(_comment.c.author_id, func.count()).join(_ticket, _ticket.c.id == _comment.c.ticket_id)
    lately = (_comment.c.at >= today, _comment.c.speech == Speech.REPLY.value, _comment.c.removed == false())
    return _by_person(unit, said, actor, today, lately, _comment.c.author_id)


def _minutes(unit: Unit, actor: Actor, monday: datetime) -> dict[int, int]:
    worked = select(_entry.c.person_id, func.sum(_entry.c.minutes)).join(_ticket, _ticket.c.id == _entry.c.ticket_id)
    lately = (_entry.c.at >= monday, _entry.c.removed == false())
    return _by_person(unit, worked, actor, monday, lately, _entry.c.person_id)


def _by_person(
    unit: Unit, statement: Any, actor: Actor, since: datetime, lately: tuple[Any, ...], person: Any
) -> dict[int, int]:
    touched = (_ticket.c.updated_at >= since, _ticket.c.removed == false(), cards.visible(actor))
    rows = unit.rows(statement.where(*touched, *lately).group_by(person))
    return {row[0]: values.whole(int(row[1] or 0)) for row in rows}


def _timers(unit: Unit, actor: Actor) -> dict[int, tuple[int, datetime]]:
    timer = tables.timer
    rows = unit.rows(
        select(timer.c.person_id, timer.c.ticket_id, timer.c.started_at)
        .join(_ticket, _ticket.c.id == timer.c.ticket_id)
        .where(_ticket.c.removed == false(), cards.permitted(actor, Act.READ_HISTORY))
    )
    return {row[0]: (row[1], row[2] or UNREADABLE) for row in rows}
