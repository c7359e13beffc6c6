"""Linking, merging, splitting and cloning from the keyboard, on the board and in the ticket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk_tui.desk import conversation, linking, merging, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.related import Tie
from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.tui.screens.confirm import Confirm
from helpdesk_tui.tui.screens.create import Create
from helpdesk_tui.tui.screens.merge import MergeLook
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.widgets.footer import KeyLine
from tests.builders import a_person, a_ticket, desk_of
from tests.tui.around import HOSTILE, Around, make_desk, press, settle
from tests.tui.on_board import at_board


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    a_ticket(desk, "Printer is dead", "check:look")
    a_ticket(desk, "Printer on floor 2")
    conversation.reply(desk, 2, "first thing said")
    conversation.note(desk, 2, "second thing said")
    yield desk
    desk.close()


def now(desk: Desk, number: int) -> TicketDetail:
    return tickets.open_ticket(desk, number)


def links(desk: Desk, number: int) -> list[tuple[str, int]]:
    return [(link.relation, link.number) for link in now(desk, number).links]


class Seen:
    """What the screen was after the keys."""

    def __init__(self, app: Around) -> None:
        self.text = app.drawn()
        self.screen = app.screen
        self.said = app.screen.query_one(KeyLine)._said[0] if isinstance(app.screen, TicketScreen) else ""


async def in_ticket(desk: Desk, *keys: str, number: int = 2, size: tuple[int, int] = (120, 36)) -> Seen:
    app = Around(desk, TicketScreen(number))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        return Seen(app)


async def test_a_link_is_made_by_its_kind_and_the_other_ticket(desk: Desk) -> None:
    seen = await in_ticket(desk, "ampersand", *"blocked", "enter", *"floor", "enter")
    assert links(desk, 2) == [("blocked by", 3)]
    assert "#2: blocked by #3 · u undoes" in seen.said
    assert "Related" in seen.text


async def test_the_other_ticket_may_be_named_by_its_number(desk: Desk) -> None:
    await in_ticket(desk, "ampersand", *"child", "enter", *"#3", "enter")
    assert links(desk, 2) == [("parent", 3)]


async def test_tickets_like_it_are_offered_first(desk: Desk) -> None:
    a_ticket(desk, "The printer on floor 2 again")
    seen = await in_ticket(desk, "ampersand", *"dupl", "enter", number=3)
    assert seen.text.index("again") < seen.text.index("Welcome")


async def test_a_link_is_opened_and_taken_off(desk: Desk) -> None:
    linking.link(desk, [2], Tie.BLOCKS, 3)
    seen = await in_ticket(desk, "ampersand", *"open", "enter")
    assert isinstance(seen.screen, TicketScreen)
    assert seen.screen.number == 3
    await in_ticket(desk, "ampersand", *"unlink", "enter")
    assert links(desk, 2) == []


async def test_a_merge_is_looked_at_before_it_is_done(desk: Desk) -> None:
    seen = await in_ticket(desk, "equals_sign", *"floor", "enter")
    assert isinstance(seen.screen, MergeLook)
    for words in ("Printer is dead", "2 comments, 1 step", "Printer on floor 2", "is closed and becomes part of"):
        assert words in seen.text
    assert now(desk, 2).merged_into is None
    seen = await in_ticket(desk, "equals_sign", *"floor", "enter", "y")
    assert now(desk, 2).merged_into == 3
    assert "merged into #3 · u undoes" in seen.said
    await in_ticket(desk, "u")
    assert now(desk, 2).merged_into is None


async def test_it_can_be_turned_round(desk: Desk) -> None:
    await in_ticket(desk, "equals_sign", *"floor", "enter", "s", "enter")
    assert now(desk, 3).merged_into == 2


async def test_it_can_be_left(desk: Desk) -> None:
    await in_ticket(desk, "equals_sign", *"floor", "enter", "escape")
    assert now(desk, 2).merged_into is None


async def test_what_cannot_be_merged_says_why(desk: Desk) -> None:
    merging.merge(desk, [3], 1)
    seen = await in_ticket(desk, "equals_sign", *"#3", "enter")
    assert "#3 is merged into #1 already" in seen.text
    seen = await in_ticket(desk, "equals_sign", *"#3", "enter", "y")
    assert isinstance(seen.screen, MergeLook)


async def test_who_will_read_what_is_said_before(desk: Desk) -> None:
    dana, eva = a_person(desk, "Dana Cohen", Role.REQUESTER), a_person(desk, "Eva Mets", Role.REQUESTER)
    a_ticket(desk, "scanner one", requester_id=dana)
    a_ticket(desk, "scanner two", requester_id=eva)
    seen = await in_ticket(desk, "equals_sign", *"two", "enter", number=4)
    assert "Eva Mets will read the replies to Dana Cohen." in seen.text


async def test_what_was_said_is_split_off(desk: Desk) -> None:
    seen = await in_ticket(desk, "vertical_line", *"first", "enter")
    assert now(desk, 4).card.title == "first thing said"
    assert "#4 first thing said" in seen.said


async def test_a_ticket_is_cloned(desk: Desk) -> None:
    seen = await in_ticket(desk, "C")
    assert [step.text for step in now(desk, 4).checklist] == ["look"]
    assert "cloned from #2" in seen.said


@pytest.mark.parametrize("keys", [["D"], ["L", "L"], ["colon", *"to:done", "enter"], ["M", *"done", "enter"]])
async def test_closing_what_waits_asks_first(desk: Desk, keys: list[str]) -> None:
    linking.link(desk, [2], Tie.BLOCKED_BY, 3)
    seen = await in_ticket(desk, *keys)
    assert isinstance(seen.screen, Confirm)
    assert "#2 waits for #3, which is still open." in seen.text
    assert now(desk, 2).card.closed is None
    await in_ticket(desk, "H", "H", *keys, "escape")
    assert now(desk, 2).card.closed is None
    await in_ticket(desk, "H", "H", *keys, "y")
    assert now(desk, 2).card.category is Category.DONE


@pytest.mark.parametrize("keys", [["D"], ["L", "L"], ["M", *"done", "enter"]])
async def test_on_the_board_it_is_asked_too(desk: Desk, tmp_path: Path, keys: list[str]) -> None:
    linking.link(desk, [2], Tie.BLOCKED_BY, 3)
    async with at_board(desk, tmp_path) as at:
        at.screen.put_cursor_on(2)
        await at.settle()
        await at.press(*keys)
        assert isinstance(at.app.screen, Confirm)
        await at.press("y")
        assert now(desk, 2).card.category is Category.DONE


async def test_on_the_board_the_marked_ones_are_merged_together(desk: Desk, tmp_path: Path) -> None:
    async with at_board(desk, tmp_path) as at:
        await at.press("asterisk", "equals_sign", *"floor", "enter")
        assert isinstance(at.app.screen, MergeLook)
        await at.press("y")
        assert [now(desk, number).merged_into for number in (1, 2)] == [3, 3]
        await at.press("u")
        assert [now(desk, number).merged_into for number in (1, 2)] == [None, None]


async def test_likely_duplicates_are_shown_while_a_title_is_typed(desk: Desk) -> None:
    app = Around(desk, Create())
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, *"printer")
        assert "Perhaps it is there already" not in app.drawn()
        await press(pilot, *" on floor")
        assert "#3 Printer on floor 2" in app.drawn()
        await press(pilot, "ctrl+o")
        assert isinstance(app.screen, TicketScreen)
        assert app.screen.number == 3
        await press(pilot, "escape")
        assert isinstance(app.screen, Create)
        assert app.screen.typed()["title"] == "printer on floor"
        await press(pilot, *"s of oak creak at night")
        assert "Perhaps it is there already" not in app.drawn()
        await press(pilot, "ctrl+o", "enter")
    assert now(desk, 4).card.title == "printer on floors of oak creak at night"


async def test_a_requester_is_shown_only_their_own(desk: Desk) -> None:
    asks = desk_of(desk, Role.REQUESTER)
    a_ticket(desk, "Printer on floor 9", requester_id=asks.actor.id)
    app = Around(asks, Create())
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, *"printer on floor")
        assert "#4 Printer on floor 9" in app.drawn()
        assert "floor 2" not in app.drawn()


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_titles_that_would_act_do_not(desk: Desk, hostile: str) -> None:
    a_ticket(desk, f"floor {hostile.replace(chr(0), '')}"[:400])
    conversation.note(desk, 2, hostile)
    for keys in (["ampersand", "enter", *"floor"], ["equals_sign", *"#4", "enter"], ["vertical_line"]):
        await in_ticket(desk, *keys, size=(80, 24))
