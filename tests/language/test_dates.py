"""Dates as people write them. It is Wednesday 25 November 2026, 10:30 in Tallinn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import dates
from tests.language.world import NOW, TALLINN

DAY = " (whole day)"


def read(text: str, *, past: bool = False) -> str:
    found = dates.moment(text, NOW, TALLINN, past=past)
    return dates.said(found.at, NOW, TALLINN) + (DAY if found.whole_day else "")


def refusal(text: str) -> str:
    with pytest.raises(LanguageError) as caught:
        dates.moment(text, NOW, TALLINN, column=5)
    assert caught.value.column == 5
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", "Wed 25 Nov 10:30"),
        ("today", "Wed 25 Nov 00:00" + DAY),
        ("Tomorrow", "Thu 26 Nov 00:00" + DAY),
        ("yesterday", "Tue 24 Nov 00:00" + DAY),
        ("eod", "Wed 25 Nov 00:00" + DAY),
        ("eow", "Sun 29 Nov 00:00" + DAY),
        ("eom", "Mon 30 Nov 00:00" + DAY),
        ("fri", "Fri 27 Nov 00:00" + DAY),
        ("friday", "Fri 27 Nov 00:00" + DAY),
        ("monday", "Mon 30 Nov 00:00" + DAY),
        ("wed", "Wed 25 Nov 00:00" + DAY),
        ("wed 17:00", "Wed 25 Nov 17:00"),
        ("wed 9:00", "Wed 2 Dec 09:00"),
        ("fri 17:00", "Fri 27 Nov 17:00"),
        ("17:00 fri", "Fri 27 Nov 17:00"),
        ("fri at 5pm", "Fri 27 Nov 17:00"),
        ("17:00", "Wed 25 Nov 17:00"),
        ("9:00", "Wed 25 Nov 09:00"),
        ("12am", "Wed 25 Nov 00:00"),
        ("12:30 pm", "Wed 25 Nov 12:30"),
        ("3d", "Sat 28 Nov 10:30"),
        ("+3d", "Sat 28 Nov 10:30"),
        ("-2w", "Wed 11 Nov 10:30"),
        ("4h", "Wed 25 Nov 14:30"),
        ("in 2h", "Wed 25 Nov 12:30"),
        ("1h30m", "Wed 25 Nov 12:00"),
        ("in 3 days", "Sat 28 Nov 10:30"),
        ("2 hours ago", "Wed 25 Nov 08:30"),
        ("2026-12-01", "Tue 1 Dec 00:00" + DAY),
        ("2026-12-01 14:30", "Tue 1 Dec 14:30"),
        ("2026-12-01T14:30", "Tue 1 Dec 14:30"),
        ("2026-12-01T14:30Z", "Tue 1 Dec 16:30"),
        ("2026-12-01 14:30+0100", "Tue 1 Dec 15:30"),
        ("2028-02-29", "Tue 29 Feb 2028 00:00" + DAY),
        ("1.12.2026", "Tue 1 Dec 00:00" + DAY),
        ("1 Dec", "Tue 1 Dec 00:00" + DAY),
        ("December 1, 2027", "Wed 1 Dec 2027 00:00" + DAY),
        ("1 Nov", "Mon 1 Nov 2027 00:00" + DAY),
        ("Fri 27 Nov 17:00", "Fri 27 Nov 17:00"),
        ("۲۰۲۶-۱۲-۰۱", "Tue 1 Dec 00:00" + DAY),
        ("reede 17:00", "Fri 27 Nov 17:00"),
        ("homme kell 9:00", "Thu 26 Nov 09:00"),
        ("jutro", "Thu 26 Nov 00:00" + DAY),
        ("za 2 godziny", "Wed 25 Nov 12:30"),
        ("vineri", "Fri 27 Nov 00:00" + DAY),
        ("mâine la 14:00", "Thu 26 Nov 14:00"),
        ("מחר", "Thu 26 Nov 00:00" + DAY),
        ("فردا ساعت 9:00", "Thu 26 Nov 09:00"),
        ("ülehomme", "Fri 27 Nov 00:00" + DAY),
        ("reedel kell 17", "Fri 27 Nov 17:00"),
        ("esmaspäeval", "Mon 30 Nov 00:00" + DAY),
        ("pojutrze o 8", "Fri 27 Nov 08:00"),
        ("w piątek o 17:00", "Fri 27 Nov 17:00"),
        ("poimâine", "Fri 27 Nov 00:00" + DAY),
        ("vineri la ora 9", "Fri 27 Nov 09:00"),
        ("מחר בשעה 10", "Thu 26 Nov 10:00"),
        ("מחרתיים", "Fri 27 Nov 00:00" + DAY),
        ("فردا ساعت ۱۰", "Thu 26 Nov 10:00"),
        ("پس‌فردا", "Fri 27 Nov 00:00" + DAY),
        ("astăzi", "Wed 25 Nov 00:00" + DAY),
        ("we wtorek o 9:00", "Tue 1 Dec 09:00"),
        ("ביום שני ב-10:00", "Mon 30 Nov 10:00"),
        ("day after tomorrow", "Fri 27 Nov 00:00" + DAY),
        ("friday at 9", "Fri 27 Nov 09:00"),
        ("next monday", "Mon 30 Nov 00:00" + DAY),
        ("in an hour", "Wed 25 Nov 11:30"),
        ("in a week", "Wed 2 Dec 10:30"),
        ("3 days ahead", "Sat 28 Nov 00:00" + DAY),
        ("end of the month", "Mon 30 Nov 00:00" + DAY),
        ("järgmisel esmaspäeval kell 9", "Mon 30 Nov 09:00"),
        ("järgmine reede", "Fri 27 Nov 00:00" + DAY),
        ("tunni pärast", "Wed 25 Nov 11:30"),
        ("nädala pärast", "Wed 2 Dec 00:00" + DAY),
        ("2 nädala pärast kell 9:00", "Wed 9 Dec 09:00"),
        ("w przyszły poniedziałek o 9", "Mon 30 Nov 09:00"),
        ("za godzinę", "Wed 25 Nov 11:30"),
        ("za tydzień", "Wed 2 Dec 00:00" + DAY),
        ("lunea viitoare", "Mon 30 Nov 00:00" + DAY),
        ("peste o săptămână la 14:00", "Wed 2 Dec 14:00"),
        ("peste 20 de minute", "Wed 25 Nov 10:50"),
        ("peste 2 ore", "Wed 25 Nov 12:30"),
        ("ביום שני הבא", "Mon 30 Nov 00:00" + DAY),
        ("בעוד שבוע", "Wed 2 Dec 00:00" + DAY),
        ("בעוד שעה", "Wed 25 Nov 11:30"),
        ("شنبهٔ آینده", "Sat 28 Nov 00:00" + DAY),
        ("یک هفته دیگر", "Wed 2 Dec 00:00" + DAY),
        ("۲ ساعت دیگر", "Wed 25 Nov 12:30"),
    ],
)
def test_a_moment_is_read_as(text: str, moment: str) -> None:
    assert read(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2w", "Wed 11 Nov 10:30"),
        ("+3d", "Sat 28 Nov 10:30"),
        ("mon", "Mon 23 Nov 00:00" + DAY),
        ("wed", "Wed 25 Nov 00:00" + DAY),
        ("wed 9:00", "Wed 25 Nov 09:00"),
        ("wed 17:00", "Wed 18 Nov 17:00"),
        ("1 Dec", "Mon 1 Dec 2025 00:00" + DAY),
        ("1 Nov", "Sun 1 Nov 00:00" + DAY),
    ],
)
def test_for_the_past_it_lies_behind(text: str, moment: str) -> None:
    assert read(text, past=True) == moment


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-02-31", "31 Feb 2026 does not exist."),
        ("31 Feb 2027", "31 Feb 2027 does not exist."),
        ("2023-02-29", "29 Feb 2023 does not exist."),
        ("31 veebruar 2026", "31 Feb 2026 does not exist."),
        ("31. veebruar kell 17", "31 Feb 2027 does not exist."),
        ("30 lutego", "30 Feb 2027 does not exist."),
        ("31 kwietnia 2027", "31 Apr 2027 does not exist."),
        ("30 februarie", "30 Feb 2027 does not exist."),
        ("30 בפברואר 2026", "30 Feb 2026 does not exist."),
        ("۳۱ فوریه", "31 Feb 2027 does not exist."),
        ("31st february 2026", "31 Feb 2026 does not exist."),
        ("99 lutego 2026", "99 Feb 2026 does not exist."),
        ("32 wtorek", "is not a date."),
        ("40 päeva", "is not a date."),
        ("31 foo", "is not a date."),
        ("2026-13-01", "There is no month 13."),
        ("24:00", "There is no time 24:00."),
        ("tomorrow 25:00", "There is no time 25:00."),
        ("2026-12-31 23:59:60", "There is no time 23:59:60."),
        ("13pm", "There is no time 13pm."),
        ("0000-01-01", "The year 0 is out of the calendar."),
        ("10000-01-01", "The year 10000 is out of the calendar."),
        ("1405-09-02", "The year 1405 is out of the calendar."),
        ("999999999w", "is out of the calendar."),
        ("-999999999w", "is out of the calendar."),
        ("2027-03-28 03:30", "03:30 does not exist on Sun 28 Mar 2027: the clocks skip it."),
        ("Thu 27 Nov", "27 Nov 2026 is not a Thu, but a Fri."),
        ("2026-12-01 14:30+99:00", "There is no offset `+99:00`."),
        ("1/2/2026", "can be read in more than one way."),
        ("1.2", "can be read in more than one way."),
        ("2024-W01-1", "is not a date."),
        ("soon", "is not a date."),
        ("printer", "is not a date."),
        ("printer 3", "is not a date."),
        ("tomorrow or so", "is not a date."),
        ("3", "is not a date."),
        ("a", "is not a date."),
        ("1e5", "is not a date."),
        ("17h foo", "is not a date."),
        ("tomorrow 17h", "is not a date."),
        ("march", "is not a date."),
        ("next week", "names no day."),
        ("fri 9", "is not a date."),
        ("15 wtorek", "is not a date."),
        ("reede 9", "is not a date."),
        ("", "is not a date."),
        ("x" * 5000, "is not a date."),
    ],
)
def test_what_does_not_exist_or_is_not_clear_is_refused(text: str, reason: str) -> None:
    assert reason in refusal(text)


def test_the_last_day_of_the_calendar_is_no_trouble() -> None:
    assert dates.deadline("2999-12-31", NOW, UTC) == datetime(2999, 12, 31, 23, 59, tzinfo=UTC)
    assert "out of the calendar" in refusal("9999-12-31")


def test_of_an_hour_that_happens_twice_the_first_is_meant() -> None:
    assert dates.moment("2026-10-25 03:30", NOW, TALLINN).at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_that_begins_after_a_skipped_midnight_begins_with_its_first_moment() -> None:
    beirut = ZoneInfo("Asia/Beirut")
    start, end = dates.day_of(datetime(2026, 3, 29, 12, tzinfo=UTC), beirut)
    assert start.astimezone(beirut).strftime("%d %H:%M") == "29 01:00"
    assert end - start == timedelta(hours=23)


def test_elapsed_time_crosses_a_change_of_clocks_unharmed() -> None:
    before = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert dates.moment("2d", before, TALLINN).at == before + timedelta(days=2)


def test_a_day_without_a_time_is_due_at_its_last_minute() -> None:
    assert dates.said(dates.deadline("fri", NOW, TALLINN), NOW, TALLINN) == "Fri 27 Nov 23:59"
    assert dates.said(dates.deadline("fri 17:00", NOW, TALLINN), NOW, TALLINN) == "Fri 27 Nov 17:00"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("25m", 25),
        ("1h", 60),
        ("1h30m", 90),
        ("1h 30 min", 90),
        ("2 days", 2880),
        ("1w", 10080),
        ("25", None),
        ("-1h", None),
    ],
)
def test_a_duration_is_read_as(text: str, minutes: int | None) -> None:
    assert dates.duration(text) == (None if minutes is None else timedelta(minutes=minutes))


@given(st.integers(0, 10**8).map(lambda minutes: datetime(1971, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)))
def test_what_is_shown_back_reads_as_the_same_minute(minute: datetime) -> None:
    assert dates.moment(dates.said(minute, NOW, UTC), minute, UTC).at == minute


WORDS = [
    "fri",
    "17:00",
    "3d",
    "-",
    "+",
    "in",
    "ago",
    "at",
    "2026-12-01",
    "T",
    "Z",
    "1",
    "Dec",
    "31",
    "homme",
    "מחר",
    "9" * 30,
]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=30), st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)), st.booleans())
def test_nothing_but_a_language_error_ever_comes_out(text: str, past: bool) -> None:
    try:
        found = dates.moment(text, NOW, TALLINN, past=past)
    except LanguageError:
        return
    assert found.at.utcoffset() == timedelta()
    assert dates.said(found.at, NOW, UTC)
