"""The language to change in, as Bob uses it in Tallinn on Wednesday 25 November 2026 at 10:30."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.ticket import Level, Priority, Relation, Speech, Status
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import fields
from helpdesk_tui.language.changes import CHANGE_LIMIT, Change, bind_change, parse_change, parse_new, parse_new_line
from helpdesk_tui.language.terms import (
    AddLabel,
    AddStep,
    Archive,
    AssignAuto,
    DuplicateOf,
    LinkTo,
    LogTime,
    MoveTo,
    RemoveLabel,
    Reopen,
    Say,
    SetField,
    Term,
    Unwatch,
    Watch,
)
from tests.language.world import NOW, asking

FRIDAY_AT_FIVE = datetime(2026, 11, 27, 15, tzinfo=UTC)
TOMORROW_NIGHT = datetime(2026, 11, 26, 21, 59, tzinfo=UTC)


def terms(text: str) -> tuple[Term, ...]:
    return bind_change(parse_change(text), asking())


def test_the_example_of_the_design() -> None:
    assert terms('+vpn -vendor assignee:bob priority:high due:"fri 17:00" to:doing status:waiting') == (
        AddLabel("vpn"),
        RemoveLabel("vendor"),
        SetField("assignee", 2),
        SetField("priority", Priority.HIGH),
        SetField("due", FRIDAY_AT_FIVE),
        MoveTo(Category.DOING),
        SetField("status", Status.WAITING),
    )


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("+printer", AddLabel("printer")),
        ('+"needs  parts"', AddLabel("needs parts")),
        ("+a:b(c)", AddLabel("a:b(c)")),
        ("-VPN", RemoveLabel("VPN")),
        ('-"needs parts"', RemoveLabel("needs parts")),
        ("assignee:me", SetField("assignee", 2)),
        ("assignee:none", SetField("assignee", None)),
        ("assignee:auto", AssignAuto()),
        ('assignee:"Mari Tamm"', SetField("assignee", 4)),
        ("Assignee:BOB", SetField("assignee", 2)),
        ("requester:tamm", SetField("requester", 4)),
        ("requester:none", SetField("requester", None)),
        ("priority:critical", SetField("priority", Priority.CRITICAL)),
        ("impact:medium", SetField("impact", Level.MEDIUM)),
        ("impact:none", SetField("impact", None)),
        ("urgency:low", SetField("urgency", Level.LOW)),
        ("due:tomorrow", SetField("due", TOMORROW_NIGHT)),
        ("due:+3d", SetField("due", NOW + timedelta(days=3))),
        ("due:3d", SetField("due", NOW + timedelta(days=3))),
        ("due:none", SetField("due", None)),
        ("status:review", SetField("status", Status.REVIEW)),
        ('status:"needs rework"', SetField("status", Status.REWORK)),
        ("status:none", SetField("status", Status.NONE)),
        ("kind:problem", SetField("kind", "problem")),
        ("kind:none", SetField("kind", "")),
        ('title:"New title"', SetField("title", "New title")),
        ("title:none", SetField("title", "none")),
        ('org:"acme oü"', SetField("organization", 1)),
        ("organization:beta", SetField("organization", 2)),
        ("org:none", SetField("organization", None)),
        ("language:he", SetField("language", "he")),
        ("lang:none", SetField("language", "")),
        ("board:projects", SetField("board", 2)),
        ("to:done", MoveTo(Category.DONE)),
        ("to:todo", MoveTo(Category.TODO)),
        ('to:"doing"', MoveTo("doing")),
        ('to:"Waiting room"', MoveTo("Waiting room")),
        ('check:"call back"', AddStep("call back")),
        ("check:test", AddStep("test")),
        ('reply:"Hello,\n""you"""', Say(Speech.REPLY, 'Hello,\n"you"')),
        ('note:"a, b"', Say(Speech.NOTE, "a, b")),
        ("watch:bob", Watch(2)),
        ("watch:me", Watch(2)),
        ("unwatch:bob", Unwatch(2)),
        ("link:#98", LinkTo(Relation.RELATES, 98)),
        ("link:98", LinkTo(Relation.RELATES, 98)),
        ("blocks:#98", LinkTo(Relation.BLOCKS, 98)),
        ("parent:#98", LinkTo(Relation.PARENT, 98)),
        ("duplicate:#98", DuplicateOf(98)),
        ("time:25m", LogTime(25)),
        ("time:1h30m", LogTime(90)),
        ("archive", Archive()),
        ("REOPEN", Reopen()),
    ],
)
def test_a_term_means(text: str, term: Term) -> None:
    assert terms(text) == (term,)


