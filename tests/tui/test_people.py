"""People at work, on the screens: notices, the timer, who has what open, naming somebody while writing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk_tui.desk import conversation, notices, presence, tickets, timing
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.at_work import Doing
from helpdesk_tui.domain.people import Role
from helpdesk_tui.tui.screens.notices import NoticesPick
from helpdesk_tui.tui.screens.text_entry import TextEntry
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.screens.time import TimePick, minutes_in
from tests.builders import a_ticket, desk_of, later
from tests.tui.around import HOSTILE
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


@pytest.fixture
def bob(desk: Desk) -> Desk:
    """Somebody else at the same desk."""
    return desk_of(desk, Role.AGENT, name="Bob Builder")


@pytest_asyncio.fixture
async def board(desk: Desk, bob: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    for title in ("Printer is dead", "VPN drops", "Mail is slow"):
        a_ticket(desk, title, "watch:me")
    async with at_board(desk, tmp_path) as found:
        yield found
    bob.close()


async def a_second(board: AtBoard) -> None:
    await asyncio.sleep(1.0)
    await board.settle()


class TestNotices:
    async def test_nothing_is_said_where_there_are_none(self, board: AtBoard) -> None:
        assert "new" not in board.line(0)

    async def test_they_are_counted_on_the_top_line(self, board: AtBoard, bob: Desk) -> None:
        conversation.note(bob, 2, "It drops at noon.")
        conversation.note(bob, 3, "Slow indeed.")
        await a_second(board)
        assert "! 2 new" in board.line(0)

    async def test_the_key_lists_them_and_enter_opens_the_ticket(self, board: AtBoard, bob: Desk) -> None:
        conversation.note(bob, 2, "It drops at noon.")
        await board.press("!")
        assert isinstance(board.app.screen, NoticesPick)
        assert "● #2 agent2000 wrote a note: It drops at noon." in board.drawn()
        await board.press("enter")
        assert isinstance(board.app.screen, TicketScreen)
        assert board.app.screen.number == 2
        await board.press("escape")
        assert board.at.number == 2
        assert "new" not in board.line(0)

    async def test_letters_find_among_them(self, board: AtBoard, bob: Desk) -> None:
        conversation.note(bob, 2, "noon")
        conversation.note(bob, 3, "slow")
        await board.press("!", *"slow", "enter")
        assert isinstance(board.app.screen, TicketScreen)
        assert board.app.screen.number == 3

    async def test_what_was_seen_is_no_longer_marked(self, board: AtBoard, bob: Desk, desk: Desk) -> None:
        conversation.note(bob, 2, "noon")
        notices.look(desk)
        await board.press("!")
        assert isinstance(board.app.screen, NoticesPick)
        (choice,) = board.app.screen.list.choices
        assert choice.text.startswith("  #2 agent2000 wrote a note: noon")

    async def test_reading_the_ticket_takes_it_off_the_count(self, board: AtBoard, bob: Desk) -> None:
        conversation.note(bob, 1, "noon")
        await a_second(board)
        assert "! 1 new" in board.line(0)
        await board.press("enter", "escape")
        await a_second(board)
        assert "new" not in board.line(0)

    async def test_a_click_on_the_count_opens_them(self, board: AtBoard, bob: Desk) -> None:
        conversation.note(bob, 1, "noon")
        await a_second(board)
        await board.pilot.click("TopLine", offset=(board.line(0).index("! 1 new") + 2, 0))
        await board.settle()
        assert isinstance(board.app.screen, NoticesPick)

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_hostile_words_are_shown_and_do_nothing(self, board: AtBoard, bob: Desk, text: str) -> None:
        conversation.note(bob, 1, f"x {text}")
        await board.press("!")
        assert "wrote a note: x" in board.drawn()


class TestTheTimer:
    async def test_one_key_and_enter_starts_it_and_stops_it(self, board: AtBoard, desk: Desk) -> None:
        await board.press("T", "enter")
        assert "timing #1 0:00" in board.line(0)
        later(desk, minutes=25)
        await board.press("T")
        assert "Stop, and log 25 min on #1" in board.drawn()
        await board.press("enter")
        assert tickets.open_ticket(desk, 1).minutes == 25
        assert "timing" not in board.line(0)
        await board.press("u")
        assert tickets.open_ticket(desk, 1).minutes == 0

    async def test_minutes_can_be_typed(self, board: AtBoard, desk: Desk) -> None:
        await board.press("T", *"1h30m", "enter")
        assert tickets.open_ticket(desk, 1).minutes == 90

    async def test_on_marked_cards_together(self, board: AtBoard, desk: Desk) -> None:
        await board.press("space", "space", "T", *"5m", "enter")
        assert [tickets.open_ticket(desk, number).minutes for number in (1, 2, 3)] == [5, 5, 0]

    async def test_going_on_to_another_ticket_logs_the_first(self, board: AtBoard, desk: Desk) -> None:
        timing.start(desk, 1)
        later(desk, minutes=12)
        await board.press("j", "T")
        assert "Log 12 min on #1, and time #2 from now on" in board.drawn()
        await board.press("enter")
        found = timing.running(desk)
        assert found is not None
        assert found.number == 2
        assert tickets.open_ticket(desk, 1).minutes == 12

    async def test_it_can_be_dropped(self, board: AtBoard, desk: Desk) -> None:
        timing.start(desk, 1)
        await board.press("T", *["down"] * 3, "enter")
        assert timing.running(desk) is None
        assert tickets.open_ticket(desk, 1).minutes == 0

    async def test_in_the_ticket_it_says_who_worked(self, board: AtBoard, bob: Desk) -> None:
        tickets.change_text(bob, [1], "time:1h")
        await board.press("enter", "T", *"25m", "enter")
        drawn = board.drawn()
        assert "1:25" in drawn
        assert "1:00" in drawn
        assert "0:25" in drawn

    async def test_in_the_ticket_it_says_whose_timer_runs(self, board: AtBoard, bob: Desk) -> None:
        timing.start(bob, 1)
        await board.press("enter")
        assert "0:00, timing since" in board.drawn()

    @pytest.mark.parametrize(
        ("typed", "minutes"), [("soon", None), ("0", None), ("-5", None), ("9999999h", None), (" 7 ", 7)]
    )
    async def test_what_is_a_time(self, typed: str, minutes: int | None) -> None:
        assert minutes_in(typed) == minutes


class TestATimerLeftRunning:
    @pytest.mark.parametrize("hours", [2, 20])
    async def test_asks_at_the_next_start(self, desk: Desk, tmp_path: Path, hours: int) -> None:
        timing.start(desk, a_ticket(desk))
        later(desk, hours=hours)
        async with at_board(desk, tmp_path) as board:
            assert isinstance(board.app.screen, TimePick)
            assert f"has been running for {hours} h" in board.drawn()
            await board.press(*"45m", "enter")
            assert tickets.open_ticket(desk, 1).minutes == 45

    async def test_may_be_let_run_and_asks_no_more(self, desk: Desk, tmp_path: Path) -> None:
        timing.start(desk, a_ticket(desk))
        later(desk, hours=2)
        async with at_board(desk, tmp_path) as board:
            await board.press("escape")
            assert board.app.screen is board.screen
            assert "timing #1 2:00" in board.line(0)
            await board.press("enter", "escape")
            assert board.app.screen is board.screen

    async def test_one_just_started_does_not(self, desk: Desk, tmp_path: Path) -> None:
        timing.start(desk, a_ticket(desk))
        later(desk, minutes=10)
        async with at_board(desk, tmp_path) as board:
            assert board.app.screen is board.screen


class TestWhoIsHere:
    async def test_a_card_says_so_and_no_longer(self, board: AtBoard, bob: Desk) -> None:
        presence.here(bob, "s", 2)
        await a_second(board)
        assert "◉ agent2000 here" in board.drawn()
        presence.here(bob, "s", 2, Doing.REPLYING)
        await a_second(board)
        assert "✎ agent2000 answering" in board.drawn()
        presence.gone(bob, "s")
        await a_second(board)
        assert "agent2000" not in board.drawn()

    async def test_a_narrow_card_says_it_by_a_sign(self, desk: Desk, bob: Desk, tmp_path: Path) -> None:
        a_ticket(desk)
        async with at_board(desk, tmp_path, size=(80, 24)) as board:
            presence.here(bob, "s", 1, Doing.REPLYING)
            await a_second(board)
            assert "✎ agent2000 " in board.drawn()
            await board.press("z", "z")
            assert "✎ #1" in board.drawn()
        bob.close()

    async def test_the_ticket_says_so(self, board: AtBoard, bob: Desk) -> None:
        await board.press("enter")
        presence.here(bob, "s", 1, Doing.REPLYING)
        await a_second(board)
        assert "agent2000 answering" in board.line(0)
        assert "Here now" in board.drawn()

    async def test_a_beat_draws_nothing(self, board: AtBoard, bob: Desk) -> None:
        board.app.attending.look()
        await board.settle()
        presence.here(bob, "s", 2)
        await a_second(board)
        before, asked = board.app.written, dict(board.app.gateway._asked)
        for _ in range(3):
            presence.here(bob, "s", 2)
            await asyncio.sleep(0.4)
        await board.settle()
        assert board.app.written == before
        assert board.app.gateway._asked == asked

    async def test_the_desk_is_told_what_is_open_here(self, board: AtBoard, bob: Desk) -> None:
        board.app.attending.look()
        await board.settle()
        assert presence.others(bob) == {}
        for keys, writing in (("enter",), ""), (("r",), "a reply"), (("escape", "c"), "a note"), (("escape",), ""):
            await board.press(*keys)
            board.app.attending.look()
            await board.settle()
            (here,) = presence.others(bob)[1]
            assert (here.name, here.writing) == ("admin", writing)
        await board.press("escape")
        board.app.attending.look()
        await board.settle()
        assert presence.others(bob) == {}

    async def test_who_else_is_at_the_board_stands_on_its_top_line(self, board: AtBoard, bob: Desk) -> None:
        assert "also here" not in board.line(0)
        presence.here(bob, "s", 2, Doing.LOOKING)
        await a_second(board)
        assert "also here: agent2000" in board.line(0)
        assert "agent2000 here" not in board.drawn()
        presence.gone(bob, "s")
        await a_second(board)
        assert "also here" not in board.line(0)

    async def test_by_initials_where_there_is_little_room(self, desk: Desk, bob: Desk, tmp_path: Path) -> None:
        a_ticket(desk)
        presence.here(bob, "s", 1, Doing.LOOKING)
        async with at_board(desk, tmp_path, size=(45, 14)) as board:
            presence.here(bob, "s", 1, Doing.LOOKING)
            await a_second(board)
            assert "with BB" in board.line(0)

    async def test_the_desk_is_told_that_the_board_is_open(self, board: AtBoard, bob: Desk) -> None:
        board.app.attending.look()
        await board.settle()
        assert list(presence.everywhere(bob)[1].values()) == [("admin",)]
        assert presence.others(bob) == {}

    async def test_answering_from_the_board_counts_too(self, board: AtBoard, bob: Desk) -> None:
        await board.press("j", "r")
        board.app.attending.look()
        await board.settle()
        assert presence.others(bob)[2][0].writing == "a reply"

    async def test_nothing_is_written_while_one_stays(self, board: AtBoard) -> None:
        await board.press("enter")
        board.app.attending.look()
        await board.settle()
        asked = board.app.gateway._asked[""]
        for _ in range(5):
            board.app.attending.look()
        assert board.app.gateway._asked[""] == asked
        for _ in range(int(presence.BEAT)):
            board.app.attending.look()
        assert board.app.gateway._asked[""] == asked + 1


class TestNaming:
    async def test_people_are_offered_behind_an_at(self, board: AtBoard, desk: Desk) -> None:
        await board.press("c", *"ask @ag")
        assert "@agent2000" in board.drawn()
        assert "Bob Builder" in board.drawn()
        await board.press("tab", *"please", "ctrl+s")
        (said,) = tickets.open_ticket(desk, 1).conversation
        assert said.body == "ask @agent2000 please"
        assert "told agent2000" in board.said()

    async def test_any_word_of_a_name_finds_them(self, board: AtBoard) -> None:
        await board.press("c", *"@build", "enter")
        screen = board.app.screen
        assert isinstance(screen, TextEntry)
        assert screen.typed()["text"] == "@agent2000 "

    async def test_escape_leaves_the_offers_and_then_the_note(self, board: AtBoard) -> None:
        await board.press("c", *"@ag", "escape")
        assert isinstance(board.app.screen, TextEntry)
        assert "Bob Builder" not in board.drawn()
        await board.press("escape")
        assert board.app.screen is board.screen
        await board.press("c")
        screen = board.app.screen
        assert isinstance(screen, TextEntry)
        assert screen.typed()["text"] == "@ag"

    async def test_arrows_choose_and_move_the_cursor_again_afterwards(self, board: AtBoard, desk: Desk) -> None:
        desk_of(desk, Role.AGENT, 2001, name="Bella Builder").close()
        await board.press("c", *"@builder")
        await board.press("down", "enter", "enter", *"x")
        screen = board.app.screen
        assert isinstance(screen, TextEntry)
        assert screen.typed()["text"] == "@agent2000 \nx"

    async def test_mail_addresses_are_left_alone(self, board: AtBoard) -> None:
        await board.press("c", *"x@ag", "enter", *"y")
        screen = board.app.screen
        assert isinstance(screen, TextEntry)
        assert screen.typed()["text"] == "x@ag\ny"

    async def test_there_is_room_in_a_small_terminal(self, desk: Desk, bob: Desk, tmp_path: Path) -> None:
        a_ticket(desk)
        async with at_board(desk, tmp_path, size=(40, 12)) as board:
            await board.press("c", *"hello @a")
            assert "hello @a" in board.drawn()
            assert "Bob Builder" in board.drawn()
        bob.close()
