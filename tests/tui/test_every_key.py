"""A walk through the keymap: every key of every action is pressed on every screen it is for, and does what it is for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpdesk_tui.tui.actions import ACTIONS, APP, ASKING, BOARD, FIGURES, MINE, REQUEST, TICKET, Action
from tests.builders import a_desk, as_uid
from tests.tui.keys_in_ticket import InTheTicket
from tests.tui.keys_of_figures import InFigures
from tests.tui.keys_of_requests import RITA, InMyTicket, OnMyTickets, stock_mine
from tests.tui.keys_on_board import OnTheBoard, stock
from tests.tui.on_board import at_board

PROOFS: dict[str, type[Any]] = {
    BOARD: OnTheBoard, TICKET: InTheTicket, MINE: OnMyTickets, REQUEST: InMyTicket, FIGURES: InFigures,
}  # fmt: skip
LEAVES = {(BOARD, "quit"), (MINE, "quit")}
"""After one key of these there is no program left to press the next in."""


def on(scope: str) -> list[Action]:
    """The actions of that screen, the app's own among them."""
    return [action for action in ACTIONS if scope in action.scopes or APP in action.scopes]


def walks() -> list[Any]:
    """Each action of each screen with its keys."""
    return [
        pytest.param(scope, action, keys, id=f"{scope} {action.id} {','.join(keys)}".strip())
        for scope in PROOFS
        for action in on(scope)
        for keys in ([(key,) for key in action.keys] if (scope, action.id) in LEAVES else [action.keys])
    ]


@pytest.mark.parametrize(("scope", "action", "keys"), walks())
async def test_a_key_does_what_it_is_for(scope: str, action: Action, keys: tuple[str, ...], tmp_path: Path) -> None:
    proof = getattr(PROOFS[scope](), action.id, None)
    assert proof is not None, f"nothing here presses the keys of {action.id} ({action.label}) on the {scope}"
    desk = a_desk(tmp_path, stock=stock_mine if scope in ASKING else stock)
    async with at_board(as_uid(desk, RITA) if scope in ASKING else desk, tmp_path) as at:
        for key in keys or ("",):
            await proof(at, *key.split())
    desk.close()


@pytest.mark.parametrize("scope", PROOFS)
def test_nothing_is_proved_of_an_action_that_is_gone(scope: str) -> None:
    proved = {name for name in dir(PROOFS[scope]) if not name.startswith("_")}
    assert proved == {action.id for action in on(scope)}
