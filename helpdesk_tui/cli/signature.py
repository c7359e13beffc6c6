"""`helpdesk signature`: what one's replies end with."""

from __future__ import annotations

from helpdesk_tui.cli import stdin
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.desk import people
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError


def run(call: Call) -> int:
    """Show the signature, or set it."""
    text = " ".join(call.words)
    if call.has("--none"):
        if text:
            raise UsageError("`--none` takes the signature away, and a text sets it.", "Give one of the two.")
        return call.report(people.set_signature(call.desk, ""))
    if text:
        return call.report(people.set_signature(call.desk, stdin.awaited() if text == "-" else text))
    signature = people.signature(call.desk)
    if not signature:
        call.say("Your replies end without a signature: `helpdesk signature TEXT` sets one.")
        return NOTHING
    call.out.line(clean(signature, lines=True))
    return DONE
