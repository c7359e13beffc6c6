"""Markdown as it stands in a ticket: what people write is shown well, and nothing in it can act or be slow."""

from __future__ import annotations

import time
import tracemalloc
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from helpdesk_tui.tui.widgets.lines import STYLES, Line
from helpdesk_tui.tui.widgets.markdown import PLAIN_FROM, markdown


def texts(text: str, width: int = 60) -> list[str]:
    return ["".join(piece for _, piece in line.pieces) for line in markdown(text, width)]


def styled(text: str) -> list[tuple[str, str]]:
    """The pieces of a single line that have a style."""
    (line,) = markdown(text, 60)
    return [piece for piece in line.pieces if piece[0]]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("**now**", [("strong", "now")]),
        ("__now__", [("strong", "now")]),
        ("*now*", [("emph", "now")]),
        ("_now_", [("emph", "now")]),
        ("~~no~~", [("done", "no")]),
        ("see `ip a`", [("code", "ip a")]),
        ("**a `b` c**", [("strong", "a "), ("strong code", "b"), ("strong", " c")]),
        ("`**a**`", [("code", "**a**")]),
        ("# Printer", [("accent", "Printer")]),
        ("### Printer ###", [("strong", "Printer")]),
        ("<https://a.example>", [("link", "https://a.example")]),
        ("see https://a.example/x_y_z.", [("link", "https://a.example/x_y_z")]),
        ("(https://a.example)", [("link", "https://a.example")]),
        ("[here](https://a.example)", [("link", "here"), ("dim", " (https://a.example)")]),
        ("[https://bank.example](https://a.example)", [("link", "https://bank.example"), ("dim", " (https://a.example)")]),
        ("[https://a.example](https://a.example)", [("link", "https://a.example")]),
        ("![plan](https://a.example/p.png)", [("link", "plan"), ("dim", " (https://a.example/p.png)")]),
        ("[me](mailto:me@a.example)", [("link", "me"), ("dim", " (mailto:me@a.example)")]),
    ],
)  # fmt: skip
def test_marks_within_a_line(text: str, pieces: list[tuple[str, str]]) -> None:
    assert styled(text) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "snake_case_names_stay",
        "2*3*4",
        "a * b * c",
        "5 < 6",
        "\\*not this\\*",
        "[x](javascript:alert(1))",
        "[x](file:///etc/passwd)",
        "[x](data:text/html,hi)",
        "[x](//a.example)",
        "[x](HTTPX://a)",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='https://a.example'>",
        "&lt;b&gt;",
        "[/foo] [@click=app.quit]x[/]",
        "-- ",
    ],
)
def test_what_is_no_markup_stays_text(text: str) -> None:
    (line,) = markdown(text, 60)
    assert {style for style, _ in line.pieces} - {"link"} <= {""}
    assert "".join(piece for _, piece in line.pieces).strip() == text.replace("\\*", "*").strip()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one\ntwo", ["one", "two"]),
        ("one\n\ntwo\n\n", ["one", "", "two"]),
        ("- one\n* two\n+ three", ["• one", "• two", "• three"]),
        ("1. one\n2) two", ["1. one", "2) two"]),
        ("- one\n  - two", ["• one", "  • two"]),
        ("- [ ] open\n- [x] done", ["• □ open", "• ✓ done"]),
        ("> so it was\n>> before", ["▏ so it was", "▏ ▏ before"]),
        ("```\na  b\n# c\n```\nd", ["a  b", "# c", "d"]),
        ("~~~ sh\nls\n~~~", ["ls"]),
        ("```\nnever closed", ["never closed"]),
        ("| a | b |\n|---|:-:|\n| long | 1 |\nafter", ["a    │ b", "─────┼──", "long │ 1", "after"]),
        ("| no | table |", ["| no | table |"]),
        ("---", ["─" * 60]),
        ("", []),
        (" \n ", []),
        ("a\r\nb\rc", ["a", "b", "c"]),
    ],
)
def test_lines_of_a_text(text: str, lines: list[str]) -> None:
    assert texts(text) == lines


def test_a_table_without_room_is_shown_as_it_was_written() -> None:
    assert texts("| aaaaaaaaaa | bbbbbbbbbb |\n|---|---|\n| c | d |", 20)[0].startswith("| aaaaaaaaaa")


def test_what_follows_stands_below_the_text_of_an_item() -> None:
    assert texts("- one two three four", 12) == ["• one two", "  three four"]


@given(st.text(alphabet="ab *_`~[]()<>#|-!\\>1.\n\t:/hpt\u05d0\u0686👩\u200d\u0301", max_size=120), st.integers(8, 40))
def test_no_line_is_wider_than_its_place(text: str, width: int) -> None:
    for line in markdown(text, width):
        assert sum(cell_len(piece) for _, piece in line.pieces) <= width + 1  # a wide character never splits
        assert all(name in STYLES for style, _ in line.pieces for name in style.split())


@given(st.text(max_size=200))
def test_nothing_that_acts_on_a_terminal_gets_through(text: str) -> None:
    shown = "".join(texts(text))
    assert not any(letter < " " or "\x7f" <= letter <= "\x9f" or "\u202a" <= letter <= "\u202e" for letter in shown)


NESTED = ("*", "**a", "_a_", "[", "![", "[a](", "`", "`a``", "<", "> ", "- ", "~~a", "|", "\\", "https://", "(", "*a_")


@pytest.mark.parametrize("mark", NESTED)
def test_endless_nesting_takes_the_time_of_its_length(mark: str) -> None:
    line = mark * (PLAIN_FROM // len(mark))
    start = time.process_time()
    for _ in markdown((line + "\n") * 10, 80):
        pass
    assert time.process_time() - start < 1.0


@pytest.mark.parametrize("letter", ["a", "a ", "چاپگر ", "\u202e", "👩\u200d💻", "[a]("])
def test_of_a_line_of_a_megabyte_the_first_lines_are_there_at_once(letter: str) -> None:
    text = letter * (1_000_000 // len(letter))
    start = time.process_time()
    assert len(list(islice(markdown(text, 80), 40))) == 40
    assert time.process_time() - start < 0.5


def test_a_megabyte_is_not_held_in_memory_as_lines_before_it_is_shown() -> None:
    text = "word " * 200_000
    tracemalloc.start()
    lines: list[Line] = list(islice(markdown(text, 80), 40))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(lines) == 40
    assert peak < 6_000_000
