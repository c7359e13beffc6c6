"""What is offered at the cursor."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk_tui.language.bind import bind
from helpdesk_tui.language.changes import bind_change, parse_change
from helpdesk_tui.language.complete import Completion, complete
from helpdesk_tui.language.query import parse
from helpdesk_tui.language.spans import Language
from tests.language.world import Names, asking


def offers(text: str, what: Language = "query") -> list[str]:
    """What is offered where `|` stands."""
    return [completion.insert for completion in offered(text, what)]


def offered(text: str, what: Language = "query") -> list[Completion]:
    return complete(text.replace("|", ""), text.index("|"), Names(), what)


def taken(text: str, completion: Completion) -> str:
    return text[: completion.start] + completion.insert + text[completion.end :]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pri|", ["priority:"]),
        ("is:open pri|", ["priority:"]),
        ("-pri|", ["priority:"]),
        ("(pri|", ["priority:"]),
        ("is:un|", ["unassigned", "unread"]),
        ("has:f|", ["files"]),
        ("is:la|", ["late"]),
        ("priority:h|", ["high"]),
        ("priority>=|", ["critical", "high", "normal", "low"]),
        ("label:v|", ["vpn", "vendor"]),
        ("label:vpn,n|", ["none", "network", '"needs parts"']),
        ('label:"nee|', ['"needs parts"']),
        ("assignee:b|", ["bob"]),
        ("assignee:buil|", ["bob"]),
        ("assignee:me|", ["me"]),
        ("requester:tamm|", ['"Mari Tamm"']),
        ("board:s|", ["Support"]),
        ("column:do|", ["Doing", "Done"]),
        ("column:to|", ['"To Do"']),
        ("org:acme|", ['"Acme OÜ"']),
        ("source:m|", ["mail"]),
        ("due<tom|", ["tomorrow"]),
        ("due<a|", []),
        ("due:a|", ["any"]),
        ("created>y|", ["yesterday"]),
        ("sla<|", ["1h", "4h", "1d", "3d", "2w"]),
        ("checklist:o|", ["open"]),
        ("sort:-prio|", ["-priority"]),
        ("nosuch:|", []),
        ('"pri|', []),
    ],
)
def test_at_the_cursor_of_a_query_there_is(text: str, expected: list[str]) -> None:
    assert offers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pri|", ["priority:"]),
        ("ar|", ["archive"]),
        ("+v|", ["vpn", "vendor"]),
        ("-v|", ["vpn", "vendor"]),
        ('+"ne|', ["network", '"needs parts"']),
        ("priority:h|", ["high"]),
        ("assignee:a|", ["auto", "ann"]),
        ("status:n|", ["none"]),
        ("to:do|", ["doing", "done", '"Doing"', '"Done"']),
        ("due:to|", ["today", "tomorrow"]),
        ("watch:m|", ["me", "mmagi", '"Mari Tamm"']),
        ("note:|", []),
    ],
)
def test_at_the_cursor_of_a_change_there_is(text: str, expected: list[str]) -> None:
    assert offers(text, "change") == expected


def test_at_the_beginning_everything_is_offered_with_a_sentence() -> None:
    everything = offered("|")
    assert {"is:open", "has:files", "priority:", "sort:", "or"} <= {one.insert for one in everything}
    assert all(one.hint for one in everything)


def test_what_is_taken_replaces_what_was_typed() -> None:
    (completion,) = offered("is:open assignee:buil|")
    assert taken("is:open assignee:buil", completion) == "is:open assignee:bob"
    assert completion.hint == "Bob Builder"


def test_a_colon_that_is_there_already_is_not_doubled() -> None:
    (completion,) = offered("prio|:high")
    assert taken("prio:high", completion) == "priority:high"


def test_names_come_from_the_lookup_alone() -> None:
    class Nothing(Names):
        def known(self, *_: object) -> list[tuple[str, str]]:
            return []

    assert [one.insert for one in complete("label:", 6, Nothing())] == ["none", "any"]


STARTS = [
    "",
    "is:open ",
    "-",
    "(",
    "label:",
    "label:vpn,",
    "assignee:",
    "due<",
    "due:",
    "priority>=",
    "sla:",
    "sla<",
    "column:",
]
STARTS += [
    "source:",
    "requester:m",
    "sort:",
    "sort:-",
    "is:",
    "has:",
    "checklist:",
    "checklist>",
    "time>",
    "age>",
    "title:",
    "org:",
]
CHANGES = [
    "",
    "+",
    "-",
    "assignee:",
    "due:",
    "priority:",
    "to:",
    "status:",
    "watch:",
    "org:",
    "board:",
    "time:",
    "kind:",
    "lang:",
]


@pytest.mark.parametrize("start", STARTS)
def test_what_a_query_is_offered_can_be_asked(start: str) -> None:
    offered = complete(start, len(start), Names())
    assert offered or start in {"checklist>", "title:"}  # any number, any text: there is nothing to offer
    for completion in offered:
        text = taken(start, completion)
        if not text.endswith((":", "and", "or", "not")):
            bind(parse(text + (")" if start == "(" else "")), asking())


@pytest.mark.parametrize("start", CHANGES)
def test_what_a_change_is_offered_can_be_done(start: str) -> None:
    for completion in complete(start, len(start), Names(), "change"):
        text = taken(start, completion)
        if not text.endswith(":"):
            bind_change(parse_change(text), asking())


@settings(max_examples=200)
@given(
    st.text(alphabet='abdeil:,-+"()<>= \0#su\ud800', max_size=30),
    st.integers(-2, 40),
    st.sampled_from(["query", "change"]),
)
def test_completing_never_fails(text: str, cursor: int, what: Language) -> None:
    for completion in complete(text, cursor, Names(), what):
        assert 0 <= completion.start <= completion.end <= len(text)
