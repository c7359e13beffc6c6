"""What each key does for somebody who asks for help, on their list and in their ticket: a method for every action.

Every method leaves the desk as it found it, so that the next key of the action meets the same list.
"""

from __future__ import annotations

from helpdesk_tui.desk import conversation, templates, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.templates import Wording
from helpdesk_tui.domain.people import Role
from helpdesk_tui.tui.screens.files import FilesPick
from helpdesk_tui.tui.screens.ticket import TicketScreen
from tests.builders import a_person, a_ticket
from tests.tui.keys_in_ticket import InTheTicket, read
from tests.tui.keys_on_a_ticket import now, opens_and_closes
from tests.tui.keys_on_board import OnTheBoard, start
from tests.tui.on_board import AtBoard

RITA = 2002
"""The account of somebody who asks for help."""


def stock_mine(desk: Desk) -> None:
    """#1 to #9 are being worked on, #10 waits for Rita, #11 is solved; #2 has much to read; #12 is somebody else's."""
    rita = a_person(desk, "Rita Requester", Role.REQUESTER, "rita", RITA)
    for at in range(1, 10):
        a_ticket(desk, f"Ticket {at}", requester_id=rita)
    a_ticket(desk, "A question", "status:waiting", requester_id=rita)
    a_ticket(desk, "Finished", "to:done", requester_id=rita)
    a_ticket(desk, "Not theirs")
    long = "\n\n".join(f"Paragraph {at}" for at in range(60))
    tickets.edit(desk, 2, title="Much to read", description=long, base_version=now(desk, 2).version)
    conversation.reply(desk, 1, "We look at it.")
    templates.add(desk, Wording("New laptop", for_requesters=True))


