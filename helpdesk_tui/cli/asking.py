"""`helpdesk confirm`, `helpdesk reopen` and `helpdesk rate`."""

from __future__ import annotations

from helpdesk_tui.cli import stdin
from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.words import number
from helpdesk_tui.desk import requests
from helpdesk_tui.domain.text import is_blank
from helpdesk_tui.domain.ticket import RATINGS
from helpdesk_tui.errors import UsageError


def run_confirm(call: Call) -> int:
    """Say that one's ticket is solved."""
    (word,) = call.expect(1, 1)
    return call.report(requests.confirm_solved(call.desk, number(word)))


def run_reopen(call: Call) -> int:
    """Say that a ticket is not solved, and why."""
    word, *why = call.expect(1)
    ticket, text = number(word), " ".join(why)
    if text == "-":
        if call.at_keyboard:
            call.say(f"Write what is wrong with #{ticket}, then press ctrl+d on an empty line; ctrl+c forgets it.")
        text = stdin.awaited()
    if why and is_blank(text):
        raise UsageError("The text is empty.", f"Leave it out, or: {call.usage}")
    return call.report(requests.reopen(call.desk, ticket, text))


def run_rate(call: Call) -> int:
    """Say how it went with one's ticket."""
    word, stars = call.expect(2, 2)
    ticket = number(word)
    if stars not in map(str, RATINGS):
        raise UsageError(f"`{stars[:30]}` is no rating.", f"Usage: {call.usage}")
    return call.report(requests.rate(call.desk, ticket, int(stars)))
