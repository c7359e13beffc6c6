"""Lines broken by cells."""

from __future__ import annotations

import time

import pytest
from rich.cells import cell_len

from helpdesk_tui.tui.widgets.wrapping import fit, hang, wrap


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one", ["one"]),
        ("one two three", ["one two", "three"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("  indented line", ["  indented", "line"]),
        ("abcdefghijklmnop", ["abcdefghij", "klmnop"]),
        ("日本語日本語日本語", ["日本語日本", "語日本語"]),
        ("日本 日本語日本", ["日本", "日本語日本"]),
        ("aa bb cc dd ee", ["aa bb cc", "dd ee"]),
    ],
)
def test_text_is_broken_at_blanks_or_where_it_must(text: str, lines: list[str]) -> None:
    assert wrap(text, 10) == lines


def test_no_line_is_wider_than_asked_and_no_letter_is_lost() -> None:
    text = "Zażółć gęślą jaźń چاپگر طبقه דפסת 打印机 👩‍💻 e\u0301e\u0301 " * 20
    lines = wrap(text, 13)
    assert all(cell_len(line) <= 13 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_megabyte_takes_less_than_a_blink() -> None:
    text = "the tunnel is torn down every hour " * 30_000
    start = time.perf_counter()
    assert len(wrap(text, 78)) > 10_000
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("exactly 10", "exactly 10"),
        ("longer than ten", "longer th…"),
        ("打印机打印机", "打印机打…"),
    ],
)
def test_what_does_not_fit_ends_in_an_ellipsis(text: str, shown: str) -> None:
    assert fit(text, 10) == shown


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("- one two three", ["- one two", "  three"]),
        ("  deep one two", ["  deep one", "  two"]),
        ("12. one two three", ["12. one", "    two", "    three"]),
        ("plain one two", ["plain one", "two"]),
        ("                  far", ["", "       far"]),
        ("", [""]),
    ],
)
def test_what_follows_an_indented_line_is_indented_too(line: str, lines: list[str]) -> None:
    assert [part.rstrip() for part in hang(line, 10)] == lines
