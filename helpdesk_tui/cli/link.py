"""`helpdesk link` and `helpdesk unlink`."""

from __future__ import annotations

from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.words import leading_numbers, number, numbers
from helpdesk_tui.desk import linking
from helpdesk_tui.domain.related import Tie, tie


def run_link(call: Call) -> int:
    """Link tickets to another; they relate to it when nothing else is said."""
    chosen, how, other = _read(call)
    return call.report(linking.link(call.desk, chosen, how or Tie.RELATES, other))


def run_unlink(call: Call) -> int:
    """Take links away."""
    chosen, how, other = _read(call)
    return call.report(linking.unlink(call.desk, chosen, other, how))


def _read(call: Call) -> tuple[list[int], Tie | None, int]:
    """The tickets before, what ties them, and the ticket behind."""
    *words, last = call.expect(2)
    named = leading_numbers(words) or words[:1]
    between = " ".join(words[len(named) :])
    return numbers(named), tie(between) if between else None, number(last)
