"""Time passes for a desk while a board is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk_tui.desk import rules, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.tui import ticking
from tests.builders import a_ticket
from tests.tui.on_board import at_board

pytestmark = pytest.mark.asyncio


async def test_an_open_board_lets_rules_of_time_act_and_shows_what_they_did(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticking, "FIRST", 0.05)
    number = a_ticket(desk, "Printer is dead")
    rules.add(desk, Wording("Up", "tick", "is:open", "priority:critical"))
    async with at_board(desk, tmp_path) as at:
        for _ in range(60):
            await at.pilot.pause(0.05)
            if tickets.open_ticket(desk, number).card.priority is Priority.CRITICAL:
                break
        assert tickets.open_ticket(desk, number).card.priority is Priority.CRITICAL


async def test_an_open_board_without_anything_due_writes_no_event(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticking, "FIRST", 0.05)
    number = a_ticket(desk)
    before = tickets.open_ticket(desk, number).history
    async with at_board(desk, tmp_path) as at:
        await at.pilot.pause(0.5)
    assert tickets.open_ticket(desk, number).history == before
