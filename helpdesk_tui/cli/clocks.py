"""Working out the clocks of all tickets after a promise was changed, with how far that has come."""

from __future__ import annotations

from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.progress import Progress
from helpdesk_tui.desk import service_levels
from helpdesk_tui.desk.outcome import Outcome


def kept(call: Call, outcome: Outcome) -> int:
    """Tell of a change, let the clocks follow it, and give the verb's exit code."""
    code = call.report(outcome)
    follow(call)
    return code


def follow(call: Call) -> None:
    """Have the clocks follow what was promised, at once. Nothing is lost where it is stopped: see `catch_up`."""
    progress = Progress(call.messages, "Working out the clocks up to ticket")
    service_levels.catch_up(call.desk, lambda: progress(service_levels.reached(call.desk) or 0))
    progress.end()
