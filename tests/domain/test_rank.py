"""Ranks: always room between two neighbours, and text order is the order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.rank import DIGITS, between


@given(st.lists(st.integers(min_value=0, max_value=10**6), max_size=200))
def test_inserting_anywhere_keeps_every_rank_distinct_and_in_order(places: list[int]) -> None:
    ranks: list[str] = []
    for place in places:
        at = place % (len(ranks) + 1)
        ranks.insert(at, between(ranks[at - 1] if at else None, ranks[at] if at < len(ranks) else None))
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize("end", ["front", "back"])
def test_a_rank_at_an_end_stays_short(end: str) -> None:
    rank = between(None, None)
    for _ in range(10_000):
        rank = between(rank, None) if end == "back" else between(None, rank)
    assert len(rank) == 6


@given(st.text(DIGITS, min_size=6, max_size=12), st.text(DIGITS, min_size=6, max_size=12))
def test_a_rank_lies_strictly_between_its_neighbours(one: str, other: str) -> None:
    low, high = sorted((one.rstrip("0").ljust(6, "0"), other.rstrip("0").ljust(6, "0")))
    if low < high:
        assert low < between(low, high) < high


def test_neighbours_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="does not come before"):
        between("V00000", "U00000")
