"""Service levels and calendars from the keyboard, within the settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from textual.widgets import Input

from helpdesk_tui.desk import calendars, canned, policies, service_levels, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.calendar import week_in_words
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.tui.screens.boards import BoardsPick
from helpdesk_tui.tui.screens.calendars import CalendarForm, CalendarsPick
from helpdesk_tui.tui.screens.day import DayPick
from helpdesk_tui.tui.screens.figures import FiguresScreen
from helpdesk_tui.tui.screens.organizations import OrganizationsPick
from helpdesk_tui.tui.screens.people import PeoplePick
from helpdesk_tui.tui.screens.policies import PoliciesPick, PolicyForm
from helpdesk_tui.tui.screens.prepared_lists import CannedList, TemplateList
from helpdesk_tui.tui.screens.rules import RulesPick
from helpdesk_tui.tui.screens.settings import PLACES, SettingsPick, screen_of
from tests.builders import a_ticket
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def board(desk: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    a_ticket(desk, "Printer is dead", "priority:high")
    a_ticket(desk, "VPN drops")
    async with at_board(desk, tmp_path) as found:
        yield found


async def opened(at: AtBoard, place: str) -> None:
    await at.press("comma")
    await at.type(place)
    await at.press("enter")


async def write(at: AtBoard, field: str, text: str) -> None:
    at.app.screen.query_one(f"#{field}", Input).focus()
    await at.press("ctrl+a", "ctrl+k")
    await at.type(text)


def names(desk: Desk) -> list[str]:
    return [one.policy.name for one in policies.uses(desk)]


class TestPolicies:
    async def test_are_reached_from_the_settings(self, board: AtBoard) -> None:
        await opened(board, "serv")
        assert isinstance(board.app.screen, PoliciesPick)
        assert "1 Standard" in board.drawn()
        assert "2 open · Standard" in board.drawn()
        assert "high 4h / 16h" in board.drawn()

    async def test_a_new_one_begins_like_the_last_and_goes_before_it(self, board: AtBoard) -> None:
        await opened(board, "serv")
        await board.press("N")
        await write(board, "name", "Gold")
        await write(board, "query", "priority>=high")
        assert "Finds 1 open ticket, served now: 1 by Standard." in board.drawn()
        await write(board, "high-first", "30m")
        await write(board, "high-last", "1d")
        await board.press("ctrl+s")
        assert names(board.desk) == ["Gold", "Standard"]
        found = policies.find(board.desk, "Gold")
        assert found.policy.targets[Priority.HIGH] == Targets(30, 600)
        assert found.policy.targets[Priority.CRITICAL] == Targets(60, 480)
        assert "policy Gold added" in board.drawn()

    async def test_the_clocks_follow_beside_the_screen(self, board: AtBoard) -> None:
        await opened(board, "serv")
        await board.press("enter")
        await write(board, "high-last", "5h")
        await board.press("ctrl+s")
        await board.settle()
        (card,) = tickets.find(board.desk, board.desk.ask("printer"))
        assert [one.target for one in tickets.open_ticket(board.desk, card.number).promises.clocks] == [240, 300]
        with board.desk.store.reading() as unit:
            assert service_levels.service.behind(unit) is None

    async def test_what_is_no_query_for_one_is_told_while_it_is_written(self, board: AtBoard) -> None:
        await opened(board, "serv")
        await board.press("enter")
        await write(board, "query", "is:mine")
        assert "for each person" in board.drawn()
        await board.press("ctrl+s")
        assert isinstance(board.app.screen, PolicyForm)
        assert policies.find(board.desk, "Standard").policy.query == ""

    async def test_the_query_is_completed_as_in_the_filter(self, board: AtBoard) -> None:
        await opened(board, "serv")
        await board.press("N")
        await write(board, "name", "Gold")
        await board.press("tab")
        await board.type("prio")
        assert "priority" in board.drawn()
        await board.press("tab")
        await board.type("hi")
        await board.press("down", "up", "tab")
        assert board.app.screen.query_one("#query", Input).value == "priority:high "
        await board.press("tab", "right", "tab")
        assert board.app.screen.focused is not None
        assert board.app.screen.focused.id == "critical-first"
        assert not board.app.screen.query_one("#offers").display

    async def test_what_cannot_be_saved_is_told_and_kept(self, board: AtBoard) -> None:
        await opened(board, "serv")
        await board.press("enter")
        await write(board, "high-first", "0h")
        await board.press("ctrl+s")
        assert "no time at all" in board.drawn()
        await board.press("escape", "enter")
        assert board.app.screen.query_one("#high-first", Input).value == "0h"

    async def test_are_put_in_order_and_removed(self, board: AtBoard) -> None:
        policies.add(board.desk, policies.Terms("Gold", "priority>=high", 1, {Priority.HIGH: Targets(10, 20)}))
        await opened(board, "serv")
        await board.press("J")
        assert names(board.desk) == ["Standard", "Gold"]
        assert "policy Gold moved" in board.drawn()
        assert "never tried" in board.drawn()
        await board.press("K")
        assert names(board.desk) == ["Gold", "Standard"]
        await board.press("X")
        assert names(board.desk) == ["Standard"]

    async def test_none_is_said(self, board: AtBoard) -> None:
        policies.remove(board.desk, 1)
        await opened(board, "serv")
        assert "Nothing is promised: N makes a policy." in board.drawn()

    async def test_fit_a_small_terminal(self, desk: Desk, tmp_path: Path) -> None:
        async with at_board(desk, tmp_path, size=(80, 24)) as board:
            await opened(board, "serv")
            await board.press("enter")
            for word in ("Calendar", "First reply", "Critical", "Low", "ctrl+s save"):
                assert word in board.drawn()


class TestCalendars:
    async def test_one_is_made(self, board: AtBoard) -> None:
        await opened(board, "calend")
        assert isinstance(board.app.screen, CalendarsPick)
        await board.press("N")
        await write(board, "name", "Tallinn")
        await write(board, "zone", "europe/tallinn")
        await write(board, "fri", "8-12, 22-2")
        await write(board, "country", "ee")
        assert "Estonia: 813 days." in board.drawn()
        await board.press("ctrl+s")
        found = calendars.find(board.desk, "Tallinn")
        assert (found.zone, found.country) == ("Europe/Tallinn", "EE")
        assert week_in_words(found.week) == "Mon-Thu 8:00-18:00, Fri 8:00-12:00, 22:00-24:00, Sat 0:00-2:00"

    async def test_one_is_changed(self, board: AtBoard) -> None:
        await opened(board, "calend")
        await board.press("enter")
        assert isinstance(board.app.screen, CalendarForm)
        await write(board, "sat", "10:00-14:00")
        await write(board, "closed", "2026-12-24")
        await board.press("ctrl+s")
        found = calendars.find(board.desk, "Standard")
        assert week_in_words(found.week) == "Mon-Fri 8:00-18:00, Sat 10:00-14:00"
        assert "calendar Standard changed" in board.drawn()

    async def test_one_that_never_opens_is_refused(self, board: AtBoard) -> None:
        await opened(board, "calend")
        await board.press("enter")
        for day in ("mon", "tue", "wed", "thu", "fri"):
            await write(board, day, "")
        await board.press("ctrl+s")
        assert "never opens" in board.drawn()
        assert isinstance(board.app.screen, CalendarForm)

    async def test_one_in_use_stays(self, board: AtBoard) -> None:
        await opened(board, "calend")
        await board.press("X")
        assert "counts by the calendar Standard" in board.drawn()
        assert len(calendars.uses(board.desk)) == 1

    async def test_are_reached_from_the_policies(self, board: AtBoard) -> None:
        await opened(board, "serv")
        await board.press("C")
        assert isinstance(board.app.screen, CalendarsPick)
        await board.press("escape")
        assert isinstance(board.app.screen, PoliciesPick)

    async def test_fit_a_small_terminal(self, desk: Desk, tmp_path: Path) -> None:
        async with at_board(desk, tmp_path, size=(80, 24)) as board:
            await opened(board, "calend")
            await board.press("enter")
            for word in ("Time zone", "Mon", "Sun", "Closed too", "ctrl+s save"):
                assert word in board.drawn()


SCREENS = {
    "service lev": PoliciesPick, "calendars": CalendarsPick, "organizations": OrganizationsPick,
    "templates": TemplateList, "canned replies": CannedList, "rules": RulesPick, "people": PeoplePick,
    "settings": SettingsPick, "boards": BoardsPick, "figures": FiguresScreen, "my day": DayPick,
}  # fmt: skip
"""What to type in the palette for each screen of the desk."""


@pytest.mark.parametrize(("typed", "screen"), SCREENS.items())
async def test_the_palette_knows_them(board: AtBoard, typed: str, screen: type) -> None:
    await board.press("ctrl+p")
    await board.type(typed)
    await board.press("enter")
    assert isinstance(board.app.screen, screen)


async def test_what_is_taken_back_on_the_board_is_followed_too(board: AtBoard) -> None:
    policies.change(board.desk, 1, policies.Terms(targets={Priority.HIGH: Targets(10, 20)}))
    service_levels.catch_up(board.desk)
    await board.press("u")
    await board.settle()
    (card,) = tickets.find(board.desk, board.desk.ask("printer"))
    assert [one.target for one in tickets.open_ticket(board.desk, card.number).promises.clocks] == [240, 960]


async def test_even_the_smallest_terminal_tells_what_is_wrong(desk: Desk, tmp_path: Path) -> None:
    async with at_board(desk, tmp_path, size=(40, 12)) as board:
        await opened(board, "serv")
        await board.press("enter")
        await write(board, "low-last", "0h")
        assert "Low" in board.drawn()
        await board.press("ctrl+s")
        assert "A target of no time at all" in board.drawn()


@pytest.mark.parametrize("place", PLACES)
async def test_the_settings_lead_to_what_has_a_list_of_its_own(board: AtBoard, place: str) -> None:
    await opened(board, place)
    assert isinstance(board.app.screen, type(screen_of(place)))
    await board.press("escape")
    assert isinstance(board.app.screen, SettingsPick)


async def test_a_canned_reply_is_written_without_a_ticket_at_hand(board: AtBoard) -> None:
    canned.add(board.desk, "On it", "Hello {requester.first_name}.", change="status:waiting")
    await opened(board, "canned")
    assert "Hello {requester.first_name}." in board.drawn()
    assert "It also does: status:waiting" in board.drawn()
    await board.press("enter", *"!", "ctrl+s")
    assert [one.name for one in canned.canned(board.desk)] == ["On it!"]


async def test_a_wide_footer_names_the_screens_of_the_desk(desk: Desk, tmp_path: Path) -> None:
    async with at_board(desk, tmp_path, size=(230, 40)) as board:
        for words in ("W my day", "b boards", "P people", "F figures", "E rules", ", settings", "? help"):
            assert words in board.line(-1)
