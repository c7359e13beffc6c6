"""What is told of a ticket's service level: all of it to the team, to whoever asked by when to expect what."""

from __future__ import annotations

import pytest

from helpdesk_tui.desk import tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.service_level import Promise
from tests.builders import desk_of, later


@pytest.fixture
def asking(desk: Desk) -> Desk:
    """The desk of somebody who asks for help and has a ticket, number 1."""
    requester = desk_of(desk, Role.REQUESTER)
    tickets.create(requester, tickets.NewTicket("Printer is dead"))
    return requester


def test_the_team_sees_the_policy_and_both_clocks(desk: Desk, asking: Desk) -> None:
    told = tickets.open_ticket(desk, 1).promises
    assert told.policy == "Standard"
    assert [one.promise for one in told.clocks] == [Promise.FIRST_REPLY, Promise.RESOLUTION]


def test_whoever_asked_is_told_what_comes_next_and_not_by_which_policy(asking: Desk) -> None:
    told = tickets.open_ticket(asking, 1).promises
    assert told.policy == ""
    assert [one.promise for one in told.clocks] == [Promise.FIRST_REPLY]
    assert told.expected == told.clocks[0]


def test_whoever_asked_is_not_told_what_was_missed(desk: Desk, asking: Desk) -> None:
    later(desk, days=60)
    tickets.change_text(desk, [1], "reply:Sorry")
    told = tickets.open_ticket(asking, 1).promises
    assert [one.promise for one in told.clocks] == [Promise.RESOLUTION]
    assert all(one.missed is None for one in told.clocks)
