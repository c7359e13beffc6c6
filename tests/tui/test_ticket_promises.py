"""The service level in an open ticket: both clocks, and what whoever asked can expect."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk import conversation, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.tickets import NewTicket
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.service_level import NO_PROMISES
from helpdesk_tui.tui.widgets.ticket_parts import Reader
from helpdesk_tui.tui.widgets.ticket_promises import promises
from helpdesk_tui.tui.widgets.ticket_side import work
from tests.builders import NOON, a_desk, desk_of


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """With the Standard policy, by which a normal ticket is answered in 8 and solved in 40 business hours."""
    return a_desk(tmp_path, clock=FixedClock(NOON))


def a_ticket(desk: Desk) -> int:
    return tickets.create(desk, NewTicket("Printer is out of toner")).numbers[0]


def later(desk: Desk, by: timedelta) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(by)


def said(desk: Desk, number: int, width: int = 60) -> list[str]:
    part = promises(tickets.open_ticket(desk, number), width, Reader(desk.clock.now(), UTC))
    assert part is not None
    assert (part.heading, part.beside) == ("Service level", "Standard")
    return ["".join(text for _, text in line.pieces) for line in part.lines]


def test_both_clocks_run_side_by_side(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, timedelta(hours=1))
    assert said(desk, number) == [
        "Reply      7:00 left  Thu 26 Nov 10:00",
        "Resolution 39:00 left  Tue 1 Dec 12:00",
    ]


def test_an_answer_ends_the_first_and_the_second_goes_on(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, timedelta(hours=1))
    conversation.reply(desk, number, "On my way.")
    assert said(desk, number)[0] == "Reply      answered Wed 25 Nov 13:00"
    assert said(desk, number)[1].startswith("Resolution 39:00 left")


def test_one_that_is_missed_says_by_how_much(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, timedelta(days=1))
    assert said(desk, number)[0] == "Reply      late 2h  Thu 26 Nov 10:00"


def test_while_it_waits_the_clocks_stand_still(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, timedelta(hours=2))
    tickets.change_text(desk, [number], "status:waiting")
    later(desk, timedelta(days=7))
    assert said(desk, number) == ["Reply      stands still, 6:00 left", "Resolution stands still, 38:00 left"]


def test_what_was_done_says_how_it_went(desk: Desk) -> None:
    number = a_ticket(desk)
    later(desk, timedelta(days=1))
    conversation.reply(desk, number, "Sorry for the delay.")
    tickets.change_text(desk, [number], "to:done")
    assert said(desk, number) == [
        "Reply      answered Thu 26 Nov 12:00, 2h late",
        "Resolution solved Thu 26 Nov 12:00",
    ]


def test_without_a_policy_there_is_nothing(desk: Desk) -> None:
    detail = replace(tickets.open_ticket(desk, a_ticket(desk)), promises=NO_PROMISES)
    assert promises(detail, 60, Reader(NOON, UTC)) is None


class TestWhoeverAsked:
    def test_is_told_by_when_to_expect_an_answer(self, desk: Desk) -> None:
        asking = desk_of(desk, Role.REQUESTER)
        outcome = tickets.create(asking, NewTicket("Help"))
        assert outcome.said == f"#{outcome.made} Help: an answer by Thu 26 Nov 10:00"

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            (NOON, "An answer  by  Thu 26 Nov 10:00"),
            (NOON + timedelta(days=3), "An answer  late, was due  Thu 26 Nov 10:00"),
        ],
    )
    def test_sees_it_in_the_ticket(self, desk: Desk, now: datetime, expected: str) -> None:
        asking = desk_of(desk, Role.REQUESTER)
        detail = tickets.open_ticket(asking, tickets.create(asking, NewTicket("Help")).numbers[0])
        lines = work(detail, 60, Reader(now, UTC, asks=True)).lines
        assert expected in ["".join(text for _, text in line.pieces) for line in lines]

    def test_after_the_answer_the_solution_is_next(self, desk: Desk) -> None:
        asking = desk_of(desk, Role.REQUESTER)
        number = tickets.create(asking, NewTicket("Help")).numbers[0]
        conversation.reply(desk, number, "We are on it.")
        lines = work(tickets.open_ticket(asking, number), 60, Reader(NOON, UTC, asks=True)).lines
        assert "A solution by  Tue 1 Dec 12:00" in ["".join(text for _, text in line.pieces) for line in lines]

    def test_sees_nothing_of_clocks_and_policies(self, desk: Desk) -> None:
        asking = desk_of(desk, Role.REQUESTER)
        number = tickets.create(asking, NewTicket("Help")).numbers[0]
        assert promises(tickets.open_ticket(asking, number), 60, Reader(NOON, UTC, asks=True)) is None
