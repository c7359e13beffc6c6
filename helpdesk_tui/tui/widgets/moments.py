"""Moments in the few cells a card has: `today 17:00`, `Tue`, `1 Dec`, `late 2h`, `0:42`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from msgspec import Struct

from helpdesk_tui.domain.day_names import MONTHS, WEEKDAYS
from helpdesk_tui.domain.odd import MARK, UNREADABLE
from helpdesk_tui.domain.ticket import Card

if TYPE_CHECKING:
    from helpdesk_tui.domain.business_time import BusinessTime

    Calendars = Mapping[int, BusinessTime]
    """Business time by the id of a card's calendar."""

END_OF_DAY = (23, 59)
"""The time of a due date that names only a day."""


class Said(Struct, frozen=True):
    """When a card is wanted: in words, in fewer words, and in which style."""

    text: str
    short: str
    style: str


def when(card: Card, now: datetime, zone: tzinfo, done_mark: str, clock_mark: str, calendars: Calendars) -> Said | None:
    """What a card says about time: when it was closed, else the nearer of its due date and its service level."""
    if card.closed is not None:
        day = MARK if card.closed == UNREADABLE else past_day(card.closed, now, zone)
        return Said(f"{done_mark} {day}", f"{done_mark} {day}", "good")
    return next(_wanted(card, now, zone, clock_mark, calendars), None)


def besides(card: Card, now: datetime, zone: tzinfo, clock_mark: str, calendars: Calendars) -> Said | None:
    """The later of due date and service level, where an open card has both."""
    if card.closed is not None or card.due is None or card.sla_due is None:
        return None
    _, later = _wanted(card, now, zone, clock_mark, calendars)
    return later


def _wanted(card: Card, now: datetime, zone: tzinfo, clock_mark: str, calendars: Calendars) -> Iterator[Said]:
    """When it is wanted, the nearer moment first."""
    due, level = card.due, card.sla_due
    first = level is not None and (due is None or level <= due)
    if level is not None and first:
        yield _clock(card, level, now, zone, clock_mark, calendars)
    if due is not None:
        yield _due(due, now, zone)
    if level is not None and not first:
        yield _clock(card, level, now, zone, clock_mark, calendars)


def _due(due: datetime, now: datetime, zone: tzinfo) -> Said:
    if due == UNREADABLE:
        return Said(MARK, MARK, "")
    if due < now:
        return _late(now - due)
    local, today = due.astimezone(zone), now.astimezone(zone).date()
    clock = "" if (local.hour, local.minute) == END_OF_DAY else f"{local:%H:%M}"
    days = (local.date() - today).days
    if days == 0:
        return Said(f"today {clock}".strip(), clock or "today", "warn")
    if days == 1:
        return Said(f"tomorrow {clock}".strip(), "tomorrow", "")
    return Said(day := _day(local, now.astimezone(zone)), day, "")


def _clock(card: Card, until: datetime, now: datetime, zone: tzinfo, mark: str, calendars: Calendars) -> Said:
    """How much business time is left, or over; the day where that is more than one, and until its hours are known."""
    time = calendars.get(card.sla_calendar or 0)
    if time is None:
        return _due(until, now, zone)
    if until == UNREADABLE:
        return Said(MARK, MARK, "")
    if until < now:
        length = business_span(time.between(until, now), time)
        return Said(f"late {length}", f"late {length}", "late")
    style = "warn" if card.sla_risk is not None and card.sla_risk <= now else "good"
    left = time.between(now, until)
    if left > timedelta(milliseconds=time.hours.day_ms):
        due = _due(until, now, zone)
        return Said(f"{mark} {due.text}", due.short, style)
    minutes = int(left.total_seconds()) // 60
    text = f"{minutes // 60}:{minutes % 60:02}"
    return Said(f"{mark} {text}", text, style)


def _late(by: timedelta) -> Said:
    length = span(by)
    return Said(f"late {length}", f"late {length}", "late")


def business_span(by: timedelta, time: BusinessTime) -> str:
    """A length of business time as `span` says it, a day being one of that calendar."""
    day = timedelta(milliseconds=time.hours.day_ms)
    if by < 2 * day:
        return span(by)
    days = by // day
    return f"{days}d" if days < 100 else f"{by // timedelta(minutes=time.hours.minutes_a_week)}w"


def span(by: timedelta) -> str:
    """A length of time in its largest unit: `5m`, `2h`, `3d`, `8w`."""
    minutes = max(1, int(by.total_seconds()) // 60)
    if minutes < 60:
        return f"{minutes}m"
    if minutes < 48 * 60:
        return f"{minutes // 60}h"
    days = minutes // (24 * 60)
    return f"{days}d" if days < 100 else f"{days // 7}w"


def past_day(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """When something happened, as short as can be: the hour of today, else the day."""
    local, here = moment.astimezone(zone), now.astimezone(zone)
    days = (here.date() - local.date()).days
    if days <= 0:
        return f"{local:%H:%M}"
    if days == 1:
        return "yesterday"
    return WEEKDAYS[local.weekday()] if days < 7 else _date(local, here)


def _day(local: datetime, here: datetime) -> str:
    days = (local.date() - here.date()).days
    return WEEKDAYS[local.weekday()] if days < 7 else _date(local, here)


def _date(local: datetime, here: datetime) -> str:
    if local.year == here.year or abs((local.date() - here.date()).days) < 120:
        return f"{local.day} {MONTHS[local.month - 1]}"
    return f"{MONTHS[local.month - 1]} {local.year}"
