"""How half and nine tenths are worked out, and what is said of figures."""

from __future__ import annotations

import statistics
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain import figure_words as words
from helpdesk_tui.domain.figures import MEANINGS, Durations, Figure, Share, Spread, Weekly
from helpdesk_tui.domain.figuring import aged, spread, together

DAY = 86_400_000


def test_nothing_can_be_said_of_no_ticket() -> None:
    assert spread([]) == Spread(0, None, None)


def test_of_one_ticket_both_are_its_own() -> None:
    assert spread([1500]) == Spread(1, 1.5, 1.5)


def test_between_two_values_it_is_interpolated() -> None:
    assert spread([0, 10_000]) == Spread(2, 5.0, 9.0)


@given(st.lists(st.integers(0, 10**12), min_size=2, max_size=200))
def test_it_is_what_others_call_inclusive_quantiles(amounts: list[int]) -> None:
    found = spread(amounts)
    assert found.median == pytest.approx(statistics.median(amounts) / 1000)
    assert found.p90 == pytest.approx(statistics.quantiles(amounts, n=10, method="inclusive")[8] / 1000)


@pytest.mark.parametrize(
    ("days", "bucket"), [(0.0, 0), (0.99, 0), (1.0, 1), (7.99, 1), (8.0, 2), (30.99, 2), (31.0, 3), (60.99, 3), (61, 4)]
)
def test_ages_are_whole_days(days: float, bucket: int) -> None:
    now = 10**12
    born = [now - int(days * DAY)]
    buckets = [(0, 0), (1, 7), (8, 30), (31, 60), (61, None)]
    assert [len(born[aged(born, now, least, most)]) for least, most in buckets].index(1) == bucket


@pytest.mark.parametrize(
    ("seconds", "said", "in_business"),
    [
        (None, "none", "none"),
        (0, "0s", "0s"),
        (59.4, "59s", "59s"),
        (59.6, "1m", "1m"),
        (3599, "1h 00m", "1h 00m"),
        (11_100, "3h 05m", "3h 05m"),
        (172_799, "2d 00h", "48h 00m"),
        (359_000, "4d 04h", "99h 43m"),
        (547_200, "6d 08h", "152h"),
        (10_000_000, "115d 18h", "2,778h"),
    ],
)
def test_amounts_are_short(seconds: float | None, said: str, in_business: str) -> None:
    assert words.amount(seconds) == said
    assert words.amount(seconds, business=True) == in_business


@pytest.mark.parametrize(
    ("part", "count", "said"),
    [(0, 0, "none"), (0, 3, "0%"), (3, 3, "100%"), (999, 1000, "99%"), (1, 1000, "1%"), (28, 30, "93%")],
)
def test_only_all_of_them_is_a_hundred_percent(part: int, count: int, said: str) -> None:
    assert words.percent(Share(part, count).rate) == said


def test_every_figure_says_what_it_means() -> None:
    assert set(MEANINGS) == set(Figure)
    assert all(figure.called for figure in Figure)


def weekly(count: int) -> tuple[Weekly, ...]:
    """So many weeks up to the last of November 2026."""
    last = date(2026, 11, 23)
    return tuple(Weekly(last - timedelta(days=7 * (count - 1 - at)), Spread()) for at in range(count))


class TestManyWeeks:
    def test_several_together_are_of_all_their_tickets_and_the_last_of_them_are_whole(self) -> None:
        weeks, runs = weekly(30), [[1000 * at, 2000 * at] for at in range(30)]
        assert [one.spread.count for one in together(weeks, runs, 4)] == [4, *[8] * 7]
        thirteen = together(weeks, runs, 13)
        assert [one.spread.count for one in thirteen] == [8, 26, 26]
        assert thirteen[-1] == Weekly(weeks[17].monday, spread([amount for run in runs[17:] for amount in run]))

    def test_they_are_as_fine_as_fits_and_over_the_whole_period(self) -> None:
        weeks = weekly(100)
        took = Durations(Spread(), weeks, tuple((each, together(weeks, [[]] * 100, each)) for each in (4, 13, 52)))
        assert [took.in_bars(most)[0] for most in (100, 99, 25, 24, 8, 7, 2)] == [1, 4, 4, 13, 13, 52, 52]
        assert all(took.in_bars(most)[1][0].monday == weeks[0].monday for most in (100, 25, 8, 2))

    def test_where_none_fits_it_is_the_latest(self) -> None:
        weeks = weekly(100)
        assert Durations(Spread(), weeks).in_bars(10) == (1, weeks[-10:])
