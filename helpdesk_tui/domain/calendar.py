"""Calendars as people write and read them: a week's opening hours, days on which it is closed, a time zone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

from helpdesk_tui.domain.business_time import DAY, Span, Week
from helpdesk_tui.domain.day_names import WEEKDAYS
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError

EVERY = {"daily": range(7), "weekdays": range(5), "weekends": range(5, 7)}
"""Words for several days."""

MOST_DAYS = 1_000
"""Days of its own on which a calendar may be closed."""

_NAMES = {name: at for at, day in enumerate(WEEKDAYS) for name in (day.lower(), day.lower() + ".")} | {
    name: at
    for at, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
} | {"tues": 1, "thur": 3, "thurs": 3}  # fmt: skip
_DASH = re.compile(r"\s*[-–—]\s*")
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?-(\d{1,2})(?:[:.](\d{2}))?", re.ASCII)
_EXAMPLE = "Write it as in `mon-fri 8:00-18:00, sat 10:00-14:00`."
_CLOSED = {"closed", "none"}


class Calendar(Struct, frozen=True):
    """When work is done. `country` and `region` say whose public holidays close it, `own_days` when it is closed too.

    `public_days` are those holidays as they were when they were chosen.
    """

    id: int
    name: str
    zone: str
    week: Week
    country: str = ""
    region: str = ""
    public_days: tuple[date, ...] = ()
    own_days: tuple[date, ...] = ()
    removed: bool = False

    @property
    def holidays(self) -> str:
        """Whose holidays: `EE`, `DE-BY`, "" for nobody's."""
        return "-".join(filter(None, (self.country, self.region)))


def read_week(text: str) -> Week:
    """A week's opening hours as a person writes them: days, then their spans, which may go over midnight.

    UsageError for what cannot be read, spans that overlap, and a week that never opens.
    """
    parts = [word for word in _DASH.sub("-", fold(text)).replace(",", " ").replace(";", " ").split() if word]
    spans: list[list[Span]] = [[] for _ in WEEKDAYS]
    days: Sequence[int] = ()
    after_span = True
    for word in parts:
        named = _days(word)
        if named is not None:
            days = named if after_span else (*days, *named)
            after_span = False
            continue
        if not days:
            raise UsageError(f"{word[:30]!r} is no day of the week.", _EXAMPLE)
        after_span = True
        if word not in _CLOSED:
            for day in days:
                _open(spans, day, word)
    if not after_span:
        raise UsageError("It is not said when it is open on the last of these days.", _EXAMPLE)
    week = tuple(_in_order(WEEKDAYS[at], day) for at, day in enumerate(spans))
    refuse_closed(week)
    return week


def read_day_spans(days: Sequence[str]) -> Week:
    """A week's opening hours from those of each day, from Monday: "8:00-12:00, 13:00-18:00", or nothing."""
    written = (f"{name} {text}" for name, text in zip(WEEKDAYS, days, strict=True) if text.strip())
    for name, text in zip(WEEKDAYS, days, strict=True):
        wrong = next((word for word in _DASH.sub("-", text).replace(",", " ").split() if _days(fold(word))), None)
        if wrong:
            raise UsageError(f"{name} cannot say {wrong[:30]!r}.", "Write just the hours of that day: 8:00-18:00.")
    return read_week(", ".join(written))


def refuse_closed(week: Week) -> None:
    """UsageError for a week that never opens: no time would ever pass in it."""
    if not any(week):
        raise UsageError("A calendar that never opens lets no time pass.", _EXAMPLE)


def _days(word: str) -> Sequence[int] | None:
    """The days that a word names: `mon`, `mon-fri`, `sat-mon`, `daily`; None if it names none."""
    if word in EVERY:
        return EVERY[word]
    first, dash, last = word.removesuffix(":").partition("-")
    if first not in _NAMES or (dash and last not in _NAMES):
        return None
    begin, end = _NAMES[first], _NAMES[last or first]
    return [(begin + step) % 7 for step in range((end - begin) % 7 + 1)]


