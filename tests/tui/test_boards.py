"""`b`: the boards of the desk, their columns and their members, worked on from the keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk_tui.config import read_json
from helpdesk_tui.desk import archiving, board_columns, board_list, board_members, boards, structure, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.board import Board, Category
from helpdesk_tui.domain.board_templates import template_named
from helpdesk_tui.domain.people import Role
from helpdesk_tui.tui import upkeep
from helpdesk_tui.tui.screens.board_columns import ColumnsPick
from helpdesk_tui.tui.screens.board_members import MembersPick
from helpdesk_tui.tui.screens.boards import BoardsPick
from helpdesk_tui.tui.screens.confirm import Confirm
from helpdesk_tui.tui.widgets.picker import ChoiceList
from tests.builders import a_person, a_ticket, as_uid, column_id, desk_of, later
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def board(desk: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    a_ticket(desk, "Printer is dead", "to:doing")
    structure.add_board(desk, "Network")
    structure.add_board(desk, "Changes", template_named("changes"))
    async with at_board(desk, tmp_path) as found:
        yield found


def names(desk: Desk) -> list[str]:
    return [one.name for one in boards.all_boards(desk)]


def columns(desk: Desk) -> list[str]:
    return [column.name for column in boards.all_boards(desk)[0].columns]


def named(desk: Desk, name: str) -> Board:
    return boards.board_named(desk, name, archived=True)


async def typed_over(at: AtBoard, text: str) -> None:
    """Another text in the line that is open."""
    await at.press("ctrl+a", "ctrl+k")
    await at.type(text)
    await at.press("enter")


class TestGoingToABoard:
    async def test_by_a_few_letters(self, board: AtBoard) -> None:
        await board.press("b")
        await board.type("netw")
        await board.press("enter")
        assert board.screen.seen.state.board.name == "Network"

    async def test_by_its_digit(self, board: AtBoard) -> None:
        await board.press("b", "3")
        assert board.screen.seen.state.board.name == "Changes"

    async def test_that_is_not_there_is_told(self, board: AtBoard) -> None:
        await board.press("b", "9")
        assert "There is no board 9." in board.drawn()

    async def test_is_remembered(self, board: AtBoard, desk: Desk) -> None:
        await board.press("b", "2")
        network = named(desk, "Network").id
        assert board.app.config.board == network
        assert network in read_json(board.app.config.state_path)["boards"].values()

    async def test_shows_what_each_holds(self, board: AtBoard) -> None:
        await board.press("b")
        assert "1 open" in board.drawn()
        assert "members only" in board.drawn()
        assert "Making 2!" not in board.drawn()
        await board.press("down", "down")
        assert "Making 2!" in board.drawn()


async def test_the_board_shown_last_is_the_first_the_next_time(desk: Desk, tmp_path: Path) -> None:
    second = structure.add_board(desk, "Network").made
    async with at_board(desk, tmp_path, board=second) as found:
        assert found.screen.seen.state.board.name == "Network"


async def test_a_board_that_is_no_more_gives_way_to_the_first(desk: Desk, tmp_path: Path) -> None:
    async with at_board(desk, tmp_path, board=99) as found:
        assert found.screen.seen.state.board.name == "IT Support"


class TestTheBoards:
    async def test_n_adds_one_from_a_template(self, board: AtBoard, desk: Desk) -> None:
        await board.press("b", "N")
        assert "Done cards stay" not in board.drawn()
        await board.type("support")
        assert "Waiting" in board.drawn()
        await board.press("enter")
        await typed_over(board, "Second line")
        assert names(desk) == ["IT Support", "Network", "Changes", "Second line"]
        assert "board Second line added" in board.drawn()

    async def test_r_renames_it(self, board: AtBoard, desk: Desk) -> None:
        await board.press("b", "down", "R")
        await typed_over(board, "Networks")
        assert names(desk) == ["IT Support", "Networks", "Changes"]

    async def test_j_and_k_order_them_and_the_cursor_goes_along(self, board: AtBoard, desk: Desk) -> None:
        await board.press("b", "J", "J")
        assert names(desk) == ["Network", "Changes", "IT Support"]
        await board.press("K")
        assert names(desk) == ["Network", "IT Support", "Changes"]

    async def test_a_archives_it_and_brings_it_back(self, board: AtBoard, desk: Desk) -> None:
        await board.press("b", "down", "A")
        assert names(desk) == ["IT Support", "Changes"]
        assert "archived" in board.drawn()
        await board.press("A")
        assert "Network" in names(desk)

    async def test_enter_shows_no_archived_one(self, board: AtBoard) -> None:
        await board.press("b", "down", "A", "enter")
        assert "A brings it back" in board.drawn()

    async def test_x_removes_it(self, board: AtBoard, desk: Desk) -> None:
        await board.press("b", "down", "X")
        assert names(desk) == ["IT Support", "Changes"]

    async def test_x_says_why_not(self, board: AtBoard) -> None:
        await board.press("b", "X")
        assert "still holds tickets" in board.drawn()

    async def test_t_sets_how_long_done_cards_stay(self, board: AtBoard, desk: Desk) -> None:
        await board.press("b", "T")
        await typed_over(board, "14")
        assert named(desk, "IT Support").archive_after == 14
        assert "done cards stay 14 days" in board.drawn()
        await board.press("T")
        await typed_over(board, "none")
        assert named(desk, "IT Support").archive_after is None

    async def test_days_are_typed_over_those_before(self, board: AtBoard, desk: Desk) -> None:
        await board.press("b", "T", *"14", "enter", "T", *"30", "enter")
        assert named(desk, "IT Support").archive_after == 30

    async def test_the_one_shown_gives_way_when_it_is_archived(self, board: AtBoard) -> None:
        await board.press("b", "A", "escape")
        await board.settle()
        assert board.screen.seen.state.board.name == "Network"


async def test_who_works_on_no_board_sees_what_they_asked_for(desk: Desk, tmp_path: Path) -> None:
    board_id = boards.all_boards(desk)[0].id
    board_members.set_members_only(desk, board_id, True)
    alice = desk_of(desk, Role.AGENT)
    async with at_board(alice, tmp_path) as at:
        assert "My tickets" in at.drawn()
        board_members.set_members_only(desk, board_id, False)
        for _ in range(20):
            await at.pilot.pause(0.1)
        await at.settle()
        assert "IT Support" in at.drawn()
    alice.close()


class TestTheColumns:
    @pytest_asyncio.fixture
    async def inside(self, board: AtBoard) -> AtBoard:
        await board.press("b", "C")
        assert isinstance(board.app.screen, ColumnsPick)
        return board

    async def test_n_adds_one(self, inside: AtBoard, desk: Desk) -> None:
        await inside.press("N")
        await typed_over(inside, "Review")
        await inside.press("enter")
        assert columns(desk) == ["To Do", "Doing", "Review", "Done"]

    @pytest.mark.parametrize("key", ["R", "enter"])
    async def test_r_and_enter_rename_it(self, inside: AtBoard, desk: Desk, key: str) -> None:
        await inside.press("down", key)
        await typed_over(inside, "Working")
        assert columns(desk) == ["To Do", "Working", "Done"]

    async def test_j_and_k_order_them(self, inside: AtBoard, desk: Desk) -> None:
        await inside.press("J")
        assert columns(desk) == ["Doing", "To Do", "Done"]
        await inside.press("K")
        assert columns(desk) == ["To Do", "Doing", "Done"]

    async def test_g_says_what_being_in_it_means(self, inside: AtBoard, desk: Desk) -> None:
        await inside.press("down", "G")
        await inside.type("done")
        await inside.press("enter")
        assert boards.all_boards(desk)[0].columns[1].category is Category.DONE
        assert "1 ticket closed" in inside.drawn()

    async def test_what_is_archived_there_is_asked_about_before_it_is_removed(
        self, inside: AtBoard, desk: Desk
    ) -> None:
        put_away = a_ticket(desk, "Put away", "to:done archive")
        board_columns.add_column(desk, boards.all_boards(desk)[0].id, "Closed", Category.DONE)
        await inside.press("escape", "C", "down", "down", "X")
        assert "Done holds 1, 1 of them archived: where do they go?" in inside.drawn()
        await inside.press("enter")
        assert columns(desk) == ["To Do", "Doing", "Closed"]
        assert tickets.open_ticket(desk, put_away).card.closed is not None

    async def test_a_limit_is_typed_over_the_one_before(self, inside: AtBoard, desk: Desk) -> None:
        await inside.press("L", *"5!", "enter", "L", *"12", "enter")
        column = boards.all_boards(desk)[0].columns[0]
        assert (column.limit, column.hard) == (12, False)

    async def test_c_colours_it(self, inside: AtBoard, desk: Desk) -> None:
        await inside.press("C")
        await inside.type("purple")
        await inside.press("enter")
        assert boards.all_boards(desk)[0].columns[0].color == "purple"

    @pytest.mark.parametrize(
        ("typed", "limit", "hard"), [("4", 4, False), ("4!", 4, True), ("none", None, False), ("many", None, False)]
    )
    async def test_l_limits_it(self, inside: AtBoard, desk: Desk, typed: str, limit: int | None, hard: bool) -> None:
        await inside.press("L")
        await typed_over(inside, typed)
        column = boards.all_boards(desk)[0].columns[0]
        assert (column.limit, column.hard) == (limit, hard)

    async def test_x_asks_where_its_tickets_go(self, inside: AtBoard, desk: Desk) -> None:
        await inside.press("down", "X")
        assert "where do they go?" in inside.drawn()
        await inside.type("to do")
        await inside.press("enter")
        assert columns(desk) == ["To Do", "Done"]

    async def test_x_does_not_ask_for_an_empty_one(self, inside: AtBoard, desk: Desk) -> None:
        made = board_columns.add_column(desk, boards.all_boards(desk)[0].id, "Review", Category.DOING)
        await inside.press("escape", "C", "down", "down", "X")
        assert made.made not in [column.id for column in boards.all_boards(desk)[0].columns]

    async def test_esc_goes_back_to_the_boards(self, inside: AtBoard) -> None:
        await inside.press("escape")
        assert isinstance(inside.app.screen, BoardsPick)


async def test_keys_typed_fast_are_not_taken_for_a_name(board: AtBoard, desk: Desk) -> None:
    await board.type("bCJ")
    assert columns(desk) == ["Doing", "To Do", "Done"]


class TestTheMembers:
    @pytest_asyncio.fixture
    async def inside(self, board: AtBoard, desk: Desk) -> AtBoard:
        a_person(desk)
        await board.press("b", "P")
        assert isinstance(board.app.screen, MembersPick)
        return board

    async def add(self, at: AtBoard) -> None:
        await at.press("N")
        await at.type("bob")
        await at.press("enter")
        await at.type("viewer")
        await at.press("enter")

    async def test_n_adds_somebody_with_a_role(self, inside: AtBoard, desk: Desk) -> None:
        await self.add(inside)
        (member,) = board_members.members(desk, boards.all_boards(desk)[0].id)
        assert (member.person.login, member.role) == ("bob", Role.VIEWER)

    async def test_n_offers_the_team_first_and_nobody_twice(self, inside: AtBoard, desk: Desk) -> None:
        a_person(desk, "Ada Asker", Role.REQUESTER)
        a_person(desk, "Carol Clerk")
        await self.add(inside)
        await inside.press("N")
        assert [choice.text for choice in inside.app.screen.query_one(ChoiceList).choices] == ["carol", "ada"]

    @pytest.mark.parametrize("key", ["R", "enter"])
    async def test_r_and_enter_change_the_role(self, inside: AtBoard, desk: Desk, key: str) -> None:
        await self.add(inside)
        await inside.press(key)
        await inside.type("admin")
        await inside.press("enter")
        (member,) = board_members.members(desk, boards.all_boards(desk)[0].id)
        assert member.role is Role.ADMIN

    async def test_x_takes_it_away(self, inside: AtBoard, desk: Desk) -> None:
        await self.add(inside)
        await inside.press("X")
        assert board_members.members(desk, boards.all_boards(desk)[0].id) == ()

    async def test_o_closes_it_to_others_and_opens_it_again(self, inside: AtBoard, desk: Desk) -> None:
        await inside.press("O")
        assert boards.all_boards(desk)[0].members_only
        assert "Only members" in inside.drawn()
        await inside.press("O")
        assert not boards.all_boards(desk)[0].members_only


class TestWhoMayNotManage:
    async def test_goes_to_boards_and_has_no_other_key(self, desk: Desk, tmp_path: Path) -> None:
        structure.add_board(desk, "Network")
        async with at_board(desk_of(desk, Role.AGENT), tmp_path) as at:
            await at.press("b")
            assert "rename" not in at.drawn()
            await at.press("N", "X", "C", "A")
            assert isinstance(at.app.screen, BoardsPick)
            assert names(desk) == ["IT Support", "Network"]

    async def test_but_one_board_is_given_the_keys_for_that(self, desk: Desk, tmp_path: Path) -> None:
        bob = desk_of(desk, Role.AGENT)
        structure.add_board(desk, "Network")
        board_members.set_role(desk, boards.all_boards(desk)[0].id, bob.actor.id, Role.ADMIN)
        async with at_board(as_uid(desk, 2000), tmp_path) as at:
            await at.press("b")
            assert "columns" in at.drawn()
            assert "rename" not in at.drawn()
            await at.press("C")
            assert isinstance(at.app.screen, ColumnsPick)
            await at.press("escape", "down", "C")
            assert "managed by others" in at.drawn()


async def test_a_card_is_moved_only_to_boards_where_one_may_move(desk: Desk, tmp_path: Path) -> None:
    bob = desk_of(desk, Role.AGENT)
    seen, worked_on = (structure.add_board(desk, name).made or 0 for name in ("Read", "Worked"))
    board_members.set_role(desk, seen, bob.actor.id, Role.VIEWER)
    board_members.set_role(desk, worked_on, bob.actor.id, Role.AGENT)
    number = a_ticket(desk)
    async with at_board(as_uid(desk, 2000), tmp_path) as at:
        await at.press("M")
        assert "Worked: To Do" in at.drawn()
        assert "Read: To Do" not in at.drawn()
        await at.type("worked")
        await at.press("enter")
    assert tickets.open_ticket(desk, number).card.board == "Worked"


async def test_closing_what_waits_for_others_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    from helpdesk_tui.desk import linking
    from helpdesk_tui.domain.related import Tie

    waits, other = a_ticket(desk, change="to:doing"), a_ticket(desk)
    linking.link(desk, [waits], Tie.BLOCKED_BY, other)
    async with at_board(desk, tmp_path) as at:
        await at.press("b", "C", "down", "G")
        await at.type("done")
        await at.press("enter")
        assert isinstance(at.app.screen, Confirm)
        await at.press("y")
        assert boards.all_boards(desk)[0].columns[1].category is Category.DONE


class TestTheHeadOfAColumn:
    async def test_tells_a_limit_that_refuses_from_one_that_warns(self, desk: Desk, tmp_path: Path) -> None:
        board_columns.edit_column(desk, column_id(desk, "Doing"), limit=3, hard=True)
        board_columns.edit_column(desk, column_id(desk, "Done"), limit=3)
        async with at_board(desk, tmp_path) as at:
            assert "[0/3]" in at.drawn()
            assert " 0/3" in at.drawn()

    async def test_has_the_columns_own_colour_also_under_the_cursor(self, desk: Desk, tmp_path: Path) -> None:
        board_columns.edit_column(desk, column_id(desk, "To Do"), color="purple")
        async with at_board(desk, tmp_path) as at:
            assert at.line(2).startswith("▌To Do")
            assert "▌Doing" not in at.line(2)

    async def test_a_card_more_is_refused_in_a_sentence(self, desk: Desk, tmp_path: Path) -> None:
        board_columns.edit_column(desk, column_id(desk, "Doing"), limit=1, hard=True)
        a_ticket(desk, change="to:doing")
        number = a_ticket(desk)
        async with at_board(desk, tmp_path) as at:
            await at.press("L")
            assert "Doing takes 1 ticket and no more" in at.drawn()
            assert at.where(number) == "To Do"


async def test_an_open_board_puts_old_done_cards_away(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "FIRST", 0.05)
    structure.set_archive_after(desk, boards.all_boards(desk)[0].id, 7)
    number = a_ticket(desk, change="to:done")
    later(desk, days=8)
    async with at_board(desk, tmp_path) as at:
        for _ in range(40):
            await at.pilot.pause(0.05)
            if tickets.open_ticket(desk, number).card.archived:
                break
        assert tickets.open_ticket(desk, number).card.archived
        assert archiving.archive_old(desk).numbers == ()


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_it_fits_every_size(desk: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
    for at in range(12):
        structure.add_board(desk, f"Board number {at}", template_named("changes"))
    assert len(board_list.overview(desk)) == 13
    async with at_board(desk, tmp_path, size=size) as found:
        for keys in (("b",), ("N",), ("escape", "C"), ("escape", "P")):
            await found.press(*keys)
            assert "IT Support" in found.drawn() or size[0] == 40 or keys == ("N",)
