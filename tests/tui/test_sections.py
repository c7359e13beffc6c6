"""Going from one section of a ticket to the next, and what enter does in each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpdesk_tui.desk import conversation
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.tui.screens.change_line import ChangeLine
from helpdesk_tui.tui.screens.edit import Edit
from helpdesk_tui.tui.screens.files import FilesPick
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.screens.pickers import AssigneePick
from helpdesk_tui.tui.screens.text_entry import TextEntry
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.screens.time import TimePick
from helpdesk_tui.tui.widgets.ticket_body import TicketBody, TicketSide
from tests.builders import a_ticket, desk_of
from tests.tui.around import Around, make_desk, press, settle

WIDE, NARROW = (120, 36), (80, 24)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    a_ticket(desk, "Printer is dead", "check:look check:mend time:5m", description="It\n\nis\n\ndark.\n\n" * 20)
    for at in range(20):
        conversation.note(desk, 2, f"thought {at}")
    yield desk
    desk.close()


def marked(app: Around) -> str:
    """The heading that is drawn as the marked one, on the screen as it is seen."""
    found = []
    for view in (app.screen.query_one(TicketBody), app.screen.query_one(TicketSide)):
        for y in range(view.size.height):
            line = view.line_at(y + view.scroll_offset.y)
            found += [text for style, text in line.pieces if style == "cursor title"] if line is not None else []
    assert len(found) <= 1
    return "".join(found)


@pytest.mark.parametrize(
    ("size", "order"),
    [
        (
            WIDE,
            [
                "Checklist 0/2",
                "Conversation 20",
                "History",
                "People",
                "Work",
                "Service level",
                "Time 0:05",
                "Description",
            ],
        ),
        (
            NARROW,
            [
                "Checklist 0/2",
                "Conversation 20",
                "People",
                "Work",
                "Service level",
                "Time 0:05",
                "History",
                "Description",
            ],
        ),
    ],
)
async def test_tab_goes_round_all_of_them_and_each_is_seen_and_marked(
    desk: Desk, size: tuple[int, int], order: list[str]
) -> None:
    app = Around(desk, TicketScreen(2))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        for heading in [*order, order[0]]:
            assert marked(app).startswith(heading)
            await press(pilot, "tab")
        await press(pilot, "shift+tab")
        for heading in [order[0], *reversed(order)]:
            assert marked(app).startswith(heading)
            await press(pilot, "shift+tab")


async def test_the_frame_of_the_marked_one_is_highlighted(desk: Desk) -> None:
    app = Around(desk, TicketScreen(2))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "x", "tab")
        body = app.screen.query_one(TicketBody)
        first, last = body._drawing.range_of("conversation") or (0, 0)
        assert {line.edge for at in range(first + 1, last) if (line := body.line_at(at))} == {"edge-on"}
        assert ("edge-on", "╭─ ") in body.line_at(first).pieces  # type: ignore[union-attr]
        assert ("edge", "╭─ ") in body.line_at(body._drawing.places["history"]).pieces  # type: ignore[union-attr]


async def test_the_mark_follows_the_cursor(desk: Desk) -> None:
    app = Around(desk, TicketScreen(2))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "x", "tab", "tab", "tab")
        assert marked(app) == "People"
        await press(pilot, "x")
        assert marked(app).startswith("Checklist")
        await press(pilot, "j", "j")
        assert marked(app).startswith("Conversation")


ENTER: dict[str, Any] = {
    "description": Edit,
    "people": AssigneePick,
    "work": ChangeLine,
    "time": TimePick,
    "history": Pick,
}


@pytest.mark.parametrize("section", ENTER)
async def test_enter_changes_the_section_one_is_in(desk: Desk, section: str) -> None:
    app = Around(desk, TicketScreen(2))
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        while app.screen.query_one(TicketBody).section != section:
            await press(pilot, "tab")
        await press(pilot, "enter")
        assert isinstance(app.screen, ENTER[section])


@pytest.mark.parametrize("tabs", [1, 3, 6])
async def test_every_other_key_means_the_same_in_each(desk: Desk, tabs: int) -> None:
    app = Around(desk, TicketScreen(2))
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, *["tab"] * tabs)
        for key, screen in (
            ("r", TextEntry),
            ("f", FilesPick),
            ("a", AssigneePick),
            ("T", TimePick),
            ("colon", ChangeLine),
        ):
            await press(pilot, key)
            assert isinstance(app.screen, screen)
            await press(pilot, "escape")
        await press(pilot, "x", "space", "G")
        body = app.screen.query_one(TicketBody)
        assert body.scroll_offset.y == body.max_scroll_y


async def test_who_asks_for_help_goes_through_what_they_are_shown(desk: Desk) -> None:
    asks = desk_of(desk, Role.REQUESTER)
    number = a_ticket(desk, "Scanner", "check:look", requester_id=asks.actor.id)
    app = Around(asks, TicketScreen(number))
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        seen = []
        for _ in range(4):
            seen.append(marked(app))
            await press(pilot, "tab")
        assert seen == ["Description", "Conversation", "People", "Where it stands"]
        await press(pilot, "shift+tab", "enter")
        assert isinstance(app.screen, TicketScreen)  # nothing that is not theirs to change
