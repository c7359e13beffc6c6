"""`helpdesk restore`."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from helpdesk_tui.cli.call import DONE, NOTHING, Call, imports_are_over
from helpdesk_tui.cli.progress import Progress
from helpdesk_tui.clock import SystemClock
from helpdesk_tui.desk import keeping
from helpdesk_tui.errors import UsageError


def run(call: Call) -> int:
    """Put a backup in the place of the desk."""
    (name,) = call.expect(1, 1)
    if not call.has("--yes") and not call.at_keyboard:
        raise UsageError("Restoring replaces the desk, and nobody is here to be asked.", "Say that you mean it: --yes.")
    desk = call.config.desk
    if not isinstance(desk, Path):
        raise keeping.on_a_server()
    progress = Progress(call.messages, "Copying")
    try:
        prepared = keeping.prepare(desk, Path(name), os.getuid(), progress)
    finally:
        progress.end()
    imports_are_over()
    try:
        if not call.has("--yes") and not call.confirm(_question(desk, prepared.tickets, prepared.last)):
            call.say("Nothing was changed.")
            return NOTHING
        kept = keeping.put_in_place(prepared, SystemClock())
    finally:
        prepared.throw_away()
    if call.has("--json"):
        call.out.json({"desk": str(desk), "tickets": prepared.tickets, "kept": None if kept is None else str(kept)})
    call.say(f"The desk {desk} is as it was in {name}: {_much(prepared.tickets)}.")
    if kept is not None:
        call.say(f"What was there before is kept in {kept}")
    return DONE


def _question(desk: Path, tickets: int, last: datetime | None) -> str:
    when = "" if last is None else f", last changed {last.astimezone():%Y-%m-%d %H:%M}"
    return f"Replace the desk {desk} by this backup of {_much(tickets)}{when}? What is there is kept."


def _much(tickets: int) -> str:
    return f"{tickets:,} ticket{'' if tickets == 1 else 's'}"
