"""Calendars and policies as the clocks need them, read from what is stored whatever may stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from helpdesk_tui.domain.business_time import DAY, BusinessTime, Hours, Week, business_time
from helpdesk_tui.domain.service_level import Policy, Targets
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.store import values
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.unit_of_work import Unit
from helpdesk_tui.store.values import from_json


def calendars(unit: Unit) -> dict[int, BusinessTime]:
    """The arithmetic on each calendar, by its id; without those that another tool made senseless.

    Removed ones are there too, for what was promised by them.
    """
    found = {calendar_id: _time(*said) for calendar_id, *said in unit.ask(_CALENDARS)}
    return {calendar_id: each for calendar_id, each in found.items() if each is not None}


def policies(unit: Unit) -> list[Policy]:
    """What is promised, in the order in which it is tried."""
    return [_policy(*said) for said in unit.ask(_POLICIES)]


# Each change asks for both, and it takes longer to understand them than to read them.
_CALENDARS = Plain("SELECT id, zone, CAST(week AS TEXT), public_days, own_days FROM calendar")
_POLICIES = Plain(
    'SELECT id, name, "query", calendar_id, CAST(targets AS TEXT) FROM policy '
    "WHERE removed = FALSE ORDER BY position, id"
)


@lru_cache(maxsize=256)
def _policy(policy_id: int, name: Any, query: Any, calendar_id: int, targets: Any) -> Policy:
    return Policy(policy_id, values.text(name), values.text(query, ""), calendar_id, targets_of(from_json(targets)))


@lru_cache(maxsize=64)
def _time(zone: Any, week: Any, public_days: Any, own_days: Any) -> BusinessTime | None:
    try:
        spans = week_of(from_json(week))
        ZoneInfo(zone)
        days = frozenset(map(date.fromisoformat, f"{public_days} {own_days}".split()))
    except (ValueError, TypeError, KeyError, OSError):
        return None
    return business_time(Hours(zone, spans, days)) if any(spans) else None


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
