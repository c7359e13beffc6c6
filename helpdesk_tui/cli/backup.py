"""`helpdesk backup`."""

from __future__ import annotations

import os
from pathlib import Path

from helpdesk_tui.cli import shapes_keeping
from helpdesk_tui.cli.call import DONE, Call
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.progress import Progress
from helpdesk_tui.cli.render import DIM
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import keeping
from helpdesk_tui.domain.keeping import Backup
from helpdesk_tui.errors import UsageError

COLUMNS = (Column("taken", keep=9), Column("size", right=True), Column("on the occasion of"), Column("file", widest=80))


def run(call: Call) -> int:
    """Copy the desk, or list the copies beside it."""
    if call.has("--list"):
        return _list(call)
    if call.has("--daily"):
        return _daily(call)
    words = call.expect(0, 1)
    made = _with_progress(call, Path(words[0]) if words else None)
    size = os.stat(made).st_size
    if call.has("--json"):
        call.out.json({"file": str(made), "size": size})
    call.say(f"The desk is backed up in {made} ({in_words(size)}).")
    return DONE


def _with_progress(call: Call, target: Path | None) -> Path:
    progress = Progress(call.messages, "Backing up")
    try:
        return keeping.back_up(call.desk, target, progress)
    finally:
        progress.end()


def _daily(call: Call) -> int:
    """Of one a day: there being one already is as good."""
    if call.words:
        raise UsageError("`--daily` takes no file.", "It goes among the backups beside the desk.")
    keeping.backups(call.desk)  # which says who may, and where there can be none
    made = keeping.daily_backup(call.desk)
    if call.has("--json"):
        call.out.json({"file": None if made is None else str(made)})
    call.say("Today's backup is there already." if made is None else f"The desk is backed up in {made}.")
    return DONE


def _list(call: Call) -> int:
    call.expect(0, 0)
    zone = call.desk.zone

    def row(one: Backup) -> tuple[Cell, ...]:
        taken = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}"
        return Cell(taken), Cell(in_words(one.size), (DIM,)), Cell(one.occasion), Cell(str(one.path))

    nothing = "There is no backup beside the desk yet. `helpdesk backup` takes one."
    return listed(call, keeping.backups(call.desk), shapes_keeping.backup, COLUMNS, row, nothing)


def in_words(size: int) -> str:
    """So many bytes, short."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1000:.0f} kB"
