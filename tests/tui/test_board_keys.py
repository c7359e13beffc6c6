"""The board under the keys, beyond what each key is for (`test_every_key.py`)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk_tui.desk import boards
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from tests.builders import a_desk, a_ticket, desk_of
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


def eleven_tickets(desk: Desk) -> None:
    """#1 to #9 in To Do, #10 in Doing, #11 in Done."""
    for at in range(1, 10):
        a_ticket(desk, f"Ticket {at}")
    a_ticket(desk, "In the works", "to:doing")
    a_ticket(desk, "Finished", "to:done")


@pytest_asyncio.fixture
async def board(tmp_path: Path) -> AsyncIterator[AtBoard]:
    """A board of eleven tickets."""
    desk = a_desk(tmp_path, stock=eleven_tickets)
    async with at_board(desk, tmp_path) as found:
        yield found
    desk.close()


async def test_the_board_begins_on_the_first_card(board: AtBoard) -> None:
    assert (board.column, board.at.number) == ("To Do", 1)


@pytest.mark.parametrize(("keys", "number"), [(["up"], 1), (["h"], 1), (["G", "j"], 9), (["3", "l"], 11)])
async def test_the_cursor_stops_at_the_edges(board: AtBoard, keys: list[str], number: int) -> None:
    await board.press(*keys)
    assert board.at.number == number


async def test_a_sequence_begun_and_left_is_no_key(board: AtBoard) -> None:
    await board.press("g", "j")
    assert board.at.number == 2


async def test_two_quick_moves_are_two_columns(board: AtBoard) -> None:
    await board.pilot.press("L", "L")
    await board.settle()
    assert board.where(1) == "Done"
    assert (board.column, board.at.number) == ("Done", 1)


async def test_reordering_where_the_column_forbids_it_says_why(board: AtBoard) -> None:
    await board.press("3", "J")
    assert "latest closed first" in board.said()


async def test_space_marks_and_goes_on(board: AtBoard) -> None:
    await board.press("space", "space")
    assert board.screen.marks == {1, 2}
    assert board.at.number == 3
    assert "2 marked" in board.drawn()


async def test_marked_cards_move_together_as_one_step(board: AtBoard) -> None:
    await board.press("space", "space", "L")
    assert (board.where(1), board.where(2), board.where(3)) == ("Doing", "Doing", "To Do")
    await board.press("u")
    assert (board.where(1), board.where(2)) == ("To Do", "To Do")


async def test_enter_opens_the_ticket_and_q_comes_back_to_it(board: AtBoard) -> None:
    await board.press("j", "enter")
    assert board.app.screen is not board.screen
    assert "Ticket 2" in board.drawn()
    await board.press("right_square_bracket", "q")
    assert board.app.screen is board.screen
    assert board.at.number == 3


async def test_other_boards(board: AtBoard) -> None:
    from helpdesk_tui.desk import structure

    structure.add_board(board.desk, "Moves")
    await board.press("b")
    await board.type("moves")
    await board.press("enter")
    assert board.screen.seen.state.board.name == "Moves"
    assert "n writes the first one." in board.drawn()


async def test_what_a_viewer_may_not_do_has_no_key(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "Look at me")
    viewer = desk_of(desk, Role.VIEWER)
    async with at_board(viewer, tmp_path) as board:
        await board.press("L", "D", "A", "n")
        assert board.app.screen is board.screen
        assert board.where(1) == "To Do"
        assert "move card" not in board.drawn()


async def test_remapped_keys(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "One")
    async with at_board(desk, tmp_path, keys={"card_right": "f5"}) as board:
        await board.press("L")
        assert board.where(1) == "To Do"
        await board.press("f5")
        assert board.where(1) == "Doing"


async def test_a_wip_limit_that_is_passed_is_told(board: AtBoard) -> None:
    from helpdesk_tui.desk import board_columns

    doing = boards.all_boards(board.desk)[0].columns[1]
    board_columns.edit_column(board.desk, doing.id, limit=1)
    await board.press("L")
    assert "over its limit (2/1)" in board.said()
    assert "2/1!" in board.drawn()
