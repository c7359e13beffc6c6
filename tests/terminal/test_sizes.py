"""Every size of a terminal, and every change of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal


def test_it_is_resized_down_to_nothing_and_back(terminal: Terminal) -> None:
    for columns, rows in ((60, 20), (40, 12)):
        terminal.resize(columns, rows)
        terminal.listen(0.25)
        terminal.shows("To Do", "Welcome")
    terminal.resize(20, 5)
    terminal.shows("too small")
    terminal.resize(1, 1)
    terminal.listen(0.25)
    terminal.resize(100, 30)
    terminal.shows("To Do", "Doing", "Done", "Welcome")
    terminal.press("q")
    assert terminal.end() == 0
    terminal.assert_restored()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12)])
def test_it_starts_at_every_size(home: Path, columns: int, rows: int) -> None:
    with Terminal(home, columns=columns, rows=rows) as terminal:
        terminal.shows("To Do", "Welcome")
        terminal.press("q")
        assert terminal.end() == 0


def test_the_terminal_is_believed_and_not_the_environment(home: Path) -> None:
    with Terminal(home, columns=60, rows=20, COLUMNS="100000", LINES="7") as terminal:
        terminal.shows("To Do", "Welcome")
        assert len(terminal.wire) < 50_000
        terminal.resize(110, 30)
        terminal.shows("Doing", "Done")


@pytest.mark.parametrize(("columns", "rows"), [(20, 5), (0, 0)])
def test_one_that_is_too_small_breaks_nothing(home: Path, columns: int, rows: int) -> None:
    with Terminal(home, columns=max(columns, 1), rows=max(rows, 1)) as terminal:
        terminal.resize(columns, rows, told=False)
        terminal.listen(1.5)
        terminal.press("q")
        assert terminal.end() == 0
        terminal.assert_restored()


def test_three_hundred_changes_of_size_in_a_row(terminal: Terminal) -> None:
    for turn in range(300):
        terminal.resize(30 + turn % 90, 8 + turn % 30)
        terminal.listen(0.005)
    terminal.resize(100, 30)
    terminal.shows("To Do", "Doing", "Done", "Welcome")
