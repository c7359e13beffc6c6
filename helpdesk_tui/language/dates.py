"""Dates and times as people write them, in the zone of the person who wrote them.

A small exact grammar comes first; other languages are left to `dateparser`, imported only then. Nothing is guessed: a
time that does not exist is an error that says so, and what cannot be told apart (`1/2/2026`) is one too.

    today tomorrow yesterday now        eod eow eom (the day, the Sunday, the month that end next)
    fri, friday                         the nearest one that is not over: today counts
    17:00, 5pm                          today at that time
    fri 17:00, tomorrow at 9:00         a day and a time
    3d +3d -2w 1h30m, in 2h, 3 days ago elapsed time from now: a day is 24 hours, a week 7 days
    3 days ahead                        that whole day
    2026-12-01, 2026-12-01 14:30, 2026-12-01T14:30+02:00
    1.12.2026, 1 Dec, Dec 1 2026, Fri 27 Nov 17:00

Where clocks go back an hour happens twice; the first one is meant.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from msgspec import Struct

from helpdesk_tui.domain.day_names import MONTHS, WEEKDAYS
from helpdesk_tui.domain.odd import MARK, UNREADABLE
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language.other_words import DAY_AFTER_TOMORROW, in_known_words
from helpdesk_tui.language.suggest import shown

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

YEARS = range(1970, 3000)
"""The years a date may fall in: far from where calendars end, so that no zone and no day more can lead beyond."""

_FULL_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FULL_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WEEKDAY_NUMBERS = {name: at for names in (WEEKDAYS, _FULL_WEEKDAYS) for at, name in enumerate(map(str.lower, names))}
_MONTH_NUMBERS = {name: at for names in (MONTHS, _FULL_MONTHS) for at, name in enumerate(map(str.lower, names), 1)}
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}

_PIECE = r"(?:[0-9]{1,9}) ?(?:minutes?|mins?|m|hours?|h|days?|d|weeks?|w)"
_DURATION = re.compile(rf"{_PIECE}(?: ?{_PIECE})*")
_PIECES = re.compile(r"([0-9]+) ?([mhdw])")
_SIGNED = re.compile(r"(?P<sign>[+-])? ?(?P<length>[0-9].*)")
_DATE_TIME = re.compile(r"([0-9]{4,})-([0-9]{1,2})-([0-9]{1,2})(?:(?: |t)(.+?))?( ?z| ?[+-][0-9]{2}:?[0-9]{2})?")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_TWELVE_HOURS = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))? ?([ap])m")
_TIME = r"([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]{1,2}(?::[0-9]{2})? ?[ap]m)"
_TIME_AT_END = re.compile(rf"(?:(.*?) )??(?:(?:at|kell|o|la|ora|la ora|ساعت|בשעה) )?{_TIME}")
_TIME_FIRST = re.compile(rf"{_TIME} (?:on )?(.+)")
_DOTTED = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4,})")
_NAMED = re.compile(r"(?:([a-z]+) )?(?:([0-9]{1,2}) ([a-z]+)|([a-z]+) ([0-9]{1,2}))(?: ([0-9]{4,}))?")
_DAYS_AHEAD = re.compile(r"([0-9]{1,5}) days? ahead")
_NO_DAY = re.compile(r"(?:this|next) (?:week|month|year)")
_AMBIGUOUS = re.compile(r"[0-9]{1,4}[/.-][0-9]{1,2}(?:[/.-][0-9]{1,4})?\.?")
_WORDS_OF_OTHERS = re.compile(r"(?:[^\W\d_]|[0-9 :.,'-]|\N{ZERO WIDTH NON-JOINER})+")
_LONG_WORD = re.compile(r"[^\W\d_]{3}")
_WEEKDAY_AND_NUMBER = re.compile(rf"(?:{'|'.join(_FULL_WEEKDAYS)}|{'|'.join(WEEKDAYS).lower()})\s+[0-9]+")
"""`fri 9`: nine o'clock or the ninth? `dateparser` takes the ninth, even one that is past."""

_BARE_NUMBER = re.compile(r"[0-9]{1,2}\.? ([^\W\d_]+)|([^\W\d_]+) [0-9]{1,2}\.?")
"""`15 wtorek`: the fifteenth, be it a Tuesday or not? `dateparser` says so."""

