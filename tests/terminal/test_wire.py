"""Hostile text: none of its control characters ever goes over the wire, wherever it is shown."""

from __future__ import annotations

import os
import re
from pathlib import Path

from helpdesk_tui.desk import checklist, conversation, tickets, views
from tests.builders import a_desk, a_ticket
from tests.terminal.terminal import Terminal

HOSTILE = {
    "OSC title": "\x1b]0;OWNED\x07",
    "OSC clipboard": "\x1b]52;c;T1dORUQ=\x1b\\",
    "clear": "\x1b[2J\x1b[31mOWNED",
    "DECRQSS": "\x1bP$qOWNED\x1b\\",
    "C1": "\x9b31mOWNED \x9d0;OWNED\x9c",
    "bidi": "\u202eOWNED\u2066\u200f",
    "bell and backspace": "OWNED\x07\x08\x08\x08",
    "markup": "[@click=app.quit]OWNED[/] [/nope] [b",
}
_OURS = re.compile(
    rb"\x1b\[[?<>=]?[0-9;:]*[$ ]?[A-Za-z]"  # CSI, in the forms that Textual writes
    rb"|\x1b[=>78()][B0]?"
    rb"|\x1b\]22;[a-z-]+\x07"  # the shape of the mouse pointer
)


TITLES = [f"title {text} end" for text in HOSTILE.values()]
ALL = " ".join(HOSTILE.values())


def place(home: Path) -> None:
    """A desk on which everything that can hold such a text does."""
    desk = a_desk(home, uid=os.getuid())
    for title in TITLES:
        a_ticket(desk, title)
    number = a_ticket(desk, "last", description=f"description {ALL}\n{ALL}", labels=(ALL[:90].replace(",", ""),))
    tickets.change_text(desk, [number], "priority:critical")
    conversation.reply(desk, number, f"reply {ALL}")
    conversation.note(desk, number, f"note {ALL}")
    checklist.add(desk, number, [f"step {ALL}"])
    views.save(desk, f"view {ALL[:90]}", "is:open")
    desk.close()


def test_nothing_of_it_reaches_the_terminal(tmp_path: Path) -> None:
    place(tmp_path)
    with Terminal(tmp_path, "--desk", str(tmp_path / "desk.db"), columns=120, rows=60) as terminal:
        terminal.shows("title", "last", "9 tickets")
        terminal.press("v")
        terminal.shows("description", "reply", "note", "step")
        terminal.press("enter")
        terminal.no_longer_shows("To Do  9")
        terminal.press("esc")
        terminal.shows("To Do  9")
        terminal.press("t")
        terminal.shows("Labels of")
        terminal.press("esc")
        terminal.no_longer_shows("Labels of")
        terminal.press("'")
        terminal.shows("view")
        terminal.press("esc")
        terminal.no_longer_shows("Saved views")
        for _ in TITLES:
            terminal.press("down")
            terminal.listen(0.1)
        terminal.press("L")
        terminal.shows("Doing  1")
        terminal.press("q")
        assert terminal.end() == 0
        terminal.assert_restored()
        text = _OURS.sub(b"", terminal.wire).decode()
    assert not re.findall("[^\n]{0,20}[\x00-\x08\x0b\x0c\x0e-\x1f][^\n]{0,20}", text)
    assert not re.findall("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    assert "OWNED" in text
