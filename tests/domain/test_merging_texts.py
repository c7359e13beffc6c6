"""Two people have rewritten one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.merging_texts import LONGEST, Merged, changed_lines, merged

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=8).map("\n".join)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "text", "clashes"),
    [
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC", 0),
        ("a\nb\nc", "a\nb\nc\nd", "x\na\nb\nc", "x\na\nb\nc\nd", 0),
        ("a\nb\nc", "a\nc", "a\nb\nC", "a\nc\nb\nC", 1),
        ("a", "mine", "theirs", "mine\ntheirs", 1),
        ("a", "same", "same", "same", 0),
        ("a", "a", "theirs", "theirs", 0),
        ("a", "mine", "a", "mine", 0),
        ("", "mine", "theirs", "mine\ntheirs", 1),
        ("a\nb\nc\nd\ne", "a\nX\nc\nd\ne", "a\nY\nc\nd\nZ", "a\nX\nY\nc\nd\nZ", 1),
    ],
)
def test_both_are_put_together(base: str, mine: str, theirs: str, text: str, clashes: int) -> None:
    assert merged(base, mine, theirs) == Merged(text, clashes)


@given(LINES, LINES, LINES)
def test_no_line_that_anybody_wrote_is_lost(base: str, mine: str, theirs: str) -> None:
    was, found = base.split("\n"), merged(base, mine, theirs).text.split("\n")
    for side in (mine.split("\n"), theirs.split("\n")):
        assert all(line in found for line in side if line not in was)


@given(LINES, LINES)
def test_what_only_one_has_changed_is_theirs_alone(base: str, mine: str) -> None:
    assert merged(base, mine, base) == Merged(mine, 0)
    assert merged(base, base, mine).text == mine


@given(LINES, LINES, LINES)
def test_without_a_clash_it_does_not_matter_who_was_first(base: str, mine: str, theirs: str) -> None:
    one, other = merged(base, mine, theirs), merged(base, theirs, mine)
    assert one.clashes == other.clashes
    if not one.clashes:
        assert one.text == other.text


def test_very_long_texts_are_both_kept() -> None:
    long = "x\n" * (LONGEST + 1)
    assert merged("a", f"{long}m", f"{long}t").clashes == 1


def test_the_lines_that_were_changed() -> None:
    assert changed_lines("a\nb\nc", "a\nX\nc\nd") == {1, 3}
