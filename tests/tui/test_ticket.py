"""The ticket screen on a real desk. What each of its keys is for: `test_every_key.py`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from helpdesk_tui.desk import checklist, conversation, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.widgets.footer import KeyLine
from helpdesk_tui.tui.widgets.ticket_body import TicketBody
from tests.builders import desk_of
from tests.tui.around import HOSTILE, Around, make_desk, press, settle


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    yield desk
    desk.close()


def now(desk: Desk, number: int = 1) -> TicketDetail:
    return tickets.open_ticket(desk, number)


def said(app: Around) -> str:
    return app.screen.query_one(KeyLine)._said[0]


async def after(desk: Desk, *keys: str, screen: TicketScreen | None = None, **how: Any) -> Around:
    """The app after those keys were pressed in the ticket."""
    app = Around(desk, screen or TicketScreen(1))
    async with app.run_test(size=(120, 36), **how) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        app.shown = app.drawn()  # type: ignore[attr-defined]
        app.last_said = said(app) if isinstance(app.screen, TicketScreen) else ""  # type: ignore[attr-defined]
        app.top = app.screen  # type: ignore[attr-defined]
    return app


async def test_it_shows_title_fields_checklist_conversation_and_history(desk: Desk) -> None:
    conversation.reply(desk, 1, "You will have news by noon.")
    conversation.note(desk, 1, "Same as last week.")
    shown = (await after(desk)).shown
    for words in ("#1", "Welcome", "Checklist 0/4", "news by noon", "note, team only", "Same as last week", "History"):
        assert words in shown


@pytest.mark.parametrize(
    ("keys", "holds"),
    [
        (["a", *"me", "enter"], lambda t: t.card.assignee == t.history[0].who),
        (["p", "down", "enter"], lambda t: t.card.priority is Priority.LOW),
        (["space", "space"], lambda t: [step.done for step in t.checklist] == [True, True, False, False]),
        (["down", "j", "space"], lambda t: [step.done for step in t.checklist] == [False, False, True, False]),
        (["j", "k", "up", "space"], lambda t: t.checklist[0].done),
        (["J", "J", "K"], lambda t: t.checklist[1].text == "Open this ticket"),
        (["x", "space"], lambda t: t.checklist[0].done),
    ],
)
async def test_keys_in_a_row(desk: Desk, keys: list[str], holds: Any) -> None:
    app = await after(desk, *keys)
    assert holds(now(desk)), app.last_said


async def test_what_was_done_is_told_with_the_way_back(desk: Desk) -> None:
    assert (await after(desk, "L")).last_said == "#1 → Doing · u undoes"


async def test_the_first_column_is_the_end_to_the_left(desk: Desk) -> None:
    assert "no column further left" in (await after(desk, "H")).last_said


async def test_the_number_can_be_copied(desk: Desk) -> None:
    assert (await after(desk, "y")).clipboard == "#1"


async def test_n_makes_a_ticket_and_says_so(desk: Desk) -> None:
    app = await after(desk, "n", *"Dead", "enter")
    assert now(desk, 2).card.title == "Dead"
    assert "#2" in app.last_said


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_gives_the_number_last_shown(desk: Desk, key: str) -> None:
    app = Around(desk, TicketScreen(1))
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, key)
        assert app.answers == [1]


async def test_brackets_walk_through_the_list(desk: Desk) -> None:
    tickets.create(desk, tickets.NewTicket("Second"))
    order = [1, 2]

    def neighbours(_desk: Desk, number: int, by: int) -> int | None:
        place = order.index(number) + by
        return order[place] if 0 <= place < len(order) else None

    app = await after(desk, "right_square_bracket", screen=TicketScreen(1, neighbours=neighbours))
    assert "Second" in app.shown
    app = await after(
        desk,
        "right_square_bracket",
        "left_square_bracket",
        "left_square_bracket",
        screen=TicketScreen(1, neighbours=neighbours),
    )
    assert "Welcome" in app.shown
    assert "no further ticket" in app.last_said


async def test_a_draft_of_a_reply_survives_esc(desk: Desk) -> None:
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "r", *"half", "escape")
        assert isinstance(app.screen, TicketScreen)
        await press(pilot, "r")
        assert app.screen.query_one(TextArea).text == "half"
        await press(pilot, *"done", "ctrl+s")
        assert now(desk).conversation[0].body == "halfdone"
        await press(pilot, "r")
        assert app.screen.query_one(TextArea).text == ""


async def test_a_conflict_shows_both_and_overwrites_only_on_purpose(desk: Desk) -> None:
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        tickets.edit(desk, 1, title="Theirs", base_version=now(desk).version)
        app.screen.query_one(Input).value = "Mine"
        await press(pilot, "ctrl+s")
        assert "Theirs" in app.drawn()
        assert "Mine" in app.drawn()
        assert now(desk).card.title == "Theirs"
        await press(pilot, "ctrl+s")
        assert now(desk).card.title == "Mine"


async def test_a_requester_is_offered_only_what_they_may_do(desk: Desk) -> None:
    rita = desk_of(desk, Role.REQUESTER, name="Rita Requester")
    tickets.change_text(desk, [1], 'requester:"Rita Requester"')
    app = await after(rita, "p", "a", "L", "colon", "space")
    rita.close()
    assert isinstance(app.top, TicketScreen)
    assert "note" not in app.shown.splitlines()[-1]


async def test_a_missing_ticket_says_so(desk: Desk) -> None:
    assert "no ticket #77" in (await after(desk, screen=TicketScreen(77))).last_said


async def test_scrolling_by_every_key(desk: Desk) -> None:
    for i in range(60):
        conversation.note(desk, 1, f"note {i}")
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        body = app.screen.query_one(TicketBody)
        await press(pilot, "pagedown")
        page = body.scroll_offset.y
        assert page > 10
        await press(pilot, "pageup")
        assert body.scroll_offset.y == 0
        await press(pilot, "ctrl+d", "ctrl+d", "ctrl+u")
        assert 0 < body.scroll_offset.y < page
        await press(pilot, "end")
        end = body.scroll_offset.y
        assert end == body.max_scroll_y
        await press(pilot, "g", "g")
        assert body.scroll_offset.y == 0
        await press(pilot, "G")
        assert body.scroll_offset.y == end
        await press(pilot, "home")
        assert body.scroll_offset.y == 0


async def test_news_of_this_ticket_are_shown_where_one_reads(desk: Desk) -> None:
    for i in range(60):
        conversation.note(desk, 1, f"note {i}")
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "pagedown")
        top = app.screen.query_one(TicketBody).scroll_offset.y
        tickets.change_text(desk, [1], "title:Changed")
        app.screen.news((1,))  # type: ignore[attr-defined]
        await settle(pilot)
        assert "Changed" in app.drawn()
        assert app.screen.query_one(TicketBody).scroll_offset.y == top


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12), (20, 5)])
async def test_hostile_text_is_shown_as_what_it_is_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    for text in HOSTILE:
        tickets.create(desk, tickets.NewTicket("x" + text.replace("\x1b", "").replace("\x07", "")))
        conversation.note(desk, 1, text)
        conversation.reply(desk, 1, text)
        checklist.add(desk, 1, [text])
    for number in (1, 2, 3):
        app = Around(desk, TicketScreen(number))
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await press(pilot, "pagedown", "pagedown", "end", "home")
            assert isinstance(app.screen, TicketScreen)
            shown = app.drawn()
            assert not any(letter in shown for letter in "\x1b\x07\u202e")


async def test_without_utf_8_only_ascii_of_our_own_is_drawn(desk: Desk) -> None:
    app = Around(desk, TicketScreen(1), plain=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        assert app.drawn().isascii()


async def test_times_are_the_readers_own(desk: Desk) -> None:
    desk.clock.advance(timedelta(hours=1))  # type: ignore[attr-defined]
    conversation.note(desk, 1, "later")
    assert "Wed 25 Nov 12:00" in (await after(desk)).shown
