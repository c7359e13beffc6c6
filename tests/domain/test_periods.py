"""Spans of days as people name them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.periods import OFFERED, period
from helpdesk_tui.errors import UsageError

TODAY, EARLIEST = date(2026, 11, 25), date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("90d", date(2026, 8, 28), TODAY),
        ("1d", TODAY, TODAY),
        ("2 weeks", date(2026, 11, 12), TODAY),
        ("today", TODAY, TODAY),
        ("Yesterday", date(2026, 11, 24), date(2026, 11, 24)),
        ("this week", date(2026, 11, 23), date(2026, 11, 29)),
        ("last week", date(2026, 11, 16), date(2026, 11, 22)),
        ("this month", date(2026, 11, 1), date(2026, 11, 30)),
        ("last-month", date(2026, 10, 1), date(2026, 10, 31)),
        ("this quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("last quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("this year", date(2026, 1, 1), date(2026, 12, 31)),
        ("last year", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-11-03", date(2026, 11, 3), date(2026, 11, 3)),
        ("2026-01-15..2026-03-31", date(2026, 1, 15), date(2026, 3, 31)),
        ("2025 .. 2026-03", date(2025, 1, 1), date(2026, 3, 31)),
        ("2026-11-01..", date(2026, 11, 1), TODAY),
        ("..2026-03", EARLIEST, date(2026, 3, 31)),
        ("all", EARLIEST, TODAY),
        ("2030", date(2030, 1, 1), date(2030, 12, 31)),
        ("2030-01-01..", date(2030, 1, 1), date(2030, 1, 1)),
        ("..2020-01-01", date(2020, 1, 1), date(2020, 1, 1)),
    ],
)
def test_a_period_is_its_days(text: str, first: date, last: date) -> None:
    found = period(text, TODAY, EARLIEST)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["0d", "", "soon", "90", "-3d", "2026-13", "2026-02-30", "2026-1-1", "0000", "9999", "0001-01-01..9998", "1..2",
     "2026-03..2026-01", "99999999d", "999999d", "a..b", "٣d", "2026-03-01...2026-03-02", "40000d", "last day"],
)  # fmt: skip
def test_what_is_no_period_is_said(text: str) -> None:
    with pytest.raises(UsageError, match=r"period|Figures"):
        period(text, TODAY, EARLIEST)


def test_all_goes_back_a_century_and_no_further() -> None:
    assert period("all", TODAY, date(1, 1, 2)).first > date(1926, 1, 1)


def test_all_that_is_offered_is_understood() -> None:
    assert all(period(text, TODAY, EARLIEST).said == text for text in OFFERED)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_days_or_a_sentence(text: str) -> None:
    with suppress(UsageError):
        found = period(text, TODAY, EARLIEST)
        assert found.first <= found.last
