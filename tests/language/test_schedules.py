"""Times that come again and again: which days and when, across clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language.schedules import parse_schedule

TALLINN = ZoneInfo("Europe/Tallinn")
WEDNESDAY = datetime(2026, 11, 25, 12, 0, tzinfo=TALLINN)


@pytest.mark.parametrize(
    ("text", "latest", "following"),
    [
        ("daily 07:00", "2026-11-25 07:00", "2026-11-26 07:00"),
        ("daily 12:00", "2026-11-25 12:00", "2026-11-26 12:00"),
        ("daily 13:30", "2026-11-24 13:30", "2026-11-25 13:30"),
        ("every day 7:00", "2026-11-25 07:00", "2026-11-26 07:00"),
        ("weekdays 18:00", "2026-11-24 18:00", "2026-11-25 18:00"),
        ("monday 09:00", "2026-11-23 09:00", "2026-11-30 09:00"),
        ("mon,thu 09:00", "2026-11-23 09:00", "2026-11-26 09:00"),
        ("Sundays 23:59", "2026-11-22 23:59", "2026-11-29 23:59"),
        ("first monday 09:00", "2026-11-02 09:00", "2026-12-07 09:00"),
        ("second tuesday 09:00", "2026-11-10 09:00", "2026-12-08 09:00"),
        ("last friday 16:30", "2026-10-30 16:30", "2026-11-27 16:30"),
        ("monthly 1 09:00", "2026-11-01 09:00", "2026-12-01 09:00"),
        ("monthly 31 18:00", "2026-10-31 18:00", "2026-11-30 18:00"),
        ("hourly", "2026-11-25 12:00", "2026-11-25 13:00"),
    ],
)
def test_when_it_came_last_and_comes_next(text: str, latest: str, following: str) -> None:
    schedule = parse_schedule(text)
    assert f"{schedule.latest(WEDNESDAY, TALLINN).astimezone(TALLINN):%Y-%m-%d %H:%M}" == latest
    assert f"{schedule.following(WEDNESDAY, TALLINN).astimezone(TALLINN):%Y-%m-%d %H:%M}" == following


@pytest.mark.parametrize(
    "text",
    [
        *("", "daily", "07:00", "daily 24:00", "daily 7:60", "daily 7", "daily noon", "weekends", "mon, 9:00"),
        *("fifth monday 09:00", "first 09:00", "monthly 0 09:00", "monthly 32 09:00", "monthly x 09:00", "m 09:00"),
        *("first monday,tuesday 09:00", "every other monday 09:00", "daily 07:00 08:00", "x" * 5000, "٣ 09:00"),
    ],
)
def test_what_is_no_schedule_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(LanguageError) as caught:
        parse_schedule(text)
    assert caught.value.column >= 1
    assert len(caught.value.message) < 120


def test_a_time_that_the_clock_skips_comes_later_and_one_it_shows_twice_comes_once() -> None:
    schedule = parse_schedule("daily 03:30")
    spring = datetime(2026, 3, 29, 12, 0, tzinfo=TALLINN)
    assert schedule.latest(spring, TALLINN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    autumn = datetime(2026, 10, 25, 12, 0, tzinfo=TALLINN)
    assert schedule.latest(autumn, TALLINN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert schedule.following(datetime(2026, 10, 25, 0, 31, tzinfo=UTC), TALLINN).date().day == 26


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
    st.sampled_from(["daily 02:30", "weekdays 8:00", "last sunday 03:00", "monthly 31 00:00", "first monday 09:00"]),
    st.sampled_from(["Europe/Tallinn", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
)
def test_it_comes_between_the_last_time_and_the_next_never(moment: datetime, text: str, zone: str) -> None:
    now, where, schedule = moment.replace(tzinfo=UTC), ZoneInfo(zone), parse_schedule(text)
    latest, following = schedule.latest(now, where), schedule.following(now, where)
    assert latest <= now < following
    assert schedule.following(latest, where) == following
    assert schedule.latest(following - timedelta(milliseconds=1), where) == latest
