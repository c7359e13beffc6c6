"""The board at every size, with every string, and with the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from helpdesk_tui.desk.desk import Desk
from tests.builders import a_person, a_ticket
from tests.tui.around import HOSTILE
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio

WORDS = (
    "Parool aegunud, õäöü", "המדפסת לא עובדת", "چاپگر طبقه دوم کار نمی‌کند", "Drukarka nie działa: żółć",
    "Imprimanta nu merge: șțăîâ", "日本語のタイトルはとても長いので折り返されます", "e\u0301" * 40, "a" * 500, "⚠️ ☎️ 🖨️ 1️⃣ " * 8, "🇪🇪🇵🇱👍🏽" * 12,
)  # fmt: skip


async def test_at_120_columns_stand_side_by_side(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "One")
    async with at_board(desk, tmp_path, (120, 36)) as board:
        headings = board.drawn().splitlines()[2]
        assert all(name in headings for name in ("To Do", "Doing", "Done"))


async def test_at_80_a_title_gets_two_lines(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "The printer on the second floor prints blank")
    async with at_board(desk, tmp_path, (80, 24)) as board:
        lines = [line[:26] for line in board.drawn().splitlines()]
        assert "The printer on" in lines[3]
        assert "second floor" in lines[4]


@pytest.mark.parametrize("size", [(60, 20), (40, 12)])
async def test_under_70_one_column_is_shown_and_the_others_are_tabs(
    desk: Desk, tmp_path: Path, size: tuple[int, int]
) -> None:
    a_ticket(desk, "One")
    a_ticket(desk, "Two", "to:doing")
    async with at_board(desk, tmp_path, size) as board:
        assert "Doing" in board.drawn().splitlines()[2]
        assert "Two" not in board.drawn()
        await board.press("l")
        assert "Two" in board.drawn()
        assert "One" not in board.drawn()


async def test_too_small_says_so_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "One")
    async with at_board(desk, tmp_path, (39, 12)) as board:
        assert "too small" in board.drawn()
        await board.pilot.resize_terminal(120, 36)
        await board.settle()
        assert "One" in board.drawn()
        assert "too small" not in board.drawn()


async def test_resizing_keeps_cursor_marks_and_filter(desk: Desk, tmp_path: Path) -> None:
    for at in range(1, 60):
        a_ticket(desk, f"Ticket {at}")
    async with at_board(desk, tmp_path) as board:
        await board.press("space", "G", "k")
        for size in ((80, 24), (40, 12), (1, 1), (200, 60), (60, 20)):
            await board.pilot.resize_terminal(*size)
            await board.settle()
        assert board.at.number == 58
        assert board.screen.marks == {1}
        assert "Ticket 58" in board.drawn()


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12)])
async def test_every_line_is_exactly_as_wide_as_the_screen(desk: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
    for title in (*WORDS, *HOSTILE):
        a_ticket(desk, title, 'priority:high due:today +"a label" check:"step" note:"x"')
    async with at_board(desk, tmp_path, size) as board:
        for _ in range(3):
            assert {cell_len(line) for line in board.drawn().splitlines()} == {size[0]}
            await board.press("G", "z")


async def test_no_string_acts_on_the_terminal_or_the_program(desk: Desk, tmp_path: Path) -> None:
    for text in HOSTILE:
        who = a_person(desk, text, login=text)
        a_ticket(desk, text, assignee_id=who, requester_id=who, labels=(text[:60].strip() or "x",))
    async with at_board(desk, tmp_path) as board:  # the choke point raises
        await board.press("v", "z", "slash")
        await board.type("printer")
        await board.press("escape")
        for _ in HOSTILE:
            await board.press("enter", "q", "space")
            assert board.app.screen is board.screen
        assert len(board.screen.marks) == len(HOSTILE)


async def test_a_click_puts_the_cursor_on_a_card(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "One")
    a_ticket(desk, "Two", "to:doing")
    async with at_board(desk, tmp_path) as board:
        await _click(board, "Two")
        assert (board.column, board.at.title) == ("Doing", "Two")


async def test_a_double_click_opens_the_ticket(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "One")
    async with at_board(desk, tmp_path) as board:
        await _click(board, "One", times=2)
        assert board.app.screen is not board.screen


async def test_the_wheel_scrolls_without_moving_the_cursor(desk: Desk, tmp_path: Path) -> None:
    from textual.events import MouseScrollDown

    for at in range(1, 60):
        a_ticket(desk, f"Ticket {at}")
    async with at_board(desk, tmp_path) as board:
        await board.pilot._post_mouse_events([MouseScrollDown], None, (10, 10), button=0)
        await board.settle()
        assert board.screen.columns[0].top == 1
        assert board.at.number == 1


async def test_a_card_is_dragged_to_another_column(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "One")
    async with at_board(desk, tmp_path) as board:
        await board.pilot.mouse_down(offset=(10, 3))
        await board.pilot.hover(offset=(20, 8))
        await board.pilot.hover(offset=(60, 8))
        await board.settle()
        assert "#1 to Doing" in board.said()
        await board.pilot.mouse_up(offset=(60, 8))
        await board.settle()
        assert board.where(1) == "Doing"
        assert (board.column, board.at.number) == ("Doing", 1)


async def test_a_tab_is_clicked(desk: Desk, tmp_path: Path) -> None:
    a_ticket(desk, "One")
    a_ticket(desk, "Two", "to:done")
    async with at_board(desk, tmp_path, (60, 20)) as board:
        heading = board.drawn().splitlines()[2]
        await board.pilot.click(offset=(heading.index("Done"), 2))
        await board.settle()
        assert board.column == "Done"


async def test_plain_glyphs_are_all_ascii(desk: Desk, tmp_path: Path) -> None:
    for at in range(1, 30):
        a_ticket(
            desk, f"A rather long title of a ticket, number {at}", 'priority:high due:today +vpn check:"x" note:"x"'
        )
    a_ticket(desk, "Done", "to:done")
    async with at_board(desk, tmp_path, (80, 24), ascii=True) as board:
        await board.press("space")
        assert board.drawn().isascii()


async def _click(board: AtBoard, title: str, times: int = 1) -> None:
    for y, line in enumerate(board.drawn().splitlines()):
        if f" {title} " in line:
            await board.pilot.click(offset=(line.index(f" {title} ") + 1, y), times=times)
            await board.settle()
            return