_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\.? ([^\W\d_]+(?: [0-9]{4})?)")
_GLUED = re.compile(r"[0-9](?!(?:st|nd|rd|th)\b)[^\W\d_]")


class Moment(Struct, frozen=True):
    """A point in time, UTC. With `whole_day` a day was named without a time, and `at` is that day's first moment."""

    at: datetime
    whole_day: bool = False


class _NotADateError(Exception):
    """Why a date cannot be taken as it is; becomes a LanguageError that knows the column."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def moment(text: str, now: datetime, zone: tzinfo, *, past: bool = False, column: int = 1) -> Moment:
    """The moment `text` names, as seen at `now` by somebody in `zone`.

    With `past` a bare duration, a weekday and a date without its year lie behind; else they lie ahead. LanguageError at
    `column` for what is not a date, or not one that exists.
    """
    try:
        phrase = in_known_words(_plain(text))
        elapsed = _counted(phrase, past)
        if elapsed is not None:
            return Moment(_in_range(now + elapsed))
        return _absolute(phrase, now, zone, past)
    except _NotADateError as reason:
        raise LanguageError(reason.message, column, reason.hint) from None
    except (OverflowError, ValueError):
        raise LanguageError(f"`{shown(text)}` is out of the calendar.", column, _YEARS_HINT) from None


def deadline(text: str, now: datetime, zone: tzinfo, *, column: int = 1) -> datetime:
    """The moment by which something named `text` is due, UTC: for a day without a time, its last minute (23:59)."""
    named = moment(text, now, zone, column=column)
    return day_of(named.at, zone)[1] - timedelta(minutes=1) if named.whole_day else named.at


def counted(text: str, *, past: bool) -> timedelta | None:
    """The signed time from now that `3d`, `-2w`, `in 2h`, `3 days ago` or `now` mean; None for anything else."""
    return _counted(_plain(text), past)


def duration(text: str) -> timedelta | None:
    """The length of `25m`, `1h30m`, `3 days`; None for anything else."""
    phrase = _plain(text)
    if not _DURATION.fullmatch(phrase):
        return None
    minutes = sum(int(number) * _MINUTES[unit] for number, unit in _PIECES.findall(phrase))
    return timedelta(minutes=min(minutes, 10**10))


def day_of(at: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """The local day that `at` falls in: its first moment, and the first of the next day, both UTC."""
    today = at.astimezone(zone).date()
    return _start_of(today, zone), _start_of(today + timedelta(days=1), zone)


def said(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The moment as it is shown back: `Fri 27 Nov 17:00`, with the year if it is not this one."""
    if at == UNREADABLE:
        return MARK
    local = at.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    return f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}{year} {local:%H:%M}"


_YEARS_HINT = f"Years go from {YEARS[0]} to {YEARS[-1]}."
_HINT = "Write for example `today`, `fri 17:00`, `3d` or `2026-12-01`."


def _plain(text: str) -> str:
    """Lower case, single blanks, and the digits of every script as 0 to 9."""
    text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return " ".join(text.lower().split())


def _counted(phrase: str, past: bool) -> timedelta | None:
    if phrase == "now":
        return timedelta()
    if phrase.startswith("in "):
        return duration(phrase[3:])
    if phrase.endswith(" ago"):
        length = duration(phrase[:-4])
        return None if length is None else -length
    signed = _SIGNED.fullmatch(phrase)
    length = duration(signed["length"]) if signed else None
    if signed is None or length is None:
        return None
    backwards = signed["sign"] == "-" if signed["sign"] else past
    return -length if backwards else length


def _absolute(phrase: str, now: datetime, zone: tzinfo, past: bool) -> Moment:
    """A date, a time or both."""
    exact = _DATE_TIME.fullmatch(phrase)
    if exact:
        return _iso(exact, zone)
    local = now.astimezone(zone)
    clock: time | None = None
    day_phrase = phrase
    if match := _TIME_AT_END.fullmatch(phrase):
        clock, day_phrase = _clock(match[2]), match[1] or "today"
    elif match := _TIME_FIRST.fullmatch(phrase):
        clock, day_phrase = _clock(match[1]), match[2]
    day = _day(day_phrase, local, clock, past)
    return _in_other_words(day_phrase, clock, local, zone, past) if day is None else _at(day, clock, zone)


