"""`helpdesk reply` and `helpdesk note`."""

from __future__ import annotations

from helpdesk_tui.cli import stdin
from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.words import number
from helpdesk_tui.desk import conversation
from helpdesk_tui.domain.text import is_blank
from helpdesk_tui.errors import UsageError


def run_reply(call: Call) -> int:
    """Write to the requester."""
    ticket, body = _said(call)
    return call.report(conversation.reply(call.desk, ticket, body))


def run_note(call: Call) -> int:
    """Write to the team."""
    ticket, body = _said(call)
    return call.report(conversation.note(call.desk, ticket, body))


def _said(call: Call) -> tuple[int, str]:
    """The ticket and what is said to it: the words, or else standard input up to its end."""
    call.expect(1)
    ticket = number(call.words[0])
    body = " ".join(call.words[1:])
    if body in {"", "-"}:
        if call.at_keyboard:
            call.say(f"Write the {call.name} to #{ticket}, then press ctrl+d on an empty line; ctrl+c forgets it.")
        body = stdin.awaited()
    if is_blank(body):
        raise UsageError(f"The {call.name} is empty.", f"Usage: {call.usage}")
    return ticket, body