def test_terms_keep_their_order_and_may_be_repeated_where_that_makes_sense() -> None:
    assert terms("+a check:x +b,c check:y watch:ann,bob link:#1,#2") == (
        AddLabel("a"),
        AddStep("x"),
        AddLabel("b"),
        AddLabel("c"),
        AddStep("y"),
        Watch(1),
        Watch(2),
        LinkTo(Relation.RELATES, 1),
        LinkTo(Relation.RELATES, 2),
    )


def test_an_empty_change_has_no_terms() -> None:
    assert parse_change("  ") == Change()


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("prioritty:high", 1, "There is nothing to set called `prioritty`. Did you mean `priority`?"),
        ("+vpn owner:bob", 6, "There is nothing to set called `owner`."),
        ("priority>high", 9, "A change sets with `:`, not with `>`."),
        ("priority:", 10, "A value is missing after `:`."),
        ("+", 2, "A value is missing after `+`."),
        ("+ vpn", 2, "A value is missing after `+`."),
        ("+vpn,", 6, "A value is missing after `,`."),
        ("priority:high,low", 15, "`priority` takes one value."),
        ("note:a,b", 8, "`note` takes one value. Put the text in quotes."),
        ("priority:high priority:low", 15, "`priority` is said twice."),
        ("org:beta organization:none", 10, "`org` is said twice."),
        ("+vpn -VPN", 7, "A label is both added and removed."),
        ("watch:me unwatch:bob", 10, "Somebody is to watch and not to watch."),
        ("archive reopen", 9, "A ticket cannot be archived and reopened at once."),
        ("archvie", 1, "`archvie` changes nothing. Did you mean `archive`?"),
        ("hello", 1, "`hello` changes nothing. Write `+label`"),
        ('"archive"', 1, "`archive` changes nothing."),
        ("is:open", 1, "There is nothing to set called `is`."),
        ('note:"hello', 6, "The quote that opens here is never closed."),
        ('note:"a"b', 9, "Put a blank after the closing quote."),
        ("vpn\0", 4, "There is a NUL character here."),
        ("x" * (CHANGE_LIMIT + 1), CHANGE_LIMIT + 1, "This is longer than 1,010,000 characters."),
        ("+x " * 501, 1502, "There are more than 500 terms."),
        ("-vpm", 2, "There is no label `vpm`. Did you mean `vpn`?"),
        ("assignee:bobb", 10, "There is no person `bobb`. Did you mean `bob`?"),
        ("assignee:mari", 10, "`mari` could be more than one person. Say which: mmagi (Mari Mägi), Mari Tamm."),
        ("requester:nobody", 11, "There is no person `nobody`."),
        ("priority:none", 10, "A ticket always has a priority."),
        ("board:none", 7, "A ticket always has a board."),
        ("priority:urgent", 10, "`priority` is never `urgent`."),
        ("status:waitng", 8, "Did you mean `waiting`?"),
        ("to:nowhere", 4, "There is no column `nowhere`."),
        ("due:2026-02-31", 5, "31 Feb 2026 does not exist."),
        ('title:""', 7, "There is no text here."),
        ("title:" + "x" * 501, 7, "This text has more than 500 characters."),
        ("time:0m", 6, "No time at all cannot be logged."),
        ("time:999999h", 6, "This is longer than anybody works."),
        ("link:#0", 6, "There is no ticket #0."),
        ("link:foo", 6, "`ticket` is a number, not `foo`."),
        ('+"\u200b"', 2, "A label needs a name."),
    ],
)
def test_an_error_names_the_column_and_what_was_expected(text: str, column: int, message: str) -> None:
    with pytest.raises(LanguageError) as caught:
        terms(text)
    assert message in str(caught.value)
    assert caught.value.column == column


