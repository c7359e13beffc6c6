"""What each key of a ticket does: a method for every action, named as the action is, given each of its keys in turn.

The desk is that of `keys_on_board.stock`.
"""

from __future__ import annotations

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.ticket import Priority, Status
from helpdesk_tui.tui.screens.day import DayPick
from helpdesk_tui.tui.screens.help import Help
from helpdesk_tui.tui.screens.notices import NoticesPick
from helpdesk_tui.tui.screens.palette import Palette
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.widgets.ticket_body import TicketBody
from tests.tui.keys_on_a_ticket import OnATicket, now, opens_and_closes
from tests.tui.keys_on_board import OnTheBoard, start
from tests.tui.on_board import AtBoard


async def read(at: AtBoard, number: int = 1) -> TicketBody:
    """Open that ticket from the board."""
    while at.app.screen is not at.screen:
        await at.press("escape")
    await start(at, number)
    await at.press("enter")
    assert isinstance(at.app.screen, TicketScreen)
    return at.app.screen.query_one(TicketBody)


def steps(at: AtBoard) -> list[tuple[str, bool]]:
    """The checklist of #1 as the desk has it."""
    return [(step.text, step.done) for step in now(at.desk, 1).checklist]


class InTheTicket(OnATicket):
    """Given the board and one key of the action."""

    async def _begin(self, at: AtBoard, number: int = 1) -> None:
        await read(at, number)

    # Move about

    async def go_up(self, at: AtBoard, *key: str) -> None:
        body = await read(at)
        await at.press("j", "j", *key)
        assert body.step is not None
        assert body.step.text == "two"

    async def go_down(self, at: AtBoard, *key: str) -> None:
        body = await read(at)
        await at.press(*key)
        assert body.step is not None
        assert body.step.text == "two"

    async def go_first(self, at: AtBoard, *key: str) -> None:
        body = await read(at, 2)
        await at.press("G", *key)
        assert body.scroll_offset.y == 0

    async def go_last(self, at: AtBoard, *key: str) -> None:
        body = await read(at, 2)
        await at.press(*key)
        assert body.scroll_offset.y == body.max_scroll_y > 0

    async def page_up(self, at: AtBoard, *key: str) -> None:
        body = await read(at, 2)
        await at.press("G", *key)
        assert body.scroll_offset.y == body.max_scroll_y - (body.size.height - 1)

    async def page_down(self, at: AtBoard, *key: str) -> None:
        body = await read(at, 2)
        await at.press(*key)
        assert body.scroll_offset.y == body.size.height - 1

    async def half_up(self, at: AtBoard, *key: str) -> None:
        body = await read(at, 2)
        await at.press("G", *key)
        assert 0 < body.max_scroll_y - body.scroll_offset.y <= body.size.height // 2

    async def half_down(self, at: AtBoard, *key: str) -> None:
        body = await read(at, 2)
        await at.press(*key)
        assert 0 < body.scroll_offset.y <= body.size.height // 2

    async def section_next(self, at: AtBoard, *key: str) -> None:
        body = await read(at)
        assert body.section == "checklist"
        await at.press(*key)
        assert body.section == "conversation"

    async def section_previous(self, at: AtBoard, *key: str) -> None:
        body = await read(at)
        await at.press(*key)
        assert body.section == "description"

    async def previous(self, at: AtBoard, *key: str) -> None:
        await read(at, 3)
        await at.press(*key)
        assert "Much to read" in at.drawn()

    async def next(self, at: AtBoard, *key: str) -> None:
        await read(at, 1)
        await at.press(*key)
        assert "Much to read" in at.drawn()

    # Move cards

    async def card_left(self, at: AtBoard, *key: str) -> None:
        await read(at, 10)
        await at.press(*key)
        assert at.where(10) == "To Do"
        assert "#10 → To Do · u undoes" in at.said()
        await at.press("u")

    async def card_right(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        assert at.where(1) == "Doing"
        await at.press("u")

    async def card_done(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        assert now(at.desk, 1).card.category is Category.DONE

    async def move_to(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"doing", "enter")
        assert at.where(1) == "Doing"

    # The checklist

    async def checklist(self, at: AtBoard, *key: str) -> None:
        await read(at, 2)
        assert "step of its own" not in at.drawn()
        await at.press(*key)
        assert "step of its own" in at.drawn()

    async def tick(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        assert steps(at) == [("one", True), ("two", False), ("three", False)]
        await at.press("k", *key)
        assert steps(at)[0] == ("one", False)

    async def step_add(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        await at.type("four")
        await at.press("enter")
        await at.type("five")
        await at.press("ctrl+s")
        assert [text for text, _ in steps(at)] == ["one", "two", "three", "four", "five"]

    async def rewrite(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, "!", "enter")
        assert steps(at)[0] == ("one!", False)
        await at.press("r", "h", "i", "ctrl+s", "j", "j", "j", *key, "!", "ctrl+s")
        assert now(at.desk, 1).conversation[0].body == "hi!"

    async def quote(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press("r", "h", "i", "ctrl+s", *key, "y", "e", "s", "ctrl+s")
        assert now(at.desk, 1).conversation[1].body == "> hi\n\nyes"

    async def history(self, at: AtBoard, *key: str) -> None:
        await read(at)
        assert "created" in at.drawn()
        await at.press(*key)
        await at.type("checkl")
        await at.press("enter")
        assert "created" not in at.drawn()
        assert "added the step" in at.drawn()

    async def undo_step(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press("j", "X")
        assert [text for text, _ in steps(at)] == ["one", "three"]
        await at.press(*key)
        await at.press("enter")
        assert [text for text, _ in steps(at)] == ["one", "two", "three"]

    async def step_up(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press("j", *key)
        assert [text for text, _ in steps(at)] == ["two", "one", "three"]
        await at.press("u")

    async def step_down(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        assert [text for text, _ in steps(at)] == ["two", "one", "three"]
        await at.press("u")

    async def step_remove(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        assert [text for text, _ in steps(at)] == ["two", "three"]
        await at.press("u")

    # Work on tickets

    async def new(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        await at.type("Scanner jams")
        await at.press("enter")
        assert now(at.desk, 12).card.title == "Scanner jams"
        assert "#12" in at.said()

    async def edit(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, "!", "ctrl+s")
        assert now(at.desk, 1).card.title == "Ticket 1!"
        assert "Ticket 1!" in at.drawn()

    async def reply(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        await at.type("hello")
        await at.press("ctrl+s")
        assert now(at.desk, 1).card.replies == 1
        assert "hello" in at.drawn()

    async def note(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        await at.type("psst")
        await at.press("ctrl+s")
        assert now(at.desk, 1).card.notes == 1
        assert "psst" in at.drawn()

    async def assign(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"bob", "enter")
        assert now(at.desk, 1).card.assignee == "bob"

    async def take(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        assert now(at.desk, 1).card.assignee == "admin"

    async def priority(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"crit", "enter")
        assert now(at.desk, 1).card.priority is Priority.CRITICAL

    async def levels(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"high", "space", *"high", "enter")
        assert now(at.desk, 1).card.priority is Priority.CRITICAL

    async def kind(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"prob", "enter")
        assert now(at.desk, 1).card.kind == "problem"

    async def language(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"pol", "enter")
        assert now(at.desk, 1).card.language == "pl"

    async def requester(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"Dana", "space", *"Levi", "enter")
        assert now(at.desk, 1).card.requester == "Dana Levi"

    async def organization(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"Acme", "enter")
        assert now(at.desk, 1).card.organization == "Acme"

    async def due(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"tomorrow", "enter")
        assert now(at.desk, 1).card.due is not None

    async def labels(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"vpn", "space", *"net", "space", "enter")
        assert {label.name for label in now(at.desk, 1).card.labels} == {"vpn", "net"}

    async def status(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key, *"block", "enter")
        assert now(at.desk, 1).card.status is Status.BLOCKED

    async def notices(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        assert isinstance(at.app.screen, NoticesPick)
        await at.press("escape")

    async def day(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await opens_and_closes(at, DayPick, *key)

    async def take_next(self, at: AtBoard, *key: str) -> None:
        await read(at, 10)
        await at.press(*key)
        assert isinstance(at.app.screen, TicketScreen)
        assert at.app.screen.number == 1
        assert now(at.desk, 1).card.assignee == "admin"
        await at.press("u")
        assert now(at.desk, 1).card.assignee == ""

    async def archive(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        assert now(at.desk, 1).card.archived
        await at.press(*key)
        assert not now(at.desk, 1).card.archived

    async def change_line(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press(*key)
        await at.type("priority:high +net")
        await at.press("enter")
        card = now(at.desk, 1).card
        assert (card.priority, [label.name for label in card.labels]) == (Priority.HIGH, ["net"])

    async def undo(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press("L", *key)
        assert at.where(1) == "To Do"

    async def redo(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await at.press("L", "u", *key)
        assert at.where(1) == "Doing"

    # Desk

    async def back(self, at: AtBoard, *key: str) -> None:
        await read(at, 2)
        await at.press(*key)
        assert at.app.screen is at.screen
        assert at.at.number == 2

    async def theme(self, at: AtBoard, *no_key: str) -> None:
        await read(at)
        await OnTheBoard().theme(at, *no_key)

    async def palette(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await opens_and_closes(at, Palette, *key)

    async def help(self, at: AtBoard, *key: str) -> None:
        await read(at)
        await opens_and_closes(at, Help, *key)
