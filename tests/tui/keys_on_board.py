"""What each key of the board does: a method for every action, named as the action is, given each of its keys in turn.

Every method leaves the desk as it found it, so that the next key of the action meets the same board.
"""

from __future__ import annotations

from helpdesk_tui.desk import conversation, settings, structure, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.ticket import Priority, Status
from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.tui.screens.calendars import CalendarsPick
from helpdesk_tui.tui.screens.day import DayPick
from helpdesk_tui.tui.screens.figures import FiguresScreen
from helpdesk_tui.tui.screens.help import Help
from helpdesk_tui.tui.screens.notices import NoticesPick
from helpdesk_tui.tui.screens.organizations import OrganizationsPick
from helpdesk_tui.tui.screens.palette import Palette
from helpdesk_tui.tui.screens.people import PeoplePick
from helpdesk_tui.tui.screens.policies import PoliciesPick
from helpdesk_tui.tui.screens.prepared_lists import CannedList, TemplateList
from helpdesk_tui.tui.screens.rules import RulesPick
from helpdesk_tui.tui.screens.ticket import TicketScreen
from tests.builders import a_person, a_ticket
from tests.tui.keys_on_a_ticket import OnATicket, now, opens_and_closes
from tests.tui.on_board import AtBoard


def stock(desk: Desk) -> None:
    """#1 to #9 in To Do, #10 in Doing, #11 in Done; #1 has three steps, #2 much to read; Bob helps too."""
    for at in range(1, 10):
        a_ticket(desk, f"Ticket {at}")
    a_ticket(desk, "In the works", "to:doing")
    a_ticket(desk, "Finished", "to:done")
    tickets.change_text(desk, [1], "check:one check:two check:three")
    tickets.change_text(desk, [2], 'title:"Much to read" check:"step of its own"')
    tickets.edit(
        desk, 2, description="\n\n".join(f"Paragraph {at}" for at in range(60)), base_version=now(desk, 2).version
    )
    for at in range(40):
        conversation.note(desk, 2, f"Note {at}")
    structure.add_board(desk, "Moves")
    a_person(desk, "Bob Builder")


async def start(at: AtBoard, number: int = 1) -> TicketDetail:
    """Put the cursor on that card."""
    at.screen.put_cursor_on(number)
    await at.settle()
    assert at.at.number == number
    return now(at.desk, number)


