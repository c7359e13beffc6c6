"""The desk as whoever asks for help sees it."""

from __future__ import annotations

import pytest

from helpdesk_tui.desk import conversation, linking, requests, tickets, undo
from helpdesk_tui.desk.boards import BoardState, Question
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.related import Tie
from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.errors import HelpdeskError, NotAllowed, NotFound, UsageError
from tests.builders import a_ticket, an_organization, desk_of, later


@pytest.fixture
def rita(desk: Desk) -> Desk:
    return desk_of(desk, Role.REQUESTER, name="Rita Requester")


def seen(rita: Desk, query: str = "") -> BoardState:
    return requests.read(rita, Question(requests.MINE, rita.ask(query)))


def numbers(rita: Desk, query: str = "") -> dict[str, list[int]]:
    return {one.column.name: [card.number for card in one.first] for one in seen(rita, query).columns}


def card(rita: Desk, number: int) -> Card:
    return next(card for one in seen(rita).columns for card in one.first if card.number == number)


def test_tickets_stand_by_what_they_mean_to_who_asked(desk: Desk, rita: Desk) -> None:
    for change in ("", "status:waiting", "to:done", "to:doing status:blocked"):
        a_ticket(desk, "Printer is dead", change, requester_id=rita.actor.id)
    a_ticket(desk, "Somebody else's")
    assert numbers(rita) == {"Waiting for you": [2], "Being worked on": [4, 1], "Solved": [3]}
    assert (seen(rita).shown, seen(rita).total, seen(rita).late) == (4, 4, 0)


def test_a_search_narrows_them_down(desk: Desk, rita: Desk) -> None:
    for title in ("Printer is dead", "VPN drops"):
        a_ticket(desk, title, requester_id=rita.actor.id)
    assert numbers(rita, "vpn")["Being worked on"] == [2]
    assert (seen(rita, "vpn").shown, seen(rita, "vpn").total) == (1, 2)


def test_the_organizations_tickets_are_there_where_it_shares(desk: Desk) -> None:
    acme = an_organization(desk, shares=True)
    rita, ravi = (desk_of(desk, Role.REQUESTER, uid, f"R {uid}", organization=acme) for uid in (2000, 2001))
    a_ticket(desk, "Printer is dead", requester_id=ravi.actor.id)
    assert numbers(rita)["Being worked on"] == [1]


def test_a_card_says_who_answered_last_and_when(desk: Desk, rita: Desk) -> None:
    a_ticket(desk, "Printer is dead", requester_id=rita.actor.id)
    assert card(rita, 1).answered is None
    conversation.reply(desk, 1, "Which floor?")
    later(desk, minutes=5)
    conversation.reply(rita, 1, "The second.")
    conversation.note(desk, 1, "Again.")
    assert (card(rita, 1).answered_by, card(rita, 1).answered) == (
        "admin",
        tickets.open_ticket(desk, 1).conversation[0].at,
    )


def test_what_a_colleague_says_is_no_answer(desk: Desk) -> None:
    acme = an_organization(desk, shares=True)
    rita, ravi = (desk_of(desk, Role.REQUESTER, uid, f"R {uid}", organization=acme) for uid in (2000, 2001))
    number = a_ticket(desk, "Printer is dead", requester_id=rita.actor.id)
    conversation.reply(ravi, number, "Here too.")
    conversation.reply(rita, number, "On all floors.")
    assert [card(one, number).answered for one in (rita, ravi)] == [None, None]
    conversation.reply(desk, number, "We are on it.")
    assert [card(one, number).answered_by for one in (rita, ravi)] == ["admin", "admin"]
    assert [said.by_team for said in tickets.open_ticket(ravi, number).conversation] == [False, False, True]


def test_only_what_concerns_them_is_unread(desk: Desk, rita: Desk) -> None:
    a_ticket(desk, "Printer is dead", requester_id=rita.actor.id)
    conversation.note(desk, 1, "Again.")
    tickets.change_text(desk, [1], "priority:high +vpn")
    assert not card(rita, 1).unread
    conversation.reply(desk, 1, "Which floor?")
    assert card(rita, 1).unread
    tickets.mark_seen(rita, 1)
    assert not card(rita, 1).unread


