"""Putting a backup in the place of a desk: checked before, at a moment when nobody writes, what was there kept."""

from __future__ import annotations

import os
import secrets
import sqlite3
import stat
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from helpdesk_tui.domain.keeping import REPLACED
from helpdesk_tui.errors import DeskBusy, DeskUnusable
from helpdesk_tui.store import backup, migrate, modes, tables_aside
from helpdesk_tui.store.backup import Progress, silent
from helpdesk_tui.store.faults import reason
from helpdesk_tui.store.migrations import HEAD
from helpdesk_tui.store.read_only import how_to_open
from helpdesk_tui.store.sqlite import APPLICATION_ID, BUSY_SECONDS, SqliteStore, log_file, side_file
from helpdesk_tui.store.writer_queue import WriterQueue

_ANOTHER = "Nothing was changed; take another one: `helpdesk backup --list` shows them."


class Prepared(Struct, frozen=True):
    """A backup that has passed every check, ready beside the desk: how many tickets, and when something happened last.

    It is put in place, or thrown away.
    """

    part: Path
    desk: Path
    tickets: int
    last: datetime | None

    def throw_away(self) -> None:
        """Leave nothing of it."""
        backup.discard(self.part)


def prepare(desk: Path, source: Path, progress: Progress = silent) -> Prepared:
    """Copy the backup `source` beside the desk, check the copy whole, and bring it up if it is of an older helpdesk.

    DeskUnusable, in one sentence, for what is no whole desk, or one of a newer helpdesk. The desk is not touched.
    """
    _refuse_odd(source, desk)
    real = desk.resolve()
    try:
        migrate.make_folder(real.parent)
    except OSError as error:
        raise DeskUnusable(f"There can be no desk at {desk}: {error.strerror}.", "Name another place.") from error
    part = real.with_name(f".{real.name}-{secrets.token_hex(4)}.part")
    try:
        return _prepared(part, desk, source, progress)
    except BaseException:
        backup.discard(part)
        raise


def _refuse_odd(source: Path, desk: Path) -> None:
    try:
        status = os.stat(source)
    except (OSError, ValueError) as error:
        raise DeskUnusable(
            f"There is no backup {source} to restore: {reason(error)}.",
            "`helpdesk backup --list` shows those there are.",
        ) from error
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
        raise DeskUnusable(f"{source} is {kind}, not a backup.", "`helpdesk backup --list` shows those there are.")
    if status.st_size == 0:
        raise DeskUnusable(f"{source} is empty: no desk is in it.", _ANOTHER)
    if desk.exists() and source.samefile(desk):
        raise DeskUnusable(f"{source} is the desk itself.", "Name the backup that is to take its place.")


