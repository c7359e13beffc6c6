"""What a requester's screens draw: not a letter of what is not theirs, whichever key they press."""

from __future__ import annotations

import shutil
from datetime import UTC
from pathlib import Path

import pytest

from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.store import directory
from helpdesk_tui.store.sqlite import SqliteStore
from helpdesk_tui.tui.actions import ACTIONS
from tests.builders import NOON
from tests.desk.conftest import built
from tests.desk.every_verb import UIDS
from tests.tui.on_board import at_board

__all__ = ["built"]

KEYS = sorted({key for action in ACTIONS for key in action.keys if key not in {"q", "ctrl+c", "ctrl+q", "ctrl+z"}})


@pytest.mark.parametrize("role", [Role.REQUESTER, Role.VIEWER])
async def test_whichever_key_is_pressed(built: Path, tmp_path: Path, role: Role) -> None:
    path = tmp_path / "desk.db"
    shutil.copy(built, path)
    store = SqliteStore(path)
    with store.reading() as unit:
        found = directory.actor_by_uid(unit, UIDS[role])
    assert found is not None
    desk = Desk(store, found[0], FixedClock(NOON), UTC, "screen")
    drawn = []
    async with at_board(desk, tmp_path) as at:
        drawn.append(at.drawn())
        for key in KEYS:
            await at.press(key)
            drawn.append(at.drawn())
            for _ in range(4):
                if at.app.screen is not at.screen:
                    await at.press("escape")
    desk.close()
    assert any("Own" in text for text in drawn)
    assert ("zanzibar" in "".join(drawn).casefold()) == (role is not Role.REQUESTER)
