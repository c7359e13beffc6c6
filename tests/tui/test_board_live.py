"""Other people's changes appear by themselves; the cursor, the marks and what is seen stay."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk_tui.desk import tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from tests.builders import a_desk, a_ticket, column_id, desk_of
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


def many_tickets(desk: Desk) -> None:
    """#1 to #120 in To Do."""
    for at in range(1, 121):
        a_ticket(desk, f"Ticket {at}")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path, stock=many_tickets)
    yield opened
    opened.close()


@pytest.fixture
def other(desk: Desk) -> Desk:
    """Somebody else at the same desk."""
    return desk_of(desk, Role.AGENT)


@pytest_asyncio.fixture
async def board(desk: Desk, other: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    async with at_board(desk, tmp_path) as found:
        yield found
    other.close()


async def a_second(board: AtBoard) -> None:
    await asyncio.sleep(0.8)
    await board.settle()


async def test_a_new_ticket_appears_within_a_second(board: AtBoard, other: Desk) -> None:
    made = a_ticket(other, "From afar", "priority:critical")
    await a_second(board)
    assert board.numbers("To Do")[0] == made
    assert "From afar" in board.drawn()


async def test_the_cursor_stays_on_its_card_and_the_card_on_its_row(board: AtBoard, other: Desk) -> None:
    await board.press(*["pagedown"] * 4)
    number, row = board.at.number, _row(board, board.at.title)
    a_ticket(other, "Above it", "priority:critical")
    await a_second(board)
    assert (board.at.number, _row(board, board.at.title)) == (number, row)


async def test_the_cursor_goes_with_its_card_to_another_column(board: AtBoard, other: Desk) -> None:
    await board.press("j")
    tickets.move(other, [2], column_id(other, "Doing"))
    await a_second(board)
    assert (board.column, board.at.number) == ("Doing", 2)


async def test_marks_stay(board: AtBoard, other: Desk) -> None:
    await board.press("space", "space")
    a_ticket(other, "Above it", "priority:critical")
    await a_second(board)
    assert board.screen.marks == {1, 2}


async def test_a_card_that_goes_leaves_the_cursor_at_its_place(board: AtBoard, other: Desk) -> None:
    await board.press("j", "j")
    tickets.change_text(other, [3], "archive")
    await a_second(board)
    assert board.at.number == 4


async def test_nothing_is_written_while_nothing_changes(board: AtBoard) -> None:
    await a_second(board)
    before = board.app.written
    await asyncio.sleep(1.5)
    assert board.app.written == before


def _row(board: AtBoard, title: str) -> int:
    return next(at for at, line in enumerate(board.drawn().splitlines()) if f"{title} " in line)
