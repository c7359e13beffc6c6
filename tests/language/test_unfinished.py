"""A query that is still being typed: what of it is asked already, and what is a mistake even so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language.bind import bind
from helpdesk_tui.language.complete import complete
from helpdesk_tui.language.query import parse
from helpdesk_tui.language.unfinished import closed, standing, without_last_word, without_open_value
from tests.language.world import asking


def ask(text: str) -> None:
    bind(parse(text), asking())


def so_far(text: str) -> tuple[str | None, str]:
    """What is asked, and what is wrong."""
    offered = bool(complete(text, len(text), asking().lookup))
    found = standing(text, ask, may_go_on=offered)
    return found.query, "" if found.error is None else str(found.error)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("label:vpn", "label:vpn"),
        ("label:vpn assignee:an", "label:vpn"),
        ("label:vp", ""),
        ("-label:vp", ""),
        ("label:vpn -label:ne", "label:vpn"),
        ("label:vpn not label:", "label:vpn"),
        ("label:vpn,ne", "label:vpn"),
        ("label:vpn,", "label:vpn"),
        ("label:vpn or", "label:vpn"),
        ("label:vpn or ", "label:vpn"),
        ("label:vpn or label:ne", "label:vpn"),
        ("(label:vpn or label:ne", "(label:vpn)"),
        ("(", ""),
        ("-", ""),
        ('"two wor', '"two wor"'),
        ('assignee:"An', ""),
        ("is:op", ""),
        ("is:open lab", "is:open lab"),
        ("sort:-prio", ""),
        ("label:vpn priority>=hi", "label:vpn"),
        ("due:2026-1", ""),
        ("due:31.0", ""),
        ("due:17:", ""),
        ("due:f", ""),
        ('due:"fri 17', ""),
        ("age>3", ""),
        ("prioritty:", ""),
    ],
)
def test_what_only_lacks_its_end_is_left_out_and_is_no_mistake(typed: str, asked: str) -> None:
    assert so_far(typed) == (asked, "")


@pytest.mark.parametrize(
    ("typed", "asked", "mistake"),
    [
        ("label:vpn assignee:zz", "label:vpn", "There is no person `zz`."),
        ("prioritty:h", "", "There is no field `prioritty`."),
        ("due:31.02.2026", "", "31 Feb 2026 does not exist."),
        ("due:99:", "", "`99:` is not a date."),
        ("comments>x", "", "`comments` is a number"),
        ("priority=hi", "", "A field is compared with `:`"),
    ],
)
def test_what_nothing_begins_with_is_a_mistake_at_once(typed: str, asked: str, mistake: str) -> None:
    query, error = so_far(typed)
    assert query == asked
    assert error.startswith(mistake)


@pytest.mark.parametrize("typed", ["label:vp ", "label:vp is:open", "prioritty:high label:vp", "label:vpn )"])
def test_a_mistake_before_the_end_leaves_nothing_to_ask(typed: str) -> None:
    query, error = so_far(typed)
    assert query is None
    assert error


@given(st.text(alphabet='label:vpn,"()-# <>=or.31', max_size=24))
def test_what_is_asked_is_always_a_query(typed: str) -> None:
    query, error = so_far(typed)
    if query is not None:
        ask(query)
    if error == "" and query is None:
        with pytest.raises(LanguageError):
            ask(typed)


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("lab", ""),
        ("is:open lab", "is:open"),
        ("is:open -lab", "is:open"),
        ("(vpn or lab", "(vpn)"),
        ("lab ", None),
        ("label:vpn", None),
        ('"lab"', None),
        ("", None),
    ],
)
def test_the_word_at_the_end_may_be_left_out(typed: str, rest: str | None) -> None:
    assert without_last_word(typed) == rest


@pytest.mark.parametrize(
    ("text", "whole"), [("a", "a"), ('"a', '"a"'), ("(a or (b", "(a or (b))"), ('(label:"a b', '(label:"a b")')]
)
def test_what_is_open_is_closed(text: str, whole: str) -> None:
    assert closed(text) == whole


@pytest.mark.parametrize(
    ("typed", "instead"),
    [("is:open source:ma", "is:open"), ("source:ma", ""), ("source:ma ", None), ("label:vp", None), ("printer", None)],
)
def test_a_source_half_typed_may_be_one_that_exists(typed: str, instead: str | None) -> None:
    assert without_open_value(typed) == instead
