"""Calendars and policies as the clocks need them, read from what is stored whatever may stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import false, select

from helpdesk_tui.domain.business_time import DAY, BusinessTime, Hours, Week, business_time
from helpdesk_tui.domain.service_level import Policy, Targets
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.store import tables, tables_service, values
from helpdesk_tui.store.unit_of_work import Unit

_calendar = tables.core(tables_service.Calendar)
_policy = tables.core(tables_service.Policy)


def calendars(unit: Unit) -> dict[int, BusinessTime]:
    """The arithmetic on each calendar, by its id; without those that another tool made senseless.

    Removed ones are there too, for what was promised by them.
    """
    rows = unit.rows(
        select(_calendar.c.id, _calendar.c.zone, _calendar.c.week, _calendar.c.public_days, _calendar.c.own_days)
    )
    hours = {row.id: _hours(row) for row in rows}
    return {calendar_id: business_time(each) for calendar_id, each in hours.items() if each is not None}


def policies(unit: Unit) -> list[Policy]:
    """What is promised, in the order in which it is tried."""
    rows = unit.rows(select(_policy).where(_policy.c.removed == false()).order_by(_policy.c.position, _policy.c.id))
    return [
        Policy(row.id, values.text(row.name), values.text(row.query, ""), row.calendar_id, targets_of(row.targets))
        for row in rows
    ]


def _hours(row: Any) -> Hours | None:
    try:
        week = week_of(row.week)
        ZoneInfo(row.zone)
        days = frozenset(map(date.fromisoformat, f"{row.public_days} {row.own_days}".split()))
    except (ValueError, TypeError, KeyError, OSError):
        return None
    return Hours(row.zone, week, days) if any(week) else None


def week_of(stored: Any) -> Week:
    """The spans of each weekday as they are stored. ValueError if it is no week."""
    week = tuple(tuple((int(start), int(end)) for start, end in day) for day in stored)
    in_order = all(0 <= start < end <= DAY for day in week for start, end in day) and all(
        before[1] <= after[0] for day in week for before, after in pairwise(day)
    )
    if len(week) != 7 or not in_order:
        raise ValueError("not a week")
    return week


def targets_of(stored: Any) -> Mapping[Priority, Targets]:
    """The targets of each priority as they are stored; nothing is promised where that makes no sense."""
    found: dict[Priority, Targets] = {}
    for priority in Priority:
        pair = stored.get(str(int(priority))) if isinstance(stored, Mapping) else None
        if isinstance(pair, Sequence) and len(pair) == 2:
            first, last = (each if isinstance(each, int) and each > 0 else None for each in pair)
            found[priority] = Targets(first, last)
    return found
