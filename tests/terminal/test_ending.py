"""However the board ends, the terminal is given back as it was."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.terminal.terminal import PATIENCE, PROGRAM, Terminal, helpdesk

ENDINGS = [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]


@pytest.mark.parametrize("number", ENDINGS)
def test_a_signal_ends_the_board_with_its_number(terminal: Terminal, number: signal.Signals) -> None:
    terminal.signal(number)
    assert terminal.end() == 128 + number
    terminal.assert_restored()


@pytest.mark.parametrize(
    ("number", "later"), [(signal.SIGTERM, 0.0), (signal.SIGTERM, 0.04), (signal.SIGHUP, 0.1), (signal.SIGINT, 0.02)]
)
def test_a_signal_as_soon_as_the_screen_is_taken(home: Path, number: signal.Signals, later: float) -> None:
    with Terminal(home, program=PROGRAM) as terminal:
        terminal.wait(lambda: b"\x1b[?1049h" in terminal.wire, "the board does not start")
        terminal.listen(later)
        terminal.signal(number)
        assert terminal.end() == 128 + number
        terminal.assert_restored()


def test_a_signal_before_there_is_anything_to_restore(home: Path) -> None:
    with Terminal(home, program=PROGRAM) as terminal:
        terminal.listen(0.1)
        terminal.signal(signal.SIGTERM)
        assert terminal.end() in {-signal.SIGTERM, 128 + signal.SIGTERM}
        terminal.assert_restored()


@pytest.mark.parametrize(
    ("keys", "shown", "number"),
    [
        ("n", "New ticket", signal.SIGTERM),
        ("/", "tab completes", signal.SIGTERM),
        ("enter", "e edit", signal.SIGHUP),
        ("p", "Priority of #1", signal.SIGINT),
    ],
)
def test_a_signal_in_the_middle_of_something(terminal: Terminal, keys: str, shown: str, number: signal.Signals) -> None:
    terminal.press(keys)
    terminal.shows(shown)
    terminal.signal(number)
    assert terminal.end() == 128 + number
    terminal.assert_restored()


@pytest.mark.parametrize(("keys", "shown"), [("n", "New ticket"), ("/", "tab completes"), ("enter", "e edit")])
def test_ctrl_c_leaves_at_any_moment(terminal: Terminal, keys: str, shown: str) -> None:
    terminal.press(keys)
    terminal.shows(shown)
    terminal.press("ctrl+c")
    assert terminal.end() == 130
    terminal.assert_restored()


def test_what_was_being_written_is_there_next_time(home: Path, terminal: Terminal) -> None:
    terminal.press("n")
    terminal.shows("New ticket")
    terminal.press("half a title")
    terminal.shows("half a title")
    terminal.signal(signal.SIGHUP)
    assert terminal.end() == 129
    with Terminal(home) as again:
        again.shows("Welcome")
        again.press("n")
        again.shows("half a title")


def test_a_terminal_that_goes_away_ends_the_program(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.shows("Welcome")
        terminal.hang_up()
        assert terminal.process.wait(PATIENCE) != 0
    assert helpdesk(home, "list", "--count").stdout == "1\n"


def test_a_killed_board_loses_nothing_that_it_showed_as_done(home: Path, terminal: Terminal) -> None:
    terminal.press("L")
    terminal.shows("#1 → Doing")
    terminal.process.kill()
    terminal.process.wait(PATIENCE)
    assert helpdesk(home, "list", "--count", "column:doing").stdout == "1\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no desk at all" * 100, "is not a desk (not an SQLite database)."),
        (b"", "is empty: no desk is in it."),
    ],
    ids=["text", "empty"],
)
def test_a_desk_that_cannot_be_opened_ends_with_one_sentence(home: Path, content: bytes, says: str) -> None:
    path = home / "data" / "helpdesk" / "desk.db"
    path.write_bytes(content)
    with Terminal(home) as terminal:
        assert terminal.end() == 4
        terminal.assert_restored()
        assert says in terminal.last_words
        assert terminal.last_words.strip().count("\n") == 0
    assert path.read_bytes() == content


def test_a_desk_deleted_while_it_is_open_is_told_on_the_screen(home: Path, terminal: Terminal) -> None:
    time.sleep(0.5)
    (home / "data" / "helpdesk" / "desk.db").unlink()
    terminal.shows("The desk's file", patience=3)
    terminal.press("q")
    terminal.end()
    terminal.assert_restored()