class OnMyTickets:
    """Given the list and one key of the action."""

    async def go_up(self, at: AtBoard, *key: str) -> None:
        await start(at, 3)
        await at.press(*key)
        assert at.at.number == 4

    async def go_down(self, at: AtBoard, *key: str) -> None:
        await start(at, 4)
        await at.press(*key)
        assert at.at.number == 3

    async def go_left(self, at: AtBoard, *key: str) -> None:
        await start(at, 3)
        await at.press(*key)
        assert (at.column, at.at.number) == ("Waiting for you", 10)

    async def go_right(self, at: AtBoard, *key: str) -> None:
        await start(at, 3)
        await at.press(*key)
        assert (at.column, at.at.number) == ("Solved", 11)

    async def go_first(self, at: AtBoard, *key: str) -> None:
        await start(at, 5)
        await at.press(*key)
        assert at.at.number == 9

    async def go_last(self, at: AtBoard, *key: str) -> None:
        await start(at, 5)
        await at.press(*key)
        assert at.at.number == 1

    async def page_up(self, at: AtBoard, *key: str) -> None:
        await start(at, 1)
        await at.press(*key)
        assert at.at.number == 9

    async def page_down(self, at: AtBoard, *key: str) -> None:
        await start(at, 9)
        await at.press(*key)
        assert at.at.number == 1

    async def half_up(self, at: AtBoard, *key: str) -> None:
        await start(at, 1)
        await at.press(*key)
        assert at.at.number in {4, 5, 6}

    async def half_down(self, at: AtBoard, *key: str) -> None:
        await start(at, 9)
        await at.press(*key)
        assert at.at.number in {4, 5, 6}

    async def previous(self, at: AtBoard, *key: str) -> None:
        await self.go_up(at, *key)

    async def next(self, at: AtBoard, *key: str) -> None:
        await self.go_down(at, *key)

    async def column(self, at: AtBoard, key: str) -> None:
        await start(at, 10)
        await at.press(key)
        if int(key) <= 3:
            assert at.column == ("Waiting for you", "Being worked on", "Solved")[int(key) - 1]
        else:
            assert f"no column {key}" in at.said()

    async def open(self, at: AtBoard, *key: str) -> None:
        await start(at, 2)
        await at.press(*key)
        assert isinstance(at.app.screen, TicketScreen)
        assert "Paragraph 1" in at.drawn()

    async def new(self, at: AtBoard, *key: str) -> None:
        await at.press(*key)
        await at.type("Scanner jams")
        await at.press("enter")
        assert (at.at.title, at.at.requester, at.column) == ("Scanner jams", "Rita Requester", "Being worked on")

    async def new_from_template(self, at: AtBoard, *key: str) -> None:
        await at.press(*key, *"laptop", "enter", "enter")
        assert (at.at.title, at.at.requester) == ("New laptop", "Rita Requester")

    async def reply(self, at: AtBoard, *key: str) -> None:
        await start(at, 10)
        await at.press(*key)
        await at.type("Here it is")
        await at.press("ctrl+s")
        assert now(at.desk, 10).conversation[-1].body == "Here it is"
        assert at.column == "Being worked on"

    async def files(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await opens_and_closes(at, FilesPick, *key)

    async def confirm_solved(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key)
        assert "How did it go" in at.drawn()
        await at.press(*"very well", "enter")
        assert (at.column, at.at.number, at.at.rating) == ("Solved", 1, 5)
        await at.press("u", "u")

    async def not_solved(self, at: AtBoard, *key: str) -> None:
        await start(at, 11)
        await at.press(*key)
        await at.type("It is back")
        await at.press("ctrl+s")
        assert (at.column, at.at.number) == ("Being worked on", 11)
        assert now(at.desk, 11).conversation[-1].body == "It is back"
        await at.press("u")

    async def rate(self, at: AtBoard, *key: str) -> None:
        await start(at, 11)
        await at.press(*key, *"so-so", "enter")
        assert at.at.rating == 3
        await at.press("u")

    async def undo(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press("D", "escape", *key)
        assert (at.column, at.at.number) == ("Being worked on", 1)

    async def redo(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press("D", "escape", "u", *key)
        assert (at.column, at.at.number) == ("Solved", 1)

    async def filter(self, at: AtBoard, *key: str) -> None:
        await at.press(*key)
        await at.type("question")
        await at.press("enter")
        assert (at.numbers("Waiting for you"), at.numbers("Being worked on")) == ([10], [])

    async def clear(self, at: AtBoard, *key: str) -> None:
        await at.press("slash")
        await at.type("question")
        await at.press("enter", *key)
        assert at.screen.text == ""
        assert "11 tickets" in at.drawn()

    _begin = OnTheBoard._begin
    copy = OnTheBoard.copy
    density = OnTheBoard.density
    preview = OnTheBoard.preview
    notices = OnTheBoard.notices
    quit = OnTheBoard.quit
    palette = OnTheBoard.palette
    theme = OnTheBoard.theme

    async def help(self, at: AtBoard, *key: str) -> None:
        await at.press(*key, *"it is solved")
        assert "Say that it is solved" in at.drawn()
        assert "Changing" not in at.drawn()
        await at.press("escape")


class InMyTicket:
    """Given the list and one key of the action."""

    async def go_up(self, at: AtBoard, *key: str) -> None:
        body = await read(at, 2)
        await at.press("j", "j", *key)
        assert body.scroll_offset.y == 1

    async def go_down(self, at: AtBoard, *key: str) -> None:
        body = await read(at, 2)
        await at.press(*key)
        assert body.scroll_offset.y == 1

    go_first = InTheTicket.go_first
    go_last = InTheTicket.go_last
    page_up = InTheTicket.page_up
    page_down = InTheTicket.page_down
    half_up = InTheTicket.half_up
    half_down = InTheTicket.half_down

    async def section_next(self, at: AtBoard, *key: str) -> None:
        body = await read(at)
        await at.press(*key)
        assert body.section == "conversation"

    async def section_previous(self, at: AtBoard, *key: str) -> None:
        body = await read(at)
        await at.press("tab", *key)
        assert body.section == "description"

    async def previous(self, at: AtBoard, *key: str) -> None:
        await read(at, 3)
        await at.press(*key)
        assert isinstance(at.app.screen, TicketScreen)
        assert at.app.screen.number == 4

    async def next(self, at: AtBoard, *key: str) -> None:
        await read(at, 4)
        await at.press(*key)
        assert isinstance(at.app.screen, TicketScreen)
        assert at.app.screen.number == 3

    async def new(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        await at.type("Scanner jams")
        await at.press("enter")
        assert "Scanner jams" in at.said()

    async def new_from_template(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"laptop", "enter", "enter")
        assert "New laptop" in at.said()

    async def reply(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        assert "Those who help you will read this." in at.drawn()
        await at.type("Thank you")
        await at.press("ctrl+s")
        assert now(at.desk, 1).conversation[-1].body == "Thank you"

    async def quote(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, "ctrl+s")
        assert "> We look at it." in now(at.desk, 1).conversation[-1].body

    async def rewrite(self, at: AtBoard, *key: str) -> None:
        await read(at, 3)
        await at.press("r", *"Helo", "ctrl+s", "j", *key, *"!", "ctrl+s")
        assert now(at.desk, 3).conversation[-1].body == "Helo!"

    async def files(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await opens_and_closes(at, FilesPick, *key)

    async def confirm_solved(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"very well", "enter")
        assert (now(at.desk, 1).card.closed is not None, now(at.desk, 1).card.rating) == (True, 5)
        await at.press("u", "u")

    async def not_solved(self, at: AtBoard, *key: str) -> None:
        await read(at, 11)
        await at.press(*key, "ctrl+s")
        assert now(at.desk, 11).card.closed is None
        await at.press("u")

    async def rate(self, at: AtBoard, *key: str) -> None:
        await read(at, 11)
        await at.press(*key, *"so-so", "enter")
        assert now(at.desk, 11).card.rating == 3
        await at.press("u")

    async def undo(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press("D", "escape", *key)
        assert now(at.desk, 1).card.closed is None

    async def redo(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press("D", "escape", "u", *key)
        assert now(at.desk, 1).card.closed is not None

    async def notices(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await OnTheBoard().notices(at, *key)

    _begin = InTheTicket._begin
    copy = InTheTicket.copy
    back = InTheTicket.back
    palette = InTheTicket.palette
    theme = InTheTicket.theme

    async def help(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await OnMyTickets().help(at, *key)
