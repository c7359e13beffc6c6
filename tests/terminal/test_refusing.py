"""Where there is no board to be drawn, one line says so, before anything is sent to the terminal."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.terminal import PROGRAM, Terminal, surroundings


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_move_its_cursor(home: Path, term: str) -> None:
    with Terminal(home, TERM=term) as terminal:
        assert terminal.end() == 2
        assert b"\x1b" not in terminal.wire
        assert terminal.wire.count(b"\n") == 1
        assert b"helpdesk list" in terminal.wire


@pytest.mark.parametrize("closed", ["<&-", ">/dev/null", "<&- >&-"])
def test_without_input_or_output(home: Path, closed: str) -> None:
    leader, follower = pty.openpty()
    try:
        whole: dict[str, Any] = {"stdin": follower, "stdout": follower, "stderr": subprocess.PIPE}
        ran = subprocess.run(
            ["bash", "-c", f'exec "$@" {closed}', "bash", *PROGRAM],
            **whole,
            env=surroundings(home),
            timeout=60,
            text=True,
        )
    finally:
        os.close(leader)
        os.close(follower)
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert "needs a terminal" in ran.stderr or "output is closed" in ran.stderr


def test_no_colour_where_none_is_wanted(home: Path) -> None:
    with Terminal(home, NO_COLOR="1") as terminal:
        terminal.shows("Welcome", "To Do")
        terminal.press("down", "enter")
        terminal.shows("e edit")
        assert not [code for code in (b"[38;", b";38;", b"[48;", b";48;") if code in terminal.wire]


def test_plain_ascii_where_the_locale_is_not_utf_8(home: Path) -> None:
    with Terminal(home, LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0") as terminal:
        terminal.shows("Welcome", "To Do")
        assert all(byte < 0x80 for byte in terminal.wire)


def test_plain_ascii_and_sixteen_colours_on_the_console_of_the_machine(home: Path) -> None:
    with Terminal(home, TERM="linux", COLORTERM="") as terminal:
        terminal.shows("Welcome", "To Do")
        terminal.press("t")
        terminal.shows("Labels of #1", "There are no labels yet")
        assert all(byte < 0x80 for byte in terminal.wire)
        assert not [code for code in (b"[38;", b";38;", b"[48;", b";48;") if code in terminal.wire]
