"""Copies of a live desk, made by SQLite's backup interface: copying the file itself gives damaged copies."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from itertools import count
from pathlib import Path

from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store.sqlite import SqliteStore
from helpdesk_tui.store.faults import translated
from helpdesk_tui.store.read_only import how_to_open


def copy(store: SqliteStore, target: Path) -> None:
    """Write a consistent copy of the desk to the new file `target` (mode 0600) and check it.

    DeskUnusable if the target exists, cannot be written, or the copy does not pass the check.
    """
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise DeskUnusable(
            f"{target} already exists.", "Name a file that does not: a backup overwrites none."
        ) from error
    except (OSError, ValueError) as error:
        raise DeskUnusable(f"The backup {target} cannot be written: {error}.", "Name another place.") from error
    try:
        _copy_pages(store, target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def before(store: SqliteStore, occasion: str, at: datetime) -> Path:
    """Back the desk up beside itself before something large; the name tells the moment `at` and the occasion."""
    folder = store.path.with_name(store.path.name + "-backups")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DeskUnusable(
            f"The backup folder {folder} cannot be made: {error.strerror}.", "Make room for it."
        ) from error
    target = _unused(folder, f"{at:%Y%m%dT%H%M%S}-{occasion}")
    copy(store, target)
    return target


def _unused(folder: Path, stem: str) -> Path:
    candidates = (folder / f"{stem}{'' if again == 0 else f'-{again}'}.db" for again in count())
    return next(path for path in candidates if not path.exists())


def _copy_pages(store: SqliteStore, target: Path) -> None:
    how = how_to_open(store.path) if store.read_only else "mode=ro"
    source = sqlite3.connect(f"{store.path.absolute().as_uri()}?{how}", uri=True, timeout=10)
    try:
        destination = sqlite3.connect(target)
        try:
            # In one stroke: in several, each commit of another process would start the copy anew. Nobody waits for it.
            source.backup(destination)
            (verdict,) = destination.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            destination.close()
    except sqlite3.Error as error:
        raise translated(error, target) from error
    finally:
        source.close()
    if verdict != "ok":
        raise DeskUnusable(f"The copy {target} did not pass its check ({verdict}).", "The desk itself may be damaged.")
