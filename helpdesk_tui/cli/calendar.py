"""`helpdesk calendar`: when the desk is open, on whose holidays it is not."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.cli import clocks, shapes_service, table
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.render import DIM
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import calendars, public_days
from helpdesk_tui.desk.calendars import CalendarUse, Hours
from helpdesk_tui.domain.calendar import (
    Calendar,
    day_in_words,
    days_in_words,
    read_days,
    read_week,
    week_in_words,
)
from helpdesk_tui.domain.day_names import WEEKDAYS
from helpdesk_tui.domain.text import clean

NEXT = 12
"""Closed days to come that are shown."""


def run(call: Call) -> int:
    """List the calendars, show or change one, or list the countries whose holidays are known."""
    match call.action():
        case "show":
            return _show(call)
        case "add":
            (name,) = call.expect(1, 1)
            return clocks.kept(call, calendars.add(call.desk, _hours(call, name)))
        case "change":
            (name,) = call.expect(1, 1)
            found = calendars.find(call.desk, name)
            return clocks.kept(call, calendars.change(call.desk, found.id, _hours(call, call.text("--name"))))
        case "remove":
            (name,) = call.expect(1, 1)
            return clocks.kept(call, calendars.remove(call.desk, calendars.find(call.desk, name).id))
        case "countries":
            return _countries(call)
    return _list(call)


def _hours(call: Call, name: str | None) -> Hours:
    hours, closed = call.text("--hours"), call.text("--closed")
    return Hours(
        name=name,
        zone=call.text("--zone"),
        week=None if hours is None else read_week(hours),
        country=call.text("--country"),
        region=call.text("--region"),
        own_days=None if closed is None else read_days(closed),
    )


def _list(call: Call) -> int:
    call.expect(0, 0)
    columns = (
        Column("calendar", widest=24),
        Column("zone", widest=24, keep=3),
        Column("holidays"),
        Column("own days", right=True, keep=1),
        Column("policies", widest=30, keep=2),
        Column("open", widest=60),
    )
    nothing = "There are no calendars yet: `helpdesk calendar add NAME --hours 'mon-fri 8:00-18:00'` makes one."
    return listed(call, calendars.uses(call.desk), shapes_service.calendar, columns, _row, nothing)


def _row(one: CalendarUse) -> Sequence[Cell]:
    return (
        Cell(one.calendar.name),
        Cell(one.calendar.zone),
        Cell(one.calendar.holidays),
        Cell(str(len(one.calendar.own_days) or "")),
        Cell(", ".join(one.policies), () if one.policies else (DIM,)),
        Cell(week_in_words(one.calendar.week)),
    )


def _show(call: Call) -> int:
    (name,) = call.expect(1, 1)
    wanted = calendars.find(call.desk, name).id
    found = next(one for one in calendars.uses(call.desk) if one.calendar.id == wanted)
    if call.has("--json"):
        call.out.json(shapes_service.calendar(found))
        return DONE
    for part, texts in _parts(call, found).items():
        for at, text in enumerate(filter(None, texts)):
            call.out.line(f"{'' if at else part:<12}{clean(text)}")
    return DONE


def _parts(call: Call, one: CalendarUse) -> dict[str, Sequence[str]]:
    calendar, days = one.calendar, len(one.calendar.public_days)
    return {
        "calendar": [calendar.name],
        "zone": [calendar.zone],
        **{day: [day_in_words(spans) or "closed"] for day, spans in zip(WEEKDAYS, calendar.week, strict=True)},
        "holidays": [calendar.holidays and f"of {calendar.holidays}, {days:,} days written down"],
        "next": _next(call, calendar),
        "own days": days_in_words(calendar.own_days).split(", "),
        "policies": one.policies,
    }


def _next(call: Call, calendar: Calendar) -> list[str]:
    """The public holidays to come, with their names as far as they are known now."""
    today = call.desk.clock.now().astimezone(call.desk.zone).date()
    ahead = [day for day in calendar.public_days if day >= today][:NEXT]
    if not ahead:
        return []
    names = public_days.names(calendar.country, calendar.region, ahead)
    return [f"{day} {names.get(day, '')}".rstrip() for day in ahead]


def _countries(call: Call) -> int:
    (code,) = call.expect(0, 1) or [""]
    known = public_days.countries()
    if code:
        country, _ = public_days.checked(code, "")
        known = public_days.regions(country)
    if call.has("--json"):
        call.out.json(known)
        return DONE if known else NOTHING
    if not known:
        call.say(f"No regions of {clean(code, limit=40)} have holidays of their own.")
    heads = (Column("region" if code else "country"), Column("name", widest=60))
    table.write(call.out, heads, [(Cell(each), Cell(name)) for each, name in sorted(known.items())])
    return DONE if known else NOTHING
