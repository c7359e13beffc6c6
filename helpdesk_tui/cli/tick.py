"""`helpdesk tick`: let time pass for the desk."""

from __future__ import annotations

import time

from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.desk import automation
from helpdesk_tui.desk.automation import Ticked
from helpdesk_tui.domain.permissions import Act


def run(call: Call) -> int:
    """Do what is due, once or every minute."""
    call.expect(0, 0)
    call.desk.require(Act.SEE_ALL_TICKETS)
    _tell(call, automation.tick(call.desk))
    while call.has("--every-minute"):
        time.sleep(automation.EACH.total_seconds())
        _tell(call, automation.tick(call.desk))
    return DONE


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
