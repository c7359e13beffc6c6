"""Times that come again and again, as people write them.

    daily 07:00 · weekdays 8:00 · monday,thursday 9:00 · first monday 09:00 · last friday 16:30
    monthly 1 09:00 · monthly 31 18:00 (in shorter months the last day) · hourly

The time is that of a wall clock. One that the clock skips comes as much later as it skips; one that it shows twice,
the first time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language.suggest import did_you_mean, shown

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 5}
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_HINT = "Write for example `daily 07:00`, `weekdays 8:00`, `first monday 09:00`, `monthly 15 12:00` or `hourly`."
_LONGEST_GAP = 62
"""Days within which every schedule comes at least once."""


class Schedule(Struct, frozen=True):
    """On which days, at which time. `ordinal` 0: each of the weekdays, 5: the last of the month."""

    at: time
    weekdays: frozenset[int] = frozenset(range(7))
    ordinal: int = 0
    day: int = 0
    """Of the month; 0 for those that go by weekdays."""
    hourly: bool = False

    def comes_on(self, day: date) -> bool:
        """Whether it comes on that day."""
        last = monthrange(day.year, day.month)[1]
        if self.day:
            return day.day == min(self.day, last)
        if day.weekday() not in self.weekdays:
            return False
        if self.ordinal == 5:
            return day.day > last - 7
        return not self.ordinal or (day.day - 1) // 7 + 1 == self.ordinal

    def latest(self, now: datetime, zone: tzinfo) -> datetime:
        """The last time it came, at `now` or before, UTC."""
        if self.hourly:
            return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        today = now.astimezone(zone).date()
        days = (today - timedelta(days=back) for back in range(_LONGEST_GAP))
        return next(at for day in days if self.comes_on(day) and (at := self._on(day, zone)) <= now)

    def following(self, now: datetime, zone: tzinfo) -> datetime:
        """The next time it comes, after `now`, UTC."""
        if self.hourly:
            return self.latest(now, zone) + timedelta(hours=1)
        today = now.astimezone(zone).date()
        days = (today + timedelta(days=ahead) for ahead in range(_LONGEST_GAP))
        return next(at for day in days if self.comes_on(day) and (at := self._on(day, zone)) > now)

    def _on(self, day: date, zone: tzinfo) -> datetime:
        return datetime.combine(day, self.at, zone).astimezone(UTC)


def parse_schedule(text: str) -> Schedule:
    """What `text` says. LanguageError if it is no schedule."""
    words = fold(text).replace(", ", ",").split()
    if words == ["hourly"]:
        return Schedule(time(), hourly=True)
    if len(words) < 2:
        raise LanguageError(f"`{shown(text)}` is no schedule.", 1, _HINT)
    clock = _clock(words[-1], text)
    match words[:-1]:
        case ["daily" | "day" | "every-day"] | ["every", "day"]:
            return Schedule(clock)
        case ["weekdays"] | ["every", "weekday"]:
            return Schedule(clock, frozenset(range(5)))
        case ["monthly", day] if day.isascii() and day.isdigit() and 1 <= int(day[:3]) <= 31:
            return Schedule(clock, day=int(day))
        case [ordinal, weekday] if ordinal in _ORDINALS:
            return Schedule(clock, frozenset([_weekday(weekday, text)]), _ORDINALS[ordinal])
        case [days] | ["every", days]:
            return Schedule(clock, frozenset(_weekday(day, text) for day in days.split(",")))
    raise LanguageError(f"`{shown(text)}` is no schedule.", 1, _HINT)


def _weekday(word: str, text: str) -> int:
    found = [at for at, name in enumerate(_WEEKDAYS) if len(word) >= 3 and name.startswith(word.removesuffix("s"))]
    if len(found) != 1:
        column = fold(text).find(word) + 1
        known = (*_WEEKDAYS, "daily", "weekdays", "monthly", *_ORDINALS)
        raise LanguageError(f"`{shown(word)}` is no day of a schedule.", column or 1, did_you_mean(word, known))
    return found[0]


def _clock(word: str, text: str) -> time:
    found = _CLOCK.fullmatch(word)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        column = fold(text).rfind(word) + 1
        raise LanguageError(f"`{shown(word)}` is no time of a day.", column or 1, "Write it last, as in `daily 07:00`.")
    return time(int(found[1]), int(found[2]))
