"""The filter line: results while typing, completion, mistakes shown in place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk_tui.desk import views
from helpdesk_tui.desk.desk import Desk
from tests.builders import a_ticket
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def board(desk: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    a_ticket(desk, "Printer prints blank pages", "+printer priority:high")
    a_ticket(desk, "VPN drops", "+vpn")
    a_ticket(desk, "Printer is loud", "+printer to:doing")
    async with at_board(desk, tmp_path) as found:
        yield found


async def test_the_board_follows_what_is_typed(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("prin")
    assert (board.numbers("To Do"), board.numbers("Doing")) == ([1], [3])
    assert "2 of 3" in board.drawn()


async def test_enter_keeps_the_filter_and_gives_the_keys_back(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("vpn")
    await board.press("enter", "l")
    assert board.screen.text == "vpn"
    assert board.column == "Doing"
    assert "/ vpn" in board.drawn()


async def test_escape_brings_the_filter_from_before_back(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("vpn")
    await board.press("enter", "slash")
    await board.type("printer")
    assert board.numbers("To Do") == []
    await board.press("escape")
    assert board.screen.text == "vpn"
    assert board.numbers("To Do") == [2]


async def test_the_cursor_comes_back_to_its_card_when_the_filter_no_longer_hides_it(board: AtBoard) -> None:
    await board.press("l")
    await board.press("slash")
    await board.type("vpn")
    assert (board.column, board.at.number) == ("To Do", 2)
    await board.press("backspace", "backspace", "backspace")
    await board.type("loud")
    assert (board.column, board.at.number) == ("Doing", 3)


@pytest.mark.parametrize("typed", ["vpn", "nothing like it"])
async def test_the_cursor_is_on_its_card_again_when_the_filter_is_left(board: AtBoard, typed: str) -> None:
    await board.press("l")
    await board.press("slash")
    await board.type(typed)
    await board.press("escape")
    assert (board.column, board.at.number) == ("Doing", 3)
    assert "hides" not in board.drawn()


async def test_a_source_half_typed_hides_nothing(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("printer source:comm")
    assert (board.numbers("To Do"), board.numbers("Doing")) == ([1], [3])


async def test_enter_at_once_does_not_wait_for_the_board(board: AtBoard) -> None:
    await board.press("slash")
    await board.pilot.press(*"vpn", "enter")
    await board.settle()
    assert board.numbers("To Do") == [2]


async def test_a_mistake_is_shown_behind_the_query_and_whole_at_the_foot(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("prioritty:high vpn")
    assert "prioritty:high vpn   There is no field `prioritty`." in board.line(1)
    assert board.said().startswith("column 1: There is no field `prioritty`. Did you mean `priority`?")


async def test_a_mistake_that_fits_is_said_once(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("priority:urgent vpn")
    assert "column 10: `priority` is never `urgent`." in board.line(1)
    assert "column" not in board.said()
    await board.type("!")
    await board.press("home", *["delete"] * 16)
    assert "column" not in board.drawn()


async def test_a_query_with_a_mistake_is_not_kept_and_goes_on_being_typed(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("vpn due:31.02.2026")
    await board.press("enter")
    assert "31 Feb 2026 does not exist" in board.line(1)
    await board.press(*["backspace"] * len("due:31.02.2026"), "enter")
    assert (board.screen.text, board.numbers("To Do")) == ("vpn", [2])
    await board.press("l")
    assert board.column == "Doing"


@pytest.mark.parametrize("typed", ["label:prin", "label:", "vpn or label:pr", "assignee:ad", "due:2026-1", "(is:op"])
async def test_a_term_that_is_still_being_typed_is_no_mistake(board: AtBoard, typed: str) -> None:
    await board.press("slash")
    await board.type(typed)
    assert "column" not in board.line(1) + board.said()


async def test_the_board_shows_what_stands_without_the_term_still_being_typed(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("printer label:prin")
    assert (board.numbers("To Do"), board.numbers("Doing")) == ([1], [3])
    await board.type("ter to")
    assert board.numbers("To Do") == []


async def test_a_word_that_may_be_the_beginning_of_a_field_empties_no_board(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("vpn assi")
    assert board.numbers("To Do") == [2]
    await board.type("x")
    assert board.numbers("To Do") == []
    await board.press("backspace", "enter")
    assert (board.screen.text, board.numbers("To Do")) == ("vpn assi", [])


async def test_a_long_query_is_seen_from_its_start_again_behind_a_mistake(board: AtBoard) -> None:
    await board.press("slash")
    for letter in "label:printer prioritty:h ":
        await board.type(letter)
    assert "   label:printer prioritty:h " in board.line(1)


async def test_a_new_ticket_that_the_filter_hides_is_told_of(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("vpn")
    await board.press("enter", "n", *"Fire", "enter")
    assert board.said() == "#4 is there, but the filter hides it: esc shows everything."


async def test_a_broken_view_says_so_and_leaves_the_board_as_it_is(board: AtBoard) -> None:
    views.save(board.desk, "broken", "label:gone")
    await board.press("slash")
    await board.type("vpn")
    await board.press("enter", "apostrophe", "enter")
    assert "There is no label `gone`" in board.said()
    assert "/ vpn" in board.line(1)
    assert board.numbers("To Do") == [2]


async def test_escape_brings_the_view_back_too(board: AtBoard) -> None:
    views.save(board.desk, "network", "vpn")
    await board.press("apostrophe", "enter", "slash")
    await board.type("x")
    await board.press("escape")
    assert "network" in board.line(0)


async def test_what_could_come_next_is_offered_and_tab_takes_it(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("lab")
    assert board.said().startswith("label:")
    await board.press("tab")
    await board.type("pr")
    await board.press("tab")
    assert board.screen.text == "label:printer"
    assert "2 of 3" in board.drawn()


async def test_no_hits_say_what_to_press(board: AtBoard) -> None:
    await board.press("slash")
    await board.type("nothing like it")
    await board.press("enter")
    assert "/ changes the filter" in board.drawn()
    await board.press("escape")
    assert board.numbers("To Do") == [1, 2]


async def test_the_cursor_stays_on_its_card_while_it_matches(board: AtBoard) -> None:
    await board.press("l", "slash")
    await board.type("printer")
    assert board.at.number == 3


async def test_random_bytes_are_no_danger(board: AtBoard) -> None:
    await board.press("slash")
    for text in ("((((", '"', "#12 or", "-", "a:b:c", "% _ '", "is:"):
        await board.type(text)
    await board.press("enter")
    assert board.app.screen is board.screen
