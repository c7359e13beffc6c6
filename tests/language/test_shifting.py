"""What time alone changes about a query: held to asking it of a ticket at both moments."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language.bind import bind
from helpdesk_tui.language.match import match
from helpdesk_tui.language.query import parse
from helpdesk_tui.language.shifting import Span, shifted
from tests.language import queries
from tests.language.test_bind import A_TICKET
from tests.language.world import NOW, asking

_FIELDS = ("due", "created", "updated", "closed", "replied", "sla_due", "sla_risk")
moments = st.one_of(
    st.none(), st.integers(-60 * 24 * 40, 60 * 24 * 40).map(lambda minutes: NOW + timedelta(minutes=minutes))
)


def moved(query: str, minutes: int) -> frozenset[Span] | None:
    after = asking(now=NOW + timedelta(minutes=minutes))
    return shifted(bind(parse(query), asking()).test, bind(parse(query), after).test)


@settings(max_examples=150)
@given(queries.texts, st.fixed_dictionaries(dict.fromkeys(_FIELDS, moments)), st.integers(0, 60 * 24 * 3))
def test_a_ticket_without_a_moment_that_was_passed_answers_both_alike(
    query: str, fields: dict[str, datetime | None], minutes: int
) -> None:
    before, after = asking(), asking(now=NOW + timedelta(minutes=minutes))
    try:
        then, now = bind(parse(query), before), bind(parse(query), after)
    except LanguageError:
        return
    ticket = replace(
        A_TICKET, **{name: at or (NOW if name in {"created", "updated"} else None) for name, at in fields.items()}
    )
    spans = shifted(then.test, now.test)
    assert spans is not None
    if not any((at := getattr(ticket, field)) is not None and start <= at < end for field, start, end in spans):
        assert match(then, ticket, before, True) == match(now, ticket, after, True)


@pytest.mark.parametrize("query", ["is:open label:vpn", "priority>=high", '"cannot connect"', "created>2026-11-01", ""])
def test_what_does_not_depend_on_time_passes_nothing(query: str) -> None:
    assert moved(query, 60) == frozenset() if query else True


def test_a_bound_that_counts_from_now_passes_what_lies_between() -> None:
    assert moved("is:open idle>3d", 1) == {("updated", NOW - timedelta(days=3), NOW - timedelta(days=3, minutes=-1))}


def test_names_that_stand_for_something_else_ask_about_everything() -> None:
    assert shifted(bind(parse("assignee:me"), asking(me=1)).test, bind(parse("assignee:me"), asking(me=2)).test) is None
