"""Placeholders in prepared texts: filling them never fails, and what cannot be filled is refused beforehand."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpdesk_tui.domain import placeholders
from helpdesk_tui.domain.placeholders import KNOWN, check, fill, first_name, used, without_value
from helpdesk_tui.errors import UsageError

VALUES = {"requester.first_name": "Anna", "ticket.number": "142", "due": "Fri 27 Nov 17:00"}

names = st.sampled_from(sorted(KNOWN))
pieces = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["{", "}", "{{", "}}", "|", " ", "\n", "{due", "due}", "{ due }", "{d", "ue}", "{DUE}", "{nope}"]),
    names.map(lambda name: f"{{{name}}}"),
    names.map(lambda name: f"{{{name}|else}}"),
)
texts = st.lists(pieces, max_size=12).map("".join)
plain = st.text(max_size=12).filter(lambda text: not set(text) & set("{}"))
some_values = st.dictionaries(names, plain)


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_filling_never_raises(text, values):
    fill(text, values)


@given(texts, st.dictionaries(names, st.text()))
def test_filling_never_raises_whatever_the_values_say(text, values):
    fill(text, values)


@given(texts.filter(lambda text: "\\" not in text), some_values)
@example("{d{due}ue}", {})
@example("{{due}}", {"due": "x"})
def test_what_may_be_saved_is_filled_without_leaving_a_known_placeholder(text, values):
    try:
        check(text)
    except UsageError:
        return
    assert not set(used(fill(text, values))) & set(KNOWN)


@given(st.lists(names, min_size=1, max_size=5), some_values)
def test_every_known_placeholder_becomes_its_value(used_names, values):
    text = " ".join(f"{{{name}}}" for name in used_names)
    assert fill(text, values) == " ".join(values.get(name, "") for name in used_names)


@given(texts)
def test_checking_raises_nothing_but_a_usage_error(text):
    with suppress(UsageError):
        check(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Hello {requester.first_name}, #{ticket.number} is due {due}.", "Hello Anna, #142 is due Fri 27 Nov 17:00."),
        ("{ due } {DUE} {{due}}", "Fri 27 Nov 17:00 " * 2 + "Fri 27 Nov 17:00"),
        ("by {assignee.name|one of us}", "by one of us"),
        ("by {assignee.name}.", "by ."),
        ("{due|soon}", "Fri 27 Nov 17:00"),
        (r"\{due}", "{due}"),
        ('{"a": 1} {} { } {1} ${x', '{"a": 1} {} { } {1} ${x'),
    ],
)
def test_a_text_is_filled(text, says):
    assert fill(text, VALUES) == says


def test_what_a_value_says_is_not_read_again():
    assert fill("{ticket.title}", {"ticket.title": "{due}", "due": "today"}) == "{due}"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{requester.firstname}", "There is no placeholder {requester.firstname}.", "{requester.first_name}"),
        ("{{ticket.requester.name}}", "There is no placeholder {ticket.requester.name}.", "Did you mean {"),
        ("{name}", "There is no placeholder {name}.", "Did you mean {requester.name}?"),
        ("${HOME}", "There is no placeholder {home}.", r"\{home}"),
        ("Dear {requester.name,", "The placeholder {requester.name is not closed.", "Write {requester.name}."),
        ("{d{due}ue}", "Another brace opens in “{d”.", "Close"),
        ("{" + "x" * 500 + "}", "There is no placeholder {" + "x" * 40 + "}.", "There is {requester.first_name}"),
    ],
)
def test_what_cannot_be_filled_is_refused(text, message, hint):
    with pytest.raises(UsageError) as refused:
        check(text)
    assert refused.value.message == message
    assert hint in refused.value.hint


@pytest.mark.parametrize("text", ["", "no braces", '{"a": 1}', r"\{HOME}", "{ due | later }", "{a b}", "x { y"])
def test_what_can_be_filled_is_not_refused(text):
    check(text)


def test_gaps_are_named_once_and_not_where_something_else_is_said():
    assert without_value("{due} {due} {organization} {assignee.name|us}", {"due": ""}) == ("due", "organization")


@pytest.mark.parametrize(
    ("name", "first"), [("Anna Kask", "Anna"), ("Kask, Anna Maria", "Anna"), ("anna", "anna"), ("", ""), (",", "")]
)
def test_the_first_name(name, first):
    assert first_name(name) == first


def test_each_placeholder_is_explained():
    assert all(KNOWN.values())
    assert all(name == name.lower() for name in placeholders.KNOWN)