def test_pages_and_places_agree(desk: Desk, rita: Desk) -> None:
    for at in range(7):
        a_ticket(desk, f"Ticket {at}", requester_id=rita.actor.id)
    question = Question(requests.MINE, rita.ask(""))
    column = seen(rita).columns[1].column.id
    assert [one.number for one in requests.cards(rita, question, column, 2, 3)] == [5, 4, 3]
    assert requests.position(rita, question, 4) == (column, 3)
    assert requests.position(rita, question, 99) is None


class TestSolved:
    def test_who_asked_says_so_and_it_is_done(self, desk: Desk, rita: Desk) -> None:
        a_ticket(desk, "Printer is dead", "status:waiting", requester_id=rita.actor.id)
        requests.confirm_solved(rita, 1)
        assert numbers(rita)["Solved"] == [1]
        assert "confirmed solved" in [entry.what for entry in tickets.open_ticket(desk, 1).history]

    def test_of_what_is_done_it_is_noted(self, desk: Desk, rita: Desk) -> None:
        a_ticket(desk, "Printer is dead", "to:done", requester_id=rita.actor.id)
        requests.confirm_solved(rita, 1)
        assert "confirmed solved" in [entry.what for entry in tickets.open_ticket(desk, 1).history]

    def test_what_it_waits_for_is_not_told_to_who_asked(self, desk: Desk, rita: Desk) -> None:
        a_ticket(desk, "Secret")
        a_ticket(desk, "Printer is dead", requester_id=rita.actor.id)
        linking.link(desk, [2], Tie.BLOCKED_BY, 1)
        requests.confirm_solved(rita, 2)
        assert numbers(rita)["Solved"] == [2]

    def test_it_can_be_taken_back(self, desk: Desk, rita: Desk) -> None:
        a_ticket(desk, "Printer is dead", requester_id=rita.actor.id)
        requests.confirm_solved(rita, 1)
        undo.undo(rita)
        assert numbers(rita)["Being worked on"] == [1]

    def test_not_by_the_team_and_not_of_others(self, desk: Desk, rita: Desk) -> None:
        a_ticket(desk, "Printer is dead")
        with pytest.raises(NotAllowed):
            requests.confirm_solved(desk, 1)
        with pytest.raises(NotFound):
            requests.confirm_solved(rita, 1)


class TestNotSolved:
    def test_it_is_opened_again_and_says_why(self, desk: Desk, rita: Desk) -> None:
        a_ticket(desk, "Printer is dead", "to:done", requester_id=rita.actor.id)
        requests.reopen(rita, 1, "It jams again.")
        assert numbers(rita)["Being worked on"] == [1]
        assert tickets.open_ticket(desk, 1).conversation[-1].body == "It jams again."

    def test_what_is_open_is_not_opened(self, desk: Desk, rita: Desk) -> None:
        a_ticket(desk, "Printer is dead", requester_id=rita.actor.id)
        with pytest.raises(UsageError, match="open already"):
            requests.reopen(rita, 1)


class TestRating:
    def test_who_asked_says_how_it_went(self, desk: Desk, rita: Desk) -> None:
        a_ticket(desk, "Printer is dead", "to:done", requester_id=rita.actor.id)
        requests.rate(rita, 1, 4)
        assert card(rita, 1).rating == 4
        requests.rate(rita, 1, 5)
        assert card(rita, 1).rating == 5

    @pytest.mark.parametrize("stars", [0, 6, -1])
    def test_from_one_to_five(self, desk: Desk, rita: Desk, stars: int) -> None:
        a_ticket(desk, "Printer is dead", "to:done", requester_id=rita.actor.id)
        with pytest.raises(UsageError, match="no rating"):
            requests.rate(rita, 1, stars)

    def test_not_before_it_is_solved(self, desk: Desk, rita: Desk) -> None:
        a_ticket(desk, "Printer is dead", requester_id=rita.actor.id)
        with pytest.raises(UsageError, match="not solved yet"):
            requests.rate(rita, 1, 5)

    def test_not_a_colleagues(self, desk: Desk) -> None:
        acme = an_organization(desk, shares=True)
        rita, ravi = (desk_of(desk, Role.REQUESTER, uid, f"R {uid}", organization=acme) for uid in (2000, 2001))
        a_ticket(desk, "Printer is dead", "to:done", requester_id=ravi.actor.id)
        with pytest.raises(HelpdeskError, match="Only who asked"):
            requests.rate(rita, 1, 5)
