"""The work people time, and the time already worked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, false, func, insert, select

from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.ticket_detail import Spent
from helpdesk_tui.store import tables, tables_aside, values
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_person = tables.core(tables.Person)
_entry = tables.core(tables_aside.TimeEntry)
_timer = tables.timer


def running(unit: Unit, person_id: int) -> tuple[int, str, datetime] | None:
    """The number and title of the ticket a person is timing, and since when."""
    row = unit.first(
        select(_timer.c.ticket_id, _ticket.c.title, _timer.c.started_at)
        .outerjoin(_ticket, _ticket.c.id == _timer.c.ticket_id)
        .where(_timer.c.person_id == person_id)
    )
    return None if row is None else (row[0], values.text(row[1]), row[2] or UNREADABLE)


def start(unit: Unit, person_id: int, ticket_id: int, at: datetime) -> None:
    """Note that the person works on that ticket from now on, and on no other."""
    stop(unit, person_id)
    unit.run(insert(_timer).values(person_id=person_id, ticket_id=ticket_id, started_at=at))


def stop(unit: Unit, person_id: int) -> None:
    """Forget the person's timer."""
    unit.run(delete(_timer).where(_timer.c.person_id == person_id))


def spent(unit: Unit, number: int) -> tuple[Spent, ...]:
    """What each person has worked on a ticket, the most first, and whose timer runs on it."""
    worked = unit.rows(
        select(_entry.c.person_id, func.sum(_entry.c.minutes))
        .where(_entry.c.ticket_id == number, _entry.c.removed == false())
        .group_by(_entry.c.person_id)
    )
    minutes = {row[0]: values.whole(row[1]) for row in worked}
    timed = unit.rows(select(_timer.c.person_id, _timer.c.started_at).where(_timer.c.ticket_id == number))
    since = {row[0]: row[1] or UNREADABLE for row in timed}
    wanted = minutes.keys() | since.keys()
    if not wanted:
        return ()
    people = unit.rows(select(_person.c.id, _person.c.login, _person.c.name).where(_person.c.id.in_(wanted)))
    found = [Spent(values.name(row.login, row.name), minutes.get(row.id, 0), since.get(row.id)) for row in people]
    return tuple(sorted(found, key=lambda one: (-one.minutes, one.person)))
