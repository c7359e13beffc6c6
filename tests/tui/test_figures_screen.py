"""The screen `F`: the list of figures, their charts, the tickets behind them, and of which days they are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk_tui.desk import conversation, persons, tickets, views
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.domain.figures import Figure
from helpdesk_tui.domain.people import Role
from helpdesk_tui.tui.screens.figure_tickets import FigureTickets
from helpdesk_tui.tui.screens.figures import FiguresScreen
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.widgets.figure_lists import ROWS
from tests.builders import a_desk, a_person, a_ticket, desk_of, later
from tests.tui.around import HOSTILE
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


def stock(desk: Desk) -> None:
    """#1 to #4 are closed, replied to after one to four hours of business; #5 is Bob's and late, #6 nobody's."""
    bob = a_person(desk, "Bob Builder")
    for at in range(1, 5):
        a_ticket(desk, f"Ticket {at}", "+vpn" if at < 3 else "", assignee_id=bob)
        later(desk, hours=1)
        conversation.reply(desk, 1, "It is being looked at.") if at == 4 else None
    tickets.change_text(desk, [1, 2, 3, 4], "to:done")
    a_ticket(desk, "Till does not open", "due:2026-11-24", assignee_id=bob)
    a_ticket(desk, "New chair")
    persons.edit(desk, bob, Details(capacity=1))
    a_person(desk, "Rita Requester", Role.REQUESTER, uid=2002)


@pytest.fixture
def stocked(tmp_path: Path) -> Iterator[Desk]:
    """That desk, in the evening."""
    desk = a_desk(tmp_path, stock=stock)
    later(desk, hours=6)
    yield desk
    desk.close()


