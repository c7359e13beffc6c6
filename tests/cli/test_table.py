"""Tables that fit."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len

from helpdesk_tui.cli.render import BOLD, Output
from helpdesk_tui.cli.table import Cell, Column, fitted, write

COLUMNS = (Column("#", right=True), Column("who", keep=1), Column("when", keep=2), Column("title"))


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def written(monkeypatch: pytest.MonkeyPatch, width: int, *rows: tuple[str, ...], color: bool = False) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm")
    if color:
        monkeypatch.delenv("NO_COLOR", raising=False)
    else:
        monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    write(Output(stream), COLUMNS, [[Cell(text, (BOLD,)) for text in row] for row in rows])
    return stream.getvalue().splitlines()


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    rows = [("1", "bob" * 9, "tomorrow 17:00", "Drukarka nie działa " * 9), ("2", "חנה", "Fri", "📠" * 99)]
    assert all(cell_len(line) <= width for line in written(monkeypatch, width, *rows))


def test_wide_characters_keep_the_columns_in_line(monkeypatch: pytest.MonkeyPatch) -> None:
    _, first, second = written(monkeypatch, 60, ("1", "日本", "Fri", "x"), ("2", "e\u0301va", "Sat", "y"))
    assert first.startswith("1  日本  Fri")
    assert second.startswith("2  e\u0301va   Sat")


def test_the_least_needed_column_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    head = written(monkeypatch, 44, ("1", "somebody long", "tomorrow 17:00", "a title of some length to read"))[0]
    assert "when" in head
    assert "who" not in head


def test_empty_columns_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(monkeypatch, 80, ("1", "", "", "x"))[1] == "1  x"


def test_outside_text_cannot_act_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = written(monkeypatch, 80, ("1", "a\nb", "\x1b[2J", "\x1b]0;x\x07 \u202e"))
    assert len(lines) == 2
    assert not any(c in "\x1b\x07\u202e" for c in "".join(lines))


def test_colours_only_without_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[1m" in "".join(written(monkeypatch, 80, ("1", "", "", "x"), color=True))


def test_a_pipe_gets_whole_lines_without_a_head() -> None:
    stream = io.StringIO()
    write(Output(stream), COLUMNS, [[Cell("1"), Cell("bob"), Cell(""), Cell("t" * 500)]])
    assert stream.getvalue() == f"1  bob  {'t' * 500}\n"


def test_a_cut_ends_in_an_ellipsis() -> None:
    assert fitted("日本語", 4) == "日…"
