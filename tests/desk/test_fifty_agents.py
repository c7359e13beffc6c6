"""Fifty people at one desk: each hears of what one of them does."""

from __future__ import annotations

from pathlib import Path

from helpdesk_tui.desk import boards
from helpdesk_tui.desk.desk import Desk
from tests.builders import a_desk, a_ticket, board_of


def test_fifty_boards_follow_one_change(desk: Desk, tmp_path: Path) -> None:
    others = [a_desk(tmp_path) for _ in range(50)]
    seen = board_of(desk).last_event_id
    assert [boards.changed(each) for each in others] == [True] * 50
    number = a_ticket(desk, "Printer is dead")
    assert [boards.changed(each) for each in others] == [True] * 50
    assert {boards.news(each, seen).numbers for each in others} == {(number,)}
    assert [boards.changed(each) for each in others] == [False] * 50
    for each in others:
        each.close()
