"""`assignee:auto`: who takes a ticket, and why it was them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpdesk_tui.desk import board_members, boards, persons, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Away, Details
from helpdesk_tui.domain.people import Role
from tests.builders import NOON, a_person, a_ticket


@pytest.fixture
def team(desk: Desk) -> dict[str, int]:
    """Ann knows printers and answers in Estonian, Bob knows printers and networks, Cid knows nothing in particular."""
    known = {
        "ann": Details(skills=("printer",), languages=("et", "en")),
        "bob": Details(skills=("printer", "network"), languages=("en",)),
        "cid": Details(capacity=4),
    }
    people = {name: a_person(desk, f"{name.title()} Agent", login=name) for name in known}
    for name, details in known.items():
        persons.edit(desk, people[name], details)
    persons.edit(desk, desk.actor.id, Details(away=Away(NOON - timedelta(days=1), None)))
    return people


def auto(desk: Desk, change: str = "", title: str = "Ticket") -> tuple[str, str]:
    """Who is picked for a new ticket after that change, and what the history says of it."""
    number = a_ticket(desk, title)
    tickets.change_text(desk, [number], f"{change} assignee:auto")
    detail = tickets.open_ticket(desk, number)
    return detail.card.assignee, detail.history[0].what


def test_who_has_the_labels_as_skills_takes_it(desk: Desk, team: dict[str, int]) -> None:
    who, why = auto(desk, "+network")
    assert who == "bob"
    assert why.endswith("assignee none → bob: skilled in network, 0 open")


def test_who_has_most_of_its_labels_where_nobody_has_all(desk: Desk, team: dict[str, int]) -> None:
    assert auto(desk, "+network +printer +vendor")[0] == "bob"


def test_labels_that_are_nobodys_skill_do_not_matter(desk: Desk, team: dict[str, int]) -> None:
    assert auto(desk, "+vip")[1].endswith("0 open, waited longest")


def test_skills_go_before_the_language_and_that_before_the_load(desk: Desk, team: dict[str, int]) -> None:
    for _ in range(3):
        a_ticket(desk, change="assignee:ann")
    who, why = auto(desk, "+printer language:et")
    assert (who, why.partition(": ")[2]) == ("ann", "skilled in printer, answers in et, 3 open")
    assert auto(desk, "+network language:et")[0] == "bob", "a skill counts more"
    assert auto(desk, "+printer language:pl")[0] == "bob", "nobody answers in it"


def test_the_least_work_for_their_capacity(desk: Desk, team: dict[str, int]) -> None:
    for _ in range(2):
        a_ticket(desk, change="assignee:cid")
    for name in ("ann", "bob"):
        for _ in range(4):
            a_ticket(desk, change=f"assignee:{name}")
    assert auto(desk)[0] == "ann", "4 of ten are less than 2 of four"
    assert auto(desk)[0] == "bob"
    who, why = auto(desk)
    assert who in {"ann", "bob", "cid"}
    assert "waited longest" in why


def test_those_who_wait_take_turns(desk: Desk, team: dict[str, int]) -> None:
    numbers = [a_ticket(desk, f"Ticket {n}") for n in range(9)]
    tickets.change_text(desk, numbers, "assignee:auto")
    given = [tickets.open_ticket(desk, number).card.assignee for number in numbers]
    assert {name: given.count(name) for name in sorted(set(given))} == {"ann": 4, "bob": 3, "cid": 2}


def test_who_is_away_or_has_left_gets_nothing(desk: Desk, team: dict[str, int]) -> None:
    persons.edit(desk, team["bob"], Details(away=Away(None, NOON + timedelta(days=3))))
    assert auto(desk, "+network")[0] != "bob"
    persons.deactivate(desk, team["ann"])
    assert auto(desk, "+printer")[0] == "cid"
    persons.edit(desk, team["cid"], Details(away=Away(NOON - timedelta(days=1), None)))
    who, why = auto(desk, "+network")
    assert who == "bob"
    assert "everybody is away" in why


def test_only_who_works_on_the_board(desk: Desk, team: dict[str, int]) -> None:
    board = boards.all_boards(desk)[0].id
    board_members.set_members_only(desk, board, True)
    board_members.set_role(desk, board, team["cid"], Role.AGENT)
    assert auto(desk, "+network")[0] == "cid"


def test_the_lead_is_the_admin_of_the_board_and_else_of_the_desk(desk: Desk, team: dict[str, int]) -> None:
    number = a_ticket(desk)
    tickets.change_text(desk, [number], "assignee:lead")
    assert tickets.open_ticket(desk, number).card.assignee == "admin"
    board_members.set_role(desk, boards.all_boards(desk)[0].id, team["ann"], Role.ADMIN)
    tickets.change_text(desk, [number], "assignee:lead")
    assert tickets.open_ticket(desk, number).card.assignee == "ann"


def test_the_priority_goes_up_one_at_a_time_and_no_further(desk: Desk) -> None:
    number = a_ticket(desk, change="priority:low")
    seen = []
    for _ in range(4):
        tickets.change_text(desk, [number], "priority:up")
        seen.append(tickets.open_ticket(desk, number).card.priority.word)
    assert seen == ["normal", "high", "critical", "critical"]


def test_a_ticket_is_marked_as_escalated_and_calmed(desk: Desk) -> None:
    number = a_ticket(desk)
    tickets.change_text(desk, [number], "escalate")
    assert tickets.numbers(desk, desk.ask("is:escalated")) == [number]
    assert tickets.open_ticket(desk, number).history[0].what == "escalated"
    tickets.change_text(desk, [number], "calm")
    assert not tickets.numbers(desk, desk.ask("is:escalated"))
