"""Charts drawn in letters: every row as wide as asked for, and what they show is what they were given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from helpdesk_tui.domain.figures import Figure, Period, Spread
from helpdesk_tui.tui.screens.figure_period import beside, days_of
from helpdesk_tui.tui.widgets import charts
from helpdesk_tui.tui.widgets import figure_cells as cells
from helpdesk_tui.tui.widgets.charts import FANCY, PLAIN, Row, Scale, Signs

BEGIN = date(2026, 9, 1)


def days(count: int) -> list[date]:
    return [BEGIN + timedelta(days=at) for at in range(count)]


def text(rows: list[Row]) -> list[str]:
    return ["".join(piece for _, piece in row) for row in rows]


class TestStandingBars:
    def test_a_bar_is_as_high_as_its_value(self) -> None:
        rows = text(charts.standing([4, 2, 0, 1], "", Scale(4, charts.number), days(4), 20, 4, FANCY))
        assert rows == [
            "4│███               ",
            " │███               ",
            "2│███ ███           ",
            " │███ ███     ███   ",
            "0└┬───────────┬─────",
            "  1 Sep       4 Sep ",
        ]

    def test_what_is_little_is_still_seen(self) -> None:
        rows = text(charts.standing([1000, 1], "", Scale(1000, charts.number), days(2), 20, 4, FANCY))
        assert rows[3].rstrip().endswith("▁" * 6)

    def test_too_many_for_a_cell_each_stand_two_in_one(self) -> None:
        rows = text(charts.standing([1, 2] * 10, "", Scale(2, charts.number), days(20), 12, 2, FANCY))
        assert rows[0][2:].strip() == "⢸" * 10

    @given(
        st.lists(st.integers(0, 10_000), min_size=1, max_size=400),
        st.integers(8, 120), st.integers(2, 14), st.sampled_from([FANCY, PLAIN]),
    )  # fmt: skip
    def test_every_row_is_as_wide_as_asked_for(self, values: list[int], width: int, rows: int, signs: Signs) -> None:
        bins = charts.binned(days(len(values)), max(1, width - 7))
        sums = bins.sums(values)
        drawn = charts.standing(sums, "", charts.counts(max(1, *sums)), bins.starts, width, rows, signs)
        assert len(drawn) == rows + 2
        assert {cell_len(line) for line in text(drawn)} == {width}


class TestWhiskers:
    def test_a_bar_to_the_median_and_a_line_to_p90(self) -> None:
        drawn = charts.whiskers([(2, 4), None], "", Scale(4, charts.number), days(2), 20, 4, FANCY)
        assert [line[2:10] for line in text(drawn)[:4]] == ["   ┬    ", "   │    ", "████████", "████████"]


class TestLayers:
    def test_one_stands_on_the_other_each_with_its_sign(self) -> None:
        rows = text(charts.layers([[2], [1], [1]], Scale(4, charts.number), days(1), 6, 4, PLAIN))
        assert [row[2] for row in rows[:4]] == ["=", "#", ".", "."]


class TestDaysTogether:
    @given(st.integers(1, 2000), st.integers(1, 200))
    def test_they_fit_and_none_is_lost(self, count: int, width: int) -> None:
        bins = charts.binned(days(count), width)
        assert len(bins.starts) <= max(width, 1)
        assert sum(bins.sums([1] * count)) == count
        assert bins.lasts(list(range(count)))[-1] == count - 1

    def test_the_last_bar_is_a_whole_week(self) -> None:
        bins = charts.binned(days(10), 5)
        assert bins.sums([1] * 10) == [3, 7]
        assert bins.said == "per week"


class TestScales:
    @given(st.floats(0, 1e9))
    def test_the_top_is_high_enough_and_its_half_is_whole(self, most: float) -> None:
        top = charts.counts(most).top
        assert top >= most
        assert top % 2 == 0

    @pytest.mark.parametrize(
        ("seconds", "in_days", "top"),
        [(30, False, "1m"), (5400, False, "2h"), (30 * 3600, False, "30h"), (3 * 86_400, True, "4d")],
    )
    def test_lengths_end_at_what_reads_well(self, seconds: float, in_days: bool, top: str) -> None:
        label = cells.edge(business=not in_days)
        scale = charts.lengths(seconds, label, in_days=in_days)
        assert label(scale.top) == top


class TestLyingBars:
    @given(st.integers(0, 1000), st.integers(0, 1000), st.integers(1, 80), st.sampled_from([FANCY, PLAIN]))
    def test_they_keep_to_their_cells(self, value: int, most: int, cells: int, signs: Signs) -> None:
        bar = charts.lying(value, max(value, most), cells, signs)
        assert len(bar) == cells
        assert bool(bar.strip()) == bool(value)


class TestWords:
    def test_what_has_no_room_is_left_out(self) -> None:
        took = Spread(3, 60, 120)
        assert cells.spread(took, 80, business=True) == "median 1m · p90 2m · 3 tickets"
        assert cells.spread(took, 11, business=True) == "1m · p90 2m"
        assert cells.spread(took, 1, business=True) == ""

    def test_business_time_is_said_in_hours(self) -> None:
        assert {Figure.FIRST_REPLY, Figure.RESOLUTION} == cells.BUSINESS


class TestPeriodsBeside:
    @pytest.mark.parametrize(
        ("first", "last", "before"),
        [
            ("2026-11-01", "2026-11-30", "1 Oct – 31 Oct 2026"),
            ("2026-01-01", "2026-12-31", "1 Jan – 31 Dec 2025"),
            ("2026-11-19", "2026-11-25", "12 Nov – 18 Nov 2026"),
            ("2026-11-25", "2026-11-25", "24 Nov 2026"),
            ("2026-01-01", "2026-03-31", "1 Oct – 31 Dec 2025"),
        ],
    )
    def test_the_one_before_ends_where_this_one_begins(self, first: str, last: str, before: str) -> None:
        found = beside(Period("", date.fromisoformat(first), date.fromisoformat(last)), -1)
        assert found is not None
        assert days_of(found) == before

    def test_there_is_an_end_to_it(self) -> None:
        assert beside(Period("", date(1000, 1, 1), date(1000, 12, 31)), -1) is None
        assert beside(Period("", date(9998, 1, 1), date(9999, 12, 31)), 1) is None
