"""The screen `W`: what wants me now; and `.`, which takes the next best ticket, from wherever I am."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from rich.cells import cell_len

from helpdesk_tui.desk import conversation, persons, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.day import Entry, Part, Reason, Why
from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Card, Priority, Status
from helpdesk_tui.tui.screens.board import BoardScreen
from helpdesk_tui.tui.screens.day import DayPick
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.widgets.day_list import Row, row_pieces, short
from helpdesk_tui.tui.widgets.picker import ChoiceList
from tests.builders import NOON, a_ticket, desk_of, later
from tests.tui.around import HOSTILE
from tests.tui.on_board import AtBoard, at_board
from tests.tui.quiet import send

pytestmark = pytest.mark.asyncio


def stock(desk: Desk) -> None:
    """Of mine #1 is late, #2 begun; #3 and #4 are nobody's; on #2 a colleague wrote."""
    me = desk.actor.id
    a_ticket(desk, "Toner is low", 'due:"12:10"', assignee_id=me, priority=Priority.LOW)
    a_ticket(desk, "Screen flickers", "to:doing", assignee_id=me)
    a_ticket(desk, "New badge", priority=Priority.LOW)
    a_ticket(desk, "No network on floor 2", priority=Priority.CRITICAL)
    later(desk, minutes=20)


