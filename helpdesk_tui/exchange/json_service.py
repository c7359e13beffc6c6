"""What calendars, policies and rules look like in a JSON export, and what is kept of what the rules have done."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from helpdesk_tui.domain import entry
from helpdesk_tui.domain.rules import When
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import LanguageError, UsageError
from helpdesk_tui.exchange.json_kinds import Kind, flag, moment, number, text
from helpdesk_tui.exchange.json_shape import ID, REQUIRED, Section, body
from helpdesk_tui.language import dates
from helpdesk_tui.language.changes import parse_change
from helpdesk_tui.language.query import parse
from helpdesk_tui.language.schedules import parse_schedule
from helpdesk_tui.store.calendars import week_of

MOST_DAYS = 10_000
"""Days on which a calendar may be closed."""

LONGEST = 10 * 366 * 24 * 60
"""Business minutes a promise may take."""

_PRIORITIES = frozenset(str(int(priority)) for priority in Priority)


def _week(value: Any) -> None:
    try:
        week = week_of(value)
    except (TypeError, ValueError) as error:
        raise ValueError("is no week of opening hours") from error
    if [[list(span) for span in day] for day in week] != value:
        raise ValueError("is no week of opening hours")
    if not any(week):
        raise ValueError("never opens")


def _zone(value: Any) -> None:
    text().check(value)
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError) as error:
        raise ValueError("is no time zone that is known here") from error


def _days(value: Any) -> None:
    body("list of days").check(value)
    days = value.split()
    try:
        fits = " ".join(str(date.fromisoformat(day)) for day in sorted(set(days))) == value and len(days) <= MOST_DAYS
    except ValueError:
        fits = False
    if not fits:
        raise ValueError("is not a list of days in their order")


def _targets(value: Any) -> None:
    if not isinstance(value, dict) or not value.keys() <= _PRIORITIES:
        raise ValueError("is not an object of targets by priority")
    for pair in value.values():
        if not isinstance(pair, list) or len(pair) != 2:
            raise ValueError("has a priority without its two targets")
        for each in pair:
            if each is not None:
                number(1, LONGEST).check(each)


def _named(what: str) -> Kind:
    return text(lambda given: entry.name(given, what))


def _folded_name(row: dict[str, Any]) -> dict[str, Any]:
    return {"folded": fold(row["name"])}


def _policy(row: dict[str, Any]) -> dict[str, Any]:
    _parsed("policy", row, "query", parse)
    return _folded_name(row)


def _rule(row: dict[str, Any]) -> dict[str, Any]:
    """What follows from a rule that can be one: names in it may be of what the desk has no more."""
    if row["moment"] not in set(When):
        raise ValueError(f"the rule “{row['name']}”: no rule is set off by “{row['moment'][:40]}”")
    if row["moment"] == When.SCHEDULE:
        _parsed("rule", row, "schedule", parse_schedule)
    elif row["schedule"]:
        raise ValueError(f"the rule “{row['name']}” has a schedule, and is set off by “{row['moment']}”")
    _parsed("rule", row, "query", parse)
    if not row["change"].strip():
        raise ValueError(f"the rule “{row['name']}” changes nothing")
    _parsed("rule", row, "change", parse_change)
    if row["every"] and (row["moment"] != When.TICK or dates.duration(row["every"]) is None):
        raise ValueError(f"the rule “{row['name']}”: it cannot act again every “{row['every'][:40]}”")
    return _folded_name(row)


def _parsed(what: str, row: dict[str, Any], column: str, read: Callable[[str], object]) -> None:
    text = row[column]
    if not text.strip() and column == "query":
        return
    try:
        read(text)
    except UsageError as error:
        where = f", column {error.column}" if isinstance(error, LanguageError) else ""
        raise ValueError(f"the {what} “{row['name']}”: its {column}{where}: {error.message}") from error


CALENDARS = Section(
    "calendar",
    {
        "id": ("id", ID),
        "name": ("name", _named("calendar")),
        "zone": ("zone", Kind(_zone)),
        "week": ("week", Kind(_week)),
        "country": ("country", text()),
        "region": ("region", text()),
        "public_days": ("public_days", Kind(_days)),
        "own_days": ("own_days", Kind(_days)),
        "removed": ("removed", flag()),
    },
    derived=_folded_name,
)
POLICIES = Section(
    "policy",
    {
        "id": ("id", ID),
        "name": ("name", _named("policy")),
        "query": ("query", body("query")),
        "calendar": ("calendar_id", REQUIRED),
        "targets": ("targets", Kind(_targets)),
        "position": ("position", number(0, 10**9)),
        "removed": ("removed", flag()),
    },
    derived=_policy,
)
RULES = Section(
    "rule",
    {
        "id": ("id", ID),
        "name": ("name", _named("rule")),
        "moment": ("moment", text()),
        "schedule": ("schedule", text()),
        "query": ("query", body("query")),
        "change": ("change", body("change")),
        "every": ("every", text()),
        "active": ("active", flag()),
        "since": ("since", moment(optional=True)),
        "position": ("position", number(0, 10**9)),
        "removed": ("removed", flag()),
    },
    derived=_rule,
)
RULE_RUNS = Section(
    "rule_run",
    {
        "rule": ("rule_id", REQUIRED),
        "ticket": ("ticket_id", number(0, entry.LARGEST_NUMBER)),
        "slot": ("slot", number(-(2**62), 2**62)),
        "at": ("at", moment()),
    },
    unique=(),
)
AUTOMATION = Section("automation", {"name": ("name", text()), "upto": ("upto", number(0, 2**62))}, unique=("name",))
"""How far what acts by itself has come. Who does so at the moment, and which clocks are being worked out, stays."""

_STAYS = frozenset({"clocks"})
_SEEN = "events"
"""The row that says which event the rules have looked at last: all events are those of the whole desk."""
_WHO = "rules"
"""The row that says who the rules act as."""


def come_so_far(rows: Sequence[Mapping[str, Any]], *, whole: bool) -> list[dict[str, Any]]:
    """What of the table `automation` is exported, of the whole desk or of some of its tickets."""
    stays = _STAYS if whole else {*_STAYS, _SEEN}
    return [dict(row) for row in rows if row["name"] not in stays and row["upto"] is not None]


def runs_on(rows: Sequence[Mapping[str, Any]], numbers: Sequence[int]) -> list[dict[str, Any]]:
    """What the rules did to these tickets, and to none in particular."""
    chosen = {0, *numbers}
    return [dict(row) for row in rows if row["ticket_id"] in chosen]


def names_known(row: Mapping[str, Any], people: Container[int]) -> bool:
    """Whether whoever a row of `automation` names is among the people."""
    return row["name"] != _WHO or row["upto"] in people
