"""A whole working day on one ticket, through the program in a terminal; what came of it is read by another program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.terminal.terminal import Terminal, helpdesk


def did(home: Path, *argv: str, given: str = "") -> str:
    """What a command of the same person prints; it is to end well."""
    ran = helpdesk(home, *argv, given=given)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def shown(home: Path, number: int) -> dict[str, Any]:
    """The ticket as another program sees it."""
    found: dict[str, Any] = json.loads(did(home, "show", str(number), "--json"))
    return found


def prepare(home: Path) -> None:
    """A template that asks, a canned reply that waits."""
    questions = "Which printer? *\nWhat does it say?\nIs anybody waiting? [yes/no]"
    steps = "Turn it off and on\nLook at the toner\n# Afterwards\nTell the whole floor"
    change = "+printer kind:incident priority:high"
    did(home, "template", "add", "Printer", "Reported at the counter.", "--questions", questions, "--steps", steps,
        "--change", change)  # fmt: skip
    did(home, "canned", "add", "Toner", "Hello {requester.first_name|there}, toner for #{ticket.number} is ordered.",
        "--change", "status:waiting")  # fmt: skip


def test_a_working_day_on_one_ticket(home: Path) -> None:
    prepare(home)
    with Terminal(home, columns=120, rows=48) as terminal:
        terminal.shows("Welcome")

        # It arrives: somebody stands at the counter.
        terminal.press("N")
        terminal.shows("Printer")
        terminal.press("enter")
        terminal.shows("Which printer?")
        terminal.press("Second floor", "tab", "PC LOAD LETTER", "tab", "y", "enter")
        terminal.shows("#2")
        ticket = shown(home, 2)
        assert (ticket["title"], ticket["column"], ticket["priority"], ticket["kind"]) == (
            "Printer", "To Do", "high", "incident"
        )  # fmt: skip
        assert "**Which printer?** Second floor" in ticket["description"]
        assert [(step["list"], step["text"]) for step in ticket["checklist"]] == [
            (None, "Turn it off and on"), (None, "Look at the toner"), ("Afterwards", "Tell the whole floor")
        ]  # fmt: skip

        # It is taken, and named after what it is about.
        terminal.press("enter")
        terminal.shows("Conversation")
        terminal.press("e", " on floor 2 is out of toner", "ctrl+s")
        terminal.shows("#2  Printer on floor 2 is out of toner")
        terminal.press("i")
        terminal.shows("#2: assignee")
        terminal.press("L")
        terminal.shows("#2 → Doing")
        terminal.press("Q")
        terminal.shows("Requester of #2")
        terminal.press("Dana Levi", "enter")
        terminal.shows("Requester  Dana Levi")
        terminal.press("T")
        terminal.shows("Start timing #2")
        terminal.press("enter")
        terminal.shows("timing #2")

        # The checklist is worked through, and grows.
        terminal.press(" ")
        terminal.shows("Checklist 1/3")
        terminal.press("o")
        terminal.shows("Steps for #2")
        terminal.press("Order toner", "ctrl+s")
        terminal.shows("Checklist 1/4")

        # She is answered in prepared words and waited for; her answer comes with a file and with something else.
        terminal.press("m")
        terminal.shows("Hello Dana, toner for #2 is ordered.", "It also does: status:waiting")
        terminal.press("enter")
        terminal.shows("Reply to the requester of #2")
        terminal.press(" It comes at noon.", "ctrl+s")
        terminal.shows("Status     waiting")
        did(home, "note", "2", "Dana called: the scanner jams too\nPaper everywhere.")
        did(home, "attach", "2", "status page.txt", given="toner low\n")
        terminal.shows("the scanner jams too", "status page.txt")

        # What is another matter gets its own ticket.
        terminal.press("|")
        terminal.shows("Dana called")
        terminal.press("scanner", "enter")
        terminal.shows("#3")
        terminal.no_longer_shows("Paper everywhere")
        assert shown(home, 3)["conversation"][0]["body"].endswith("Paper everywhere.")

        # Somebody else has reported the same: it becomes part of this one.
        did(home, "add", "Prints are grey", "requester:Dana Levi", "--description", "All of them.")
        did(home, "reply", "4", "We know.")
        terminal.press("esc")
        terminal.shows("4 tickets")
        terminal.press("/", "grey")
        terminal.shows("1 of 4")
        terminal.press("enter", "enter")
        terminal.shows("#4  Prints are grey")
        terminal.press("=")
        terminal.shows("Merge #4 into")
        terminal.press("#2")
        terminal.shows("▸ #2")
        terminal.press("enter", "y")
        terminal.shows("#4 merged into #2")
        assert shown(home, 4)["merged_into"] == 2
        assert "We know." in [said["body"] for said in shown(home, 2)["conversation"]]

        # It is solved, with the time it took; she writes again, so it is opened again.
        terminal.press("esc")
        terminal.shows("grey")
        terminal.press("esc")
        terminal.no_longer_shows("1 of 4")
        terminal.press("/", "#2", "enter", "enter")
        terminal.shows("#2  Printer on floor 2", "We know.")
        terminal.press("T")
        terminal.shows("Time on #2")
        terminal.press("25m", "enter")
        terminal.shows("Time 0:25")
        terminal.press("D")
        terminal.shows("Column     Done")
        solved = shown(home, 2)
        assert (solved["column"], solved["minutes"], solved["closed"] is None) == ("Done", 25, False)
        did(home, "reply", "2", "Still grey, says Dana.")
        terminal.shows("Still grey")
        terminal.press(":")
        terminal.shows("Change #2")
        terminal.press("reopen", "enter")
        terminal.shows("Column     To Do")
        assert shown(home, 2)["closed"] is None

        # That was hasty: opening it again, and solving it, are taken back, here and by a command after it has closed.
        terminal.press("u")
        terminal.shows("Column     Done")
        terminal.press("esc", "q")
        assert terminal.end() == 0
        terminal.assert_restored()
        assert shown(home, 2)["column"] == "Done"
    did(home, "undo")  # what was said after it
    did(home, "undo")
    assert (shown(home, 2)["column"], shown(home, 2)["closed"]) == ("Doing", None)
