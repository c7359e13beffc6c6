"""`helpdesk add`."""

from __future__ import annotations

from helpdesk_tui.cli import shapes, stdin
from helpdesk_tui.cli.call import Call
from helpdesk_tui.desk import tickets
from helpdesk_tui.language.bind_change import bind_change
from helpdesk_tui.language.changes import parse_new


def run(call: Call) -> int:
    """Create a ticket and print its number."""
    call.expect(1)
    waiting = call.words[-1] == "-" and len(call.words) > 1
    words = call.words[:-1] if waiting else call.words
    with call.reading(" ".join(words)):
        title, change = parse_new(words)
        terms = bind_change(change, call.desk.asking())
    new = tickets.NewTicket(title=title, description=_description(call, waiting))
    outcome = tickets.create(call.desk, new, terms)
    call.report(outcome)
    (number,) = outcome.numbers
    if call.has("--json"):
        card = tickets.open_ticket(call.desk, number).card
        call.out.json(shapes.card(card, call.desk.clock.now()))
    else:
        call.out.line(f"#{number}")
    return 0


def _description(call: Call, waiting: bool) -> str:
    given = call.text("--description")
    if waiting or given == "-":
        return stdin.awaited()
    if given is not None:
        return given
    text, silent = stdin.offered()
    if silent:
        call.say("Standard input is open but silent, so no description was read; `-` waits for it.")
    return text
