"""`helpdesk show`."""

from __future__ import annotations

from helpdesk_tui.cli import shapes
from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.cli.pages import write_ticket
from helpdesk_tui.cli.words import number
from helpdesk_tui.desk import tickets


def run(call: Call) -> int:
    """Show one ticket."""
    (word,) = call.expect(1, 1)
    detail = tickets.open_ticket(call.desk, number(word))
    now = call.desk.clock.now()
    if call.has("--json"):
        call.out.json(shapes.ticket(detail, now))
    else:
        write_ticket(call.out, detail, now, call.desk.zone, history=call.has("--history"))
    return DONE
