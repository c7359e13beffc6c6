"""The language to ask in, as text and as a tree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import fields
from helpdesk_tui.language.nodes import (
    And,
    Compare,
    Everything,
    Flag,
    Node,
    Not,
    Number,
    Or,
    Query,
    Sort,
    Value,
    Word,
)
from helpdesk_tui.language.query import DEPTH_LIMIT, QUERY_LIMIT, TERMS_LIMIT, parse, unparse
from tests.language import queries

OPEN = Flag("is", "open")
LATE = Flag("is", "late")


def compare(field: str, op: str, *values: str) -> Compare:
    return Compare(field, op, tuple(map(Value, values)))


def test_the_example_of_the_design() -> None:
    text = 'is:open assignee:me label:vpn,network priority>=high due<3d "cannot connect" -label:vendor sort:-priority'
    assert parse(text) == Query(
        And(
            (
                OPEN,
                compare("assignee", ":", "me"),
                compare("label", ":", "vpn", "network"),
                compare("priority", ">=", "high"),
                compare("due", "<", "3d"),
                Word("cannot connect", prefix=True),
                Not(compare("label", ":", "vendor")),
            )
        ),
        (Sort("priority", descending=True),),
    )


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", Everything()),
        ("   ", Everything()),
        ("printer", Word("printer", True)),
        ('"two words"', Word("two words", True)),
        ('"say ""hi"""', Word('say "hi"', True)),
        ("first last", And((Word("first", False), Word("last", True)))),
        ("last is:open", And((Word("last", True), OPEN))),
        ("-last", Not(Word("last", True))),
        ("foo-bar", Word("foo-bar", True)),
        ("o'brien", Word("o'brien", True)),
        ("c++", Word("c++", True)),
        ("100%", Word("100%", True)),
        ("a,b", Word("a,b", True)),
        ("*", Word("*", True)),
        ("x=1", Word("x=1", True)),
        ("NEAR", Word("NEAR", True)),
        ("10:30", Word("10:30", True)),
        ("مدفسة", Word("مدفسة", True)),
        ("#142", Number(142)),
        ("142", Number(142)),
        ('"142"', Word("142", True)),
        ("0123456789", Word("0123456789", True)),
        ("٣", Word("٣", True)),
        ("is:open", OPEN),
        ("IS:Open", OPEN),
        ("is:open,late", Or((OPEN, LATE))),
        ("has:files", Flag("has", "files")),
        ("is:open is:late", And((OPEN, LATE))),
        ("is:open and is:late", And((OPEN, LATE))),
        ("is:open AND is:late", And((OPEN, LATE))),
        ("is:open or is:late", Or((OPEN, LATE))),
        ("-is:open", Not(OPEN)),
        ("not is:open", Not(OPEN)),
        ("--is:open", Not(Not(OPEN))),
        ("a is:open or is:late", Or((And((Word("a", True), OPEN)), LATE))),
        ("a (is:open or is:late)", And((Word("a", True), Or((OPEN, LATE))))),
        ("-(is:open is:late)", Not(And((OPEN, LATE)))),
        ("(is:open)(is:late)", And((OPEN, LATE))),
        ("((is:open))", OPEN),
        ('"or"', Word("or", True)),
        ("label:none", compare("label", ":", "none")),
        ('label:"none"', Compare("label", ":", (Value("none", quoted=True),))),
        ('label:vpn,"needs parts"', Compare("label", ":", (Value("vpn"), Value("needs parts", quoted=True)))),
        ("due:17:00", compare("due", ":", "17:00")),
        ("created>-2w", compare("created", ">", "-2w")),
        ("Priority<=HIGH", compare("priority", "<=", "HIGH")),
        ("organization:acme", compare("org", ":", "acme")),
        ("sort:due", Everything()),
        ("(sort:due is:open)", OPEN),
    ],
)
def test_a_query_reads_as(text: str, node: Node) -> None:
    assert parse(text).node == node


def test_the_text_is_kept_as_typed() -> None:
    assert parse(" is:open  vpn").text == " is:open  vpn"


def test_several_orders_are_kept_in_order() -> None:
    assert parse("sort:-priority is:open sort:due,-age").sort == (
        Sort("priority", True),
        Sort("due"),
        Sort("age", True),
    )


def test_every_field_of_the_design_but_articles_is_there() -> None:
    design = (
        "title text requester org assignee agent board column category status priority impact urgency label kind "
        "language due created updated closed replied age idle checklist comments files time rating sla number "
        "watcher source"
    )
    assert [field.name for field in fields.FIELDS] == design.split()


