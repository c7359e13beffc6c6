"""The screen `E`: rules, written, ordered, tried, switched; and what they did."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from rich.cells import cell_len

from helpdesk_tui.desk import automation, persons, rules, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.rules import Acted, Rule, When, Wording, Would
from helpdesk_tui.store import records
from helpdesk_tui.tui.screens.board import BoardScreen
from helpdesk_tui.tui.screens.rule_edit import RuleEdit
from helpdesk_tui.tui.screens.rule_try import RuleLog, RuleTry
from helpdesk_tui.tui.screens.rules import RulesPick, ShippedPick
from helpdesk_tui.tui.screens.ticket import TicketScreen
from helpdesk_tui.tui.widgets.rule_list import acted_pieces, rule_pieces, would_pieces
from tests.builders import NOON, a_ticket, desk_of
from tests.tui.around import HOSTILE
from tests.tui.on_board import AtBoard, at_board

pytestmark = pytest.mark.asyncio


def stock(desk: Desk) -> None:
    """#1 and #2 are about printers; one rule labels such tickets as time passes, one is off."""
    rules.remove(desk, [rule.id for rule in rules.rules(desk)])
    a_ticket(desk, "Printer is dead", "+printer")
    a_ticket(desk, "Printer on floor 2 is dead", "+printer priority:high")
    a_ticket(desk, "VPN drops")
    rules.add(desk, Wording("Printers", "tick", "label:printer -label:hardware", "+hardware"))
    rules.add(desk, Wording("Thank", "closed", "", "note:Thanks"), active=False)


@pytest_asyncio.fixture
async def board(desk: Desk, tmp_path: Path) -> AsyncIterator[AtBoard]:
    stock(desk)
    async with at_board(desk, tmp_path) as found:
        await found.press("E")
        yield found


def names(desk: Desk) -> list[str]:
    return [rule.name for rule in rules.rules(desk)]


def row_of(board: AtBoard, words: str) -> str:
    return next(line for line in board.drawn().splitlines() if words in line)


