"""Two admins with the same form open: the second to save is asked whose words are to stand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from textual.widgets import Input

from helpdesk_tui.desk import canned, organizations, policies, rules, templates
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.rules import Wording
from helpdesk_tui.tui.screens.confirm import Confirm
from tests.builders import a_ticket
from tests.desk import test_overtaken as changes
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio

FORMS = {
    "policy": (("comma", *"serv", "enter", "enter"), "name", changes.policy),
    "calendar": (("comma", *"cal", "enter", "enter"), "name", changes.calendar),
    "rule": (("E", *"rule", "enter"), "query", changes.rule),
    "template": (("N", "ctrl+e"), "title", changes.template),
    "canned reply": (("m", "ctrl+e"), "body", changes.reply),
    "organization": (("P", "O", "enter"), "domains", changes.organization),
}
"""Keys to the form of each, a field of it, and how somebody else changes that field."""


@pytest_asyncio.fixture
async def board(desk: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    a_ticket(desk)
    rules.add(desk, Wording("Rule", "created", "", "priority:high"))
    templates.add(desk, templates.Wording("Template"))
    canned.add(desk, "Reply", "Hello.")
    organizations.add(desk, "Acme")
    async with at_board(desk, tmp_path) as found:
        yield found


@pytest.mark.parametrize("form", FORMS)
async def test_the_second_is_asked(board: AtBoard, form: str) -> None:
    keys, field, change = FORMS[form]
    await board.press(*keys)
    change(board.desk, "theirs")
    board.app.screen.query_one(f"#{field}").focus()
    await board.press(*"is.ee", "ctrl+s")
    assert isinstance(board.app.screen, Confirm)
    assert "meanwhile" in board.drawn()
    assert "theirs" in board.drawn()
    await board.press("escape")
    assert board.app.screen.query("#name, #domains")


async def test_theirs_stays_until_the_second_says_otherwise(board: AtBoard) -> None:
    await board.press(*FORMS["policy"][0])
    changes.policy(board.desk, "theirs")
    board.app.screen.query_one("#name", Input).value = "mine"
    await board.press("ctrl+s")
    assert policies.uses(board.desk)[0].policy.name == "theirs"
    await board.press("y")
    assert policies.uses(board.desk)[0].policy.name == "mine"
