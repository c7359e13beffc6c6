"""`helpdesk undo` and `helpdesk redo`."""

from __future__ import annotations

from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.desk import undo


def run_undo(call: Call) -> int:
    """Take back the last change."""
    call.expect(0, 0)
    outcome = undo.undo(call.desk)
    call.say(f"{outcome.said} (`helpdesk redo` does it again)")
    return DONE


def run_redo(call: Call) -> int:
    """Do again what was taken back."""
    call.expect(0, 0)
    return call.report(undo.redo(call.desk))
