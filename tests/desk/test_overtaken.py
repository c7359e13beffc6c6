"""Two who change the same of the desk's own records: the second is told, and says whose words stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from helpdesk_tui.desk import calendars, canned, organizations, persons, policies, rules, templates, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.errors import Overtaken
from tests.builders import desk_of


def policy(desk: Desk, text: str) -> None:
    policies.change(desk, policies.uses(desk)[0].policy.id, policies.Terms(text))


def calendar(desk: Desk, text: str) -> None:
    calendars.change(desk, calendars.uses(desk)[0].calendar.id, calendars.Hours(text))


def rule(desk: Desk, text: str) -> None:
    rules.edit(desk, rules.find(desk, "Rule").id, Wording("Rule", "created", text, "priority:high"))


def template(desk: Desk, text: str) -> None:
    templates.edit(desk, templates.templates(desk)[0].id, templates.Wording("Template", title=text))


def reply(desk: Desk, text: str) -> None:
    canned.edit(desk, canned.canned(desk)[0].id, body=text)


def organization(desk: Desk, text: str) -> None:
    organizations.edit(desk, organizations.find(desk, "Acme").id, domains=[f"{text}.example"])


def person(desk: Desk, text: str) -> None:
    persons.edit(desk, desk.actor.id, Details(mail=f"{text}@acme.example"))


CHANGES: dict[str, Callable[[Desk, str], None]] = {
    "name": policy, "calendar": calendar, "query": rule, "title": template, "text": reply, "domains": organization,
}  # fmt: skip


@pytest.fixture
def other(desk: Desk) -> Desk:
    """Another admin of a desk with one of each."""
    rules.add(desk, Wording("Rule", "created", "", "priority:high"))
    templates.add(desk, templates.Wording("Template"))
    canned.add(desk, "Reply", "Hello.")
    organizations.add(desk, "Acme")
    return desk_of(desk, Role.ADMIN, name="Bea Admin")


@pytest.mark.parametrize(("what", "change"), CHANGES.items())
def test_the_second_is_told_who_and_what(desk: Desk, other: Desk, what: str, change: Any) -> None:
    mine = desk.as_of(desk.last_event())
    change(other, "theirs")
    with pytest.raises(Overtaken) as told:
        change(mine, "mine")
    assert (
        f"{other.actor.login} has changed the {'name' if what == 'calendar' else what} meanwhile" in told.value.message
    )
    assert "theirs" in told.value.message


@pytest.mark.parametrize("change", CHANGES.values())
def test_once_they_mean_it_theirs_stands(desk: Desk, other: Desk, change: Any) -> None:
    change(other, "theirs")
    before = desk.last_event()
    change(desk.as_of(before), "mine")
    assert desk.last_event() > before


def test_two_different_fields_are_both_kept(desk: Desk, other: Desk) -> None:
    mine = desk.as_of(desk.last_event())
    one = policies.uses(desk)[0].policy.id
    policies.change(other, one, policies.Terms(query="priority>=high"))
    policies.change(mine, one, policies.Terms("Renamed"))
    found = policies.uses(desk)[0].policy
    assert (found.name, found.query) == ("Renamed", "priority>=high")


def test_who_wants_the_same_is_told_nothing(desk: Desk, other: Desk) -> None:
    mine = desk.as_of(desk.last_event())
    policy(other, "the same")
    policy(mine, "the same")
    assert policies.uses(desk)[0].policy.name == "the same"


def test_what_was_only_put_in_order_is_no_matter(desk: Desk, other: Desk) -> None:
    policies.add(
        desk,
        policies.Terms(
            "Second", "priority:low", calendars.uses(desk)[0].calendar.id, policies.uses(desk)[0].policy.targets
        ),
    )
    mine = desk.as_of(desk.last_event())
    policies.move(other, policies.uses(desk)[0].policy.id, 1)
    policies.move(other, policies.uses(desk)[0].policy.id, 1)
    policy(mine, "Renamed")
    assert [use.policy.name for use in policies.uses(desk)] == ["Renamed", "Standard"]


def test_what_was_taken_back_counts_as_changed(desk: Desk, other: Desk) -> None:
    policy(other, "theirs")
    mine = desk.as_of(desk.last_event())
    undo.undo(other)
    with pytest.raises(Overtaken):
        policy(mine, "mine")


def test_a_command_says_what_it_sets_and_is_not_asked(desk: Desk, other: Desk) -> None:
    policy(other, "theirs")
    policy(desk, "mine")
    assert policies.uses(desk)[0].policy.name == "mine"
