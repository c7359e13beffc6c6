"""Two boards of one desk side by side: each sees what the other does, and what the other may do changes while open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal, helpdesk
from tests.terminal.test_people import make_agent

SOON = 2.0
"""Seconds within which the other board follows: one, and what a machine shared with other tests takes."""


@pytest.fixture
def bob(home: Path, terminal: Terminal) -> Iterator[Terminal]:
    """Bob, an agent, at the board beside the one that is open already."""
    make_agent(home, "bob", 2001)
    with Terminal(home, account=(2001, "bob")) as opened:
        opened.shows("Welcome")
        terminal.shows("also here: bob")
        yield opened


def changed(home: Path, *argv: str) -> None:
    """What an admin changes by a command."""
    done = helpdesk(home, *argv)
    assert done.returncode == 0, done.stderr


def test_a_move_is_seen_on_the_other_board(terminal: Terminal, bob: Terminal) -> None:
    bob.press("L")
    bob.shows("→ Doing")
    terminal.shows("Doing  1", patience=SOON)


def test_who_has_a_ticket_open_and_who_answers_it_is_on_the_card(terminal: Terminal, bob: Terminal) -> None:
    bob.press("enter")
    terminal.shows("◉ bob", patience=2 * SOON)
    bob.press("r")
    terminal.shows("✎ bob", patience=2 * SOON)
    terminal.press("enter")
    terminal.shows("bob answering", "Description")
    terminal.press("r")
    bob.hang_up()
    terminal.press("esc", "esc")
    terminal.no_longer_shows("bob ")


def test_the_cursor_stays_on_its_card_when_somebody_moves_it(terminal: Terminal, bob: Terminal) -> None:
    bob.press("n", "Another one", "enter")
    terminal.shows("Another one", "To Do  2")
    bob.press("g", "g", "L")
    terminal.shows("Doing  1", "To Do  1")
    terminal.press("enter")
    terminal.wait(lambda: terminal.lines[0].startswith(" #1 "), "another ticket was opened")


def test_who_rewrites_what_the_other_has_rewritten_is_shown_both(terminal: Terminal, bob: Terminal) -> None:
    terminal.press("e")
    terminal.shows("Edit #1")
    bob.press("e")
    bob.shows("Edit #1")
    bob.press("-bob", "ctrl+s")
    bob.shows("rewritten")
    terminal.press("-admin", "ctrl+s")
    terminal.shows("two versions", "ticket-bob", "ticket-admin")


def test_a_role_that_is_lowered_is_on_the_board_at_once(home: Path, terminal: Terminal, bob: Terminal) -> None:
    bob.shows("bob agent", "move card")
    changed(home, "user", "edit", "bob", "--role", "viewer")
    bob.shows("bob viewer", "read only")
    assert "move card" not in bob.text
    bob.press("L")
    bob.listen(0.5)
    terminal.shows("Doing  0")


def test_what_is_being_written_then_is_refused_and_kept(home: Path, bob: Terminal) -> None:
    bob.press("c")
    bob.shows("Only the team will read this")
    bob.press("hello")
    changed(home, "user", "edit", "bob", "--role", "viewer")
    bob.press("ctrl+s")
    bob.shows("Kept as a draft")


def test_who_becomes_a_requester_sees_their_own_tickets_only(home: Path, bob: Terminal) -> None:
    changed(home, "user", "edit", "bob", "--role", "requester")
    bob.shows("My tickets", "Waiting for you")
    bob.no_longer_shows("Welcome")


def test_the_board_of_who_is_deactivated_closes_with_a_sentence(home: Path, terminal: Terminal, bob: Terminal) -> None:
    changed(home, "user", "deactivate", "bob")
    assert bob.end() == 3
    assert "has been deactivated" in bob.last_words
    bob.assert_restored()
    terminal.no_longer_shows("also here: bob")
