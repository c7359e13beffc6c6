"""What was typed behind the host's name, taken apart without a shell."""

from __future__ import annotations

import pytest

from helpdesk_tui.errors import UsageError
from helpdesk_tui.gate.asked import COMMAND, LONGEST, asked


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (b"", []),
        (b" \t\n ", []),
        (b"list is:open", ["list", "is:open"]),
        (b"add 'Printer is dead' +printer", ["add", "Printer is dead", "+printer"]),
        (b"reply 142 'two\nlines'", ["reply", "142", "two\nlines"]),
        (b'note 1 "it\'s $HOME `id`"', ["note", "1", "it's $HOME `id`"]),
        (b"list; rm -rf /", ["list;", "rm", "-rf", "/"]),
        (b"list # not a comment", ["list", "#", "not", "a", "comment"]),
        ("list Tõnu".encode(), ["list", "Tõnu"]),
    ],
)
def test_words_are_told_apart_as_a_shell_does_and_nothing_else_is_done(typed: bytes, words: list[str]) -> None:
    assert asked({COMMAND: typed}) == words


def test_nothing_asked_for_is_the_board() -> None:
    assert asked({}) == []


@pytest.mark.parametrize("typed", [b"list '", b'list "', b"list \\", b"list \xff", b"x" * (LONGEST + 1)])
def test_what_cannot_be_taken_apart_is_refused(typed: bytes) -> None:
    with pytest.raises(UsageError):
        asked({COMMAND: typed})


def test_a_nul_goes_through_to_where_arguments_are_checked() -> None:
    assert asked({COMMAND: b"li\x00st"}) == ["li\x00st"]
