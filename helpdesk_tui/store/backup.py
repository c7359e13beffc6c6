"""Copies of a live desk, made by SQLite's backup interface: copying the file itself gives damaged copies.

A copy is made beside its place, checked, and put there whole: what stands under the name of a backup is one. Nobody
waits for it: it is read from one moment of the desk, while others write on.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from helpdesk_tui.domain.keeping import DAILY, Backup
from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store import modes
from helpdesk_tui.store.faults import reason, translated
from helpdesk_tui.store.read_only import how_to_open
from helpdesk_tui.store.sqlite import SqliteStore

AT_ONCE = 1000
"""Pages copied in one go: some 4 MB, which the disk is then given the time to take in.

All of a large desk at once would make those wait who write to it meanwhile: the disk keeps their changes behind it.
"""

DAYS_KEPT = 7
"""Daily backups that stay."""

_NAME = re.compile(r"(\d{8}T\d{6})-([a-z0-9-]+?)(?:-\d{1,3})?\.db")
_PART = ".part"
_ROOM = "Make room for it, or see that it may be written there."

Progress = Callable[[int, int], object]
"""Told how many of how many pages are copied; whatever it raises ends the copying."""


def silent(_done: int, _total: int) -> None:
    """A Progress that tells nobody."""


def copy(store: SqliteStore, target: Path, progress: Progress = silent) -> None:
    """Write a consistent copy of the desk to the new file `target` (mode 0600) and check it.

    DeskUnusable if the target exists, cannot be written, or the copy does not pass the check; nothing is left then.
    """
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise _taken(store, target) from error
    except (OSError, ValueError) as error:
        raise DeskUnusable(f"The backup {target} cannot be written: {reason(error)}.", "Name another place.") from error
    try:
        part = _copied(store, target, progress)
        try:
            os.replace(part, target)
            save(target.parent)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise DeskUnusable(f"The backup {target} cannot be written: {error.strerror}.", "Try again.") from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _taken(store: SqliteStore, target: Path) -> DeskUnusable:
    if target.is_dir():
        return DeskUnusable(
            f"{target} already exists: it is a folder.", f"Name a new file in it, for example {target / 'desk.db'}."
        )
    if target.exists() and target.samefile(store.path):
        return DeskUnusable(f"{target} already exists: it is the desk itself.", "Name a new file for the backup.")
    return DeskUnusable(f"{target} already exists.", "Name a file that does not: a backup overwrites none.")


# Backups beside the desk


def folder_of(desk: Path) -> Path:
    """Where the backups of the desk at that path are kept."""
    return desk.with_name(desk.name + "-backups")


def before(store: SqliteStore, occasion: str, at: datetime, progress: Progress = silent) -> Path:
    """Back the desk up beside itself; the name tells the moment `at` and the occasion.

    Whoever may read the desk may read the backup, and nobody else.
    """
    target = place_for(store.path, occasion, at)
    part = _copied(store, target, progress)
    try:
        modes.follow(part, store.path)
        # Not over another's: two may have begun in the same second.
        while True:
            try:
                os.link(part, target)
                break
            except FileExistsError:
                target = place_for(store.path, occasion, at)
        save(target.parent)
    except OSError as error:
        raise DeskUnusable(
            f"The backup {target} cannot be written: {error.strerror}.",
            _ROOM,
        ) from error
    finally:
        discard(part)
    return target


def make_folder(desk: Path) -> Path:
    """The folder of the backups of the desk at that path, made if it is not there, for whoever may use the desk."""
    folder = folder_of(desk)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        modes.follow_if_own(folder, desk)
    except OSError as error:
        raise DeskUnusable(
            f"The backup folder {folder} cannot be made: {error.strerror}.",
            _ROOM,
        ) from error
    return folder


def place_for(desk: Path, occasion: str, at: datetime) -> Path:
    """An unused name among the backups of the desk at that path."""
    folder = make_folder(desk)
    stem = f"{at:%Y%m%dT%H%M%S}-{occasion}"
    candidates = (folder / f"{stem}{'' if again == 0 else f'-{again}'}.db" for again in count())
    return next(path for path in candidates if not os.path.lexists(path))


def kept(desk: Path) -> list[Backup]:
    """The backups beside the desk at that path, newest first."""
    found = []
    try:
        entries = list(os.scandir(folder_of(desk)))
    except OSError:
        return []
    for entry in entries:
        named = _NAME.fullmatch(entry.name)
        if named and entry.is_file(follow_symlinks=False) and (at := _moment(named[1])) is not None:
            found.append(Backup(Path(entry.path), at, named[2], entry.stat().st_size))
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def _moment(written: str) -> datetime | None:
    try:
        return datetime.strptime(written, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def daily(store: SqliteStore, at: datetime, progress: Progress = silent) -> Path | None:
    """Take the backup of this day (UTC) unless there is one; of the daily ones the last `DAYS_KEPT` stay.

    None where there is nothing to do, also because somebody else is just doing it: the first to come does.
    """
    if store.read_only or _has_daily(store.path, at):
        return None
    make_folder(store.path)
    with _alone(store.path) as alone:
        if not alone or _has_daily(store.path, at):
            return None
        _sweep(store.path, at - timedelta(days=1))
        made = before(store, DAILY, at, progress)
        _thin(store.path, made)
    return made


def _has_daily(desk: Path, at: datetime) -> bool:
    return any(backup.occasion == DAILY and backup.at.date() == at.date() for backup in kept(desk))


@contextmanager
def _alone(desk: Path) -> Iterator[bool]:
    """Whether nobody else is taking the daily backup; nobody else is while one does. A killed process lets go."""
    record = folder_of(desk) / ".daily"
    try:
        descriptor = os.open(record, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except PermissionError:  # another member is making it this very moment
        yield False
        return
    try:
        if os.fstat(descriptor).st_uid == os.geteuid():
            modes.follow(descriptor, desk)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(descriptor)


def _thin(desk: Path, made: Path) -> None:
    """Only the daily ones: those before a change of the schema or an import and those somebody asked for stay."""
    for old in [backup.path for backup in kept(desk) if backup.occasion == DAILY][DAYS_KEPT:]:
        if old != made:
            old.unlink(missing_ok=True)


def _sweep(desk: Path, until: datetime) -> None:
    """Take away what copies that were killed half way, before `until`, left among the backups."""
    for left in folder_of(desk).glob(f".*{_PART}*"):
        if left.stat().st_mtime < until.timestamp():
            left.unlink(missing_ok=True)


# The copying itself


def _copied(store: SqliteStore, target: Path, progress: Progress) -> Path:
    """A whole and checked copy beside `target`, under a name of its own."""
    part = target.with_name(f".{target.name}-{secrets.token_hex(4)}{_PART}")
    how = how_to_open(store.path) if store.read_only else "mode=ro"
    try:
        copy_pages(store.path, how, part, progress)
        verdict = verdict_on(part)
    except sqlite3.Error as error:
        discard(part)
        raise no_room(part) if is_full(error) else translated(error, store.path) from error
    except OSError as error:
        discard(part)
        raise DeskUnusable(
            f"The backup {target} cannot be written: {error.strerror}.",
            _ROOM,
        ) from error
    except BaseException:
        discard(part)
        raise
    if verdict != "ok":
        discard(part)
        raise DeskUnusable(f"The copy {target} did not pass its check ({verdict}).", "The desk itself may be damaged.")
    return part


def copy_pages(desk: Path, how: str, target: Path, progress: Progress = silent) -> None:
    """Copy a database, opened as `how` says, to the new file `target`, for its owner only.

    sqlite3.Error or OSError if it cannot be read or written; what there is of it by then is left.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source = sqlite3.connect(f"{desk.absolute().as_uri()}?{how}", uri=True, timeout=10, isolation_level=None)
    try:
        _copy_within(source, target, progress)
    finally:
        source.close()
    save(target)


