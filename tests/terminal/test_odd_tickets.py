"""Tickets that are not what one hopes for, and tickets that change under the hands, in a real terminal."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal
from tests.terminal.test_working_day import did, shown

MARKUP = (
    "<script>alert(1)</script> <b onclick=x>bold</b> <!-- hidden -->\n\n"
    "[click](javascript:alert(1)) [read](file:///etc/passwd)\n\n[safe](https://example.org)"
)


def test_what_is_markup_elsewhere_is_text_here_and_no_link_in_it_is_alive(home: Path) -> None:
    did(home, "add", "Markup", "--description", "-", given=MARKUP)
    with Terminal(home, columns=120, rows=36) as terminal:
        terminal.shows("Markup")
        terminal.press("/", "markup", "enter", "enter")
        terminal.shows("<script>alert(1)</script> <b onclick=x>bold</b> <!-- hidden -->")
        terminal.shows("[click](javascript:alert(1))", "[read](file:///etc/passwd)", "safe (https://example.org)")
        assert b"\x1b]8;" not in terminal.wire


@pytest.mark.parametrize(
    "text",
    [">" * 50_000, "[" * 50_000, "*a _b " * 20_000, "\n".join(f"{'  ' * at}- x" for at in range(600)), "x" * 1_000_000],
    ids=["quotes", "brackets", "marks", "lists", "a line of 1 MB"],
)
def test_what_has_no_end_opens_and_closes_like_any_other(home: Path, text: str) -> None:
    did(home, "add", "Endless", "--description", "-", given=text)
    with Terminal(home, columns=120, rows=36) as terminal:
        terminal.shows("Endless")
        terminal.press("/", "endless", "enter", "enter")
        terminal.shows("Description")
        began = time.monotonic()
        terminal.press("esc")
        terminal.shows("1 of 2")
        assert time.monotonic() - began < 3


def test_an_answer_reaches_a_ticket_that_was_archived_while_it_was_written(home: Path, terminal: Terminal) -> None:
    terminal.press("enter")
    terminal.shows("Conversation")
    terminal.press("r")
    terminal.shows("The requester will read this")
    terminal.press("What I typed")
    did(home, "change", "1", "archive")
    terminal.shows("archived")
    terminal.press("ctrl+s")
    terminal.shows("#1: replied")
    assert [said["body"] for said in shown(home, 1)["conversation"]] == ["What I typed"]


def test_what_was_rewritten_of_a_ticket_that_was_merged_meanwhile_is_kept(home: Path, terminal: Terminal) -> None:
    did(home, "add", "Another")
    terminal.press("enter")
    terminal.shows("Conversation")
    terminal.press("e")
    terminal.shows("Edit #1")
    terminal.press(" and more")
    did(home, "merge", "1", "--into", "2")
    terminal.shows("done")
    terminal.press("ctrl+s")
    terminal.shows("#1 was merged into #2", "and more")
    terminal.press("esc")
    terminal.no_longer_shows("Edit #1")
    terminal.press("e")
    terminal.shows("and more")
