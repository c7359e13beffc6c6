"""`helpdesk copy`."""

from __future__ import annotations

import os
from pathlib import Path

from helpdesk_tui import bootstrap, config
from helpdesk_tui.cli.call import DONE, Call, imports_are_over
from helpdesk_tui.cli.progress import Progress
from helpdesk_tui.clock import SystemClock
from helpdesk_tui.desk import copying
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk_url import DeskUrl
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import Conflict


def run(call: Call) -> int:
    """Copy a whole desk to a new place."""
    source, target = call.expect(2, 2)
    desk = bootstrap.open_desk(config.load(source), new=False)
    imports_are_over()
    try:
        # Before anything is made at the target.
        desk.require(Act.BACKUP)
        place = config.desk_at(target)
        copied = _copy(call, desk, place)
    finally:
        desk.close()
    rows = sum(one.rows for one in copied)
    tickets = next(one.rows for one in copied if one.table == "ticket")
    if call.has("--json"):
        call.out.json_list({"table": one.table, "rows": one.rows, "checksum": one.checksum} for one in copied)
    call.say(f"Copied and checked: {tickets:,} tickets, {rows:,} rows of {len(copied)} tables.")
    call.say(f"The desk {place} is ready; the old one was left as it is: have nobody go on working there.")
    return DONE


def _copy(call: Call, desk: Desk, place: Path | DeskUrl) -> list[copying.Copied]:
    if isinstance(place, Path) and os.path.lexists(place):
        raise Conflict(f"{place} is there already.", "Name a new file, or an empty database.")
    progress = Progress(call.messages, "Copying")
    store = bootstrap.open_store(place, SystemClock(), new=True)
    whole = False
    try:
        copied = copying.copy(desk, store, progress)
        whole = True
    finally:
        progress.end()
        store.close()
        if isinstance(place, Path) and not whole:
            _remove(place)
    return copied


def _remove(path: Path) -> None:
    """Take an unfinished copy away, which nobody else knows of yet."""
    for each in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-queue"))):
        each.unlink(missing_ok=True)
