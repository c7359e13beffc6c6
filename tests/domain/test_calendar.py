"""Opening hours, closed days and time zones as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.calendar import (
    checked_zone,
    day_in_words,
    days_in_words,
    read_day_spans,
    read_days,
    read_week,
    week_in_words,
)
from helpdesk_tui.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param(
            "mon-fri 8:00-18:00, sat 10-14", "Mon-Fri 8:00-18:00, Sat 10:00-14:00", id="days of the same hours"
        ),
        pytest.param(
            "mon 8-12, 13-18; tue 9 – 17", "Mon 8:00-12:00, 13:00-18:00, Tue 9:00-17:00", id="two spans a day"
        ),
        pytest.param("mon, wed 8-10", "Mon 8:00-10:00, Wed 8:00-10:00", id="days with a comma between"),
        pytest.param("MONDAY-Friday 8.00-18.00", "Mon-Fri 8:00-18:00", id="whole words and dots"),
        pytest.param("sat-mon 8-9", "Mon 8:00-9:00, Sat-Sun 8:00-9:00", id="over the end of the week"),
        pytest.param("daily 0-24", "Mon-Sun 0:00-24:00", id="always"),
        pytest.param("weekdays 8-18, weekends closed", "Mon-Fri 8:00-18:00", id="words for several days"),
        pytest.param("fri 22:00-6:00", "Fri 22:00-24:00, Sat 0:00-6:00", id="over midnight"),
        pytest.param("sun 22:00-6:00", "Mon 0:00-6:00, Sun 22:00-24:00", id="over midnight and the end of the week"),
        pytest.param("fri 18-0", "Fri 18:00-24:00", id="up to midnight"),
        pytest.param("mon 8-12 12-18", "Mon 8:00-18:00", id="spans that touch are one"),
    ],
)
def test_a_week_is_read_and_said(typed: str, read: str) -> None:
    assert week_in_words(read_week(typed)) == read
    assert read_week(read) == read_week(typed)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "never opens"),
        ("daily closed", "never opens"),
        ("mon", "not said when"),
        ("mon 8-10 9-12", "overlap"),
        ("mon 8-10, mon-fri 9-12", "overlap"),
        ("fri 22-6, sat 5-12", "overlap"),
        ("mon 8-8", "no time at all"),
        ("mon 25-26", "no time of the day"),
        ("mon 24-3", "no time of the day"),
        ("mon 8:70-9", "no time of the day"),
        ("mon 8:00", "no span"),
        ("mon ٨-٩", "no span"),
        ("8-18", "no day of the week"),
        ("mom 8-18", "no day of the week"),
        ("mon-xyz 8-18", "no day of the week"),
        ("mon 8-18 \x1b[2J", "no span"),
        ("mon " + "9" * 5000, "no span"),
    ],
)
def test_what_is_no_week_is_refused(typed: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as refused:
        read_week(typed)
    assert refused.value.hint


@given(st.text(st.sampled_from("montuesweda0123456789:-., ;closed–"), max_size=60))
def test_whatever_is_typed_is_a_week_that_opens_or_refused(typed: str) -> None:
    try:
        week = read_week(typed)
    except UsageError:
        return
    assert any(week)
    assert read_week(week_in_words(week)) == week


def test_a_week_is_read_day_by_day() -> None:
    week = read_day_spans(["8-12, 13-18", "", "", "", "22-6", "", ""])
    assert [day_in_words(day) for day in week] == [
        *("8:00-12:00, 13:00-18:00", "", "", "", "22:00-24:00", "0:00-6:00", ""),
    ]


def test_a_day_says_nothing_of_another() -> None:
    with pytest.raises(UsageError, match="Tue cannot say 'wed'"):
        read_day_spans(["8-12", "8-12, wed 9-10", "", "", "", "", ""])


def test_closed_days_are_read_and_said() -> None:
    days = read_days("2026-12-24, 2026-12-27 .. 2026-12-29; 2026-12-31")
    assert len(days) == 5
    assert days[0] == date(2026, 12, 24)
    assert days_in_words(days) == "2026-12-24, 2026-12-27..2026-12-29, 2026-12-31"
    assert read_days("") == ()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026-02-30", "no day 2026-02-30"),
        ("24.12.2026", "no day"),
        ("2026-12-24..2026-12-01", "before it begins"),
        ("2026-01-01..2030-01-01", "1,000 closed days"),
        ("0000-01-01", "no day"),
    ],
)
def test_what_is_no_day_is_refused(typed: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read_days(typed)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Tallinn", "Europe/Tallinn"),
        ("asia/kathmandu", "Asia/Kathmandu"),
        ("america/new york", "America/New_York"),
    ],
)
def test_a_zone_is_found(typed: str, zone: str) -> None:
    assert checked_zone(typed) == zone


@pytest.mark.parametrize("typed", ["", "Mars/Phobos", "../etc/passwd", "/etc/localtime", "x" * 5000, "a\0b"])
def test_what_is_no_zone_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="no time zone"):
        checked_zone(typed)


def test_a_city_is_led_to_its_zone() -> None:
    with pytest.raises(UsageError, match="Did you mean Europe/Tallinn"):
        checked_zone("tallinn")
