"""What a query means to Bob, in Tallinn, on Wednesday 25 November 2026 at 10:30."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.ticket import Priority, Status
from helpdesk_tui.domain.ticket_facts import TicketFacts
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language.bind import bind
from helpdesk_tui.language.bound import (
    AllOf,
    Always,
    Between,
    Empty,
    HasText,
    IsOneOf,
    Opposite,
    RefersTo,
    Test,
    TitleHas,
    Within,
)
from helpdesk_tui.language.match import match
from helpdesk_tui.language.query import parse
from tests.language import queries
from tests.language.world import NOW, asking

TODAY = datetime(2026, 11, 24, 22, tzinfo=UTC)
"""The beginning of Bob's day."""

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
TICK = timedelta(milliseconds=1)


def bound(text: str) -> Test:
    return bind(parse(text), asking()).test


def refers(field: str, *ids: int) -> RefersTo:
    return RefersTo(field, frozenset(ids))


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("assignee:me", refers("assignee", 2)),
        ("assignee:bob", refers("assignee", 2)),
        ('assignee:"Bob Builder"', refers("assignee", 2)),
        ("assignee:BUILDER", refers("assignee", 2)),
        ("requester:mari", refers("requester", 3, 4)),
        ("requester:magi", refers("requester", 3)),
        ("requester:ștefan", refers("requester", 5)),
        ("requester:stefan", refers("requester", 5)),
        ("requester:כהן", refers("requester", 6)),
        ("watcher:ann,bob", refers("watcher", 1, 2)),
        ("is:mine", refers("assignee", 2)),
        ("label:VPN,network", refers("label", 1, 2)),
        ('label:"needs parts"', refers("label", 4)),
        ('org:"acme ou"', refers("org", 1)),
        ("board:support", refers("board", 1)),
        ('column:"to do"', refers("column", 1, 4)),
        ("#142", refers("number", 142)),
        ("assignee:none", Empty("assignee")),
        ("label:any", Opposite(Empty("label"))),
        ("status:none", Empty("status")),
        ("rating:any", Opposite(Empty("rating"))),
        ("due:none", Empty("due")),
        ("title:Drucker", TitleHas("drucker")),
        ('title:"none"', TitleHas("none")),
        ("category:Doing", IsOneOf("category", frozenset(["doing"]))),
        ("status:review", IsOneOf("status", frozenset(["needs review"]))),
        ('status:"needs review"', IsOneOf("status", frozenset(["needs review"]))),
        ("status:needs-review", IsOneOf("status", frozenset(["needs review"]))),
        ("kind:incident", IsOneOf("kind", frozenset(["incident"]))),
        ("language:et", IsOneOf("language", frozenset(["et"]))),
        ("source:Mail", IsOneOf("source", frozenset(["mail"]))),
        ("priority>=high", Between("priority", 3, None)),
        ("priority<high", Between("priority", None, 2)),
        ("impact:medium", Between("impact", 2, 2)),
        ("comments>3", Between("comments", 4, None)),
        ("number<=142", Between("number", None, 142)),
        ("time>1h", Between("time", 61, None)),
        ("time>=90", Between("time", 90, None)),
        ("time:1h30m", Between("time", 90, 90)),
        ("checklist:open", Between("steps_open", 1, None)),
        ("checklist>3", Between("steps", 4, None)),
        ("has:checklist", Opposite(Empty("steps"))),
        ("has:reply", Opposite(Empty("replied"))),
        ("printer", HasText("printer", prefix=True)),
        ("text:printer", HasText("printer", prefix=False)),
        ('"---"', Opposite(Always())),
        ("%", Opposite(Always())),
        ('""', Always()),
        ("printer & scanner", AllOf((HasText("printer", prefix=False), HasText("scanner", prefix=True)))),
        ("", Always()),
        ("due<3d", Within("due", None, NOW + 3 * DAY)),
        ("due<=3d", Within("due", None, NOW + 3 * DAY + TICK)),
        ("due>3d", Within("due", NOW + 3 * DAY + TICK, None)),
        ("due>-3d", Within("due", NOW - 3 * DAY + TICK, None)),
        ("due<now", Within("due", None, NOW)),
        ("due:today", Within("due", TODAY, TODAY + DAY)),
        ("due<today", Within("due", None, TODAY)),
        ("due<=today", Within("due", None, TODAY + DAY)),
        ("due>today", Within("due", TODAY + DAY, None)),
        ("due>=today", Within("due", TODAY, None)),
        ("due:3d", Within("due", TODAY + 3 * DAY, TODAY + 4 * DAY)),
        ("due:4h", Within("due", NOW + 4 * HOUR, NOW + 4 * HOUR + timedelta(minutes=1))),
        ("due:17:00", Within("due", TODAY + 17 * HOUR, TODAY + 17 * HOUR + timedelta(minutes=1))),
        ("due<17:00", Within("due", None, TODAY + 17 * HOUR)),
        ('due<"fri 17:00"', Within("due", None, TODAY + 2 * DAY + 17 * HOUR)),
        ("due<2026-12-01", Within("due", None, TODAY + 6 * DAY)),
        ("due:eow", Within("due", TODAY + 4 * DAY, TODAY + 5 * DAY)),
        ("created>2w", Within("created", NOW - 2 * WEEK + TICK, None)),
        ("created<2w", Within("created", None, NOW - 2 * WEEK)),
        ("created>=mon", Within("created", TODAY - 2 * DAY, None)),
        ("closed:yesterday", Within("closed", TODAY - DAY, TODAY)),
        ("age>3d", Within("created", None, NOW - 3 * DAY)),
        ("age<3d", Within("created", NOW - 3 * DAY + TICK, None)),
        ("age:3d", Within("created", TODAY - 3 * DAY, TODAY - 2 * DAY)),
        ("idle>2w", Within("updated", None, NOW - 2 * WEEK)),
    ],
)
def test_a_query_means(text: str, test: Test) -> None:
    assert bound(text) == test