def _iso(match: re.Match[str], zone: tzinfo) -> Moment:
    year, month, day_number, clock_text, offset = match.groups()
    day = _date(int(year), int(month), int(day_number))
    if clock_text is None:
        if offset:
            raise _NotADateError("A day has no offset from UTC without a time.", _HINT)
        return _at(day, None, zone)
    clock = _clock(clock_text)
    if offset is None:
        return _at(day, clock, zone)
    try:
        fixed = datetime.fromisoformat(f"2000-01-01T00:00:00{offset.strip().upper()}").tzinfo
    except ValueError:
        raise _NotADateError(f"There is no offset `{offset.strip()}`.", "Write for example `+02:00` or `Z`.") from None
    return Moment(_in_range(datetime.combine(day, clock, fixed).astimezone(UTC)))


def _clock(text: str) -> time:
    twelve = _TWELVE_HOURS.fullmatch(text)
    if twelve:
        hour, minute = int(twelve[1]), int(twelve[2] or 0)
        if not 1 <= hour <= 12 or minute > 59:
            raise _NotADateError(f"There is no time {text}.", "Hours go from 1am to 12pm.")
        return time(hour % 12 + (12 if twelve[3] == "p" else 0), minute)
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise _NotADateError(f"`{shown(text)}` is not a time.", "Write for example `17:00`.")
    hour, minute, second = (int(part or 0) for part in match.groups())
    if hour > 23 or minute > 59 or second > 59:
        raise _NotADateError(
            f"There is no time {text}.", "Times go from 00:00 to 23:59; midnight is 00:00 of the next day."
        )
    return time(hour, minute, second)


def _day(phrase: str, local: datetime, clock: time | None, past: bool) -> date | None:
    """The day a phrase names; None if it is not in the small grammar."""
    today = local.date()
    near = _NEAR_DAYS.get(phrase)
    if near:
        return near(today)
    if match := _DAYS_AHEAD.fullmatch(phrase):
        return today + timedelta(days=int(match[1]))
    if phrase in _WEEKDAY_NUMBERS:
        return _weekday(_WEEKDAY_NUMBERS[phrase], local, clock, past)
    if match := _DOTTED.fullmatch(phrase):
        return _date(int(match[3]), int(match[2]), int(match[1]))
    match = _NAMED.fullmatch(phrase.replace(",", ""))
    month = match and _MONTH_NUMBERS.get(match[3] or match[4])
    if match and month:
        number = int(match[2] or match[5])
        day = _date(int(match[6]), month, number) if match[6] else _nearest_year(month, number, today, past)
        return _checked_weekday(match[1], day)
    return None


_NEAR_DAYS: dict[str, Callable[[date], date]] = {
    "today": lambda today: today,
    "eod": lambda today: today,
    "tomorrow": lambda today: today + timedelta(days=1),
    DAY_AFTER_TOMORROW: lambda today: today + timedelta(days=2),
    "yesterday": lambda today: today - timedelta(days=1),
    "eow": lambda today: today + timedelta(days=6 - today.weekday()),
    "eom": lambda today: today.replace(day=monthrange(today.year, today.month)[1]),
}


def _weekday(wanted: int, local: datetime, clock: time | None, past: bool) -> date:
    """The nearest such day in that direction; today counts unless the time on it lies the other way."""
    ahead = (wanted - local.weekday()) % 7
    wrong_way = ahead == 0 and clock is not None and (clock > local.time() if past else clock < local.time())
    if past:
        return local.date() - timedelta(days=7 if wrong_way else (7 - ahead) % 7)
    return local.date() + timedelta(days=7 if wrong_way else ahead)


def _nearest_year(month: int, number: int, today: date, past: bool) -> date:
    this_year = (month, number) <= (today.month, today.day) if past else (month, number) >= (today.month, today.day)
    other = today.year - 1 if past else today.year + 1
    return _date(today.year if this_year else other, month, number)


def _checked_weekday(name: str | None, day: date) -> date:
    if name is None:
        return day
    number = _WEEKDAY_NUMBERS.get(name)
    if number is None:
        raise _NotADateError(f"`{shown(name)}` is not a day of the week.", _HINT)
    if number != day.weekday():
        raise _NotADateError(f"{_written(day)} is not a {WEEKDAYS[number]}, but a {WEEKDAYS[day.weekday()]}.")
    return day


