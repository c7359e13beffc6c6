"""What the keys do that do the same to a ticket wherever it is: under the cursor of the board, and open."""

from __future__ import annotations

from typing import Any

from helpdesk_tui.desk import people, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.tui.screens.files import FilesPick
from tests.tui.on_board import AtBoard


def now(desk: Desk, number: int) -> TicketDetail:
    """The ticket as the desk has it."""
    return tickets.open_ticket(desk, number)


async def opens_and_closes(at: AtBoard, screen: type[Any], *key: str) -> None:
    """The key opens it over what is shown, esc leaves it."""
    below = at.app.screen
    await at.press(*key)
    assert isinstance(at.app.screen, screen)
    await at.press("escape")
    assert at.app.screen is below


class OnATicket:
    """Given the board and one key of the action."""

    async def _begin(self, at: AtBoard, number: int = 1) -> None:
        """Be at that ticket."""
        raise NotImplementedError

    async def canned(self, at: AtBoard, *key: str) -> None:
        await self._begin(at)
        await at.press(*key, "ctrl+n")
        await at.type("On it")
        await at.press("tab", "tab")
        await at.type("Hello {requester.first_name|there}.")
        await at.press("ctrl+s")
        assert "Hello there." in at.drawn()
        await at.press("enter", "ctrl+s")
        assert [one.body for one in now(at.desk, 1).conversation][-1] == "Hello there."

    async def new_from_template(self, at: AtBoard, *key: str) -> None:
        await self._begin(at)
        await at.press(*key, "ctrl+n")
        await at.type("Scanner jams")
        await at.press("ctrl+s")
        assert "Scanner jams" in at.drawn()
        await at.press("enter", "enter")
        assert "Scanner jams" in at.said()

    async def signature(self, at: AtBoard, *_no_key: str) -> None:
        """It has no key of its own: the palette finds it."""
        await self._begin(at)
        await at.press("ctrl+p", *"signature", "enter")
        await at.type("Ada, IT")
        await at.press("ctrl+s")
        assert people.signature(at.desk) == "Ada, IT"

    async def files(self, at: AtBoard, *key: str) -> None:
        await self._begin(at)
        await opens_and_closes(at, FilesPick, *key)

    async def time(self, at: AtBoard, *key: str) -> None:
        await self._begin(at)
        await at.press(*key, *"25m", "enter")
        assert now(at.desk, 1).minutes == 25
        await at.press("u")

    async def watch(self, at: AtBoard, *key: str) -> None:
        await self._begin(at)
        await at.press(*key)
        assert now(at.desk, 1).watchers == ("admin",)
        await at.press(*key)
        assert now(at.desk, 1).watchers == ()

    async def link(self, at: AtBoard, *key: str) -> None:
        await self._begin(at)
        await at.press(*key, *"blocks", "enter", *"#5", "enter")
        assert [(link.relation, link.number) for link in now(at.desk, 1).links] == [("blocks", 5)]
        await at.press("u")
        assert now(at.desk, 1).links == ()

    async def merge(self, at: AtBoard, *key: str) -> None:
        await self._begin(at)
        await at.press(*key, *"#5", "enter", "y")
        assert now(at.desk, 1).merged_into == 5
        await at.press("u")
        assert now(at.desk, 1).merged_into is None

    async def split(self, at: AtBoard, *key: str) -> None:
        await self._begin(at, 2)
        await at.press(*key, *"Note 39", "enter")
        assert [comment.body for comment in now(at.desk, 2).conversation][-1] == "Note 38"
        await at.press("u")
        assert len(now(at.desk, 2).conversation) == 40

    async def clone(self, at: AtBoard, *key: str) -> None:
        await self._begin(at)
        await at.press(*key)
        (link,) = now(at.desk, 1).links
        assert now(at.desk, link.number).card.title == "Ticket 1"
        await at.press("u")
        assert now(at.desk, 1).links == ()

    async def copy(self, at: AtBoard, *key: str) -> None:
        await self._begin(at, 2)
        await at.press(*key)
        assert at.app.clipboard == "#2"
