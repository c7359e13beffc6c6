"""Spans of days as people name them: `90d`, `last month`, `2026-03`, `2026-01-01..2026-03-31`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from helpdesk_tui.domain.figures import Period
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError

USUAL = "90d"
"""The period where none is named."""

OFFERED = ("7d", "30d", "90d", "365d", "this month", "last month", "this year", "last year", "all")
"""What is worth offering somebody who chooses one."""

YEARS = range(1000, 9000)
"""Within these every day has a beginning in every zone."""

LONGEST = 36_525
"""Days of the longest period: a century. `all` goes back no further either."""

_ONE_DAY = timedelta(days=1)
_COUNTED = re.compile(r"([0-9]{1,6}) ?(d|w|days?|weeks?)")
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMED = re.compile(r"(this|last)[ -](week|month|quarter|year)")
_HINT = "Write for example `90d`, `last month`, `2026-03`, `2026-01-01..2026-03-31` or `all`."


def period(text: str, today: date, earliest: date) -> Period:
    """The days that `text` names, for somebody for whom it is `today`; `all` goes back to `earliest`.

    UsageError for what names no days, or more than `LONGEST`.
    """
    said = " ".join(text.lower().split())
    try:
        first, last = _days(said, today, earliest)
    except (ValueError, OverflowError):
        raise UsageError(f"`{clean(text, limit=40)}` is not a period.", _HINT) from None
    if last < first:
        raise UsageError(f"The period `{clean(text, limit=40)}` ends before it begins.", _HINT)
    if not YEARS.start <= first.year <= last.year < YEARS.stop:
        raise UsageError("Figures are there for the years from 1000 to 9000.", _HINT)
    if (last - first).days >= LONGEST:
        raise UsageError("A period of figures is no longer than a hundred years.", _HINT)
    return Period(said, first, last)


def _days(said: str, today: date, earliest: date) -> tuple[date, date]:
    if said == "all":
        return _back_to(earliest, today), today
    start, between, end = said.partition("..")
    if between:
        first = _one(start.strip(), today)[0] if start.strip() else None
        last = _one(end.strip(), today)[1] if end.strip() else max(today, first or today)
        return first or min(_back_to(earliest, last), last), last
    return _one(said, today)


def _back_to(earliest: date, last: date) -> date:
    return min(max(earliest, date.fromordinal(max(1, last.toordinal() - LONGEST + 1))), last)


def _one(said: str, today: date) -> tuple[date, date]:
    """The first and the last day of something named by itself; ValueError if that is nothing of the kind."""
    if said in {"today", "yesterday"}:
        day = today - _ONE_DAY * (said == "yesterday")
        return day, day
    if found := _COUNTED.fullmatch(said):
        days = int(found[1]) * (7 if found[2].startswith("w") else 1)
        if not days:
            raise ValueError("no days at all")
        return today - timedelta(days=days - 1), today
    if found := _NAMED.fullmatch(said):
        begin = _BEGINS[found[2]]
        this = begin(today)
        if found[1] == "last":
            return begin(this - _ONE_DAY), this - _ONE_DAY
        return this, _end(begin, this)
    if _DAY.fullmatch(said):
        day = date.fromisoformat(said)
        return day, day
    if found := _MONTH.fullmatch(said):
        first = date(int(found[1]), int(found[2]), 1)
        return first, _end(_month, first)
    if _YEAR.fullmatch(said):
        return date(int(said), 1, 1), date(int(said), 12, 31)
    raise ValueError("not a period")


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> date:
    return day.replace(day=1)


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _year(day: date) -> date:
    return date(day.year, 1, 1)


_BEGINS: dict[str, Callable[[date], date]] = {"week": _week, "month": _month, "quarter": _quarter, "year": _year}
_LENGTHS: dict[Callable[[date], date], int] = {_week: 7, _month: 31, _quarter: 92, _year: 366}


def _end(begin: Callable[[date], date], first: date) -> date:
    """The last day of the week, month, quarter or year that begins on `first`."""
    return begin(first + timedelta(days=_LENGTHS[begin])) - _ONE_DAY
