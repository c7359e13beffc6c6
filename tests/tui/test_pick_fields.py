"""The pickers of what a request is and who asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk_tui.desk import board_members, labels, people, settings, structure, tickets, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Level, Priority
from helpdesk_tui.language.terms import AddLabel, New, SetField
from helpdesk_tui.tui.screens.create import Create
from helpdesk_tui.tui.screens.field_offers import offers
from helpdesk_tui.tui.screens.pick_fields import KindPick, LanguagePick, LevelsPick, OrganizationPick, RequesterPick
from helpdesk_tui.tui.screens.pick_labels import LabelsPick
from tests.builders import a_person, desk_of
from tests.tui.around import Around, make_desk, press
from tests.tui.quiet import send, settle
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


async def test_a_label_is_given_a_colour_where_it_is_picked(desk: Desk) -> None:
    labels.add(desk, "vpn")
    number = tickets.create(desk, tickets.NewTicket("x")).numbers[0]
    keys = (*"vpn", "ctrl+e", *"gre", "enter")
    ((term,),) = await answers(desk, LabelsPick("L", [number]), *keys, "enter")
    assert term == AddLabel("vpn")
    assert {label.name: label.color for label in labels.labels(desk)}["vpn"] == "green"


async def test_a_new_label_is_made_with_its_colour(desk: Desk) -> None:
    keys = (*"fax", "ctrl+e", *"pink", "enter", "enter")
    assert await answers(desk, LabelsPick("L", [1]), *keys) == [(AddLabel("fax"),)]
    assert {label.name: label.color for label in labels.labels(desk)}["fax"] == "pink"


async def test_who_may_not_manage_labels_gives_them_no_colour(desk: Desk) -> None:
    labels.add(desk, "vpn")
    viewer = desk_of(desk, Role.VIEWER)
    await answers(viewer, LabelsPick("L", [1]), *"vpn", "ctrl+e", *"green", "enter")
    assert {label.color for label in labels.labels(desk)} == {""}


async def test_a_field_of_a_new_ticket_offers_what_its_picker_does(desk: Desk) -> None:
    labels.add(desk, "vpn")
    dana = a_person(desk, "Dana Levi")
    app = Around(desk, Create(1))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, *"Dead", "tab", "tab", *"hi", "tab", *"fri 17:00")
        assert "Fri 27 Nov 17:00" in app.drawn()
        await press(pilot, "tab", *"vp", "tab", "tab", *"levi", "tab", *"Beta", "enter")
        assert app.answers == []
        await press(pilot, "ctrl+s")
        (outcome,) = app.answers
    made = tickets.open_ticket(desk, outcome.made)
    assert (made.card.priority, made.requester_id, made.card.organization) == (Priority.HIGH, dana, "Beta")
    assert [label.name for label in made.card.labels] == ["vpn"]
    assert made.card.due is not None


async def test_tab_through_empty_fields_sets_nothing(desk: Desk) -> None:
    app = Around(desk, Create(1))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, *"Dead", *("tab",) * 13)
        assert app.screen.focused is app.screen.query_one("#description")
        assert {name for name, text in app.screen.typed().items() if text} == {"title"}  # type: ignore[attr-defined]


async def test_a_choice_is_taken_with_the_arrows_and_enter_and_then_enter_saves(desk: Desk) -> None:
    app = Around(desk, Create(1))
    async with app.run_test(size=(40, 12)) as pilot:
        await settle(pilot)
        await press(pilot, *"Dead", "tab", "tab", "down", "enter")
        assert "critical" in app.drawn()
        await press(pilot, "enter")
        (outcome,) = app.answers
    assert tickets.open_ticket(desk, outcome.made).card.priority is Priority.CRITICAL


async def test_keys_that_come_faster_than_the_offers_are_for_them(desk: Desk) -> None:
    app = Around(desk, Create(1))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        send(app, *"Dead", "tab", "tab", *"lo", "tab", "tab", "tab", *"me", "enter", "enter")
        await settle(pilot)
        (outcome,) = app.answers
    made = tickets.open_ticket(desk, outcome.made)
    assert (made.card.priority, made.assignee_id) == (Priority.LOW, desk.actor.id)


def test_a_new_ticket_is_offered_to_those_who_work_on_its_board(desk: Desk) -> None:
    a_person(desk, "Carol Closed", login="carol", role=Role.VIEWER)
    elsewhere = structure.add_board(desk, "Elsewhere").made
    assert elsewhere is not None
    carol = next(one.id for one in people.everybody(desk) if one.login == "carol")
    board_members.set_role(desk, elsewhere, carol, Role.AGENT)
    found = {board: [one.text for one in offers(desk, "assignee", "car", board)[0]] for board in (1, elsewhere)}
    assert found == {1: [], elsewhere: ["carol"]}


async def test_somebody_new_is_made_only_when_chosen(desk: Desk) -> None:
    app = Around(desk, Create(1))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, *"Dead", *("tab",) * 6, *"Mart Saar", "ctrl+s")
        assert "There is no person" in app.drawn()
        await press(pilot, "enter", "enter")
        (outcome,) = app.answers
    assert tickets.open_ticket(desk, outcome.made).card.requester == "Mart Saar"
