"""Keeping a desk: its backups, those that are taken by themselves, and the way back to one of them."""

from __future__ import annotations

import os
from pathlib import Path

from helpdesk_tui.clock import Clock
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.keeping import BY_HAND, Backup
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import DeskUnusable, NotAllowed
from helpdesk_tui.store import backup, directory, modes, restore
from helpdesk_tui.store.backup import Progress, silent
from helpdesk_tui.store.restore import Prepared
from helpdesk_tui.store.sqlite import SqliteStore


def on_a_server() -> DeskUnusable:
    """What is said of a desk that is no file."""
    return DeskUnusable(
        "This desk is kept by a database server: its own tools back it up and restore it.",
        "Use pg_dump and pg_restore.",
    )


def back_up(desk: Desk, target: Path | None = None, progress: Progress = silent) -> Path:
    """Copy the desk, while others write on, to a new file or to the backups beside it; where the copy is.

    DeskUnusable if it cannot be written or would overwrite something; nothing is left of it then.
    """
    desk.require(Act.BACKUP)
    store = _file_of(desk)
    if target is None:
        return backup.before(store, BY_HAND, desk.clock.now(), progress)
    backup.copy(store, target, progress)
    return target


def daily_backup(desk: Desk, progress: Progress = silent) -> Path | None:
    """Take the backup of this day, unless there is one or somebody is at it; where it is.

    Whoever has the desk open sees to it, whatever their role: the desk's safety does not wait for an admin.
    """
    if not isinstance(desk.store, SqliteStore):
        return None
    return backup.daily(desk.store, desk.clock.now(), progress)


def backups(desk: Desk) -> list[Backup]:
    """The backups beside the desk, newest first."""
    desk.require(Act.BACKUP)
    return backup.kept(_file_of(desk).path)


def _file_of(desk: Desk) -> SqliteStore:
    if not isinstance(desk.store, SqliteStore):
        raise on_a_server()
    return desk.store


# Restoring: the desk itself may be past opening


def prepare(path: Path, source: Path, uid: int, progress: Progress = silent) -> Prepared:
    """Check a backup, whole, that is to take the place of the desk at `path`; for the account `uid`.

    `source` may be the name alone of a backup beside the desk. NotAllowed unless that account owns the desk's file or
    is an admin of the desk; of one too damaged to say who is, only its owner. DeskUnusable for what is no backup.
    """
    _require_admin_or_owner(path, uid)
    beside = backup.folder_of(path) / source.name
    if source == Path(source.name) and not os.path.exists(source) and os.path.exists(beside):
        source = beside
    return restore.prepare(path, source, progress)


def put_in_place(prepared: Prepared, clock: Clock) -> Path | None:
    """Let the prepared backup take the desk's place; where what was there is kept, None if there was nothing."""
    return restore.put_in_place(prepared, clock.now())


def _require_admin_or_owner(path: Path, uid: int) -> None:
    try:
        owner = os.stat(path).st_uid
    except OSError:
        modes.refuse_closed_folder(path)
        return  # nothing is there to be replaced: what the file system allows is enough
    if uid not in {owner, 0} and role_at(path, uid) is not Role.ADMIN:
        raise NotAllowed(
            f"Only an admin of the desk {path}, or the account that owns its file, may replace it.",
            "Ask one of them to restore the backup.",
        )


def role_at(path: Path, uid: int) -> Role | None:
    """Which role the account has on the desk at `path`, without taking in a stranger; None for none.

    None also where the desk cannot be opened.
    """
    try:
        store = SqliteStore(path)
    except DeskUnusable:
        return None
    try:
        with store.reading() as unit:
            found = directory.actor_by_uid(unit, uid)
    except DeskUnusable:
        return None
    finally:
        store.close()
    return found[0].role if found is not None and found[1] else None