@pytest_asyncio.fixture
async def board(desk: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    stock(desk)
    async with at_board(desk, tmp_path) as found:
        await found.press("W")
        yield found


def row_of(board: AtBoard, words: str) -> str:
    return next(line for line in board.drawn().splitlines() if words in line)


class TestTheList:
    async def test_in_parts_with_the_reasons(self, board: AtBoard) -> None:
        text = board.drawn()
        assert text.index("Late 1") < text.index("Begun 1") < text.index("Next 3")
        assert "late since 12:10" in row_of(board, "Toner is low")
        assert "critical · due today 13:00 · nobody's yet" in row_of(board, "No network")
        assert ". take #4, the next best" in text

    async def test_letters_find_titles_names_and_parts(self, board: AtBoard) -> None:
        await board.press(*"begun")
        assert "Screen flickers" in board.drawn()
        assert "Toner" not in board.drawn()

    async def test_what_somebody_writes_comes_up_by_itself(self, board: AtBoard, desk: Desk) -> None:
        bob = desk_of(desk, Role.AGENT, name="Bob Builder")
        conversation.note(bob, 2, "Same cable as last time?")
        screen = board.app.screen
        assert isinstance(screen, DayPick)
        screen.news((2,))
        await board.settle()
        assert "Waiting for you 1" in board.drawn()
        assert "agent2000 wrote 12:20" in row_of(board, "Screen flickers")
        bob.close()

    async def test_an_empty_day_says_so(self, desk: Desk, tmp_path: Path) -> None:
        async with at_board(desk, tmp_path) as board:
            await board.press("W")
            assert "Nothing waits for you, and nothing is left to take." in board.drawn()
            await board.press("full_stop")
            assert isinstance(board.app.screen, DayPick)
            assert "Nothing is left to take." in board.drawn()

    @pytest.mark.parametrize("size", [(80, 24), (40, 12)])
    async def test_on_smaller_screens(self, desk: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
        stock(desk)
        async with at_board(desk, tmp_path, size=size) as board:
            await board.press("W")
            assert "late since 12:10" in row_of(board, "Toner")

    async def test_who_is_given_no_tickets_any_more_has_no_day(self, board: AtBoard, desk: Desk) -> None:
        other = desk_of(desk, Role.ADMIN)
        persons.edit(other, desk.actor.id, Details(role=Role.VIEWER))
        for _ in range(100):
            await board.pilot.pause(0.05)
            if isinstance(board.app.screen, BoardScreen):
                break
        assert isinstance(board.app.screen, BoardScreen)
        await board.press("W")
        assert isinstance(board.app.screen, BoardScreen)
        other.close()


class TestWhatIsDone:
    async def test_enter_opens_the_ticket_and_esc_comes_back(self, board: AtBoard) -> None:
        await board.press("enter")
        assert isinstance(board.app.screen, TicketScreen)
        assert board.app.screen.number == 1
        await board.press("D", "escape")
        assert isinstance(board.app.screen, DayPick)
        assert "Toner is low" not in board.drawn()

    async def test_brackets_walk_through_the_day(self, board: AtBoard) -> None:
        await board.press("enter")
        assert isinstance(board.app.screen, TicketScreen)
        walked = [board.app.screen.number]
        for _ in range(3):
            await board.press("right_square_bracket")
            walked.append(board.app.screen.number)
        assert walked == [1, 2, 4, 3]

    async def test_a_full_stop_takes_the_next_best(self, board: AtBoard, desk: Desk) -> None:
        await board.press("full_stop")
        assert isinstance(board.app.screen, TicketScreen)
        assert board.app.screen.number == 4
        assert "#4 taken: critical, due today" in board.said()
        card = tickets.open_ticket(desk, 4).card
        assert (card.assignee, card.category) == ("admin", Category.DOING)
        await board.press("escape")
        assert ". take #1, the next best" in board.drawn()

    async def test_one_after_the_other_from_ticket_to_ticket(self, board: AtBoard) -> None:
        await board.press("full_stop", "full_stop")
        assert isinstance(board.app.screen, TicketScreen)
        assert board.app.screen.number == 1
        await board.press("full_stop", "full_stop")
        assert board.app.screen.number == 3
        assert "Nothing is left to take." in board.said()

    async def test_esc_goes_back_to_the_board_as_it_is_now(self, board: AtBoard) -> None:
        await board.press("full_stop", "escape", "escape")
        assert isinstance(board.app.screen, BoardScreen)
        assert 4 in board.numbers("Doing")


class TestUnderATicket:
    async def test_news_leave_what_a_picker_above_asks_for_alone(self, board: AtBoard) -> None:
        await board.press("enter")
        day = board.app.screen_stack[-2]
        assert isinstance(day, DayPick)
        send(board.app, "a")
        for _ in range(200):
            await asyncio.sleep(0.005)
            day.news(None)
            day.again()
            if board.app.screen.query(ChoiceList) and board.app.screen.query_one(ChoiceList).choices:
                break
        await board.settle()
        assert board.app.screen.query_one(ChoiceList).choices


class TestRows:
    @pytest.mark.parametrize("name", HOSTILE)
    @pytest.mark.parametrize("width", [20, 60, 110])
    async def test_whatever_they_say_rows_keep_their_width(self, name: str, width: int) -> None:
        card = Card(
            1_234_567, name, 1, name, 1, name, Category.TODO, Priority.HIGH, Status.NONE, name, name, (), NOON, NOON,
            NOON, None, False, True, True, 0, 0, 0, 0, 0,
        )  # fmt: skip
        reasons = (Reason(Why.NAMED, NOON, name), Reason(Why.ESCALATED), Reason(Why.LATE, NOON))
        pieces = row_pieces(Row(Part.WAITING, Entry(card, reasons)), width, NOON, NOON.tzinfo)  # type: ignore[arg-type]
        assert sum(cell_len(text) for _, text in pieces) <= width

    @pytest.mark.parametrize(
        ("days", "said"), [(0, "12:00"), (1, "Thu 12:00"), (-5, "Fri 12:00"), (-20, "5 Nov"), (20, "15 Dec")]
    )
    async def test_moments_are_short(self, days: int, said: str) -> None:
        assert short(NOON + timedelta(days=days), NOON, NOON.tzinfo) == said  # type: ignore[arg-type]

    async def test_a_moment_nobody_can_read_is_shown_as_such(self) -> None:
        assert short(UNREADABLE, NOON, NOON.tzinfo) == "?"  # type: ignore[arg-type]
