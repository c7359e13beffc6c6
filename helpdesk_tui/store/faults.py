"""What the database reports, in sentences a person can act on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from helpdesk_tui.errors import DeskBusy, DeskUnusable

_RESTORE = "`helpdesk doctor` says more; `helpdesk restore` puts a backup in its place, and keeps what is there."


def translated(error: BaseException | None, path: Path) -> DeskUnusable:
    """The desk's own error for one of the driver's. Extended codes are matched by their leading words."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if isinstance(error, (sqlite3.ProgrammingError, sqlite3.InterfaceError)) and not name:
        return DeskUnusable(f"The desk did not understand a request ({error}).", "This is a defect; please report it.")
    for prefix, (message, hint) in _SENTENCES.items():
        if name.startswith(prefix):
            kind = DeskBusy if prefix in _BUSY else DeskUnusable
            return kind(message.format(path=path), hint.format(path=path, folder=path.parent))
    return DeskUnusable(f"The desk {path} cannot be used ({name or error}).", _RESTORE)


def reason(error: OSError | ValueError) -> str:
    """Why a file could not be used, as the system says it."""
    return str(error.strerror) if isinstance(error, OSError) else "the name is not one a file can have"


_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_SENTENCES = {
    "SQLITE_BUSY": ("Another program has locked the desk {path}.", "Try again in a moment."),
    "SQLITE_LOCKED": ("Another program has locked the desk {path}.", "Try again in a moment."),
    "SQLITE_NOTADB": ("{path} is not a desk (not an SQLite database).", "Check the path, or restore a backup."),
    "SQLITE_CORRUPT": ("The desk {path} is damaged.", _RESTORE),
    "SQLITE_FULL": (
        "The disk is full: the change was not saved.",
        "Free some space in {folder} and do it again; nothing else was lost.",
    ),
    "SQLITE_READONLY": (
        "The desk {path} cannot be written to.",
        "Check the rights on the file and on the folder {folder}.",
    ),
    "SQLITE_PERM": ("You may not open the desk {path}.", "Ask its owner to let you in."),
    "SQLITE_CANTOPEN": (
        "The desk {path} cannot be opened.",
        "Check that you may read and write the file and the folder {folder}.",
    ),
    "SQLITE_IOERR": (
        "The disk reported an error while using the desk {path}.",
        "Check the disk; what was saved before is still there.",
    ),
    "SQLITE_NOMEM": ("There is not enough memory for that.", "Close something and try again."),
    "SQLITE_TOOBIG": ("That is larger than a desk can keep.", "Shorten it and try again."),
    "SQLITE_CONSTRAINT": (
        "The change contradicts what the desk already holds ({path}).",
        "Nothing was changed; this is a defect, please report it.",
    ),
    "SQLITE_ERROR": ("The desk {path} lacks a part of itself: a table or an index is missing.", _RESTORE),
    "SQLITE_SCHEMA": ("The desk was being upgraded meanwhile.", "Try again."),
}
