"""Moments and spans as a card shows them: short, in the reader's own zone."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo


def short(at: datetime, now: datetime, zone: tzinfo) -> str:
    """`17:00` today, `tomorrow`, `Tue` within the week, `1 Dec` within the year, else `1 Dec 27`."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    days = (local.date() - today.date()).days
    if days == 0:
        return "today" if (local.hour, local.minute) == (23, 59) else f"{local:%H:%M}"
    if days in (1, -1):
        return "tomorrow" if days == 1 else "yesterday"
    if -7 < days < 7:
        return f"{local:%a}"
    month = f"{local.day} {local:%b}"
    return month if local.year == today.year else f"{month} {local:%y}"


def lateness(since: datetime, now: datetime) -> str:
    """How long something has been late, in its largest unit: `5m`, `2h`, `3d`, `6w`."""
    passed = max(timedelta(), now - since)
    minutes = int(passed.total_seconds()) // 60
    for unit, size in (("w", 60 * 24 * 7), ("d", 60 * 24), ("h", 60)):
        if minutes >= size:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"
