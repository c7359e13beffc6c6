"""Until when somebody is away, in words."""

from __future__ import annotations

from datetime import datetime, tzinfo

from helpdesk_tui.domain.day_names import MONTHS
from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.people import Person


def away(person: Person, now: datetime, zone: tzinfo) -> str:
    """`away until 2 Dec`, `away` where nobody knows until when, nothing for who is here.

    The hour is told of today and tomorrow alone.
    """
    if not person.is_away(now):
        return ""
    if person.away_until is None or person.away_until == UNREADABLE:
        return "away"
    local, today = person.away_until.astimezone(zone), now.astimezone(zone)
    year = f" {local.year}" if (local - today).days > 300 else ""
    soon = (local.date() - today.date()).days < 2
    clock = f" {local:%H:%M}" if soon and (local.hour, local.minute) != (0, 0) else ""
    return f"away until {local.day} {MONTHS[local.month - 1]}{year}{clock}"