def _copy_within(source: sqlite3.Connection, target: Path, progress: Progress) -> None:
    # Within one transaction of the reader: each commit of another process would start the copy anew otherwise.
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    # Closing it drops SQLite's locks on the file, which nobody else knows of yet.
    descriptor = os.open(target, os.O_WRONLY)
    destination = sqlite3.connect(target, isolation_level=None)

    def copied(_status: int, left: int, total: int) -> None:
        progress(total - left, total)
        os.fdatasync(descriptor)

    try:
        # What was begun is thrown away if anything happens, so nothing of it needs to be kept safe meanwhile.
        destination.execute("PRAGMA journal_mode=OFF")
        destination.execute("PRAGMA synchronous=OFF")
        source.backup(destination, pages=AT_ONCE, progress=copied)
    finally:
        destination.close()
        os.close(descriptor)


def verdict_on(path: Path, *, full: bool = False) -> str:
    """What SQLite says to a database that nobody else uses: "ok", or the first thing that is wrong with it."""
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            ((verdict,),) = database.execute(f"PRAGMA {'integrity' if full else 'quick'}_check(1)").fetchall()
        finally:
            database.close()
    except sqlite3.Error as error:
        return str(error)
    return in_a_line(verdict)


def in_a_line(verdict: object) -> str:
    """What a check of SQLite says, without the heading it puts above."""
    return " ".join(line for line in str(verdict).splitlines() if not line.startswith("***"))


def discard(path: Path) -> None:
    """Take away a copy, with what SQLite may have left beside it."""
    for each in (path, *(path.with_name(path.name + end) for end in ("-journal", "-wal", "-shm", "-queue"))):
        with suppress(OSError):  # of a disk that may only be read: why it is discarded is what counts
            each.unlink(missing_ok=True)


def is_full(error: sqlite3.Error) -> bool:
    """Whether it was the disk that had no more room."""
    return getattr(error, "sqlite_errorname", "").startswith("SQLITE_FULL")


def no_room(target: Path) -> DeskUnusable:
    """What is said where a copy of the desk does not fit."""
    return DeskUnusable(
        f"There is no room for a copy of the desk in {target.parent}.", "Free some space, or name another place."
    )


def save(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder.

    Nobody may have it open as a database: closing it here would drop SQLite's locks on it.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