@pytest_asyncio.fixture
async def board(stocked: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    async with at_board(stocked, tmp_path) as found:
        await found.press("F")
        yield found


def row_of(board: AtBoard, name: str) -> str:
    return next(line for line in board.drawn().splitlines() if name in line)


def keys_to(figure: Figure) -> tuple[str, ...]:
    """The keys that put the cursor of the list on that figure, from its top."""
    return ("j",) * ROWS.index(figure)


def the_screen(board: AtBoard) -> FiguresScreen:
    screen = board.app.screen
    assert isinstance(screen, FiguresScreen)
    return screen


class TestTheList:
    async def test_each_figure_is_there_with_what_it_comes_to(self, board: AtBoard) -> None:
        for figure in Figure:
            assert figure.called in board.drawn()
        assert "4h 00m p90 4h 00m" in row_of(board, "First reply time")
        assert "2 open" in row_of(board, "Backlog")
        assert "1 late" in row_of(board, "Load")

    async def test_a_figure_over_no_tickets_says_none(self, board: AtBoard) -> None:
        assert "none" in row_of(board, "Satisfaction")
        assert "0%" not in row_of(board, "Satisfaction")

    async def test_the_top_line_says_which_days(self, board: AtBoard) -> None:
        assert "90d: 28 Aug – 25 Nov 2026" in board.line(0)

    async def test_the_exact_meaning_stands_below(self, board: AtBoard) -> None:
        await board.press(*keys_to(Figure.REOPEN))
        assert "moved out of it later" in " ".join(board.drawn().split())

    async def test_the_help_explains_every_figure(self, board: AtBoard) -> None:
        await board.press("question_mark", *"cycle")
        assert "What the figures mean" in board.drawn()
        assert "ever in such a column" in board.drawn()

    async def test_a_click_chooses_a_figure(self, board: AtBoard) -> None:
        await board.pilot.click("FigureList", offset=(4, ROWS.index(Figure.LOAD)))
        await board.settle()
        assert the_screen(board).figure is Figure.LOAD


class TestTheirTickets:
    async def test_enter_shows_those_behind_a_figure(self, board: AtBoard) -> None:
        await board.press(*keys_to(Figure.RESOLUTION), "enter")
        assert "Resolution time (4)" in board.drawn()
        lines = [line for line in board.drawn().splitlines() if "Done · " in line]
        assert ["#1" in lines[0], "#4" in lines[-1]] == [True, True], "the longest first"

    async def test_enter_opens_one_and_esc_comes_back_to_the_list(self, board: AtBoard) -> None:
        await board.press(*keys_to(Figure.RESOLUTION), "enter", "down", "enter")
        assert isinstance(board.app.screen, TicketScreen)
        assert board.app.screen.number == 2
        await board.press("right_square_bracket", "escape")
        assert isinstance(board.app.screen, FigureTickets)
        assert "▸ #3" in row_of(board, "▸ #")

    async def test_a_row_of_the_chart_shows_its_own(self, board: AtBoard) -> None:
        await board.press(*keys_to(Figure.LOAD), "right", "down")
        assert "▸bob" in board.drawn()
        await board.press("enter")
        assert "Load: of bob (1)" in board.drawn()
        assert "Till does not open" in board.drawn()

    async def test_a_group_shows_those_closed_in_it(self, board: AtBoard) -> None:
        await board.press("S", *keys_to(Figure.THROUGHPUT), "right", "down", "enter")
        assert "label vpn (2)" in board.drawn()

    async def test_figures_of_columns_ask_for_a_column_first(self, board: AtBoard) -> None:
        await board.press(*keys_to(Figure.FLOW), "enter", "enter")
        assert "Cumulative flow: on To Do (2)" in board.drawn()

    async def test_archived_ones_are_listed_as_they_are_counted(self, board: AtBoard) -> None:
        tickets.change_text(board.desk, [1], "archive")
        await board.press("escape", "F", *keys_to(Figure.RESOLUTION), "enter")
        assert "Resolution time (4)" in board.drawn()
        assert "#1 Ticket 1" in board.drawn()

    async def test_the_overview_has_none_of_its_own(self, board: AtBoard) -> None:
        await board.press("enter")
        assert "choose one in the list" in board.said()


class TestThePeriod:
    async def test_days_can_be_typed(self, board: AtBoard) -> None:
        await board.press("p", *"2026-11-01..2026-11-24", "enter")
        assert "1 Nov – 24 Nov 2026" in board.line(0)
        assert "none" in row_of(board, "Resolution time")

    async def test_what_is_no_period_is_said_and_not_taken(self, board: AtBoard) -> None:
        await board.press("p", *"soon", "enter")
        assert "is not a period" in board.drawn()
        await board.press("escape")
        assert "90d" in board.line(0)

    @pytest.mark.parametrize("period", ["2030", "1999", "2026-11-25", "all"])
    async def test_any_days_can_be_looked_at(self, board: AtBoard, period: str) -> None:
        await board.press("p", *period, "enter")
        for _ in ROWS:
            assert "Traceback" not in board.drawn()
            await board.press("j")
        assert the_screen(board).figure is Figure.LOAD

    async def test_the_period_before_has_as_many_months(self, board: AtBoard) -> None:
        await board.press("p", *"this month", "enter", "left_square_bracket", "left_square_bracket")
        assert "1 Sep – 30 Sep 2026" in board.line(0)


class TestTheFilter:
    async def test_only_what_the_query_finds_is_counted(self, board: AtBoard) -> None:
        await board.press("slash", *"label:vpn", "enter")
        assert "2 of 6" in board.line(1)
        assert " 2 " in row_of(board, "Throughput")

    async def test_a_wrong_query_is_told_and_not_taken(self, board: AtBoard) -> None:
        await board.press("slash", *"nothing:1", "enter")
        assert "There is no field" in board.drawn()
        await board.press("escape")
        assert "6 tickets" in board.line(1)

    async def test_a_saved_view_filters_too(self, board: AtBoard) -> None:
        views.save(board.desk, "Bobs", "assignee:bob")
        await board.press("apostrophe", *"bobs", "enter")
        assert "5 of 6" in board.line(1)
        assert "Bobs" in board.line(0)

    async def test_a_typed_query_is_no_view_any_more(self, board: AtBoard) -> None:
        views.save(board.desk, "Bobs", "assignee:bob")
        await board.press("apostrophe", *"bobs", "enter", "slash", *"is:done", "enter")
        assert "Bobs" not in board.line(0)


class TestForWhom:
    async def test_who_asks_for_help_has_no_such_key(self, stocked: Desk, tmp_path: Path) -> None:
        rita = desk_of(stocked, Role.REQUESTER)
        async with at_board(rita, tmp_path) as board:
            await board.press("F")
            assert board.app.screen is board.screen
            await board.press("ctrl+p", *"figures")
            assert "How the desk is doing" not in board.drawn()
            assert "Figures" not in board.drawn()
        rita.close()

    async def test_a_viewer_sees_them(self, stocked: Desk, tmp_path: Path) -> None:
        viewer = desk_of(stocked, Role.VIEWER)
        async with at_board(viewer, tmp_path) as board:
            await board.press("F")
            assert "2 open" in row_of(board, "Backlog")
        viewer.close()

    async def test_who_may_see_them_no_more_is_back_at_their_tickets(self, stocked: Desk, tmp_path: Path) -> None:
        agent = desk_of(stocked, Role.AGENT)
        async with at_board(agent, tmp_path) as board:
            await board.press("F")
            persons.edit(stocked, agent.actor.id, Details(role=Role.REQUESTER))
            for _ in range(40):
                await board.pilot.pause(0.05)
                if board.app.screen is board.screen:
                    break
            await board.settle()
            assert board.app.screen is board.screen
        agent.close()


class TestWhereverItIs:
    async def test_what_others_do_is_counted(self, board: AtBoard) -> None:
        screen = the_screen(board)
        a_ticket(board.desk, "Printer is dead")
        screen.news((7,))
        assert screen._stale is not None
        screen._count_again()
        await board.settle()
        assert "3 open" in row_of(board, "Backlog")

    @pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12), (200, 60)])
    async def test_at_every_size(self, stocked: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
        async with at_board(stocked, tmp_path, size=size) as board:
            await board.press("F", *keys_to(Figure.LOAD), "right")
            assert "▸nobody" in board.drawn()
            await board.press("left", "enter")
            assert "Load (2)" in board.drawn()

    async def test_in_plain_signs_nothing_else_is_drawn(self, stocked: Desk, tmp_path: Path) -> None:
        async with at_board(stocked, tmp_path, ascii=True) as board:
            await board.press("F")
            for _ in ROWS:
                assert board.drawn().isascii()
                await board.press("j")

    async def test_of_an_empty_desk(self, tmp_path: Path, desk: Desk) -> None:
        async with at_board(desk, tmp_path) as board:
            await board.press("F")
            for figure in ROWS:
                assert the_screen(board).figure is figure
                await board.press("j")
            assert "0 tickets" in board.line(1)

    async def test_names_from_outside_are_only_shown(self, tmp_path: Path, desk: Desk) -> None:
        for at, name in enumerate(HOSTILE):
            a_ticket(desk, name, "to:done", assignee_id=a_person(desk, name, login=f"p{at}"), kind=None)
        async with at_board(desk, tmp_path) as board:
            await board.press("F", *keys_to(Figure.THROUGHPUT), "right", "enter")
            assert isinstance(board.app.screen, FigureTickets)
