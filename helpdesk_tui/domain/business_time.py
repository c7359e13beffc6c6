"""Business time: when a calendar is open, and how much of that lies between two moments.

A minute counts if the calendar's wall clock shows it within the opening hours on a day that is no holiday. That is so
too on the days when the clock is changed: an hour that is skipped does not count, one that comes twice counts twice.
Moments are aware UTC datetimes, amounts are timedeltas of business time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

DAY = 24 * 60
"""Minutes of a day; a span may end with it."""

MINUTE_MS = 60_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
FIRST_YEAR, LAST_YEAR = 2, 9_990
"""Within these every moment exists in every zone."""

AHEAD = 100
"""Years that an amount of business time may take: what takes longer is a mistake, and long to lay out."""

WEEKS = 52
ONE_DAY = timedelta(days=1)

Span = tuple[int, int]
"""From one minute of the day up to another, exclusively."""

Week = tuple[tuple[Span, ...], ...]
"""The spans of each weekday from Monday, in order and apart from one another."""


class Hours(Struct, frozen=True):
    """When work is done: the opening hours of a week in a time zone, and the days on which there are none.

    A holiday closes from midnight to midnight, also what began on the evening before.
    """

    zone: str
    week: Week
    holidays: frozenset[date] = frozenset()

    @property
    def minutes_a_week(self) -> int:
        """Business minutes of an ordinary week; a calendar of none never opens."""
        return sum(end - start for day in self.week for start, end in day)

    @property
    def day_ms(self) -> int:
        """Business milliseconds of an ordinary day on which there are any, on the average of the week."""
        return self.minutes_a_week * MINUTE_MS // sum(bool(day) for day in self.week)


class _Laid(Struct, frozen=True):
    """The openings of some years in a row, in milliseconds since 1970."""

    years: range
    opens: list[int]
    closes: list[int]
    before: list[int]
    """Business milliseconds before each opening, from the first one."""
    total: int
    start: int
    end: int
    """Moments from one up to the other are covered, with room on either side."""

    def elapsed(self, at: int) -> int:
        """Business milliseconds up to a moment, from the first opening."""
        index = bisect_right(self.opens, at) - 1
        if index < 0:
            return 0
        closes = self.closes[index]
        return self.before[index] + (at if at < closes else closes) - self.opens[index]


class BusinessTime:
    """The arithmetic on one calendar, for any number of threads. Years are laid out when they are first asked for."""

    def __init__(self, hours: Hours) -> None:
        if not hours.minutes_a_week:
            raise ValueError("a calendar that never opens has no business time")
        self.hours = hours
        self._zone = ZoneInfo(hours.zone)
        self._most = AHEAD * WEEKS * hours.minutes_a_week * MINUTE_MS
        self._laid = _Laid(range(0), [], [], [], 0, 0, 0)
        """Replaced as a whole, so that whoever counts with it meanwhile goes on undisturbed."""

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The moment at which so much business time has passed since then. OverflowError after more than a century."""
        return EPOCH + self.add_ms((start - EPOCH) // MILLISECOND, amount // MILLISECOND) * MILLISECOND

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much business time lies between two moments; nothing if the second is not the later one."""
        begin, finish = (start - EPOCH) // MILLISECOND, (end - EPOCH) // MILLISECOND
        return self.between_ms(begin, finish) * MILLISECOND

    def is_open(self, moment: datetime) -> bool:
        """Whether work is done at that moment."""
        at = (moment - EPOCH) // MILLISECOND
        laid = self._cover(at, at)
        index = bisect_right(laid.opens, at) - 1
        return index >= 0 and at < laid.closes[index]

    def add_ms(self, start: int, amount: int) -> int:
        """`add` in milliseconds since 1970, as moments are stored: for a hundred thousand at once."""
        if amount <= 0:
            return start
        laid = self._laid
        if not laid.start <= start < laid.end:
            laid = self._cover(start, start)
        wanted = amount + laid.elapsed(start)
        while wanted > laid.total:
            if amount > self._most:
                raise OverflowError(f"business time is counted {AHEAD} years ahead")
            laid = self._lay_out(laid.years[0], laid.years[-1] + len(laid.years))
            wanted = amount + laid.elapsed(start)
        index = bisect_left(laid.before, wanted) - 1
        return laid.opens[index] + wanted - laid.before[index]

    def between_ms(self, start: int, end: int) -> int:
        """`between` in milliseconds."""
        if end <= start:
            return 0
        laid = self._laid
        if not laid.start <= start <= end < laid.end:
            laid = self._cover(start, end)
        return laid.elapsed(end) - laid.elapsed(start)

    def _cover(self, start: int, end: int) -> _Laid:
        """Know the years of two moments, and one on either side: a zone's year is not that of UTC."""
        laid = self._laid
        if laid.start <= start <= end < laid.end:
            return laid
        first, last = ((EPOCH + at * MILLISECOND).year for at in (start, end))
        return self._lay_out(first - 1, last + 1)

    def _lay_out(self, first: int, last: int) -> _Laid:
        """Know the openings of these years and of all between them and those known."""
        known = self._laid
        if known.years:
            first, last = min(first, known.years[0]), max(last, known.years[-1])
        if first < FIRST_YEAR or last > LAST_YEAR:
            raise OverflowError(f"business time is counted from the year {FIRST_YEAR} to {LAST_YEAR}")
        goes_on = bool(known.years) and first == known.years[0]
        opens, closes, before = (list(each) if goes_on else [] for each in (known.opens, known.closes, known.before))
        total = known.total if goes_on else 0
        for year in range(known.years[-1] + 1 if goes_on else first, last + 1):
            for start, end in self._openings(year):
                if closes and closes[-1] == start:
                    closes[-1] = end
                else:
                    opens.append(start)
                    closes.append(end)
                    before.append(total)
                total += end - start
        covered = (_utc_ms(date(first + 1, 1, 1), self._zone), _utc_ms(date(last, 1, 1), self._zone))
        self._laid = _Laid(range(first, last + 1), opens, closes, before, total, *covered)
        return self._laid

    def _openings(self, year: int) -> Iterator[tuple[int, int]]:
        """When it is open within a year of its zone, in milliseconds since 1970, in order."""
        day, zone = date(year, 1, 1), self._zone
        midnight = _utc_ms(day, zone)
        while day.year == year:
            following = day + ONE_DAY
            next_midnight = _utc_ms(following, zone)
            spans = () if day in self.hours.holidays else self.hours.week[day.weekday()]
            if not spans:
                pass
            elif next_midnight - midnight == DAY * MINUTE_MS:
                # Each offset is the one at midnight, unless the clock goes forth and back within the day.
                for start, end in spans:
                    yield midnight + start * MINUTE_MS, midnight + end * MINUTE_MS
            else:
                yield from _minute_by_minute(midnight, next_midnight, spans, zone)
            day, midnight = following, next_midnight


def _utc_ms(day: date, zone: ZoneInfo) -> int:
    """When a day begins. A year is laid out of hundreds: whole numbers take a quarter of what moments do."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    offset = zone.utcoffset(midnight) or timedelta()
    return (day.toordinal() - EPOCH.toordinal()) * DAY * MINUTE_MS - offset // MILLISECOND


def _minute_by_minute(start: int, end: int, spans: tuple[Span, ...], zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """The open stretches of a day on which the clock is changed."""
    opened: int | None = None
    for at in range(start, end, MINUTE_MS):
        wall = (EPOCH + at * MILLISECOND).astimezone(zone)
        minute = wall.hour * 60 + wall.minute
        is_open = any(first <= minute < last for first, last in spans)
        if is_open and opened is None:
            opened = at
        elif not is_open and opened is not None:
            yield opened, at
            opened = None
    if opened is not None:
        yield opened, end


@lru_cache(maxsize=64)
def business_time(hours: Hours) -> BusinessTime:
    """The arithmetic on a calendar, laid out once however many tickets it serves."""
    return BusinessTime(hours)
