"""The JSON that `policy` and `calendar` print; see `shapes` for what holds for all of it."""

from __future__ import annotations

from helpdesk_tui.cli.shapes import Shape
from helpdesk_tui.desk.calendars import CalendarUse
from helpdesk_tui.desk.policies import PolicyUse
from helpdesk_tui.domain.calendar import span_in_words
from helpdesk_tui.domain.day_names import WEEKDAYS
from helpdesk_tui.domain.ticket import Priority


def policy(one: PolicyUse) -> Shape:
    """A policy as `policy list --json` and `policy show --json` print it.

    | field | |
    | --- | --- |
    | id | whole number, which stays when the name changes |
    | name, query | text; an empty query serves every ticket |
    | calendar | the name of the calendar that it counts by, or null |
    | targets | by priority, {"first_reply": business minutes or null, "resolution": the same} |
    | open | open tickets that it serves |
    | problem | what keeps it from doing what it says, or null |
    """
    targets = one.policy.targets
    return {
        "id": one.policy.id,
        "name": one.policy.name,
        "query": one.policy.query,
        "calendar": None if one.calendar is None else one.calendar.name,
        "targets": {
            priority.word: {
                "first_reply": targets[priority].first_reply if priority in targets else None,
                "resolution": targets[priority].resolution if priority in targets else None,
            }
            for priority in sorted(Priority, reverse=True)
        },
        "open": one.open,
        "problem": one.problem or None,
    }


def calendar(one: CalendarUse) -> Shape:
    """A calendar as `calendar list --json` and `calendar show --json` print it.

    | field | |
    | --- | --- |
    | id | whole number, which stays when the name changes |
    | name, zone | text |
    | hours | by day from mon to sun, list of spans as in "8:00-18:00" |
    | country, region | the codes whose public holidays close it, or null |
    | holidays | list of those days, as they were when they were chosen |
    | closed | list of further days |
    | policies | names of the policies that count by it |
    """
    calendar = one.calendar
    return {
        "id": calendar.id,
        "name": calendar.name,
        "zone": calendar.zone,
        "hours": {
            day.lower(): [span_in_words(span) for span in spans]
            for day, spans in zip(WEEKDAYS, calendar.week, strict=True)
        },
        "country": calendar.country or None,
        "region": calendar.region or None,
        "holidays": [day.isoformat() for day in calendar.public_days],
        "closed": [day.isoformat() for day in calendar.own_days],
        "policies": list(one.policies),
    }
