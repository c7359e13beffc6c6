"""Two rewrite the same text: nothing typed is lost, nothing is overwritten but on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from helpdesk_tui.desk import checklist, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.tui.drafts import drafts_of
from helpdesk_tui.tui.screens.conflict import Conflict
from helpdesk_tui.tui.screens.edit import Edit
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.widgets.ticket_body import TicketBody
from tests.tui.around import HOSTILE, Around, make_desk, press, settle

BASE = "one\ntwo\nthree\nfour"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = make_desk(tmp_path)
    write(desk, description=BASE)
    yield desk
    desk.close()


def write(desk: Desk, **texts: str) -> None:
    tickets.edit(desk, 1, **texts, base_version=tickets.open_ticket(desk, 1).version)  # type: ignore[arg-type]


def description(desk: Desk) -> str:
    return tickets.open_ticket(desk, 1).description


async def both_write(pilot: Pilot[None], desk: Desk, mine: str, theirs: str) -> Conflict:
    """The screen that opens when this was typed and that was saved meanwhile."""
    await settle(pilot)
    await press(pilot, "e")
    write(desk, description=theirs)
    pilot.app.screen.query_one(TextArea).text = mine
    await press(pilot, "ctrl+s")
    assert isinstance(pilot.app.screen, Conflict)
    return pilot.app.screen


@pytest.mark.parametrize(
    ("keys", "saved"),
    [
        (["ctrl+s"], "one\ntwo\nthree\nMINE"),
        (["ctrl+t", "ctrl+s"], "THEIRS\ntwo\nthree\nfour"),
        (["ctrl+b", "ctrl+s"], "THEIRS\ntwo\nthree\nMINE"),
        (["ctrl+t", "ctrl+o", "ctrl+s"], "one\ntwo\nthree\nMINE"),
        (["ctrl+b", "ctrl+z", "ctrl+s"], "one\ntwo\nthree\nMINE"),
    ],
)
async def test_one_chooses_mine_theirs_or_both(desk: Desk, keys: list[str], saved: str) -> None:
    async with Around(desk, TicketScreen(1)).run_test(size=(120, 36)) as pilot:
        await both_write(pilot, desk, "one\ntwo\nthree\nMINE", "THEIRS\ntwo\nthree\nfour")
        assert description(desk).startswith("THEIRS")
        await press(pilot, *keys)
        assert isinstance(pilot.app.screen, TicketScreen)
    assert description(desk) == saved


async def test_it_is_said_who_rewrote_what(desk: Desk) -> None:
    async with Around(desk, TicketScreen(1)).run_test(size=(120, 36)) as pilot:
        await both_write(pilot, desk, "mine", "theirs")
        assert f"The description of #1 was rewritten by {desk.actor.name}" in pilot.app.drawn()  # type: ignore[attr-defined]


async def test_the_text_can_be_put_together_by_hand(desk: Desk) -> None:
    async with Around(desk, TicketScreen(1)).run_test(size=(120, 36)) as pilot:
        screen = await both_write(pilot, desk, "mine", "theirs")
        screen.query_one("#mine-0", TextArea).text = "mine and theirs"
        await press(pilot, "ctrl+s")
    assert description(desk) == "mine and theirs"


async def test_where_both_changed_the_same_lines_both_are_kept_and_it_is_said(desk: Desk) -> None:
    async with Around(desk, TicketScreen(1)).run_test(size=(120, 36)) as pilot:
        screen = await both_write(pilot, desk, "one\nMINE\nthree\nfour", "one\nTHEIRS\nthree\nfour")
        await press(pilot, "ctrl+b")
        assert screen.query_one("#mine-0", TextArea).text == "one\nMINE\nTHEIRS\nthree\nfour"
        assert "yours come first" in pilot.app.drawn()  # type: ignore[attr-defined]


async def test_esc_goes_back_to_writing_with_all_that_was_typed(desk: Desk) -> None:
    async with Around(desk, TicketScreen(1)).run_test(size=(120, 36)) as pilot:
        screen = await both_write(pilot, desk, "mine", "theirs")
        screen.query_one("#mine-0", TextArea).text = "mine, better"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Edit)
        assert pilot.app.screen.query_one(TextArea).text == "mine, better"
        await press(pilot, "escape")
        assert drafts_of(pilot.app).of("edit 1")["description"] == "mine, better"
    assert description(desk) == "theirs"


async def test_another_field_of_theirs_stays(desk: Desk) -> None:
    async with Around(desk, TicketScreen(1)).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        write(desk, title="Their title")
        pilot.app.screen.query_one(TextArea).text = "my description"
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, TicketScreen)
    detail = tickets.open_ticket(desk, 1)
    assert (detail.card.title, detail.description) == ("Their title", "my description")


async def test_titles_too_are_shown_side_by_side(desk: Desk) -> None:
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        write(desk, title="Their title", description="their text")
        app.screen.query_one(Input).value = "My title"
        app.screen.query_one(TextArea).text = "my text"
        await press(pilot, "ctrl+s")
        shown = app.drawn()
        assert all(words in shown for words in ("Their title", "their text", "My title", "my text"))
        await press(pilot, "ctrl+t", "ctrl+s")
    assert tickets.open_ticket(desk, 1).card.title == "Their title"


async def test_a_third_change_meanwhile_is_shown_again(desk: Desk) -> None:
    async with Around(desk, TicketScreen(1)).run_test(size=(120, 36)) as pilot:
        await both_write(pilot, desk, "mine", "theirs")
        write(desk, description="theirs again")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, Conflict)
        assert "theirs again" in pilot.app.drawn()  # type: ignore[attr-defined]


async def test_a_draft_that_somebody_wrote_past_is_not_saved_over_theirs(desk: Desk) -> None:
    async with Around(desk, TicketScreen(1)).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        pilot.app.screen.query_one(TextArea).text = "my draft"
        await press(pilot, "escape")
        write(desk, description="theirs meanwhile")
        await press(pilot, "e")
        assert pilot.app.screen.query_one(TextArea).text == "my draft"
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, Conflict)
    assert description(desk) == "theirs meanwhile"


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20), (40, 12), (20, 6)])
async def test_it_fits_every_size_and_shows_hostile_text_as_what_it_is(desk: Desk, size: tuple[int, int]) -> None:
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=size) as pilot:
        await both_write(
            pilot, desk, "mine", "\n".join(text.replace("\x1b", "").replace("\x07", "") for text in HOSTILE)
        )
        await press(pilot, "pagedown", "ctrl+b", "pageup")
        shown = app.drawn()
        assert "Two" in shown or "two" in shown or size[0] < 40
        assert not any(letter in shown for letter in "\x1b\x07\u202e")


async def test_a_step_rewritten_elsewhere_meanwhile_is_shown_and_what_was_typed_kept(desk: Desk) -> None:
    checklist.add(desk, 1, ["toner"])
    *_, step = tickets.open_ticket(desk, 1).checklist
    app = Around(desk, TicketScreen(1))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.screen.query_one(TicketBody).stand_on(("step", step.id))
        await press(pilot, "enter", *" black")
        checklist.rewrite(desk, step.id, "new toner")
        await press(pilot, "enter")
        assert "rewritten meanwhile: new toner" in app.drawn()
        assert app.screen.query_one(Input).value == "toner black"
        await press(pilot, "home", *"new ", "enter")
        assert isinstance(app.screen, TicketScreen)
    assert tickets.open_ticket(desk, 1).checklist[-1].text == "new toner black"