def _prepared(part: Path, desk: Path, source: Path, progress: Progress) -> Prepared:
    try:
        backup.copy_pages(source, how_to_open(source), part, progress)
        with closing(sqlite3.connect(f"{part.as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            revision = _check(copy, source)
    except sqlite3.Error as error:
        if backup.is_full(error):
            raise backup.no_room(part) from error
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise DeskUnusable(f"{source} is not a desk (not an SQLite database).", _ANOTHER) from error
        raise DeskUnusable(f"The backup {source} is damaged ({error}).", _ANOTHER) from error
    except OSError as error:
        raise DeskUnusable(f"The backup cannot be copied to {part.parent}: {error.strerror}.", _ANOTHER) from error
    if revision < HEAD:
        _bring_up(part)
    with closing(sqlite3.connect(f"{part.as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
        (tickets,) = copy.execute("SELECT count(*) FROM ticket WHERE NOT removed").fetchone()
        (last,) = copy.execute("SELECT at FROM event ORDER BY id DESC LIMIT 1").fetchone() or (None,)
    return Prepared(part, desk, tickets, _moment(last))


def _check(copy: sqlite3.Connection, source: Path) -> str:
    """The schema's revision of a copy that nobody else uses; DeskUnusable or sqlite3.Error if it is no whole desk."""
    (known_as,) = copy.execute("PRAGMA application_id").fetchone()
    if known_as != APPLICATION_ID:
        raise DeskUnusable(f"{source} is a database, but not a helpdesk desk.", _ANOTHER)
    ((verdict,),) = copy.execute("PRAGMA integrity_check(1)").fetchall()
    if verdict != "ok":
        raise DeskUnusable(f"The backup {source} is damaged ({backup.in_a_line(verdict)}).", _ANOTHER)
    row = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise DeskUnusable(f"The backup {source} does not say which schema it has.", _ANOTHER)
    revision = str(row[0])
    if revision > HEAD:
        raise DeskUnusable(
            f"The backup {source} was made by a newer helpdesk (schema {revision}, this one knows {HEAD}).",
            "Upgrade this program first; nothing was changed.",
        )
    there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
    missing = sorted(tables_aside.Event.metadata.tables.keys() - there) if revision == HEAD else []
    if missing:
        raise DeskUnusable(f"The backup {source} is damaged (it has no table `{missing[0]}`).", _ANOTHER)
    loose = copy.execute("PRAGMA foreign_key_check").fetchone()
    if loose is not None:
        raise DeskUnusable(f"The backup {source} is damaged (in {loose[0]}, a part of it is missing).", _ANOTHER)
    return revision


def _bring_up(part: Path) -> None:
    store = SqliteStore(part, being_built=True)
    try:
        with store.writing() as unit:
            migrate.upgrade(unit)
            unit.commit()
    finally:
        store.close()
    backup.save(part)


def _moment(milliseconds: object) -> datetime | None:
    if not isinstance(milliseconds, int):
        return None
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None


def put_in_place(prepared: Prepared, at: datetime) -> Path | None:
    """Let it take the place of the desk, in the writers' turn; where what was there is kept, None if nothing was.

    Whoever has the desk open notices before their next look or change. DeskBusy if the turn does not come, or if
    somebody reads the desk without end; DeskUnusable if it cannot be replaced. Nothing is changed then.
    """
    desk, real = prepared.desk, prepared.desk.resolve()
    try:
        with WriterQueue(side_file(desk), like=desk).turn():
            kept = _set_aside(desk, real, prepared.part, at) if real.exists() else None
            # In one stroke: at no moment is there no desk, which somebody could take for leave to make a new one.
            os.replace(prepared.part, real)
            backup.save(real.parent)
    except OSError as error:
        raise DeskUnusable(
            f"The desk {desk} cannot be replaced: {error.strerror}.", f"Check the rights on the folder {real.parent}."
        ) from error
    finally:
        prepared.throw_away()
    return kept


def _set_aside(desk: Path, real: Path, part: Path, at: datetime) -> Path:
    """Give the desk's file a second name among the backups, and take its log out of the way of the next."""
    _settle(real)
    kept = backup.place_for(desk, REPLACED, at)
    old = real.stat()
    if os.geteuid() == 0:
        os.chown(part, old.st_uid, old.st_gid)
        os.chmod(part, stat.S_IMODE(old.st_mode))
    else:
        modes.follow(part, real)
    os.link(real, kept)
    log = log_file(real)
    if log.exists() and log.stat().st_size:  # of a damaged desk: what is in it may be of use to who mends it
        log.rename(log_file(kept))
    for beside in (log, real.with_name(real.name + "-shm")):
        beside.unlink(missing_ok=True)
    return kept


def _settle(real: Path) -> None:
    """Bring what is in the log into the file, so that the file is the whole desk; a damaged one stays as it is."""
    with suppress(sqlite3.DatabaseError):
        with closing(sqlite3.connect(f"{real.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)) as desk:
            (busy, *_) = desk.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise DeskBusy("Somebody is reading the desk without end.", "End long exports and try again.")
