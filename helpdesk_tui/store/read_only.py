"""Desks that may be read but not written: a file without the right, in a folder without it, on a disk mounted so.

SQLite reads a desk with a write-ahead log only together with two files beside it, which it makes where they are
missing. Where they are missing because nobody has the desk open, and it may not make them, it can be told that the file
never changes (`immutable`): then it takes no locks and looks at no log. Both ways are sound only as long as what they
rest on is so, and somebody else may have the right to write. So a store looks before each reading whether there is a
log with changes in it, or another file than before, and opens the desk anew if there is; and it looks after a reading
without locks whether the file stayed as it was.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from msgspec import Struct

from helpdesk_tui.errors import DeskUnusable

_NOBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH

Signature = tuple[int, int, int]
"""Inode, size in bytes, nanoseconds of the last change."""


def may_write(path: Path) -> bool:
    """Whether this account may write to the desk at `path` and to the folder it is in.

    A file or folder whose mode lets nobody write is taken at its word, even by an account that could.
    """
    file = path.resolve()
    for each in (file, file.parent):
        try:
            allowed = os.access(each, os.W_OK, effective_ids=True) and each.stat().st_mode & _NOBODY_WRITES
        except OSError:
            allowed = 0
        if not allowed:
            return False
    return True


class State(Struct, frozen=True):
    """What a desk's files look like from outside, None for one that is not there."""

    file: Signature | None
    log: Signature | None

    @classmethod
    def of(cls, path: Path) -> State:
        file = path.resolve()
        return cls(_signature(file), _signature(_beside(file, "-wal")))

    @property
    def has_log(self) -> bool:
        """Whether there are changes that stand in the log only."""
        return self.log is not None and self.log[1] > 0

    def opens_like(self, other: State) -> bool:
        """Whether connections opened in that state are still right in this one."""
        return self.has_log and other.has_log if self.has_log or other.has_log else self.file == other.file


def how_to_open(path: Path) -> str:
    """The parameters of SQLite's URI for reading the desk as it is now. DeskUnusable if its log cannot be read."""
    file = path.resolve()
    if not State.of(path).has_log:
        return "mode=ro&immutable=1"
    if _signature(_beside(file, "-shm")) is None:
        log = _beside(file, "-wal")
        raise DeskUnusable(
            f"The latest changes of the desk are in {log}, which cannot be read where nothing may be written.",
            "Copy both files into a folder of your own and open the desk there.",
        )
    return "mode=ro"


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _signature(path: Path) -> Signature | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
