"""The pickers of what a request is and who asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk_tui.desk import people, settings, tickets, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.ticket import Level
from helpdesk_tui.language.terms import New, SetField
from helpdesk_tui.tui.screens.pick_fields import KindPick, LanguagePick, LevelsPick, OrganizationPick, RequesterPick
from tests.builders import a_person
from tests.tui.around import make_desk
from tests.tui.test_pickers import answers


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    yield desk
    desk.close()


async def test_a_pair_of_levels_is_found_by_its_two_words(desk: Desk) -> None:
    wanted = (SetField("impact", Level.LOW), SetField("urgency", Level.HIGH))
    assert await answers(desk, LevelsPick("I"), *"low", "space", *"high", "enter") == [wanted]


async def test_the_pair_as_it_is_stands_under_the_cursor(desk: Desk) -> None:
    wanted = (SetField("impact", Level.MEDIUM), SetField("urgency", Level.LOW))
    assert await answers(desk, LevelsPick("I", Level.MEDIUM, Level.LOW), "enter") == [wanted]


async def test_the_kinds_are_the_desk_s_own(desk: Desk) -> None:
    settings.change(desk, "kinds", "incident, wish")
    assert await answers(desk, KindPick("K"), *"wi", "enter") == [(SetField("kind", "wish"),)]


async def test_a_language_is_found_by_its_name(desk: Desk) -> None:
    assert await answers(desk, LanguagePick("L"), *"hebr", "enter") == [(SetField("language", "he"),)]


async def test_a_requester_is_found_by_any_word_of_the_name(desk: Desk) -> None:
    dana = a_person(desk, "Dana Levi")
    assert await answers(desk, RequesterPick("R"), *"levi", "enter") == [(SetField("requester", dana),)]


async def test_an_unknown_name_is_somebody_new(desk: Desk) -> None:
    assert await answers(desk, RequesterPick("R"), *"Mart", "enter") == [(SetField("requester", New("Mart")),)]


async def test_whoever_may_not_make_people_is_not_offered_to(desk: Desk) -> None:
    assert await answers(desk, RequesterPick("R", may_make=False), *"Mart", "enter") == []


async def test_an_unknown_organization_is_a_new_one(desk: Desk) -> None:
    assert await answers(desk, OrganizationPick("O"), *"Beta", "enter") == [(SetField("organization", New("Beta")),)]


def test_one_new_requester_is_made_for_all_tickets_and_one_undo_takes_it_from_them(desk: Desk) -> None:
    numbers = [tickets.create(desk, tickets.NewTicket("x")).numbers[0] for _ in range(3)]
    tickets.change(desk, numbers, [SetField("requester", New("Mart")), SetField("organization", New("Beta"))])
    assert {tickets.open_ticket(desk, number).card.requester for number in numbers} == {"Mart"}
    assert len(people.people(desk, "mart")) == 1
    assert [name for _, name in people.organizations(desk, "be")] == ["Beta"]
    undo.undo(desk)
    assert "Mart" not in {tickets.open_ticket(desk, number).card.requester for number in numbers}


def test_an_organization_of_that_name_is_taken_as_it_is(desk: Desk) -> None:
    number = tickets.create(desk, tickets.NewTicket("x")).numbers[0]
    for name in ("Beta", "BETA"):
        tickets.change(desk, [number], [SetField("organization", New(name))])
    assert len(people.organizations(desk, "beta")) == 1