class TestTheList:
    async def test_in_order_with_what_sets_them_off(self, board: AtBoard) -> None:
        assert "1   on   Printers" in row_of(board, "Printers")
        assert "tick" in row_of(board, "Printers")
        assert "2   off  Thank" in row_of(board, "Thank")

    async def test_what_the_cursor_is_on_is_there_in_full(self, board: AtBoard) -> None:
        assert "when    time passes: looked at once a minute" in board.drawn()
        assert "if      label:printer -label:hardware" in board.drawn()
        assert "then    +hardware" in board.drawn()
        assert "every   once a ticket" in board.drawn()

    async def test_letters_find_names_and_what_rules_say(self, board: AtBoard) -> None:
        await board.press(*"hardware")
        assert "Printers" in board.drawn()
        assert "Thank" not in board.drawn()

    async def test_when_one_last_acted(self, board: AtBoard, desk: Desk) -> None:
        automation.tick(desk)
        screen = board.app.screen
        assert isinstance(screen, RulesPick)
        screen.news(None)
        await board.settle()
        assert "acted 12:00" in row_of(board, "Printers")

    async def test_one_that_cannot_act_says_why(self, board: AtBoard, desk: Desk) -> None:
        bob = desk_of(desk, Role.AGENT, name="Bob Builder")
        rules.edit(
            desk, rules.find(desk, "Printers").id, Wording("Printers", "tick", "label:printer", "assignee:agent2000")
        )
        persons.deactivate(desk, bob.actor.id)
        automation.tick(desk)
        screen = board.app.screen
        assert isinstance(screen, RulesPick)
        screen.news(None)
        await board.settle()
        assert "cannot act" in row_of(board, "Printers")
        assert "problem" in board.drawn()
        bob.close()

    async def test_without_any_says_what_to_press(self, desk: Desk, tmp_path: Path) -> None:
        rules.remove(desk, [rule.id for rule in rules.rules(desk)])
        async with at_board(desk, tmp_path) as board:
            await board.press("E")
            assert "There is no rule yet: N writes one" in board.drawn()

    @pytest.mark.parametrize("size", [(80, 24), (40, 12)])
    async def test_on_smaller_screens(self, desk: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
        stock(desk)
        async with at_board(desk, tmp_path, size=size) as board:
            await board.press("E")
            assert "on   Printers" in board.drawn()

    async def test_an_agent_has_no_such_screen(self, desk: Desk, tmp_path: Path) -> None:
        agent = desk_of(desk, Role.AGENT)
        async with at_board(agent, tmp_path) as board:
            await board.press("E")
            assert isinstance(board.app.screen, BoardScreen)

    async def test_who_is_no_admin_any_more_leaves_it(self, board: AtBoard, desk: Desk) -> None:
        other = desk_of(desk, Role.ADMIN)
        persons.edit(other, desk.actor.id, Details(role=Role.AGENT))
        for _ in range(100):
            await board.pilot.pause(0.05)
            if isinstance(board.app.screen, BoardScreen):
                break
        assert isinstance(board.app.screen, BoardScreen)
        other.close()


class TestTheSettings:
    async def test_they_lead_to_the_rules(self, board: AtBoard) -> None:
        await board.press("escape", "comma", *"rules", "enter")
        assert isinstance(board.app.screen, RulesPick)


class TestKeys:
    async def test_on_and_off(self, board: AtBoard, desk: Desk) -> None:
        await board.press("O")
        assert not rules.find(desk, "Printers").active
        assert "off  Printers" in row_of(board, "Printers")
        await board.press("O")
        assert rules.find(desk, "Printers").active
        assert "It acts on 2 tickets within the next minute" in board.drawn()

    async def test_news_of_it_leave_what_was_said(self, board: AtBoard) -> None:
        screen = board.app.screen
        assert isinstance(screen, RulesPick)
        await board.press("O", "O")
        screen.news(None)
        await board.settle()
        assert "It acts on 2 tickets within the next minute" in board.drawn()

    async def test_news_meanwhile_leave_the_cursor_on_its_way(self, board: AtBoard) -> None:
        screen = board.app.screen
        assert isinstance(screen, RulesPick)
        screen.again(stay_on=rules.find(board.desk, "Thank").id)
        screen.news(None)
        await board.settle()
        assert "▸" in row_of(board, "Thank")

    async def test_the_order(self, board: AtBoard, desk: Desk) -> None:
        await board.press("J")
        assert names(desk) == ["Thank", "Printers"]
        await board.press("J", "K")
        assert names(desk) == ["Printers", "Thank"]

    async def test_removing(self, board: AtBoard, desk: Desk) -> None:
        await board.press("X")
        assert names(desk) == ["Thank"]

    async def test_one_that_comes_with_the_program_is_added_off(self, board: AtBoard, desk: Desk) -> None:
        await board.press("S", *"route by skill")
        assert isinstance(board.app.screen, ShippedPick)
        assert "A new ticket goes to who has the skills" in board.drawn()
        await board.press("enter")
        assert not rules.find(desk, "Route by skill").active
        assert "▸" in row_of(board, "Route by skill")
        await board.press("S", *"route by skill", "enter")
        assert "The desk has a rule of that name already." in board.drawn()


class TestWriting:
    async def test_when_if_then(self, board: AtBoard, desk: Desk) -> None:
        await board.press("N", *"Urgent VPN", "tab", "ctrl+u", *"created", "tab", *"vpn", "tab", *"priority:high")
        assert isinstance(board.app.screen, RuleEdit)
        assert "It is about 1 ticket now." in board.drawn()
        await board.press("ctrl+s")
        made = rules.find(desk, "Urgent VPN")
        assert (made.when, made.query, made.change, made.active) == ("created", "vpn", "priority:high", True)
        assert "Urgent VPN" in board.drawn()

    async def test_it_completes_both_languages(self, board: AtBoard, desk: Desk) -> None:
        await board.press("N", *"Mine", "tab", "tab", *"lab", "tab", *"print", "tab", "tab", *"+vp", *"n assi", "tab")
        await board.press(*"aut", "tab", "ctrl+s")
        made = rules.find(desk, "Mine")
        assert (made.query, made.change) == ("label:printer", "+vpn assignee:auto")

    async def test_what_sets_it_off_is_chosen_from_a_list(self, board: AtBoard, desk: Desk) -> None:
        await board.press("N", *"Mine", "tab", "ctrl+u", *"week", "enter", "tab", *"vpn", "tab", *"+weekly", "ctrl+s")
        assert rules.find(desk, "Mine").when == "weekdays 08:00"

    async def test_what_is_wrong_is_told_while_it_is_typed(self, board: AtBoard) -> None:
        await board.press("N", *"Wrong", "tab", "tab", *"prioritty:high vpn")
        assert "If, column 1: There is no field" in board.drawn()
        await board.press("ctrl+u", "tab", *"colour:red vpn")
        assert "Then, column 1" in board.drawn()

    async def test_one_that_is_refused_stays(self, board: AtBoard, desk: Desk) -> None:
        await board.press("N", *"Thank", "tab", "tab", "tab", *"+vpn", "ctrl+s")
        assert isinstance(board.app.screen, RuleEdit)
        assert "There is a rule 'Thank' already." in board.drawn()
        assert len(rules.rules(desk)) == 2

    async def test_what_was_left_is_offered_again(self, board: AtBoard) -> None:
        await board.press("N", *"Half a rule", "escape", "N")
        assert "Half a rule" in board.drawn()
        assert "This is the draft you left." in board.drawn() or "Half a rule" in board.drawn()

    async def test_enter_rewrites_one(self, board: AtBoard, desk: Desk) -> None:
        await board.press("enter", "tab", "tab", "tab", "end", *" +toner", "ctrl+s")
        assert rules.find(desk, "Printers").change == "+hardware +toner"

    async def test_a_label_that_it_puts_on_itself_may_be_asked_for(self, board: AtBoard, desk: Desk) -> None:
        await board.press("N", *"New label", "tab", "tab", *"vpn -label:fresh", "tab", *"+fresh")
        assert "There is no label" not in board.drawn()
        await board.press("ctrl+s")
        assert rules.find(desk, "New label").query == "vpn -label:fresh"

    async def test_lines_of_an_answer_stay_lines(self, board: AtBoard, desk: Desk) -> None:
        rules.edit(desk, rules.find(desk, "Thank").id, Wording("Thank", "closed", "", 'reply:"Hello,\nthank you."'))
        await board.press("escape", "E", "down", "enter", "tab", "tab", *"vpn", "tab", "end", *" +vpn", "ctrl+s")
        assert rules.find(desk, "Thank").change == 'reply:"Hello,\nthank you." +vpn'

    async def test_one_that_somebody_has_removed_meanwhile(self, board: AtBoard, desk: Desk) -> None:
        await board.press("enter")
        rules.remove(desk, [rules.find(desk, "Printers").id])
        await board.press("tab", "tab", "tab", "end", *" +x", "ctrl+s")
        assert isinstance(board.app.screen, RuleEdit)
        assert "There is no such rule." in board.drawn()

    @pytest.mark.parametrize("name", HOSTILE)
    async def test_whatever_is_written_in_one(self, desk: Desk, tmp_path: Path, name: str) -> None:
        with desk.store.writing() as unit:
            words = {"name": name, "folded": name, "moment": "tick", "query": name, "change": name, "position": 9}
            records.add(unit, "rule", words)
            unit.commit()
        async with at_board(desk, tmp_path) as board:
            await board.press("E", "end", "down", "T", "escape", "L", "escape", "enter")
            assert isinstance(board.app.screen, RuleEdit)

    async def test_it_is_tried_before_it_is_saved(self, board: AtBoard, desk: Desk) -> None:
        await board.press("N", *"Raise", "tab", "tab", *"label:printer", "tab", *"priority:critical", "ctrl+t")
        assert isinstance(board.app.screen, RuleTry)
        assert "It is about 2 tickets now" in board.drawn()
        await board.press("escape")
        assert isinstance(board.app.screen, RuleEdit)
        assert names(desk) == ["Printers", "Thank"]


class TestTrying:
    async def test_what_it_would_do_as_a_list(self, board: AtBoard, desk: Desk) -> None:
        await board.press("T")
        assert isinstance(board.app.screen, RuleTry)
        assert "Nothing is changed by this." in board.drawn()
        assert "hardware" in row_of(board, "Printer on floor 2")
        assert tickets.open_ticket(desk, 1).card.labels[0].name == "printer"
        assert len(tickets.open_ticket(desk, 1).card.labels) == 1

    async def test_enter_opens_the_ticket(self, board: AtBoard) -> None:
        await board.press("T", "enter")
        assert isinstance(board.app.screen, TicketScreen)
        await board.press("escape")
        assert isinstance(board.app.screen, RuleTry)

    async def test_one_that_would_do_nothing(self, board: AtBoard, desk: Desk) -> None:
        automation.tick(desk)
        await board.press("T")
        assert "There is no ticket now that it would act on." in board.drawn()


class TestTheLog:
    async def test_what_a_rule_did(self, board: AtBoard, desk: Desk) -> None:
        automation.tick(desk)
        await board.press("L")
        assert isinstance(board.app.screen, RuleLog)
        assert "What Printers did" in board.drawn()
        assert "hardware" in row_of(board, "Printer on floor 2")
        await board.press("escape", "down", "L")
        assert "It has not done anything yet." in board.drawn()

    async def test_what_all_of_them_did(self, board: AtBoard, desk: Desk) -> None:
        automation.tick(desk)
        await board.press("A")
        assert "Printers:" in row_of(board, "Printer on floor 2")


class TestRows:
    @pytest.mark.parametrize("name", HOSTILE)
    @pytest.mark.parametrize("width", [20, 60, 110])
    async def test_whatever_they_say_rows_keep_their_width(self, name: str, width: int) -> None:
        rule = Rule(1, name, When.TICK, "", name, name, "", True, None, NOON, name)
        rows = [
            rule_pieces(rule, 12, width, str),
            would_pieces(Would(1_234_567, name, name), width),
            would_pieces(Would(None, "", name, fails=True), width),
            acted_pieces(Acted(NOON, name, 7, name, name, True, 1), width, str, named=True),
        ]
        for pieces in rows:
            assert sum(cell_len(text) for _, text in pieces) <= width
