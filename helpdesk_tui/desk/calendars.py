"""Calendars: when the desk is open, on whose holidays it is not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec import Struct

from helpdesk_tui.clock import zone_name
from helpdesk_tui.desk import public_days
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.business_time import Week
from helpdesk_tui.domain.calendar import Calendar, checked_zone, refuse_closed
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.targets import too_long
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, NotFound, UsageError
from helpdesk_tui.store import calendars as kept
from helpdesk_tui.store import service_terms
from helpdesk_tui.store.records import Stored


class Hours(Struct, frozen=True):
    """What of a calendar is to be set; None for what stays. `country` and `region` may be codes or names."""

    name: str | None = None
    zone: str | None = None
    week: Week | None = None
    country: str | None = None
    region: str | None = None
    own_days: tuple[date, ...] | None = None


class CalendarUse(Struct, frozen=True):
    """A calendar, and the names of the policies that count by it."""

    calendar: Calendar
    policies: tuple[str, ...]


def uses(desk: Desk) -> tuple[CalendarUse, ...]:
    """All calendars by name."""
    desk.require(Act.SEE_ALL_TICKETS)
    with desk.store.reading() as unit:
        there = [one for one in service_terms.calendars(unit) if not one.removed]
        return tuple(CalendarUse(one, tuple(service_terms.using(unit, one.id))) for one in there)


def find(desk: Desk, name: str) -> Calendar:
    """The calendar of that name. NotFound if there is none."""
    found = next((one.calendar for one in uses(desk) if fold(one.calendar.name) == fold(name)), None)
    if found is None:
        raise NotFound(f"There is no calendar {name[:100]!r}.", "`helpdesk calendar list` shows them.")
    return found


def add(desk: Desk, hours: Hours) -> Outcome:
    """Make a calendar; its zone is this machine's unless it is given. `made` is its id. UsageError without a week."""
    if hours.name is None or hours.week is None:
        raise UsageError("A calendar needs a name and its opening hours.", "As in: mon-fri 8:00-18:00.")
    with working(desk, Act.SETTINGS) as work:
        name = entry.name(hours.name, "calendar")
        values = {"zone": zone_name(), **_values(work, hours, None)}
        made = work.make("calendar", values, "calendar", text=name)
        return work.commit(f"calendar {name} added", _said_of_days(values), made=made)


def change(desk: Desk, calendar_id: int, hours: Hours) -> Outcome:
    """Change what is given of a calendar; the clocks of the tickets that count by it follow, see `catch_up`.

    UsageError if what a policy promises would then take ten years.
    """
    with working(desk, Act.SETTINGS) as work:
        row = work.row("calendar", calendar_id)
        values = _values(work, hours, row)
        if hours.week is not None:
            _refuse_too_few(work, calendar_id, hours.week)
        work.alter("calendar", row, values, "calendar", text=row["name"])
        said = f"calendar {row['name']} changed" if work.facts else ""
        return work.commit(said, _said_of_days(values))


def remove(desk: Desk, calendar_id: int) -> Outcome:
    """Remove a calendar that no policy counts by. Conflict otherwise."""
    with working(desk, Act.SETTINGS) as work:
        row = work.row("calendar", calendar_id)
        used = service_terms.using(work.unit, calendar_id)
        if used:
            raise Conflict(
                f"{_listed(used)} {'counts' if len(used) == 1 else 'count'} by the calendar {row['name']}.",
                "Give the policy another calendar first.",
            )
        work.alter("calendar", row, {"removed": True}, "calendar", text=row["name"])
        return work.commit(f"calendar {row['name']} removed")


def refuse_loose(work: Work) -> None:
    """Conflict if what is taken back or done again would leave a policy with a calendar that is removed."""
    if any(fact.entity in {"calendar", "policy"} for fact in work.facts):
        name = service_terms.loose(work.unit)
        if name is not None:
            raise Conflict(f"The policy {name} would be left without its calendar.", "Give it another one first.")


def _values(work: Work, hours: Hours, row: Stored | None) -> dict[str, Any]:
    """What is to be stored. UsageError for what a calendar cannot have."""
    values: dict[str, Any] = {}
    if hours.name is not None:
        name = entry.name(hours.name, "calendar")
        known = [one for one in service_terms.calendars(work.unit) if not one.removed]
        if any(fold(one.name) == fold(name) and (row is None or one.id != row["id"]) for one in known):
            raise Conflict(f"There is a calendar {name!r} already.", "Choose another name.")
        values |= {"name": name, "folded": fold(name)}
    if hours.zone is not None:
        values["zone"] = checked_zone(hours.zone)
    if hours.week is not None:
        refuse_closed(hours.week)
        values["week"] = [[list(span) for span in day] for day in hours.week]
    if hours.country is not None or hours.region is not None:
        values |= _holidays(hours, row)
    if hours.own_days is not None:
        values["own_days"] = _listed_days(hours.own_days)
    return values


def _holidays(hours: Hours, row: Stored | None) -> dict[str, str]:
    """The days themselves are kept, see `public_days`; those of the country that it has already stay as they are."""
    before = ("", "") if row is None else (row["country"], row["region"])
    country = before[0] if hours.country is None else public_days.checked(hours.country, "")[0]
    # A region is one of its country: with another country it goes.
    region = hours.region if hours.region is not None else before[1] if country == before[0] else ""
    codes = public_days.checked(country, region)
    if codes == before:
        return {}
    return {"country": codes[0], "region": codes[1], "public_days": _listed_days(public_days.days(*codes))}


def _said_of_days(values: dict[str, Any]) -> list[str]:
    """What there is to know of the holidays that were taken over."""
    days = values.get("public_days", "").split()
    if not days:
        return []
    said = f"{len(days):,} holidays are written down, from {days[0][:4]} to {days[-1][:4]}."
    if days[-1][:4] < str(public_days.YEARS[-1]):
        said += " Later ones are not known yet: choose the country again when they are."
    return [said]


def _listed_days(days: Iterable[date]) -> str:
    return " ".join(day.isoformat() for day in sorted(set(days)))


def _refuse_too_few(work: Work, calendar_id: int, week: Week) -> None:
    for policy in kept.policies(work.unit):
        amounts = [each for one in policy.targets.values() for each in (one.first_reply, one.resolution) if each]
        if policy.calendar_id == calendar_id and any(too_long(each, week) for each in amounts):
            raise UsageError(
                f"What the policy {policy.name} promises would take ten years or more in these hours.",
                "Open longer, or promise less first.",
            )


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{'The policy' if len(names) == 1 else 'The policies'} {shown}{' and others' if len(names) > 3 else ''}"
