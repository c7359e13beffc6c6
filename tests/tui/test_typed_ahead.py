"""Keys that come faster than the desk answers: none is lost, and none is for a card that is not the one shown."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from textual import events
from textual.widgets import Input

from helpdesk_tui.desk import boards, completing, labels, ordering, tickets, views
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.tui import looking
from helpdesk_tui.tui.screens.create import Create
from tests.builders import a_desk, a_ticket
from tests.tui.on_board import AtBoard, at_board
from tests.tui.quiet import key_event, send

pytestmark = pytest.mark.asyncio

SLOW = 0.15
"""Seconds a slow desk takes for an answer."""


def four_tickets(desk: Desk) -> None:
    a_ticket(desk, "Printer prints blank pages", "+printer")
    a_ticket(desk, "VPN drops", "+vpn")
    a_ticket(desk, "Printer is loud", "+printer")
    a_ticket(desk, "VPN is slow", "+vpn to:doing")


@pytest_asyncio.fixture
async def board(tmp_path: Path) -> AsyncIterator[AtBoard]:
    desk = a_desk(tmp_path, stock=four_tickets)
    async with at_board(desk, tmp_path) as found:
        yield found
    desk.close()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], None]:
    """Makes a function of a module take its time."""

    def make_slow(module: Any, name: str) -> None:
        real = getattr(module, name)

        def slowly(*given: Any, **more: Any) -> Any:
            time.sleep(SLOW)
            return real(*given, **more)

        monkeypatch.setattr(module, name, slowly)

    return make_slow


async def typed(board: AtBoard, *keys: str) -> None:
    """All keys at once: `keys` are names, or texts to be taken letter by letter after a blank."""
    send(board.app, *(one for key in keys for one in (key[1:] if key.startswith(" ") else [key])))
    await board.settle()


def titles(board: AtBoard) -> dict[str, Priority]:
    found = tickets.find(board.desk, board.desk.ask(""))
    return {card.title: card.priority for card in found}


async def test_while_a_new_ticket_is_saved_the_next_is_begun(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(tickets, "create")
    await typed(board, "n", " First", "enter", "n", " Second", "enter", "n", " Thi")
    assert {"First", "Second"} <= titles(board).keys()
    assert isinstance(board.app.screen, Create)
    assert board.app.screen.query_one("#title", Input).value == "Thi"


async def test_a_key_behind_a_new_ticket_is_for_that_ticket(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(tickets, "create")
    slow(looking, "look")
    await typed(board, "n", " Fire", "enter", "p", " crit", "enter")
    assert titles(board)["Fire"] is Priority.CRITICAL
    assert set(titles(board).values()) == {Priority.CRITICAL, Priority.NORMAL}


async def test_a_key_behind_a_filter_is_for_what_it_finds(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(looking, "look")
    await typed(board, "slash", " slow", "enter", "L")
    assert board.where(4) == "Done"
    assert [board.where(number) for number in (1, 2, 3)] == ["", "", ""]
    await typed(board, "escape", "H")
    assert board.where(4) == "Doing"


async def test_a_key_behind_esc_is_for_what_was_there_before(board: AtBoard, slow: Callable[..., None]) -> None:
    await board.press("slash")
    await board.type("slow")
    slow(looking, "look")
    await typed(board, "escape", "1", "j", "L")
    assert [board.where(number) for number in (1, 2, 3, 4)] == ["To Do", "Doing", "To Do", "Doing"]


async def test_a_query_that_is_refused_takes_the_keys_behind_it_as_text(board: AtBoard) -> None:
    await typed(board, "slash", " label:gone", "enter", "D")
    assert board.app.screen.query_one("#filter-input", Input).value == "label:goneD"
    assert [board.where(number) for number in (1, 2, 3, 4)] == ["To Do", "To Do", "To Do", "Doing"]


async def test_a_key_behind_a_view_is_for_what_it_shows(board: AtBoard, slow: Callable[..., None]) -> None:
    views.save(board.desk, "network", "vpn is:open")
    slow(views, "views")
    slow(looking, "look")
    await typed(board, "apostrophe", " netw", "enter", "D")
    assert tickets.open_ticket(board.desk, 2).card.column == "Done"
    assert tickets.open_ticket(board.desk, 1).card.column == "To Do"


async def test_a_key_behind_marking_is_for_the_marked(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(boards, "all_numbers")
    await typed(board, "asterisk", "D")
    assert {tickets.open_ticket(board.desk, number).card.column for number in (1, 2, 3, 4)} == {"Done"}
    await typed(board, "escape", "u", "1", "g", "g", "V", "j", "V", "L")
    assert [board.where(number) for number in (1, 2, 3)] == ["Doing", "Doing", "To Do"]


async def test_keys_behind_a_move_are_for_the_card_where_it_is_then(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(tickets, "shift")
    await typed(board, "L", "j", "L")
    assert [board.where(number) for number in (1, 2, 3, 4)] == ["Doing", "To Do", "To Do", "Done"]
    await typed(board, "u", "u", "h", "g", "g", "j", "D")
    assert [board.where(number) for number in (1, 2, 3, 4)] == ["To Do", "Done", "To Do", "Doing"]


async def test_text_behind_the_key_that_edits_is_for_the_form(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(tickets, "open_ticket")
    await typed(board, "e", "home", " New ", "enter")
    assert "New Printer prints blank pages" in titles(board)


async def test_keys_behind_opening_a_ticket_are_for_it(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(tickets, "open_ticket")
    await typed(board, "enter", "right_square_bracket", "e", "end", "!", "enter")
    assert "VPN drops!" in titles(board)


async def test_labels_ticked_in_a_burst_are_so_many_labels(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(labels, "labels")
    await typed(board, "t", " vpn", "space", " new", "space", " printer", "enter")
    assert [label.name for label in board.at.labels] == ["new", "vpn"]


async def test_one_label_typed_twice_is_not_a_third_one(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(labels, "labels")
    await typed(board, "t", " vpn", "space", " vpn", "space", "enter")
    assert [label.name for label in board.at.labels] == ["printer"]
    assert [label.name for label in labels.labels(board.desk, "", 50)] == ["printer", "vpn"]


async def test_arrows_in_a_picker_wait_for_what_it_offers(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(boards, "all_boards")
    await typed(board, "M", "down", "down", "enter")
    assert board.where(1) == "Done"


async def test_the_palette_is_whole_before_a_choice_is_made(board: AtBoard, slow: Callable[..., None]) -> None:
    views.save(board.desk, "network", "vpn")
    slow(views, "views")
    await typed(board, "ctrl+p", " view: network", "enter", "D")
    assert board.screen.text == "vpn"
    assert tickets.open_ticket(board.desk, 2).card.column == "Done"


async def test_a_key_behind_the_change_line_is_for_the_board(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(tickets, "change_text")
    await typed(board, "colon", " priority:high", "enter", "j", "L")
    assert tickets.open_ticket(board.desk, 1).card.priority is Priority.HIGH
    assert [board.where(number) for number in (1, 2)] == ["To Do", "Doing"]


async def test_a_card_that_is_still_on_its_way_takes_the_keys_when_it_is_there(
    tmp_path: Path, slow: Callable[..., None]
) -> None:
    def many(desk: Desk) -> None:
        for number in range(1, 121):
            a_ticket(desk, f"Ticket {number}")

    desk = a_desk(tmp_path, stock=many)
    async with at_board(desk, tmp_path) as board:
        slow(looking, "page")
        await typed(board, "G", "p", " high", "enter", "k", "L")
        assert tickets.open_ticket(desk, 120).card.priority is Priority.HIGH
    desk.close()


async def test_who_waits_long_is_told_so(board: AtBoard, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = threading.Event()
    real = tickets.change_text
    monkeypatch.setattr(tickets, "change_text", lambda *given: goes_on.wait(10) and real(*given))
    send(board.app, "colon", *"+new", "enter")
    for _ in range(200):
        await board.pilot.pause(0.02)
        if "Working" in board.drawn():
            break
    assert "Working…" in board.drawn()
    goes_on.set()
    await board.settle()
    assert board.said() == "#1: +new · u undoes"


async def test_who_changes_many_is_told_how_many(board: AtBoard, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = threading.Event()
    real = tickets.change
    monkeypatch.setattr(tickets, "change", lambda *given: goes_on.wait(10) and real(*given))
    await board.press("asterisk")
    send(board.app, "p", *"high", "enter")
    for _ in range(200):
        await board.pilot.pause(0.02)
        if "Changing" in board.drawn():
            break
    assert "Changing 4 tickets…" in board.drawn()
    goes_on.set()
    await board.settle()
    assert board.said().startswith("4 tickets: priority high")


async def test_typing_a_query_waits_for_nothing(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(completing, "typed_query")
    slow(looking, "look")
    before = time.monotonic()
    send(board.app, "slash", *"printer label:")
    while not board.screen.query("#filter-input") or board.screen.query_one("#filter-input", Input).value == "":
        await board.pilot.pause(0.01)
    while board.screen.query_one("#filter-input", Input).value != "printer label:":
        await board.pilot.pause(0.01)
    assert time.monotonic() - before < 10 * SLOW
    await board.settle()


async def test_what_is_pasted_waits_its_turn(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(tickets, "create")
    send(board.app, "n")
    board.app.post_message(events.Paste("Pasted title"))
    send(board.app, "enter", "slash")
    board.app.post_message(events.Paste("Pasted"))
    send(board.app, "enter")
    await board.settle()
    assert "Pasted title" in titles(board)
    assert board.screen.text == "Pasted"


async def test_what_a_picker_changes_is_what_it_was_opened_for(board: AtBoard) -> None:
    await board.press("p")
    tickets.change_text(board.desk, [1], "archive")
    await board.pilot.pause(0.6)
    await board.settle()
    await typed(board, " crit", "enter")
    assert tickets.open_ticket(board.desk, 1).card.priority is Priority.CRITICAL
    assert tickets.open_ticket(board.desk, 2).card.priority is Priority.NORMAL


@pytest.mark.parametrize("seed", range(3))
async def test_letters_stay_in_order_at_any_pace(board: AtBoard, seed: int) -> None:
    """As a terminal sends them, from a thread: some together, some just when the one before has been acted on."""
    chance = random.Random(seed)
    text = "".join(chance.choice("abcdefgh") for _ in range(120))
    loop = asyncio.get_running_loop()

    def type_it() -> None:
        for letter in f"n{text}":
            asyncio.run_coroutine_threadsafe(board.app._post_message(key_event(board.app, letter)), loop)
            time.sleep(chance.choice((0, 0, 0.0005, 0.001, 0.003, 0.01)))

    await asyncio.to_thread(type_it)
    await board.settle()
    assert board.app.screen.query_one(Input).value == text


async def test_a_held_key_moves_a_card_as_often_as_it_is_pressed_in_fewer_steps(
    board: AtBoard, slow: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("Fifth", "Sixth"):
        a_ticket(board.desk, title)
    await board.settle()
    slow(ordering, "reorder")
    steps: list[int] = []
    real = ordering.reorder

    def reorder(desk: Desk, number: int, by: int, question: boards.Question) -> Outcome:
        steps.append(by)
        return real(desk, number, by, question)

    monkeypatch.setattr(ordering, "reorder", reorder)
    await typed(board, "J", "J", "J", "K", "K", "J")
    assert sum(steps) == 2
    assert len(steps) < 6
    assert board.screen.column is not None
    assert (board.at.number, board.screen.column.cursor) == (1, 2)


async def test_a_held_key_stops_at_the_end_of_what_there_is(board: AtBoard, slow: Callable[..., None]) -> None:
    slow(ordering, "reorder")
    await typed(board, *["J"] * 9)
    assert board.screen.column is not None
    assert (board.at.number, board.screen.column.cursor) == (1, 2)
    slow(tickets, "shift")
    await typed(board, *["L"] * 9)
    assert board.where(1) == "Done"
    await typed(board, "H", "H", "a")
    assert board.where(1) == "To Do"