def _date(year: int, month: int, number: int) -> date:
    if year not in YEARS:
        raise _NotADateError(f"The year {shown(str(year))} is out of the calendar.", _YEARS_HINT)
    if not 1 <= month <= 12:
        raise _NotADateError(f"There is no month {month}.", "Write the year first: `2026-12-01`.")
    if not 1 <= number <= monthrange(year, month)[1]:
        raise _NotADateError(f"{number} {MONTHS[month - 1]} {year} does not exist.", "Check the day.")
    return date(year, month, number)


def _refuse_missing_day(phrase: str, parser: DateDataParser) -> None:
    """Say of `31 veebruar` that there is no such day: the parser knows the month, and of its days those there are."""
    match = _DAY_AND_MONTH.fullmatch(phrase)
    found = parser.get_date_data(match[2]) if match else None
    if match and found and found.period == "month" and found.date_obj is not None:
        _date(found.date_obj.year, found.date_obj.month, int(match[1]))


def _names_a_day(word: str, parser: DateDataParser) -> bool:
    """Whether a word is by itself a day (`wtorek`, `jutro`), with which no number goes; a month is not."""
    alone = parser.get_date_data(word)
    return alone.date_obj is not None and alone.period == "day"


def _at(day: date, clock: time | None, zone: tzinfo) -> Moment:
    if clock is None:
        return Moment(_start_of(day, zone), whole_day=True)
    local = datetime.combine(day, clock, zone)
    instant = _in_range(local.astimezone(UTC))
    if instant.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise _NotADateError(
            f"{clock:%H:%M} does not exist on {WEEKDAYS[day.weekday()]} {_written(day)}: the clocks skip it.",
            f"They go on at {instant.astimezone(zone):%H:%M}.",
        )
    return Moment(instant)


def _start_of(day: date, zone: tzinfo) -> datetime:
    # Where clocks skip midnight, the offset before the change still gives the day's first moment.
    return _in_range(datetime.combine(day, time(), zone).astimezone(UTC))


def _in_range(at: datetime) -> datetime:
    at = at.astimezone(UTC)
    if not YEARS[0] - 100 <= at.year <= YEARS[-1] + 1:
        raise OverflowError
    return at


def _written(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _in_other_words(phrase: str, clock: time | None, local: datetime, zone: tzinfo, past: bool) -> Moment:
    """A date in one of the product's languages, by `dateparser`; only where it leaves nothing open."""
    if _AMBIGUOUS.fullmatch(phrase):
        raise _NotADateError(
            f"`{shown(phrase)}` can be read in more than one way.", "Write the year first: `2026-12-01`."
        )
    if _NO_DAY.fullmatch(phrase):
        raise _NotADateError(f"`{phrase}` names no day.", "Write for example `next monday`, `1w`, `eow` or `eom`.")
    unknown = _NotADateError(f"`{shown(phrase)}` is not a date.", _HINT)
    # What it would make a date of without being asked: `3`, `a`, `1e5`, `17h`.
    if len(phrase) > 60 or not _WORDS_OF_OTHERS.fullmatch(phrase) or not _LONG_WORD.search(phrase):
        raise unknown
    if _GLUED.search(phrase) or _WEEKDAY_AND_NUMBER.fullmatch(phrase):
        raise unknown
    from dateparser.date import DateDataParser

    parser = DateDataParser(
        languages=["en", "et", "he", "fa", "pl", "ro"],
        settings={
            "RELATIVE_BASE": local.replace(tzinfo=None),
            "PREFER_DATES_FROM": "past" if past else "future",
            "RETURN_TIME_AS_PERIOD": True,
            "DATE_ORDER": "DMY",
        },
    )
    if (bare := _BARE_NUMBER.fullmatch(phrase)) and _names_a_day(bare[1] or bare[2], parser):
        raise unknown
    found = parser.get_date_data(phrase)
    at: datetime | None = found.date_obj
    timed = found.period == "time"
    if at is None or found.period not in ("day", "time") or at.tzinfo is not None or (timed and clock):
        _refuse_missing_day(phrase, parser)
        raise unknown
    return _at(_date(at.year, at.month, at.day), at.time() if timed else clock, zone)
