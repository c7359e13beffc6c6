"""Targets as people write and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.calendar import read_week
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.targets import read_target, read_targets, target_in_words, targets_in_words
from helpdesk_tui.errors import UsageError

OFFICE = read_week("mon-fri 8:00-18:00")
SHORT = read_week("sun 0:00-0:01")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("30m", 30),
        ("30 min", 30),
        ("4h", 240),
        ("1h 30m", 90),
        ("1H30M", 90),
        ("2d", 1200),
        ("1d 2h", 720),
        ("90m", 90),
    ],
)
def test_an_amount_is_read(typed: str, minutes: int) -> None:
    assert read_target(typed, OFFICE) == minutes


@pytest.mark.parametrize("typed", ["", "none", "-", "  "])
def test_nothing_is_promised(typed: str) -> None:
    assert read_target(typed, OFFICE) is None


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("0", "no target"),
        ("0h", "no time at all"),
        ("0d 0h 0m", "no time at all"),
        ("-4h", "no target"),
        ("4", "no target"),
        ("4x", "no target"),
        ("٤h", "no target"),
        ("9" * 5000 + "h", "no target"),
        ("26100h", "ten years"),
        ("2610d", "ten years"),
        ("999999d", "ten years"),
    ],
)
def test_what_is_no_target_is_refused(typed: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as refused:
        read_target(typed, OFFICE)
    assert refused.value.hint


def test_ten_years_are_those_of_the_calendar() -> None:
    assert read_target("26000h", OFFICE) == 26_000 * 60
    assert read_target("521m", SHORT) == 521
    with pytest.raises(UsageError, match="ten years"):
        read_target("522m", SHORT)


def test_both_are_written_together() -> None:
    assert read_targets("4h / 2d", OFFICE) == Targets(240, 1200)
    assert read_targets("none/8h", OFFICE) == Targets(None, 480)
    assert read_targets("none", OFFICE) == Targets()
    assert targets_in_words(Targets(30, 90)) == "30m / 1h 30m"
    assert targets_in_words(Targets()) == "none"


def test_one_alone_is_asked_about() -> None:
    with pytest.raises(UsageError, match="only one target"):
        read_targets("4h", OFFICE)


@given(st.integers(1, 10_000))
def test_what_is_said_is_read_again(minutes: int) -> None:
    assert read_target(target_in_words(minutes), OFFICE) == minutes
