"""A name in what is kept is written anew where it means what was renamed, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.language.changes import parse_change
from helpdesk_tui.language.nodes import And, Compare
from helpdesk_tui.language.parts import Put
from helpdesk_tui.language.query import parse
from helpdesk_tui.language.renaming import names, renamed


@pytest.mark.parametrize(
    ("text", "kind", "new", "expected"),
    [
        ("label:vip", "label", "gold", "label:gold"),
        ("is:open  -label:VIP or (label:a,vip)", "label", "gold", "is:open  -label:gold or (label:a,gold)"),
        ('label:"vip"', "label", "gold", "label:gold"),
        ("label:vip", "label", "very important", 'label:"very important"'),
        ("label:vip", "label", "none", 'label:"none"'),
        ("label:vip", "label", 'a"b', 'label:"a""b"'),
        ("label:vip", "label", ",", 'label:","'),
        ("label:vip", "label", "a,b", 'label:"a,b"'),
        ("vip title:vip org:vip text:vip", "label", "gold", "vip title:vip org:vip text:vip"),
        ("org:vip organization:vip", "organization", "Gold", "org:Gold organization:Gold"),
        ("assignee:vip watcher:vip agent:bob", "person", "eva", "assignee:eva watcher:eva agent:bob"),
        ('label:"vip', "label", "gold", 'label:"vip'),
    ],
)
def test_in_a_query(text: str, kind: str, new: str, expected: str) -> None:
    assert renamed(text, kind, "vip", new) == expected


@pytest.mark.parametrize(
    ("text", "kind", "new", "expected"),
    [
        ("+vip -vip +a,vip", "label", "gold", "+gold -gold +a,gold"),
        ('to:vip note:"vip"', "column", "In work", 'to:"In work" note:"vip"'),
        ("assignee:vip notify:vip message:vip", "person", "eva", "assignee:eva notify:eva message:vip"),
        ("canned:vip new:vip", "canned", "Hello", "canned:Hello new:vip"),
        ("canned:vip new:vip", "template", "Hello", "canned:vip new:Hello"),
    ],
)
def test_in_a_change(text: str, kind: str, new: str, expected: str) -> None:
    assert renamed(text, kind, "vip", new, change=True) == expected


def test_a_word_with_a_meaning_of_its_own_is_no_name() -> None:
    assert renamed('assignee:me assignee:"me"', "person", "me", "eva") == "assignee:me assignee:eva"
    assert renamed("to:doing", "column", "Doing", "At work", change=True) == "to:doing"


def test_whether_something_is_named() -> None:
    assert names("is:open label:Vip", "label", "vip")
    assert not names("is:open vip", "label", "vip")


@given(st.text(max_size=40), st.text(max_size=12), st.booleans())
def test_whatever_is_kept_nothing_is_raised(text: str, new: str, change: bool) -> None:
    renamed(text, "label", "vip", new, change=change)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12))
def test_a_new_name_is_read_back_as_just_that(new: str) -> None:
    query = parse(renamed("label:vip is:open", "label", "vip", new))
    assert isinstance(query.node, And)
    first = query.node.parts[0]
    assert isinstance(first, Compare)
    assert [value.text for value in first.values] == [new]
    change = parse_change(renamed("+vip", "label", "vip", new, change=True))
    assert [part.label.text for part in change.parts if isinstance(part, Put)] == [new]
