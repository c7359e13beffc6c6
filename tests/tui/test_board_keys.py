"""Every key of the board, on a real desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk_tui.desk import boards, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from tests.builders import a_desk, a_person, a_ticket, desk_of
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


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        (["down"], 2), (["j"], 2), (["j", "k"], 1), (["down", "up"], 1), (["up"], 1), (["k"], 1),
        (["end"], 9), (["G"], 9), (["G", "home"], 1), (["G", "g", "g"], 1), (["G", "j"], 9),
        (["pagedown"], 9), (["ctrl+d"], 5), (["G", "pageup"], 1), (["G", "ctrl+u"], 5),
        (["l"], 10), (["right"], 10), (["l", "h"], 1), (["right", "left"], 1), (["h"], 1),
        (["2"], 10), (["3"], 11), (["3", "1"], 1), (["right_square_bracket"], 2), (["j", "left_square_bracket"], 1),
    ],
)  # fmt: skip
async def test_keys_that_move_about(board: AtBoard, keys: list[str], number: int) -> None:
    await board.press(*keys)
    assert board.at.number == number


async def test_a_column_that_is_not_there_says_so(board: AtBoard) -> None:
    await board.press("7")
    assert "no column 7" in board.said()


@pytest.mark.parametrize("key", ["L", "shift+right"])
async def test_move_right_keeps_the_cursor_on_the_card(board: AtBoard, key: str) -> None:
    await board.press("j", key)
    assert (board.column, board.at.number) == ("Doing", 2)
    assert board.where(2) == "Doing"
    assert "#2 → Doing · u undoes" in board.said()


@pytest.mark.parametrize("key", ["H", "shift+left"])
async def test_move_left_keeps_the_cursor_on_the_card(board: AtBoard, key: str) -> None:
    await board.press("l", key)
    assert (board.column, board.at.number) == ("To Do", 10)


async def test_two_quick_moves_are_two_columns(board: AtBoard) -> None:
    await board.pilot.press("L", "L")
    await board.settle()
    assert board.where(1) == "Done"
    assert (board.column, board.at.number) == ("Done", 1)


@pytest.mark.parametrize("key", ["J", "shift+down"])
async def test_lower_in_the_column(board: AtBoard, key: str) -> None:
    await board.press(key)
    assert board.numbers("To Do")[:3] == [2, 1, 3]
    assert board.at.number == 1


@pytest.mark.parametrize("key", ["K", "shift+up"])
async def test_raise_in_the_column(board: AtBoard, key: str) -> None:
    await board.press("j", "j", key)
    assert board.numbers("To Do")[:3] == [1, 3, 2]
    assert board.at.number == 3


async def test_reordering_where_the_column_forbids_it_says_why(board: AtBoard) -> None:
    await board.press("3", "J")
    assert "latest closed first" in board.said()


async def test_done(board: AtBoard) -> None:
    await board.press("D")
    assert board.where(1) == "Done"
    assert (board.column, board.at.number) == ("Done", 1)


async def test_move_to_a_column_by_name(board: AtBoard) -> None:
    await board.press("M")
    await board.type("doing")
    await board.press("enter")
    assert (board.column, board.at.number) == ("Doing", 1)


async def test_space_marks_and_goes_on(board: AtBoard) -> None:
    await board.press("space", "space")
    assert board.screen.marks == {1, 2}
    assert board.at.number == 3
    assert "2 marked" in board.drawn()


async def test_space_again_unmarks(board: AtBoard) -> None:
    await board.press("space", "k", "space")
    assert board.screen.marks == set()


async def test_a_range_is_marked(board: AtBoard) -> None:
    await board.press("j", "V", "j", "j", "V")
    assert board.screen.marks == {2, 3, 4}


async def test_all_shown_are_marked_and_unmarked(board: AtBoard) -> None:
    await board.press("asterisk")
    assert board.screen.marks == set(range(1, 12))
    await board.press("asterisk")
    assert board.screen.marks == set()


async def test_marked_cards_move_together_as_one_step(board: AtBoard) -> None:
    await board.press("space", "space", "L")
    assert (board.where(1), board.where(2), board.where(3)) == ("Doing", "Doing", "To Do")
    await board.press("u")
    assert (board.where(1), board.where(2)) == ("To Do", "To Do")


async def test_escape_drops_the_marks_first_then_the_filter(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("Ticket")
    await board.press("enter", "space", "escape")
    assert (board.screen.marks, board.screen.text) == (set(), "Ticket")
    await board.press("escape")
    assert board.screen.text == ""
    assert "11 tickets" in board.drawn()


async def test_enter_opens_the_ticket_and_q_comes_back_to_it(board: AtBoard) -> None:
    await board.press("j", "enter")
    assert board.app.screen is not board.screen
    assert "Ticket 2" in board.drawn()
    await board.press("right_square_bracket", "q")
    assert board.app.screen is board.screen
    assert board.at.number == 3


async def test_undo_and_redo(board: AtBoard) -> None:
    await board.press("L", "u")
    assert (board.where(1), board.column, board.at.number) == ("To Do", "To Do", 1)
    assert "undone" in board.said()
    await board.press("ctrl+r")
    assert (board.where(1), board.column) == ("Doing", "Doing")


async def test_new(board: AtBoard) -> None:
    await board.press("n")
    await board.type("Scanner jams")
    await board.press("enter")
    assert board.numbers("To Do")[-1] == 12
    assert board.at.number == 12


async def test_edit(board: AtBoard) -> None:
    await board.press("e")
    await board.type("!")
    await board.press("ctrl+s")
    assert board.at.title == "Ticket 1!"


@pytest.mark.parametrize(("key", "counter"), [("r", "replies"), ("c", "notes")])
async def test_reply_and_note(board: AtBoard, key: str, counter: str) -> None:
    await board.press(key)
    await board.type("hello")
    await board.press("ctrl+s")
    assert getattr(board.at, counter) == 1


async def test_checklist_opens_the_ticket_at_it(board: AtBoard) -> None:
    await board.press("x")
    assert board.app.screen is not board.screen


async def test_assign(board: AtBoard) -> None:
    a_person(board.desk, "Bob Builder")
    await board.press("a")
    await board.type("bob")
    await board.press("enter")
    assert board.at.assignee == "bob"


async def test_take_it(board: AtBoard) -> None:
    await board.press("i")
    assert board.at.assignee == "admin"


async def test_priority_keeps_the_cursor_on_the_card(board: AtBoard) -> None:
    await board.press("j", "j", "p")
    await board.type("crit")
    await board.press("enter")
    assert board.numbers("To Do")[0] == 3
    assert board.at.number == 3


async def test_due(board: AtBoard) -> None:
    await board.press("d")
    await board.type("tomorrow")
    await board.press("enter")
    assert board.at.due is not None
    assert "tomorrow" in board.drawn()


async def test_labels(board: AtBoard) -> None:
    await board.press("t")
    await board.type("vpn")
    await board.press("enter")
    if board.app.screen is not board.screen:
        await board.press("ctrl+s")
    assert [label.name for label in board.at.labels] == ["vpn"]


async def test_status(board: AtBoard) -> None:
    await board.press("s")
    await board.type("block")
    await board.press("enter")
    assert "blocked" in board.drawn()


async def test_watch(board: AtBoard) -> None:
    await board.press("w")
    assert tickets.open_ticket(board.desk, 1).watchers == ("admin",)


async def test_archive_takes_the_card_off_and_the_cursor_to_the_next(board: AtBoard) -> None:
    await board.press("j", "A")
    assert 2 not in board.numbers("To Do")
    assert board.at.number == 3


async def test_change_line(board: AtBoard) -> None:
    await board.press("colon")
    await board.type("+urgent to:doing")
    await board.press("enter")
    assert (board.column, [label.name for label in board.at.labels]) == ("Doing", ["urgent"])


async def test_copy(board: AtBoard) -> None:
    await board.press("y")
    assert board.app.clipboard == "#1"


async def test_density_goes_round_and_is_remembered(board: AtBoard, tmp_path: Path) -> None:
    await board.press("z")
    assert board.screen.density == "short"
    assert "short" in (tmp_path / "state.json").read_text()
    await board.press("z", "z")
    assert board.screen.density == "full"


async def test_preview_follows_the_cursor(board: AtBoard) -> None:
    tickets.change_text(board.desk, [2], 'note:"only a test"')
    await board.press("v")
    await board.type("j")
    assert "only a test" in board.drawn()
    await board.press("v")
    assert "only a test" not in board.drawn()


async def test_swimlanes_stand_under_headings(board: AtBoard) -> None:
    tickets.change_text(board.desk, [3], "assignee:me")
    await board.press("S")
    await board.type("assignee")
    await board.press("enter")
    assert "by assignee" in board.drawn()
    lines = [line[:30].strip() for line in board.drawn().splitlines()]
    assert "admin" in lines
    assert "nobody" in lines


async def test_saved_views(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("works")
    await board.press("enter", "apostrophe")
    await board.type("Works")
    await board.press("enter", "escape", "apostrophe", "enter")
    assert board.screen.text == "works"
    assert "Works" in board.drawn().splitlines()[0]


async def test_other_boards(board: AtBoard) -> None:
    from helpdesk_tui.desk import structure

    structure.add_board(board.desk, "Moves")
    await board.press("b")
    await board.type("moves")
    await board.press("enter")
    assert board.screen.seen.state.board.name == "Moves"
    assert "n writes the first one." in board.drawn()


async def test_palette_and_help_open_over_the_board(board: AtBoard) -> None:
    for key in ("ctrl+p", "question_mark"):
        await board.press(key)
        assert board.app.screen.is_modal
        await board.press("escape")
        assert board.app.screen is board.screen


async def test_q_quits(board: AtBoard) -> None:
    await board.press("q")
    assert board.app.return_code == 0


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
    from helpdesk_tui.desk import structure

    doing = boards.all_boards(board.desk)[0].columns[1]
    structure.edit_column(board.desk, doing.id, limit=1)
    await board.press("L")
    assert "over its limit (2/1)" in board.said()
    assert "2/1!" in board.drawn()