def test_every_term_of_the_design_is_there() -> None:
    design = (
        "assignee priority impact urgency due status kind title requester org language board "
        "to check reply note watch link duplicate time"
    )
    assert set(design.split()) <= {action.name for action in fields.ACTIONS}
    assert set(fields.VERBS) == {"archive", "reopen", "escalate", "calm"}


@pytest.mark.parametrize(
    ("words", "title", "change"),
    [
        (
            ["Printer is dead", "+printer", "priority:high", "due:tomorrow"],
            "Printer is dead",
            "+printer priority:high due:tomorrow",
        ),
        (["Printer", "is", "+printer", "dead"], "Printer is dead", "+printer"),
        (["Lunch", "due:fri 17:00"], "Lunch", 'due:"fri 17:00"'),
        (["Lunch", 'due:"fri 17:00"'], "Lunch", 'due:"fri 17:00"'),
        (["Lunch", "+needs parts"], "Lunch", '+"needs parts"'),
        (["Lunch", "+a,b"], "Lunch", "+a,b"),
        (["Lunch", "note:first, second", "note:a,b"], "Lunch", 'note:"first, second" note:"a,b"'),
        (["Lunch", 'note:"first"'], "Lunch", "note:first"),
        (["title:Lunch"], "", "title:Lunch"),
        (["Error:", "12:30", "http://host/"], "Error: 12:30 http://host/", ""),
        (["Error: no paper"], "Error: no paper", ""),
        (["time: it flies"], "time: it flies", ""),
        (["Use", "C++", "and", "-x", "+", "archive", "(now)"], "Use C++ and -x + archive (now)", ""),
        (['12" monitor'], '12" monitor', ""),
        ([], "", ""),
    ],
)
def test_the_words_of_a_new_ticket_are_its_title_and_terms(words: list[str], title: str, change: str) -> None:
    assert strip(parse_new(words)) == strip((title, parse_change(change)))


def strip(described: tuple[str, Change]) -> tuple[str, list[tuple[type, str, str]]]:
    """Without what only says how something was typed."""
    title, change = described
    parts = []
    for part in change.parts:
        value = getattr(part, "label", None) or getattr(part, "value", None)
        parts.append((type(part), getattr(part, "name", ""), value.text if value else ""))
    return title, parts


@pytest.mark.parametrize(
    ("line", "title", "change"),
    [
        ('Printer is dead +printer due:"fri 17:00" now', "Printer is dead now", '+printer due:"fri 17:00"'),
        ('Printer says "paper jam" +"needs parts"', 'Printer says "paper jam"', '+"needs parts"'),
        ('12" monitor  flickers', '12" monitor flickers', ""),
        ("", "", ""),
    ],
)
def test_a_line_describes_a_new_ticket_too(line: str, title: str, change: str) -> None:
    assert strip(parse_new_line(line)) == strip((title, parse_change(change)))


@pytest.mark.parametrize(
    ("words", "column", "message"),
    [
        (["Printer", "prioritty:high"], 9, "There is nothing to set called `prioritty`. Did you mean `priority`?"),
        (["Printer", "priority:high", "priority:low"], 23, "`priority` is said twice."),
        (["Printer", "title:Other"], 9, "The title is given twice."),
        (["Printer", 'note:"open'], 14, "The quote that opens here is never closed."),
    ],
)
def test_a_new_ticket_described_wrongly_is_an_error(words: list[str], column: int, message: str) -> None:
    with pytest.raises(LanguageError) as caught:
        parse_new(words)
    assert message in str(caught.value)
    assert caught.value.column == column


PIECES = [
    "+",
    "-",
    "vpn",
    ":",
    '"',
    ",",
    " ",
    "due",
    "to",
    "priority",
    "high",
    "note",
    "archive",
    "\0",
    "none",
    "(",
    "#1",
    "<",
]


@settings(max_examples=250, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
def test_nothing_but_a_language_error_ever_comes_out(text: str) -> None:
    for attempt in (terms, parse_new_line, lambda line: parse_new(line.split())):
        try:
            attempt(text)
        except LanguageError as error:
            column, said = error.column, str(error)
        else:
            continue
        assert 1 <= column <= len(text) + 1
        assert said
