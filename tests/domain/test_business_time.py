"""Business time: held against counting minute by minute, on days when clocks are changed too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.business_time import BusinessTime, Hours, Week

MINUTE = timedelta(minutes=1)
OFFICE: Week = (((8 * 60, 18 * 60),),) * 5 + ((), ())
ROUND_THE_CLOCK: Week = (((0, 24 * 60),),) * 7
NIGHTS: Week = (((0, 6 * 60), (22 * 60, 24 * 60)),) * 7

# Zones whose clocks do what others' never do: half hours, half-hour changes, two hours at once, changes at midnight, in
# Ramadan, and a day that did not exist.
ZONES = {
    "Europe/Tallinn": (2026, 3, 10),
    "America/St_Johns": (2026, 10, 25),
    "Asia/Kathmandu": (2026, 1, 1),
    "Australia/Lord_Howe": (2026, 3, 28),
    "Antarctica/Troll": (2024, 3, 20),
    "America/Havana": (2024, 10, 25),
    "Africa/Casablanca": (2025, 2, 15),
    "Pacific/Apia": (2011, 12, 20),
}


def counted(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """The same, minute by minute."""
    zone, count, at = ZoneInfo(hours.zone), 0, start
    while at < end:
        wall = at.astimezone(zone)
        minute = wall.hour * 60 + wall.minute
        if wall.date() not in hours.holidays and any(a <= minute < b for a, b in hours.week[wall.weekday()]):
            count += 1
        at += MINUTE
    return count * MINUTE


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.sets(st.integers(0, 1440), min_size=0, max_size=6)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[Hours, datetime, datetime]:
    zone = draw(st.sampled_from(sorted(ZONES)))
    start = datetime(*ZONES[zone], tzinfo=UTC) + draw(st.integers(0, 20 * 1440)) * MINUTE
    week = (*(draw(spans()) for _ in range(6)), ((9 * 60, 10 * 60),))
    holidays = frozenset(start.date() + timedelta(days=day) for day in draw(st.sets(st.integers(0, 8), max_size=3)))
    return Hours(zone, week, holidays), start, start + draw(st.integers(0, 8 * 1440)) * MINUTE


@given(stretches())
def test_it_is_what_counting_minutes_gives(stretch: tuple[Hours, datetime, datetime]) -> None:
    hours, start, end = stretch
    assert BusinessTime(hours).between(start, end) == counted(hours, start, end)


@given(stretches(), st.integers(1, 20_000))
def test_adding_is_counting_backwards(stretch: tuple[Hours, datetime, datetime], minutes: int) -> None:
    hours, start, _ = stretch
    time = BusinessTime(hours)
    due = time.add(start, minutes * MINUTE)
    assert time.between(start, due) == minutes * MINUTE
    assert time.between(start, due - timedelta(milliseconds=1)) < minutes * MINUTE


@given(stretches(), st.integers(0, 8 * 1440))
def test_what_is_counted_in_two_parts_is_counted_once(stretch: tuple[Hours, datetime, datetime], part: int) -> None:
    hours, start, end = stretch
    time, middle = BusinessTime(hours), min(start + part * MINUTE, end)
    assert time.between(start, middle) + time.between(middle, end) == time.between(start, end)


def at(text: str, zone: str = "Europe/Tallinn") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "start", "amount", "due"),
    [
        pytest.param(OFFICE, "2026-11-20 17:00", 2, "2026-11-23 09:00", id="over a weekend"),
        pytest.param(OFFICE, "2026-11-21 12:00", 1, "2026-11-23 09:00", id="from a closed day"),
        pytest.param(OFFICE, "2026-11-20 08:00", 10, "2026-11-20 18:00", id="to the very end of a day"),
        pytest.param(OFFICE, "2026-11-20 06:00", 1, "2026-11-20 09:00", id="from before it opens"),
        pytest.param(NIGHTS, "2026-11-20 23:00", 3, "2026-11-21 02:00", id="over midnight"),
        pytest.param(ROUND_THE_CLOCK, "2026-03-29 02:00", 2, "2026-03-29 05:00", id="an hour is skipped"),
        pytest.param(ROUND_THE_CLOCK, "2026-10-25 02:00", 3, "2026-10-25 04:00", id="an hour comes twice"),
    ],
)
def test_adding(hours: Week, start: str, amount: int, due: str) -> None:
    assert BusinessTime(Hours("Europe/Tallinn", hours)).add(at(start), timedelta(hours=amount)) == at(due)


def test_a_holiday_is_no_business_time() -> None:
    time = BusinessTime(Hours("Europe/Tallinn", OFFICE, frozenset({date(2026, 12, 24), date(2026, 12, 25)})))
    assert time.add(at("2026-12-23 17:00"), timedelta(hours=2)) == at("2026-12-28 09:00")


def test_ten_years_are_laid_out_as_they_are_needed() -> None:
    time = BusinessTime(Hours("Europe/Tallinn", OFFICE))
    due = time.add(at("2026-11-20 08:00"), timedelta(hours=10 * 260 * 10))
    assert due.year == 2036
    assert time.between(at("2026-11-20 08:00"), due) == timedelta(hours=26_000)


def test_the_past_may_be_asked_for_after_the_future() -> None:
    time = BusinessTime(Hours("Europe/Tallinn", OFFICE))
    time.add(at("2026-11-20 08:00"), timedelta(hours=1))
    assert time.between(at("2001-01-01 00:00"), at("2001-01-08 00:00")) == timedelta(hours=50)


def test_what_never_opens_is_no_calendar() -> None:
    with pytest.raises(ValueError, match="never opens"):
        BusinessTime(Hours("UTC", ((),) * 7))


def test_beyond_the_calendar_there_is_an_end() -> None:
    with pytest.raises(OverflowError):
        BusinessTime(Hours("UTC", ((), (), (), (), (), (), ((0, 1),)))).add(
            datetime(9980, 1, 1, tzinfo=UTC), timedelta(days=10)
        )
