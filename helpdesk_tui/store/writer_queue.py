"""A queue of the writers of one desk across processes.

SQLite's own busy handler sleeps and polls, so a writer may wait long past its turn. An exclusive `flock` on a side file
around each write transaction lets the kernel wake the waiters in order, and keeps commits and checkpoints of
different processes apart. The side file is never the database itself: closing a second descriptor of the
database would drop SQLite's own locks.
"""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpdesk_tui.errors import DeskBusy, DeskUnusable

PATIENCE_SECONDS = 8.0


class WriterQueue:
    """Turns at writing for one desk; each turn opens the side file anew, so threads queue like processes."""

    def __init__(self, side_file: Path, patience: float = PATIENCE_SECONDS) -> None:
        self._side_file = side_file
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the right to write. DeskBusy if no turn came within the patience (seconds)."""
        descriptor = self._open()
        if not _try_lock(descriptor):
            descriptor = self._wait(descriptor)
        try:
            yield
        finally:
            os.close(descriptor)  # which also gives the turn to the next

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            return os.open(self._side_file, flags, 0o600)
        except OSError as error:
            raise DeskUnusable(
                f"The desk cannot be written to: {os.strerror(error.errno or errno.EIO)}.",
                f"Check the rights on the folder {self._side_file.parent}.",
            ) from error

    def _wait(self, descriptor: int) -> int:
        """Queue in the kernel on a thread, since a blocked flock has no time-out of its own."""
        waiting = _Waiting(descriptor)
        thread = threading.Thread(target=waiting.run, name="writer-queue", daemon=True)
        thread.start()
        thread.join(self._patience)
        if waiting.give_up():
            raise DeskBusy(
                "Another program has been writing to the desk for too long.",
                "Try again; if it stays so, look for a stopped or hanging helpdesk process.",
            )
        return descriptor


class _Waiting:
    """One wait for the lock that may be abandoned; whoever comes last closes the file."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._guard = threading.Lock()
        self._locked = False
        self._abandoned = False

    def run(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with self._guard:
            self._locked = True
            if self._abandoned:
                os.close(self._descriptor)

    def give_up(self) -> bool:
        """Abandon the wait unless the lock has come; returns whether it was abandoned."""
        with self._guard:
            self._abandoned = not self._locked
            return self._abandoned


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
