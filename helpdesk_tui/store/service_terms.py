"""Calendars and policies as they are managed: all that is stored of them, and how much they are used."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, select, true

from helpdesk_tui.domain.business_time import Week
from helpdesk_tui.domain.calendar import Calendar
from helpdesk_tui.store import tables, tables_service, values
from helpdesk_tui.store.calendars import week_of
from helpdesk_tui.store.unit_of_work import Unit

_calendar = tables.core(tables_service.Calendar)
_policy = tables.core(tables_service.Policy)
_ticket = tables.core(tables.Ticket)
_served_by = tables_service.ticket_service

_CLOSED: Week = ((),) * 7


def calendars(unit: Unit) -> list[Calendar]:
    """All calendars by name, removed ones too; what another tool wrote of them is read as far as it makes sense."""
    rows = unit.rows(select(_calendar).order_by(_calendar.c.folded, _calendar.c.id))
    return [_calendar_of(row) for row in rows]


def _calendar_of(row: Any) -> Calendar:
    try:
        week = week_of(row.week)
    except (ValueError, TypeError):
        week = _CLOSED
    words = (values.text(word, "") for word in (row.zone, row.country, row.region))
    zone, country, region = words
    return Calendar(
        row.id,
        values.text(row.name),
        zone,
        week,
        country,
        region,
        _days(row.public_days),
        _days(row.own_days),
        bool(row.removed),
    )


def _days(stored: Any) -> tuple[date, ...]:
    found = []
    for word in values.text(stored, "").split():
        try:
            found.append(date.fromisoformat(word))
        except ValueError:
            continue
    return tuple(sorted(found))


def using(unit: Unit, calendar_id: int) -> list[str]:
    """The names of the policies that count by a calendar."""
    there = (_policy.c.calendar_id == calendar_id, _policy.c.removed == false())
    return [values.text(name) for name in unit.scalars(select(_policy.c.name).where(*there).order_by(_policy.c.id))]


def open_by_policy(unit: Unit, visible: ColumnElement[bool]) -> dict[int, int]:
    """How many open tickets each policy serves, by its id, of those that meet the condition."""
    of = _served_by.c.policy_id
    rows = unit.rows(
        select(of, func.count())
        .join(_ticket, _ticket.c.id == _served_by.c.ticket_id)
        .where(of.is_not(None), _is_open(), visible)
        .group_by(of)
    )
    return dict(map(tuple, rows))


def served_now(unit: Unit, condition: ColumnElement[bool]) -> dict[int | None, int]:
    """By which policies the open tickets of a condition are served now, None by none, and how many each."""
    of = _served_by.c.policy_id
    rows = unit.rows(
        select(of, func.count())
        .select_from(_ticket.outerjoin(_served_by, _served_by.c.ticket_id == _ticket.c.id))
        .where(_is_open(), condition)
        .group_by(of)
    )
    return dict(map(tuple, rows))


def loose(unit: Unit) -> str | None:
    """The name of a policy that counts by a calendar which was removed, None if there is none."""
    there = exists().where(_calendar.c.id == _policy.c.calendar_id, _calendar.c.removed == true())
    row = unit.first(select(_policy.c.name).where(_policy.c.removed == false(), there).limit(1))
    return None if row is None else values.text(row.name)


def _is_open() -> ColumnElement[bool]:
    return and_(_ticket.c.gone == false(), _ticket.c.closed_at.is_(None))
