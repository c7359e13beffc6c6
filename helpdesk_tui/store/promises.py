"""What is promised for one ticket, and how its clocks stand, for whoever reads it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, select, type_coerce

from helpdesk_tui.domain.business_time import EPOCH, MILLISECOND
from helpdesk_tui.domain.course import read
from helpdesk_tui.domain.service_level import NO_PROMISES, Promise, Promised, Promises, Targets, clock
from helpdesk_tui.store import calendars, tables, tables_service, values
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_service = tables_service.ticket_service


def promised(unit: Unit, number: int) -> Promises:
    """The clocks of a ticket by the policy that serves it; none where nothing is promised."""
    row = unit.first(
        select(
            _ticket.c.priority,
            _service.c.policy_id,
            _service.c.course,
            type_coerce(_service.c.first_reply_at, BigInteger).label("replied"),
        )
        .join(_ticket, _ticket.c.id == _service.c.ticket_id)
        .where(_service.c.ticket_id == number)
    )
    policy = None if row is None else next((one for one in calendars.policies(unit) if one.id == row.policy_id), None)
    time = None if policy is None else calendars.calendars(unit).get(policy.calendar_id)
    if policy is None or time is None:
        return NO_PROMISES
    try:
        course = read(row.course)
    except ValueError:
        return NO_PROMISES
    targets = policy.targets.get(values.priority(row.priority), Targets())
    met = {Promise.FIRST_REPLY: row.replied, Promise.RESOLUTION: course.closed}
    found = []
    for promise in Promise:
        target = targets.of(promise)
        if target is None:
            continue
        try:
            one = clock(target, course, met[promise], time)
        except OverflowError:
            continue
        due, risk, over = map(_moment, (one.due, one.risk, met[promise]))
        left = None if one.left is None else one.left * MILLISECOND
        found.append(Promised(promise, target, due, risk, over, one.missed, left))
    return Promises(policy.name, tuple(found), time)


def _moment(at: int | None) -> datetime | None:
    return None if at is None else EPOCH + at * MILLISECOND
