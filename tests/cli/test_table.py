"""Tables that fit."""

from __future__ import annotations

import io
from collections.abc import Iterator

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


def test_of_a_long_table_the_first_page_says_how_wide_the_columns_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    pages = [[[Cell(word) for word in row]] for row in (("2", "", "Sat", "y"), ("3", "somebody", "", "z"))]
    write(Output(stream), COLUMNS, [[Cell("1"), Cell("bob"), Cell(""), Cell("x")]], pages)
    lines = stream.getvalue().splitlines()
    assert [line.split() for line in lines] == [
        ["#", "who", "when", "title"],
        ["1", "bob", "x"],
        ["2", "Sat", "y"],
        ["3", "so…", "z"],
    ]
    assert len({line.index(last) for line, last in zip(lines, ("title", "x", "y", "z"), strict=True)}) == 1


def test_a_page_is_read_only_when_it_is_to_be_written() -> None:
    stream = io.StringIO()
    asked: list[int] = []

    def pages() -> Iterator[list[list[Cell]]]:
        for number in range(2, 6):
            asked.append(len(stream.getvalue().splitlines()))
            yield [[Cell(str(number)), Cell(""), Cell(""), Cell("x")]]

    write(Output(stream), COLUMNS, [[Cell("1"), Cell(""), Cell(""), Cell("x")]], pages())
    assert asked == [0, 1, 2, 3]
    assert len(stream.getvalue().splitlines()) == 5
