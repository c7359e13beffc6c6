"""Working at the board by keys alone, checked against the desk from outside."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from tests.terminal.terminal import PROGRAM, Terminal, helpdesk


def listed(home: Path, query: str = "") -> dict[str, Any]:
    """The tickets that another program sees, by title."""
    ran = helpdesk(home, "list", "--json", query)
    assert ran.returncode in {0, 1}, ran.stderr
    return {ticket["title"]: ticket for ticket in json.loads(ran.stdout)}


def test_a_newcomer_sees_a_ticket_that_explains_itself_and_the_keys(tmp_path: Path) -> None:
    with Terminal(tmp_path, program=PROGRAM, columns=120, rows=36) as terminal:
        terminal.shows("To Do", "Doing", "Done", "Welcome! Enter opens this", "1 ticket")
        terminal.shows("H L", "enter open", "n new", "/ filter", "? help")
        terminal.press("enter")
        terminal.shows("Four keys are enough to begin", "Open this ticket", "esc back")
        terminal.press("esc", "q")
        assert terminal.end() == 0
        terminal.assert_restored()
    assert (tmp_path / "data" / "helpdesk" / "desk.db").stat().st_mode & 0o777 == 0o600


def test_a_working_session(home: Path, terminal: Terminal) -> None:
    terminal.press("n")
    terminal.shows("New ticket")
    terminal.press("Printer is dead", "enter")
    terminal.shows("#2 Printer is dead", "2 tickets")
    terminal.press("n")
    terminal.shows("New ticket")
    terminal.press("VPN drops every hour", "enter")
    terminal.shows("3 tickets")

    terminal.press("down", "down", "L")
    terminal.shows("#3 → Doing")
    assert listed(home)["VPN drops every hour"]["column"] == "Doing"
    terminal.press("u")
    terminal.shows("undone")
    assert listed(home)["VPN drops every hour"]["column"] == "To Do"

    terminal.press("/")
    terminal.shows("tab completes")
    terminal.press("printer")
    terminal.shows("1 of 3")
    terminal.press("enter")
    terminal.no_longer_shows("VPN drops")
    terminal.press("enter")
    terminal.shows("#2", "Created")
    terminal.press("esc")
    terminal.shows("1 of 3")
    terminal.press("L")
    terminal.shows("#2 → Doing")

    terminal.press("q")
    assert terminal.end() == 0
    terminal.assert_restored()
    found = listed(home)
    assert {title: ticket["column"] for title, ticket in found.items() if ticket["number"] > 1} == {
        "Printer is dead": "Doing",
        "VPN drops every hour": "To Do",
    }


def test_what_was_done_on_the_board_is_undone_by_a_command_after_it_closed(home: Path, terminal: Terminal) -> None:
    terminal.press("D")
    terminal.shows("→ done")
    terminal.press("q")
    assert terminal.end() == 0
    assert helpdesk(home, "undo").returncode == 0
    (ticket,) = listed(home).values()
    assert ticket["column"] == "To Do"


def test_another_programs_change_appears_by_itself(home: Path, terminal: Terminal) -> None:
    terminal.listen(0.5)
    made = helpdesk(home, "add", "Scanner is on fire", "priority:critical")
    saved = time.monotonic()
    assert made.returncode == 0
    terminal.shows("Scanner is on", "2 tickets", patience=3)
    assert time.monotonic() - saved < 2


def test_nothing_is_sent_while_nothing_happens(terminal: Terminal) -> None:
    while terminal.listen(0.5):  # until all of the first board is there
        pass
    assert terminal.listen(1.2) == b""


def test_two_people_at_two_terminals_see_each_others_moves(home: Path, terminal: Terminal) -> None:
    with Terminal(home) as other:
        other.shows("Welcome")
        terminal.press("L")
        terminal.shows("#1 → Doing")
        other.wait(lambda: "Doing  1" in other.text, "the move does not arrive")
        other.press("q")
        assert other.end() == 0


def test_keys_typed_ahead_mean_what_they_mean_one_by_one(home: Path, terminal: Terminal) -> None:
    terminal.press("nPrinter is dead\r")
    terminal.shows("2 tickets")
    terminal.press("/printer")
    terminal.shows("1 of 2")
    terminal.press("\r")
    terminal.no_longer_shows("Welcome")
    terminal.press("phigh\r")
    terminal.shows("priority high")
    assert listed(home)["Printer is dead"]["priority"] == "high"
