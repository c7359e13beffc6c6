"""What is promised for one ticket, in full, for whoever reads it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, select, type_coerce

from helpdesk_tui.domain import course as courses
from helpdesk_tui.domain.business_time import MILLISECOND, BusinessTime
from helpdesk_tui.domain.course import Course
from helpdesk_tui.domain.service_level import NO_PROMISES, Promise, Promised, Promises, Targets, clock
from helpdesk_tui.store import calendars, tables, tables_service, values
from helpdesk_tui.store.tables import from_stored
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_policy = tables.core(tables_service.Policy)
_service = tables_service.ticket_service


def promised(unit: Unit, number: int) -> Promises:
    """Both clocks of a ticket by its policy; none where nothing is promised or another tool made a muddle of it."""
    row = unit.first(
        select(
            _service.c.course,
            type_coerce(_service.c.first_reply_at, BigInteger).label("replied"),
            _ticket.c.priority,
            _policy.c.name,
            _policy.c.targets,
            _policy.c.calendar_id,
        )
        .join(_ticket, _ticket.c.id == _service.c.ticket_id)
        .join(_policy, _policy.c.id == _service.c.policy_id)
        .where(_service.c.ticket_id == number)
    )
    time = None if row is None else calendars.calendars(unit).get(row.calendar_id)
    if time is None:
        return NO_PROMISES
    try:
        course = courses.read(values.text(row.course, ""))
    except ValueError:
        return NO_PROMISES
    targets = calendars.targets_of(row.targets).get(values.priority(row.priority), Targets())
    met = {Promise.FIRST_REPLY: values.whole_or_none(row.replied), Promise.RESOLUTION: course.closed}
    found = [_clock(promise, targets.of(promise), course, met[promise], time) for promise in Promise]
    return Promises(values.text(row.name), tuple(one for one in found if one is not None), time)


def _clock(
    promise: Promise, target: int | None, course: Course, met: int | None, time: BusinessTime
) -> Promised | None:
    if target is None:
        return None
    try:
        found = clock(target, course, met, time)
    except OverflowError:
        return None
    left = None if found.left is None else found.left * MILLISECOND
    return Promised(promise, target, _moment(found.due), _moment(found.risk), _moment(met), found.missed, left)


def _moment(stored: int | None) -> datetime | None:
    return None if stored is None else from_stored(stored)
