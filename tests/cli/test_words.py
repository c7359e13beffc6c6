"""Ticket numbers, and changes as a shell hands them over."""

from __future__ import annotations

import pytest

from helpdesk_tui.cli.words import change_text, column_term, leading_numbers, number, numbers
from helpdesk_tui.errors import UsageError


@pytest.mark.parametrize(("word", "value"), [("142", 142), ("#142", 142), ("0142", 142), ("1000000000000", 10**12)])
def test_a_number_may_carry_its_sign(word: str, value: int) -> None:
    assert number(word) == value


@pytest.mark.parametrize("word", ["0", "-1", "#", "", "##1", "1_000", "٣", "1.5", " 1", "²", str(2**63), "9" * 5000])
def test_anything_else_is_no_number(word: str) -> None:
    with pytest.raises(UsageError, match="is not a ticket number") as error:
        number(word)
    assert len(str(error.value)) < 120


def test_numbers_count_once() -> None:
    assert numbers(["3", "#1", "3"]) == [3, 1]


def test_leading_numbers_end_at_the_first_term() -> None:
    assert leading_numbers(["1", "#2", "+vpn", "3"]) == ["1", "#2"]


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
        (['reply:He said "hi" twice'], 'reply:"He said ""hi"" twice"'),
        (["title:x,y"], 'title:"x,y"'),
        (["archive"], "archive"),
    ],
)
def test_a_shell_word_with_blanks_is_one_term(words: list[str], text: str) -> None:
    assert change_text(words) == text


@pytest.mark.parametrize(
    ("name", "term"),
    [("doing", "to:doing"), ("To Do", 'to:"To Do"'), ('a"b', 'to:"a""b"'), ("Review,2", 'to:"Review,2"')],
)
def test_a_column_may_have_any_name(name: str, term: str) -> None:
    assert column_term(name) == term
