"""Ticket numbers, and changes as a shell hands them over."""

from __future__ import annotations

import pytest

from helpdesk_tui.cli.words import change_text, leading_numbers, number, numbers, split_title
from helpdesk_tui.errors import UsageError


@pytest.mark.parametrize(("word", "value"), [("142", 142), ("#142", 142), ("0142", 142), ("1000000000000", 10**12)])
def test_a_number_may_carry_its_sign(word: str, value: int) -> None:
    assert number(word) == value


@pytest.mark.parametrize(
    "word", ["0", "-1", "#", "", "##1", "1_000", "٣", "1.5", " 1", "²", str(2**63), "9" * 5000, "1" + "0" * 12 + "1"]
)
def test_anything_else_is_no_number(word: str) -> None:
    with pytest.raises(UsageError, match="is not a ticket number") as error:
        number(word)
    assert len(str(error.value)) < 120


def test_numbers_count_once() -> None:
    assert numbers(["3", "#1", "3"]) == [3, 1]


def test_leading_numbers_end_at_the_first_term() -> None:
    assert leading_numbers(["1", "#2", "+vpn", "3"]) == ["1", "#2"]


@pytest.mark.parametrize(
    ("words", "title", "terms"),
    [
        (["Printer is dead", "+printer"], "Printer is dead", ["+printer"]),
        (["Printer", "is", "dead", "+printer", "due:fri"], "Printer is dead", ["+printer", "due:fri"]),
        (["Printer is dead", "prioritty:high"], "Printer is dead", ["prioritty:high"]),
        (["Printer is dead", "again"], "Printer is dead", ["again"]),
        (["-foo", "bar"], "-foo bar", []),
        (["Call", "at", "17:00"], "Call at 17:00", []),
        (["See", "https://example.org", "now"], "See https://example.org now", []),
        (["Scanner", "-", "dead"], "Scanner - dead", []),
    ],
)
def test_the_title_ends_at_the_first_term(words: list[str], title: str, terms: list[str]) -> None:
    assert split_title(words) == (title, terms)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["+vpn", "-printer"], "+vpn -printer"),
        (["due:fri 17:00"], 'due:"fri 17:00"'),
        (['due:"fri 17:00"'], 'due:"fri 17:00"'),
        (["priority:high +vpn"], "priority:high +vpn"),
        (["reply:We fixed it"], 'reply:"We fixed it"'),
        (["note:see +vpn"], 'note:"see +vpn"'),
        (["+needs paper"], '+"needs paper"'),
        (["to:In progress"], 'to:"In progress"'),
        (["check:first\nline"], 'check:"first\nline"'),
    ],
)
def test_a_shell_word_with_blanks_is_one_term(words: list[str], text: str) -> None:
    assert change_text(words) == text
