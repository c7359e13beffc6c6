"""What stands for a person where there are but a few cells."""

from __future__ import annotations

import pytest

from helpdesk_tui.domain.people import initials_of


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Alice Kask", "AK"),
        ("Alice Mari Kask", "AK"),
        ("alice", "AL"),
        ("Value 7", "V7"),
        ("Value 12", "V12"),
        ("Agent 007", "A07"),
        ("", ""),
    ],
)
def test_initials_are_of_the_first_and_the_last_word(name: str, said: str) -> None:
    assert initials_of(name) == said
