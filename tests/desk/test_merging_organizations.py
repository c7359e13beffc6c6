"""Two organizations of the desk that are one in life."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import (
    calendars,
    merging_organizations,
    organizations,
    people,
    persons,
    policies,
    service_levels,
    tickets,
    undo,
)
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.finding import find
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import Conflict, NotAllowed, NotFound, UsageError
from tests.builders import a_person, a_ticket, as_uid, desk_of


def made(desk: Desk, name: str, *domains: str, shares: bool = False) -> int:
    return organizations.add(desk, name, domains=domains, shares=shares).made or 0


def everything(desk: Desk) -> list[object]:
    """All that is kept of organizations and of who and what is of which."""
    asked = ("SELECT * FROM organization ORDER BY id", "SELECT id, organization_id FROM person ORDER BY id")
    with desk.store.reading() as unit:
        found = [tuple(row) for one in asked for row in unit.rows(text(one))]
        return [*found, *map(tuple, unit.rows(text("SELECT id, organization_id FROM ticket ORDER BY id")))]


@pytest.fixture
def two(desk: Desk) -> tuple[int, int]:
    """Acme Ltd with somebody who has two tickets, one of them closed, and Acme."""
    one, other = made(desk, "Acme Ltd", "ltd.example"), made(desk, "Acme", "acme.example")
    rita = a_person(desk, "Rita Rohtla", Role.REQUESTER, uid=3001, organization=one)
    a_ticket(desk, requester_id=rita)
    a_ticket(desk, change="to:done", requester_id=rita)
    return one, other


def found_by(desk: Desk, query: str) -> list[int]:
    return sorted(card.number for card in find(desk, desk.ask(query)))


def test_people_tickets_and_domains_are_the_others(desk: Desk, two: tuple[int, int]) -> None:
    said = merging_organizations.merge(desk, *two).said
    assert said == "Acme Ltd is Acme now: 1 person and 2 tickets went along"
    (left,) = organizations.uses(desk)
    assert (left.organization.name, left.people) == ("Acme", 1)
    assert left.organization.domains == ("acme.example", "ltd.example")
    assert found_by(desk, "org:Acme") == [1, 2]
    comes = persons.add(desk, Details(name="Nils", mail="nils@ltd.example")).made
    assert next(one for one in people.everybody(desk) if one.id == comes).organization == "Acme"


def test_is_one_undo_step(desk: Desk, two: tuple[int, int]) -> None:
    before = everything(desk)
    merging_organizations.merge(desk, *two)
    merged = everything(desk)
    assert merged != before
    undo.undo(desk)
    assert everything(desk) == before
    undo.redo(desk)
    assert everything(desk) == merged


def test_the_name_that_is_no_more_leads_to_what_it_is_part_of(desk: Desk, two: tuple[int, int]) -> None:
    merging_organizations.merge(desk, *two)
    third = made(desk, "Acme Holding")
    merging_organizations.merge(desk, two[1], third)
    assert found_by(desk, 'org:"Acme Ltd"') == [1, 2]
    number = a_ticket(desk, change='org:"acme ltd"')
    assert tickets.open_ticket(desk, number).organization == "Acme Holding"
    nils = persons.add(desk, Details(name="Nils", organization="Acme Ltd")).made
    assert next(one for one in people.everybody(desk) if one.id == nils).organization == "Acme Holding"
    assert [one.organization.name for one in organizations.uses(desk)] == ["Acme Holding"]


def test_a_policy_that_names_it_serves_as_before(desk: Desk, two: tuple[int, int]) -> None:
    calendar = calendars.uses(desk)[0].calendar.id
    wanted = policies.Terms("Ltd", 'org:"Acme Ltd"', calendar, policies.uses(desk)[0].policy.targets)
    policies.add(desk, wanted)
    service_levels.catch_up(desk)
    merging_organizations.merge(desk, *two)
    service_levels.catch_up(desk)
    mine = next(one for one in policies.uses(desk) if one.policy.name == "Ltd")
    assert (mine.problem, mine.open) == ("", 1)


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        ((False, True), "Each of the people of Acme sees the tickets of all, those that came along too."),
        ((True, False), "The people of Acme Ltd saw the tickets of all: now each sees their own."),
        ((False, False), ""),
    ],
)
def test_what_their_people_see_now_is_said(
    desk: Desk, two: tuple[int, int], shares: tuple[bool, bool], says: str
) -> None:
    for organization, each in zip(two, shares, strict=True):
        organizations.edit(desk, organization, shares=each)
    assert merging_organizations.merge(desk, *two).warnings == ((says,) if says else ())


def test_its_people_see_what_the_others_see(desk: Desk, two: tuple[int, int]) -> None:
    organizations.edit(desk, two[1], shares=True)
    nils = a_person(desk, "Nils", Role.REQUESTER, uid=3002, organization=two[1])
    theirs = a_ticket(desk, requester_id=nils)
    with pytest.raises(NotFound):
        tickets.open_ticket(as_uid(desk, 3001), theirs)
    merging_organizations.merge(desk, *two)
    assert tickets.open_ticket(as_uid(desk, 3001), theirs).card.number == theirs
    assert tickets.open_ticket(as_uid(desk, 3002), 1).card.number == 1


class TestRefused:
    def test_with_itself(self, desk: Desk, two: tuple[int, int]) -> None:
        with pytest.raises(UsageError, match="Acme cannot be merged with itself"):
            merging_organizations.merge(desk, two[1], two[1])

    def test_with_one_that_is_no_more_so_in_a_ring_too(self, desk: Desk, two: tuple[int, int]) -> None:
        merging_organizations.merge(desk, *two)
        for source, target in (two, reversed(two)):
            with pytest.raises(NotFound):
                merging_organizations.merge(desk, source, target)

    @pytest.mark.parametrize("role", [Role.AGENT, Role.VIEWER, Role.REQUESTER])
    def test_to_all_but_admins(self, desk: Desk, two: tuple[int, int], role: Role) -> None:
        with pytest.raises(NotAllowed):
            merging_organizations.merge(desk_of(desk, role), *two)

    def test_the_name_of_it_for_another(self, desk: Desk, two: tuple[int, int]) -> None:
        merging_organizations.merge(desk, *two)
        with pytest.raises(Conflict, match="'acme ltd' was merged into Acme"):
            organizations.add(desk, "acme ltd")
        with pytest.raises(Conflict, match="was merged into Acme"):
            organizations.edit(desk, made(desk, "Other"), name="Acme Ltd")