def test_every_flag_of_the_design_is_there() -> None:
    design = (
        "is:open is:done is:archived is:late is:due is:unassigned is:mine is:waiting is:blocked is:escalated "
        "is:unread is:new is:review has:checklist has:files has:due has:reply"
    )
    assert set(design.split()) <= {f"{flag.verb}:{flag.name}" for flag in fields.FLAGS}


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("prioritty:high", 1, "There is no field `prioritty`. Did you mean `priority`?"),
        ("vpn lable:x", 5, "There is no field `lable`. Did you mean `label`?"),
        ("a:b:c", 1, "There is no field `a`."),
        ("http://host/", 1, "put it in quotes"),
        ("is:opne", 4, "There is no flag `is:opne`. Did you mean `open`?"),
        ("has:cheklist", 5, "Did you mean `checklist`?"),
        ("is:open,lat", 9, "Did you mean `late`?"),
        ("is<open", 3, "`is` goes with `:` only."),
        ("label<3", 6, "`label` cannot be compared with `<`."),
        ("due<1d,2d", 8, "Only one value can stand after `<`."),
        ("priority=high", 9, "A field is compared with `:`, not with `=`."),
        ("priority!=high", 9, "A field is compared with `:`, not with `!=`."),
        ("label:", 7, "A value is missing after `label:`."),
        ("label: vpn", 7, "A value is missing after `label:`."),
        ("label:vpn, network", 11, "A value is missing after the comma."),
        ("sort:color", 6, "Nothing can be sorted by `color`."),
        ("sort:-prio", 7, "Did you mean `priority`?"),
        ("sort:agent", 6, "Nothing can be sorted by `agent`."),
        ("sort<due", 5, "`sort` goes with `:` only."),
        ('vpn "open', 5, "The quote that opens here is never closed."),
        ('label:"open', 7, "The quote that opens here is never closed."),
        ('"', 1, "The quote that opens here is never closed."),
        ('"""', 1, "The quote that opens here is never closed."),
        ('"a"b', 4, "Put a blank after the closing quote."),
        ('12" monitor', 3, "A quote can only begin a word or a value."),
        ("(is:open", 1, "The parenthesis that opens here is never closed."),
        ("is:open)", 8, "No parenthesis is open here."),
        ("()", 2, "A term is missing before `)`."),
        ("or", 1, "A term is missing before `or`."),
        ("AND", 1, "A term is missing before `AND`."),
        ("vpn or", 7, "A term is missing at the end."),
        ("vpn and", 8, "A term is missing at the end."),
        ("vpn -", 6, "A term is missing at the end."),
        ("not", 4, "A term is missing at the end."),
        ("- vpn", 1, "`-` must stand directly before what it negates."),
        ("vpn or sort:due", 5, "There is nothing on one side of `or`."),
        ("sort:due and vpn", 10, "There is nothing before `and`."),
        ("-sort:due", 2, "A term is missing after `-`."),
        ("vpn\0", 4, "There is a NUL character here."),
        ("vpn \ud800", 5, "There is half of a character here."),
        ("NEAR(", 6, "A term is missing at the end."),
        ("' OR 1=1 --", 12, "A term is missing at the end."),
    ],
)
def test_an_error_names_the_column_and_what_was_expected(text: str, column: int, message: str) -> None:
    with pytest.raises(LanguageError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert caught.value.column == column


@pytest.mark.parametrize(
    "text",
    [
        "(" * 2000 + "a" + ")" * 2000,
        "-" * 2000 + "a",
        "not " * 1000 + "a",
        "a" * (QUERY_LIMIT + 1),
        "x " * 50_000,
        "a " * (TERMS_LIMIT + 1),
        "label:" + ",".join("a" * (TERMS_LIMIT + 1)),
        '"' * 9_999,
    ],
)
def test_what_is_too_much_is_refused_with_the_limit(text: str) -> None:
    with pytest.raises(LanguageError):
        parse(text)


def test_as_deep_and_as_long_as_allowed_is_fine() -> None:
    parse("(" * DEPTH_LIMIT + "a" + ")" * DEPTH_LIMIT)
    parse("a " * TERMS_LIMIT)
    unparse(parse("-(a b" * (DEPTH_LIMIT // 2) + ")" * (DEPTH_LIMIT // 2)))


@settings(max_examples=200)
@given(queries.whole)
def test_a_query_written_out_reads_back_as_the_same(text: str) -> None:
    query = parse(text)
    assert parse(str(query)) == query


@settings(max_examples=150)
@given(st.one_of(st.text(), st.sampled_from(["priority=high", "or", "#1", "-x", "a:b", 'say "x"', "(", "", "[x]"])))
def test_any_text_can_be_asked_for_in_quotes(text: str) -> None:
    word = "".join(sign for sign in text if sign != "\0" and not "\ud800" <= sign <= "\udfff")
    query = Query(And((Word(word, False), Word("end", True))))
    assert parse(str(query)) == query


NOISE = st.lists(
    st.one_of(
        st.sampled_from(
            ["(", ")", '"', '""', "-", ":", "<", ">=", ",", "or", "and", "not", " ", "#1", "is", "due", "\0"]
        ),
        st.text(max_size=4),
        queries.terms,
    ),
    max_size=12,
).map("".join)


@settings(max_examples=300)
@given(st.one_of(NOISE, st.text(), st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape"))))
def test_nothing_but_a_language_error_ever_comes_out(text: str) -> None:
    query = failed = None
    try:
        query = parse(text)
    except LanguageError as error:
        failed = error
    if failed:
        assert 1 <= failed.column <= len(text) + 1
        assert str(failed)
    else:
        assert parse(str(query)) == query
