"""Outside text is shown as what it is, and cannot act."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.text import _HARMLESS, _clean_run, _plain_emoji, clean, is_blank


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b]0;x\x07", "␛]0;x␇"),
        ("\x1b[2J", "␛[2J"),
        ("a\u202eb", "a\ufffdb"),
        ("zero\u200bwidth", "zero\ufffdwidth"),
        ("c1 \x9b31m", "c1 \ufffd31m"),
        ("line\nbreak", "line␊break"),
        ("broken \ud800", "broken ?"),
        ("del\x7f", "del␡"),
        ("[/foo] [@click=app.quit]x[/]", "[/foo] [@click=app.quit]x[/]"),
    ],
)
def test_what_could_act_on_a_terminal_is_made_visible(hostile: str, shown: str) -> None:
    assert clean(hostile) == shown


@pytest.mark.parametrize(
    "text", ["parool aegus öö", "שלום עולם", "چاپگر کار نمی‌کند", "zażółć gęślą", "ștampilă", "🖨 👩💻 👍🏽"]
)
def test_the_products_languages_are_left_as_they_are(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("❤️ ⚠️ 1️⃣", "❤ ⚠ 1⃣"), ("👩‍💻", "👩💻"), ("❤️‍🔥", "❤🔥"), ("🇪🇪", "EE"), ("نمی\u200cکند", "نمی\u200cکند")],
)
def test_emoji_take_as_many_cells_on_every_terminal(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_lines_are_kept_only_where_they_are_wanted() -> None:
    assert clean("a\r\nb\tc", lines=True) == "a\nb    c"


def test_piled_up_marks_are_cut() -> None:
    assert clean("e" + "\u0301" * 50) == "e" + "\u0301" * 8


def test_a_limit_ends_in_an_ellipsis() -> None:
    assert clean("abcdef", limit=4) == "abc…"


@given(st.text())
def test_nothing_that_is_left_is_a_control_or_hidden_character(text: str) -> None:
    joiners = "\u200c\u200d"
    assert not [
        c for c in clean(text) if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c not in joiners
    ]


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\t\n", "\u202e\u200d"])
def test_text_of_which_nothing_is_seen_is_blank(text: str) -> None:
    assert is_blank(text)


def test_what_is_passed_over_as_ordinary_would_be_shown_as_it_is_anyway() -> None:
    """The short cut through most texts and the careful way agree, whatever the character."""
    for code in range(0x110000):
        if _HARMLESS.fullmatch(chr(code)):
            assert _clean_run(f"a{chr(code)}a") == f"a{chr(code)}a", hex(code)


@given(st.text())
def test_the_short_cut_changes_nothing(text: str) -> None:
    assert clean(text) == _clean_run(_plain_emoji(text))
