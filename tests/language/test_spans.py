"""The colours of the filter line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.language.query import spans
from helpdesk_tui.language.spans import Language


def roles(text: str, what: Language = "query") -> list[tuple[str, str]]:
    return [(text[start:end], role) for start, end, role in spans(text, what)]


def test_each_piece_of_a_query_has_its_role() -> None:
    assert roles('-label:vpn,"x y" (due<3d or printer)') == [
        ("-", "negation"),
        ("label", "field"),
        (":", "operator"),
        ("vpn", "value"),
        (",", "operator"),
        ('"x y"', "value"),
        ("(", "paren"),
        ("due", "field"),
        ("<", "operator"),
        ("3d", "value"),
        ("or", "keyword"),
        ("printer", "word"),
        (")", "paren"),
    ]


def test_flags_have_their_own_role_and_unknown_ones_are_errors() -> None:
    assert roles("is:late is:lat has:x") == [
        ("is", "flag"),
        (":", "operator"),
        ("late", "flag"),
        ("is", "flag"),
        (":", "operator"),
        ("lat", "error"),
        ("has", "flag"),
        (":", "operator"),
        ("x", "error"),
    ]


def test_an_unknown_field_and_an_open_quote_are_errors() -> None:
    assert roles('foo:1 "never') == [("foo", "error"), (":", "operator"), ("1", "value"), ('"never', "error")]


def test_each_piece_of_a_change_has_its_role() -> None:
    assert roles('+vpn -printer to:doing archive (x) owner:"b', "change") == [
        ("+", "operator"),
        ("vpn", "value"),
        ("-", "negation"),
        ("printer", "value"),
        ("to", "field"),
        (":", "operator"),
        ("doing", "value"),
        ("archive", "keyword"),
        ("(x)", "word"),
        ("owner", "error"),
        (":", "operator"),
        ('"b', "error"),
    ]


@given(st.text(alphabet='ab:,-+"()<>= \0#isdue\ud800', max_size=40), st.sampled_from(["query", "change"]))
def test_any_text_is_covered_in_order_but_for_its_blanks(text: str, what: Language) -> None:
    at = 0
    for start, end, _ in spans(text, what):
        assert start >= at
        assert end > start
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("text", ["(" * 100_000, '"' * 100_001, "a:" * 50_000, " " * 100_000])
def test_a_long_line_is_no_trouble(text: str) -> None:
    assert spans(text) is not None