def _open(spans: list[list[Span]], day: int, word: str) -> None:
    """Open a day for the span that a word names; what goes over midnight opens the next day too."""
    match = _SPAN.fullmatch(word)
    if match is None:
        raise UsageError(f"{word[:30]!r} is no span of opening hours.", _EXAMPLE)
    start, end = (int(hour) * 60 + int(minute or 0) for hour, minute in ((match[1], match[2]), (match[3], match[4])))
    if any(int(minute or 0) > 59 for minute in (match[2], match[4])) or start >= DAY or end > DAY:
        raise UsageError(f"{word[:30]!r} is no time of the day.", "A day goes from 0:00 to 24:00.")
    if start == end:
        raise UsageError(f"{word[:30]!r} is no time at all.", "For a whole day write 0:00-24:00.")
    if start < end:
        spans[day].append((start, end))
        return
    spans[day].append((start, DAY))
    if end:
        spans[(day + 1) % 7].append((0, end))


def _in_order(day: str, spans: list[Span]) -> tuple[Span, ...]:
    """The spans of a day in order, those that touch made one. UsageError if two overlap."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            raise UsageError(
                f"On {day} {span_in_words(found[-1])} and {span_in_words((start, end))} overlap.",
                "Make one span of the two, or set them apart.",
            )
        if found and start == found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def span_in_words(span: Span) -> str:
    """`8:00-18:00`."""
    return "-".join(f"{at // 60}:{at % 60:02}" for at in span)


def day_in_words(spans: Sequence[Span]) -> str:
    """The hours of one day, "" for a day on which it is closed."""
    return ", ".join(map(span_in_words, spans))


def week_in_words(week: Week) -> str:
    """A week as `read_week` reads it, days of the same hours together: `Mon-Fri 8:00-18:00, Sat 10:00-14:00`."""
    parts: list[str] = []
    start = 0
    while start < len(week):
        end = start
        while end + 1 < len(week) and week[end + 1] == week[start]:
            end += 1
        if week[start]:
            days = WEEKDAYS[start] if end == start else f"{WEEKDAYS[start]}-{WEEKDAYS[end]}"
            parts.append(f"{days} {day_in_words(week[start])}")
        start = end + 1
    return ", ".join(parts)


def read_days(text: str) -> tuple[date, ...]:
    """Days as a person writes them, with commas or blanks between: 2026-12-24, 2026-12-27..2026-12-31.

    UsageError for a day that does not exist, and for more than `MOST_DAYS`.
    """
    found: set[date] = set()
    for word in re.sub(r"\s*\.\.\s*", "..", text).replace(",", " ").replace(";", " ").split():
        first, dots, last = word.partition("..")
        begin, end = _day(first), _day(last) if dots else _day(first)
        if end < begin:
            raise UsageError(f"{word[:30]!r} ends before it begins.", "Write the earlier day first.")
        if (end - begin).days + len(found) >= MOST_DAYS:
            raise UsageError(f"A calendar may have {MOST_DAYS:,} closed days of its own.", "Leave past ones out.")
        found.update(begin + timedelta(days=step) for step in range((end - begin).days + 1))
    return tuple(sorted(found))


def _day(word: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", word, re.ASCII):
        raise UsageError(f"{word[:30]!r} is no day.", "Write days as in 2026-12-24, or 2026-12-27..2026-12-31.")
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise UsageError(f"There is no day {word}.", "Look at a calendar.") from None


def days_in_words(days: Iterable[date]) -> str:
    """Days as `read_days` reads them, those in a row together."""
    return ", ".join(f"{begin}" if begin == end else f"{begin}..{end}" for begin, end in _rows(days))


def _rows(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    begin = end = None
    for day in sorted(days):
        if begin is None or end is None:
            begin = end = day
        elif day - end == timedelta(days=1):
            end = day
        else:
            yield begin, end
            begin = end = day
    if begin is not None and end is not None:
        yield begin, end


def checked_zone(text: str) -> str:
    """The name of a time zone that there is. UsageError otherwise."""
    name = text.strip()
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, KeyError):
        pass
    by_fold = {zone.casefold(): zone for zone in available_timezones()}
    if name.replace(" ", "_").casefold() in by_fold:
        return by_fold[name.replace(" ", "_").casefold()]
    city = [zone for zone in by_fold.values() if name and zone.casefold().endswith("/" + name.casefold())]
    hint = f"Did you mean {sorted(city)[0]}?" if city else "Name it as in Europe/Tallinn or Asia/Kathmandu."
    raise UsageError(f"There is no time zone {name[:40]!r}.", hint)