class OnTheBoard(OnATicket):
    """Given the board and one key of the action."""

    async def _begin(self, at: AtBoard, number: int = 1) -> None:
        await start(at, number)

    # Move about

    async def go_up(self, at: AtBoard, *key: str) -> None:
        await start(at, 3)
        await at.press(*key)
        assert at.at.number == 2

    async def go_down(self, at: AtBoard, *key: str) -> None:
        await start(at, 3)
        await at.press(*key)
        assert at.at.number == 4

    async def go_left(self, at: AtBoard, *key: str) -> None:
        await start(at, 10)
        await at.press(*key)
        assert at.column == "To Do"

    async def go_right(self, at: AtBoard, *key: str) -> None:
        await start(at, 1)
        await at.press(*key)
        assert (at.column, at.at.number) == ("Doing", 10)

    async def go_first(self, at: AtBoard, *key: str) -> None:
        await start(at, 5)
        await at.press(*key)
        assert at.at.number == 1

    async def go_last(self, at: AtBoard, *key: str) -> None:
        await start(at, 5)
        await at.press(*key)
        assert at.at.number == 9

    async def page_up(self, at: AtBoard, *key: str) -> None:
        await start(at, 9)
        await at.press(*key)
        assert at.at.number == 1

    async def page_down(self, at: AtBoard, *key: str) -> None:
        await start(at, 1)
        await at.press(*key)
        assert at.at.number == 9

    async def half_up(self, at: AtBoard, *key: str) -> None:
        await start(at, 9)
        await at.press(*key)
        assert at.at.number == 5

    async def half_down(self, at: AtBoard, *key: str) -> None:
        await start(at, 1)
        await at.press(*key)
        assert at.at.number == 5

    async def previous(self, at: AtBoard, *key: str) -> None:
        await self.go_up(at, *key)

    async def next(self, at: AtBoard, *key: str) -> None:
        await self.go_down(at, *key)

    async def column(self, at: AtBoard, key: str) -> None:
        await start(at, 10)
        await at.press(key)
        if int(key) <= 3:
            assert at.column == ("To Do", "Doing", "Done")[int(key) - 1]
        else:
            assert f"no column {key}" in at.said()

    # Move cards

    async def card_left(self, at: AtBoard, *key: str) -> None:
        await start(at, 10)
        await at.press(*key)
        assert (at.column, at.at.number, at.where(10)) == ("To Do", 10, "To Do")
        assert "#10 → To Do · u undoes" in at.said()
        await at.press("u")

    async def card_right(self, at: AtBoard, *key: str) -> None:
        await start(at, 2)
        await at.press(*key)
        assert (at.column, at.at.number, at.where(2)) == ("Doing", 2, "Doing")
        assert "#2 → Doing · u undoes" in at.said()
        await at.press("u")

    async def card_up(self, at: AtBoard, *key: str) -> None:
        await start(at, 3)
        await at.press(*key)
        assert (at.numbers("To Do")[:3], at.at.number) == ([1, 3, 2], 3)
        await at.press("u")

    async def card_down(self, at: AtBoard, *key: str) -> None:
        await start(at, 1)
        await at.press(*key)
        assert (at.numbers("To Do")[:3], at.at.number) == ([2, 1, 3], 1)
        await at.press("u")

    async def card_done(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key)
        assert (at.column, at.at.number, at.where(1)) == ("Done", 1, "Done")

    async def move_to(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key, *"doing", "enter")
        assert (at.column, at.at.number) == ("Doing", 1)

    # Mark

    async def mark(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key)
        assert (at.screen.marks, at.at.number) == ({1}, 2)
        assert "1 marked" in at.drawn()
        await at.press("k", *key)
        assert at.screen.marks == set()

    async def mark_range(self, at: AtBoard, *key: str) -> None:
        await start(at, 2)
        await at.press(*key, "j", "j", *key)
        assert at.screen.marks == {2, 3, 4}

    async def mark_all(self, at: AtBoard, *key: str) -> None:
        await at.press(*key)
        assert at.screen.marks == set(range(1, 12))
        await at.press(*key)
        assert at.screen.marks == set()

    # Work on tickets

    async def new(self, at: AtBoard, *key: str) -> None:
        await at.press(*key)
        await at.type("Scanner jams")
        await at.press("enter")
        assert (at.at.number, at.at.title, at.column) == (12, "Scanner jams", "To Do")

    async def edit(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key, "!", "ctrl+s")
        assert at.at.title == "Ticket 1!"

    async def reply(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key)
        await at.type("hello")
        await at.press("ctrl+s")
        assert (at.at.replies, now(at.desk, 1).conversation[0].body) == (1, "hello")

    async def note(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key)
        await at.type("psst")
        await at.press("ctrl+s")
        assert (at.at.notes, now(at.desk, 1).conversation[0].body) == (1, "psst")

    async def checklist(self, at: AtBoard, *key: str) -> None:
        await start(at, 2)
        await at.press(*key)
        assert isinstance(at.app.screen, TicketScreen)
        assert "step of its own" in at.drawn()

    async def assign(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key, *"bob", "enter")
        assert at.at.assignee == "bob"

    async def take(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key)
        assert at.at.assignee == "admin"

    async def priority(self, at: AtBoard, *key: str) -> None:
        await start(at, 3)
        await at.press(*key, *"crit", "enter")
        assert (at.at.number, at.at.priority) == (3, Priority.CRITICAL)
        assert at.numbers("To Do")[0] == 3

    async def levels(self, at: AtBoard, *key: str) -> None:
        await start(at, 3)
        await at.press(*key, *"high", "space", *"high", "enter")
        assert (at.at.number, at.at.priority) == (3, Priority.CRITICAL)

    async def kind(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key, *"prob", "enter")
        assert at.at.kind == "problem"

    async def language(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key, *"pol", "enter")
        assert at.at.language == "pl"

    async def requester(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key, *"Dana", "space", *"Levi", "enter")
        assert at.at.requester == "Dana Levi"

    async def organization(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key, *"Acme", "enter")
        assert at.at.organization == "Acme"

    async def due(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key, *"tomorrow", "enter")
        assert at.at.due is not None
        assert "tomorrow" in at.drawn()

    async def labels(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key, *"vpn", "enter")
        assert [label.name for label in at.at.labels] == ["vpn"]

    async def status(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key, *"block", "enter")
        assert at.at.status is Status.BLOCKED

    async def notices(self, at: AtBoard, *key: str) -> None:
        await at.press(*key)
        assert isinstance(at.app.screen, NoticesPick)
        await at.press("escape")

    async def archive(self, at: AtBoard, *key: str) -> None:
        await start(at, 2)
        await at.press(*key)
        assert 2 not in at.numbers("To Do")
        assert at.at.number == 3

    async def change_line(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press(*key)
        await at.type("+urgent to:doing")
        await at.press("enter")
        assert (at.column, [label.name for label in at.at.labels]) == ("Doing", ["urgent"])

    async def undo(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press("L", *key)
        assert (at.column, at.at.number, at.where(1)) == ("To Do", 1, "To Do")
        assert "undone" in at.said()

    async def redo(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press("L", "u", *key)
        assert (at.column, at.at.number, at.where(1)) == ("Doing", 1, "Doing")

    # Look

    async def open(self, at: AtBoard, *key: str) -> None:
        await start(at, 2)
        await at.press(*key)
        assert isinstance(at.app.screen, TicketScreen)
        assert "Much to read" in at.drawn()

    async def filter(self, at: AtBoard, *key: str) -> None:
        await at.press(*key)
        await at.type("works")
        await at.press("enter")
        assert at.screen.text == "works"
        assert (at.numbers("To Do"), at.numbers("Doing")) == ([], [10])

    async def views(self, at: AtBoard, *key: str) -> None:
        await at.press("slash")
        await at.type("works")
        await at.press("enter", *key)
        await at.type("Mine")
        await at.press("enter", "escape", *key, "enter")
        assert at.screen.text == "works"
        assert "Mine" in at.drawn().splitlines()[0]

    async def clear(self, at: AtBoard, *key: str) -> None:
        await at.press("slash")
        await at.type("Ticket")
        await at.press("enter", "space", *key)
        assert (at.screen.marks, at.screen.text) == (set(), "Ticket")
        await at.press(*key)
        assert at.screen.text == ""
        assert "11 tickets" in at.drawn()

    async def density(self, at: AtBoard, *key: str) -> None:
        for name in ("short", "line", "full"):
            await at.press(*key)
            assert at.screen.density == name
            assert name in at.app.config.state_path.read_text()

    async def preview(self, at: AtBoard, *key: str) -> None:
        await start(at, 2)
        await at.press(*key)
        assert "Paragraph 3" in at.drawn()
        await at.press(*key)
        assert "Paragraph 3" not in at.drawn()

    async def swimlanes(self, at: AtBoard, *key: str) -> None:
        await start(at)
        await at.press("i", *key, *"assignee", "enter")
        lines = [line[:30].strip() for line in at.drawn().splitlines()]
        assert "admin" in lines
        assert "nobody" in lines

    # Desk

    async def day(self, at: AtBoard, *key: str) -> None:
        await opens_and_closes(at, DayPick, *key)

    async def take_next(self, at: AtBoard, *key: str) -> None:
        await at.press(*key)
        assert isinstance(at.app.screen, TicketScreen)
        assert at.app.screen.number == 1
        assert "#1 taken" in at.said()
        await at.press("escape")
        assert at.at.number == 1
        assert (at.at.assignee, at.column) == ("admin", "Doing")
        await at.press("u")
        assert now(at.desk, 1).card.assignee == ""

    async def rules(self, at: AtBoard, *key: str) -> None:
        await opens_and_closes(at, RulesPick, *key)

    async def policies(self, at: AtBoard, *_no_key: str) -> None:
        """It has no key of its own: the palette and the settings lead there."""
        await at.press("ctrl+p", *"service lev", "enter")
        assert isinstance(at.app.screen, PoliciesPick)

    async def calendars(self, at: AtBoard, *_no_key: str) -> None:
        await at.press("ctrl+p", *"calendars", "enter")
        assert isinstance(at.app.screen, CalendarsPick)

    async def organizations(self, at: AtBoard, *_no_key: str) -> None:
        await at.press("ctrl+p", *"organizations", "enter")
        assert isinstance(at.app.screen, OrganizationsPick)

    async def templates(self, at: AtBoard, *_no_key: str) -> None:
        await at.press("ctrl+p", *"templates", "enter")
        assert isinstance(at.app.screen, TemplateList)

    async def canned_replies(self, at: AtBoard, *_no_key: str) -> None:
        await at.press("ctrl+p", *"canned replies", "enter")
        assert isinstance(at.app.screen, CannedList)

    async def boards(self, at: AtBoard, *key: str) -> None:
        await at.press(*key, *"moves", "enter")
        assert at.screen.seen.state.board.name == "Moves"

    async def settings(self, at: AtBoard, *key: str) -> None:
        await at.press(*key, *"largest")
        assert "largest file, MB" in at.drawn()
        await at.press("enter", "ctrl+u", *"much", "enter")
        assert "is no size" in at.drawn()
        await at.press("ctrl+u", *"50", "enter", "escape")
        assert settings.settings(at.desk).file_limit_mb == 50
        await at.press(*key, *"largest", "ctrl+d", "escape")
        assert settings.settings(at.desk).file_limit_mb == 25

    async def quit(self, at: AtBoard, *key: str) -> None:
        await at.press(*key)
        assert at.app.return_code == 0

    # The program's own

    async def theme(self, at: AtBoard, *_no_key: str) -> None:
        """It has no key of its own: the palette finds it."""
        before = at.app.theme
        await at.press("ctrl+p", *"theme", "enter", "up", "enter")
        assert at.app.theme != before
        assert at.app.theme in at.app.config.state_path.read_text()

    async def figures(self, at: AtBoard, *key: str) -> None:
        await opens_and_closes(at, FiguresScreen, *key)

    async def people(self, at: AtBoard, *key: str) -> None:
        await opens_and_closes(at, PeoplePick, *key)

    async def palette(self, at: AtBoard, *key: str) -> None:
        await opens_and_closes(at, Palette, *key)

    async def help(self, at: AtBoard, *key: str) -> None:
        await opens_and_closes(at, Help, *key)
