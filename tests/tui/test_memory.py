"""What is left behind by screens that are closed: nothing, or a day's work would end in a slow program."""

from __future__ import annotations

import gc
from pathlib import Path

from textual.strip import Strip

from tests.builders import a_desk, a_ticket
from tests.tui.on_board import at_board


def lines_kept() -> int:
    """How many drawn lines of text there are that somebody still refers to."""
    gc.collect()
    return sum(type(one) is Strip for one in gc.get_objects())


async def test_tickets_that_were_opened_and_closed_leave_no_drawn_lines(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, stock=lambda desk: a_ticket(desk, "Printer is dead"))
    async with at_board(desk, tmp_path) as at:
        kept = []
        for _ in range(3):
            for _ in range(4):
                await at.press("enter")
                await at.press("escape")
            kept.append(lines_kept())
        assert kept[2] <= kept[1]
    desk.close()
