"""What somebody may do is changed while their board is open: the board follows, and says what is refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk_tui.desk import persons
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.domain.people import Role
from helpdesk_tui.errors import LetOut
from helpdesk_tui.tui.drafts import drafts_of
from helpdesk_tui.tui.screens.ticket import TicketScreen
from tests.builders import a_ticket, desk_of
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


def make(desk: Desk, bob: Desk, role: Role) -> None:
    """As the desk's admin does it."""
    persons.edit(desk, bob.actor.id, Details(role=role))


@pytest.fixture
def bob(desk: Desk) -> Desk:
    return desk_of(desk, Role.AGENT, name="Bob Builder")


@pytest_asyncio.fixture
async def board(desk: Desk, bob: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    """Bob, an agent, at the board."""
    for title in ("Printer is dead", "VPN drops"):
        a_ticket(desk, title)
    async with at_board(bob, tmp_path) as found:
        yield found
    bob.close()


async def a_second(board: AtBoard) -> None:
    await asyncio.sleep(0.8)
    await board.settle()


class TestARoleThatIsLowered:
    async def test_the_board_says_the_new_role_within_a_second(self, board: AtBoard, desk: Desk, bob: Desk) -> None:
        assert "agent2000 agent" in board.line(0)
        make(desk, bob, Role.VIEWER)
        await a_second(board)
        assert "agent2000 viewer" in board.line(0)

    async def test_keys_that_are_no_longer_theirs_are_gone(self, board: AtBoard, desk: Desk, bob: Desk) -> None:
        assert "move card" in board.said()
        make(desk, bob, Role.VIEWER)
        await a_second(board)
        assert "move card" not in board.said()
        await board.press("L")
        assert board.where(1) == "To Do"
        await board.press("question_mark", *"move left")
        assert "Move to the column on the left" not in board.drawn()

    async def test_a_role_that_is_raised_brings_its_keys(self, board: AtBoard, desk: Desk, bob: Desk) -> None:
        make(desk, bob, Role.VIEWER)
        await a_second(board)
        make(desk, bob, Role.ADMIN)
        await a_second(board)
        await board.press("L")
        assert board.where(1) == "Doing"

    async def test_an_open_ticket_has_the_new_keys_too(self, board: AtBoard, desk: Desk, bob: Desk) -> None:
        await board.press("enter")
        assert "note" in board.said()
        make(desk, bob, Role.VIEWER)
        await a_second(board)
        assert isinstance(board.app.screen, TicketScreen)
        assert "note" not in board.said()

    async def test_a_ticket_that_may_not_be_seen_any_more_is_left(self, board: AtBoard, desk: Desk, bob: Desk) -> None:
        await board.press("enter")
        make(desk, bob, Role.REQUESTER)
        await a_second(board)
        assert board.app.screen is board.screen
        assert "Printer" not in board.drawn()

    async def test_what_is_being_written_is_refused_and_kept(self, board: AtBoard, desk: Desk, bob: Desk) -> None:
        await board.press("c", *"hello")
        make(desk, bob, Role.VIEWER)
        await board.press("ctrl+s")
        assert "viewer" in board.said()
        assert "Kept as a draft" in board.said()
        assert drafts_of(board.app).of("note 1")["text"] == "hello"

    async def test_refused_too_once_the_board_knows(self, board: AtBoard, desk: Desk, bob: Desk) -> None:
        await board.press("c", *"hello")
        make(desk, bob, Role.VIEWER)
        await a_second(board)
        await board.press("ctrl+s")
        assert "As viewer you may not write notes" in board.said()
        assert drafts_of(board.app).of("note 1")["text"] == "hello"


class TestOneWhoIsDeactivated:
    async def test_their_program_ends_with_a_sentence_and_a_code(self, board: AtBoard, desk: Desk, bob: Desk) -> None:
        persons.deactivate(desk, bob.actor.id)
        await asyncio.sleep(0.8)
        assert isinstance(board.app.failure, LetOut)
        assert "deactivated" in str(board.app.failure)
        assert board.app.return_code == 3

    async def test_what_they_do_first_ends_it_too(self, board: AtBoard, desk: Desk, bob: Desk) -> None:
        persons.deactivate(desk, bob.actor.id)
        await board.pilot.press("L")
        await asyncio.sleep(0.3)
        assert isinstance(board.app.failure, LetOut)

    async def test_what_they_were_writing_is_kept(self, board: AtBoard, desk: Desk, bob: Desk) -> None:
        await board.press("c", *"hello")
        persons.deactivate(desk, bob.actor.id)
        await asyncio.sleep(0.8)
        assert drafts_of(board.app).of("note 1")["text"] == "hello"
