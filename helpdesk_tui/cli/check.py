"""`helpdesk check`: the checklist of a ticket."""

from __future__ import annotations

from helpdesk_tui.cli import stdin
from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.words import number
from helpdesk_tui.desk import checklist, tickets
from helpdesk_tui.domain.text import is_blank
from helpdesk_tui.domain.ticket_detail import Step
from helpdesk_tui.errors import NotFound, UsageError


def run(call: Call) -> int:
    """Add a step, or tick one."""
    call.expect(1)
    ticket = number(call.words[0])
    text = " ".join(call.words[1:])
    done = call.has("--done")
    if sum((bool(text), done, call.has("--undo"))) > 1 or (call.has("--list") and not text):
        raise UsageError("Give the text of a new step, or `--done N`, or `--undo N`.", f"Usage: {call.usage}")
    if text and text != "-":
        steps = [line for line in text.splitlines() if line.strip()]
        return call.report(checklist.add(call.desk, ticket, steps or [text], call.text("--list") or ""))
    if not done and not call.has("--undo"):
        return call.report(checklist.add_written(call.desk, ticket, _written(call, ticket)))
    step = _step(call, ticket, call.whole("--done" if done else "--undo", 0, least=1))
    return call.report(checklist.tick(call.desk, step.id, done))


def _written(call: Call, ticket: int) -> str:
    """The steps on standard input, up to its end."""
    if call.at_keyboard:
        call.say(f"Write the steps of #{ticket}, one a line, then press ctrl+d on an empty line; ctrl+c forgets them.")
    text = stdin.awaited()
    if is_blank(text):
        raise UsageError("There are no steps to add.", f"Usage: {call.usage}")
    return text


def _step(call: Call, ticket: int, place: int) -> Step:
    steps = tickets.open_ticket(call.desk, ticket).checklist
    if place > len(steps):
        raise NotFound(f"#{ticket} has no step {place}.", f"`helpdesk show {ticket}` lists its steps.")
    return steps[place - 1]