A_TICKET = TicketFacts(
    number=7,
    title="Printer is dead",
    board_id=1,
    column_id=1,
    category=Category.TODO,
    priority=Priority.HIGH,
    status=Status.NONE,
    kind="incident",
    language="et",
    source="mail",
    created=NOW - 4 * DAY,
    updated=NOW - HOUR,
    texts=("Printer is dead",),
    notes="The spare one is secret",
)


@pytest.mark.parametrize(
    ("text", "sla_due", "sla_risk", "found"),
    [
        ("sla:ok", 5 * HOUR, 4 * HOUR, True),
        ("sla:risk", 5 * HOUR, 4 * HOUR, False),
        ("sla:risk", 1 * HOUR, -1 * HOUR, True),
        ("sla:ok", 1 * HOUR, -1 * HOUR, False),
        ("sla:late", -1 * HOUR, -2 * HOUR, True),
        ("sla:risk", -1 * HOUR, -2 * HOUR, False),
        ("is:late", -1 * HOUR, None, True),
        ("is:late", 1 * HOUR, None, False),
        ("sla:none", None, None, True),
        ("sla:any", None, None, False),
        ("sla<1h", timedelta(minutes=59), None, True),
        ("sla<1h", timedelta(minutes=61), None, False),
        ("sla<1h", -1 * HOUR, None, True),
        ("sla>1h", 2 * HOUR, None, True),
        ("sla<1h", None, None, False),
    ],
)
def test_a_service_level_is(text: str, sla_due: timedelta | None, sla_risk: timedelta | None, found: bool) -> None:
    from msgspec.structs import replace

    facts = replace(A_TICKET, sla_due=sla_due and NOW + sla_due, sla_risk=sla_risk and NOW + sla_risk)
    assert match(bind(parse(text), asking()), facts, asking(), True) is found
    closed = replace(facts, closed=NOW)
    assert match(bind(parse(text), asking()), closed, asking(), True) is (text == "sla:none")


def test_the_teams_notes_are_searched_only_for_those_who_may_read_them() -> None:
    query = bind(parse("secret"), asking())
    assert match(query, A_TICKET, asking(), True)
    assert not match(query, A_TICKET, asking(), False)


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("is:open", False),
        ("is:archived", True),
        ("vpn -(is:archived or is:late)", True),
        ("#142", True),
        ("number:142", True),
        ("number>142", False),
    ],
)
def test_a_query_says_whether_it_is_about_archived_tickets(text: str, mentions: bool) -> None:
    assert bind(parse(text), asking()).mentions_archived is mentions


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("assignee:bobb", 10, "There is no person `bobb`. Did you mean `bob`?"),
        ("is:open label:vpm", 15, "There is no label `vpm`. Did you mean `vpn`?"),
        ("label:vpn,netwrok", 11, "Did you mean `network`?"),
        ("org:acme", 5, "Did you mean `Acme OÜ`?"),
        ("board:supprt", 7, "Did you mean `Support`?"),
        ("column:dong", 8, "Did you mean `Doing`?"),
        ("priority:hgh", 10, "`priority` is never `hgh`. Did you mean `high`?"),
        ("priority:zzz", 10, "There is critical, high, normal, low."),
        ("category:doin", 10, "Did you mean `doing`?"),
        ("status:wait", 8, "Did you mean `waiting`?"),
        ("kind:incidnt", 6, "Did you mean `incident`?"),
        ("language:xx", 10, "`language` is never `xx`."),
        ("due<31feb", 5, "is not a date"),
        ('due<"31 Feb"', 5, "31 Feb 2027 does not exist."),
        ("due<any", 5, "`any` cannot be compared with `<`."),
        ("due<2999-12-32", 5, "does not exist"),
        ("age>friday", 5, "`age` is how long ago, not `friday`."),
        ("age>-3d", 5, "`age` is how long ago, not `-3d`."),
        ("age:none", 5, "`age` is how long ago"),
        ("comments>many", 10, "`comments` is a number, not `many`."),
        ("number:" + "9" * 19, 8, "This number is too large."),
        ("time>soon", 6, "`time` is a duration, not `soon`."),
        ("sla:bad", 5, "`sla` is never `bad`."),
        ("sla<risk", 5, "`sla` is never `risk`."),
        ("checklist:maybe", 11, "`checklist` is a number, not `maybe`."),
        ("title:" + "x" * 501, 7, "A title has at most 500 characters."),
        ("age>999999999w", 5, "is out of the calendar."),
    ],
)
def test_an_unknown_value_is_an_error_at_its_column(text: str, column: int, message: str) -> None:
    with pytest.raises(LanguageError) as caught:
        bound(text)
    assert message in str(caught.value)
    assert caught.value.column == column


@settings(max_examples=150, deadline=None)
@given(queries.whole)
def test_binding_the_written_out_query_means_the_same(text: str) -> None:
    query = parse(text)
    assert bind(parse(str(query)), asking()) == bind(query, asking())
