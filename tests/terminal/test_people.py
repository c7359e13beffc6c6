"""Two people at one desk, each with a program of their own: what one does, the other is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal, helpdesk


@pytest.fixture
def bob(home: Path) -> Iterator[Terminal]:
    """Bob, an agent, at the board."""
    make_agent(home, "bob", 2001)
    with Terminal(home, account=(2001, "bob")) as opened:
        opened.shows("Welcome")
        yield opened


def make_agent(home: Path, login: str, uid: int) -> None:
    """Let that account in, and make it an agent's."""
    from helpdesk_tui import bootstrap, config
    from helpdesk_tui.domain.people import Role
    from tests.builders import a_person

    desk = bootstrap.open_desk(config.load(str(home / "data" / "helpdesk" / "desk.db")))
    a_person(desk, login.title(), Role.AGENT, login, uid)
    desk.close()


def test_who_has_a_ticket_open_is_on_the_others_board_and_gone_when_they_leave(
    terminal: Terminal, bob: Terminal
) -> None:
    bob.press("enter")
    bob.shows("Conversation")
    terminal.shows("◉ bob")
    bob.press("r")
    bob.shows("The requester will read this")
    terminal.shows("✎ bob")
    bob.press("esc")
    terminal.shows("◉ bob")
    bob.press("esc")
    terminal.no_longer_shows("◉ bob")
    terminal.shows("also here: bob")


def test_nothing_is_drawn_for_somebody_who_stays(terminal: Terminal, bob: Terminal) -> None:
    bob.press("enter")
    terminal.shows("◉ bob")
    terminal.listen(1.0)
    assert terminal.listen(4.0) == b""


def test_leaving_the_program_is_leaving_the_ticket(terminal: Terminal, bob: Terminal) -> None:
    bob.press("enter")
    terminal.shows("◉ bob")
    bob.press("ctrl+c")
    bob.end()
    terminal.no_longer_shows("◉ bob")


def test_a_reply_is_counted_on_the_others_board_and_read_there(home: Path, terminal: Terminal, bob: Terminal) -> None:
    helpdesk(home, "watch", "1")
    bob.press("enter")
    bob.shows("Conversation")
    bob.press("r", "Hello from afar", "ctrl+s")
    terminal.shows("! 1 new")
    terminal.press("!")
    terminal.shows("bob replied: Hello from afar")
    terminal.press("esc")
    terminal.no_longer_shows("! 1 new")
