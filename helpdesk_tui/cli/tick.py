"""`helpdesk tick`: let time pass for the desk."""

from __future__ import annotations

import time

from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.desk import automation, keeping
from helpdesk_tui.desk.automation import Ticked
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import DeskReplaced, DeskUnusable


def run(call: Call) -> int:
    """Do what is due, once or every minute."""
    call.expect(0, 0)
    call.desk.require(Act.SEE_ALL_TICKETS)
    _tick(call)
    while call.has("--every-minute"):
        time.sleep(automation.EACH.total_seconds())
        _tick_again(call)
    return DONE


def _tick_again(call: Call) -> None:
    """A desk that cannot be used just now, as while its server is started anew, is tried again the next minute."""
    try:
        _tick(call)
    except DeskReplaced:
        raise
    except DeskUnusable as error:
        call.say(str(error))


def _tick(call: Call) -> None:
    _tell(call, automation.tick(call.desk))
    try:
        keeping.daily_backup(call.desk)
    except DeskUnusable as error:  # what was due was done, and will be next time
        call.say(f"Today's backup was not taken. {error}")


def _tell(call: Call, ticked: Ticked) -> None:
    if call.has("--json"):
        call.out.json({"steps": ticked.steps, "archived": ticked.archived})
        return
    parts = []
    if ticked.steps:
        parts.append(f"rules acted in {ticked.steps} step{'s' * (ticked.steps != 1)}")
    if ticked.archived:
        parts.append(f"{ticked.archived} done card{'s' * (ticked.archived != 1)} archived")
    if parts:
        call.say(f"{', '.join(parts)}.")
