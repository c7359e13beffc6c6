"""`helpdesk watch` and `helpdesk unwatch`."""

from __future__ import annotations

from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.words import numbers
from helpdesk_tui.desk import tickets
from helpdesk_tui.language.terms import Unwatch, Watch


def run_watch(call: Call) -> int:
    """Have the person at the keyboard watch tickets."""
    chosen = numbers(call.expect(1))
    return call.report(tickets.change(call.desk, chosen, [Watch(call.desk.actor.id)]))


def run_unwatch(call: Call) -> int:
    """Have them watch these tickets no more."""
    chosen = numbers(call.expect(1))
    return call.report(tickets.change(call.desk, chosen, [Unwatch(call.desk.actor.id)]))
