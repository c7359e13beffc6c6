"""The footer of somebody who asks for help: what applies to their ticket under the cursor, as it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk_tui.desk import tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from tests.builders import a_ticket, an_organization, desk_of
from tests.tui.keys_on_board import start
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio

NARROW = (80, 24)
OPEN, SOLVED, OF_A_COLLEAGUE = 1, 2, 3
WORDS = ("D it is solved", "o not solved", "* rate")


@pytest_asyncio.fixture
async def mine(desk: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    """Rita at her list, 80 columns wide."""
    acme = an_organization(desk, shares=True)
    rita, ravi = (desk_of(desk, Role.REQUESTER, uid, f"R {uid}", organization=acme) for uid in (2000, 2001))
    a_ticket(desk, "Printer is dead", requester_id=rita.actor.id)
    a_ticket(desk, "VPN drops", "to:done", requester_id=rita.actor.id)
    a_ticket(desk, "Scanner jams", "to:done", requester_id=ravi.actor.id)
    async with at_board(rita, tmp_path, size=NARROW) as found:
        yield found
    rita.close()
    ravi.close()


def offered(at: AtBoard) -> list[str]:
    """What the footer offers to say of a ticket."""
    return [words for words in WORDS if words in " ".join(at.said().split())]


async def test_of_an_open_one_that_it_is_solved(mine: AtBoard) -> None:
    await start(mine, OPEN)
    assert offered(mine) == ["D it is solved"]
    assert mine.said().endswith("? help")


async def test_of_a_solved_one_that_it_is_not_and_how_it_went(mine: AtBoard) -> None:
    await start(mine, SOLVED)
    assert offered(mine) == ["o not solved", "* rate"]


async def test_how_it_went_with_a_colleagues_is_theirs_to_say(mine: AtBoard) -> None:
    await start(mine, OF_A_COLLEAGUE)
    assert "* rate" not in offered(mine)
    assert "o not solved" in offered(mine)
    await mine.press("asterisk")
    assert "Only who asked says how it went." in mine.said()


async def test_it_follows_the_cursor(mine: AtBoard) -> None:
    await start(mine, OPEN)
    await mine.press("right")
    assert "o not solved" in offered(mine)
    await mine.press("left")
    assert offered(mine) == ["D it is solved"]


async def test_it_follows_what_becomes_of_the_ticket(mine: AtBoard, desk: Desk) -> None:
    await start(mine, OPEN)
    tickets.change_text(desk, [OPEN], "to:done")
    mine.screen.look()
    await mine.settle()
    assert (mine.at.number, offered(mine)) == (OPEN, ["o not solved", "* rate"])


async def test_where_there_is_no_ticket_nothing_is_said_of_one(mine: AtBoard) -> None:
    await mine.press("1")
    assert mine.screen.card is None
    assert offered(mine) == []
    assert "r reply" not in mine.said()
    assert "n new" in mine.said()
    for key in ("D", "o", "asterisk"):
        await mine.press("k", key)
        assert "There is no ticket here." in mine.said()


@pytest.mark.parametrize(("number", "words"), [(OPEN, ["D it is solved"]), (SOLVED, list(WORDS))])
async def test_in_the_ticket_too(mine: AtBoard, number: int, words: list[str]) -> None:
    await start(mine, number)
    await mine.press("enter")
    assert offered(mine) == words
