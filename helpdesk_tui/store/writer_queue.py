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
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpdesk_tui.errors import DeskBusy, DeskUnusable
from helpdesk_tui.store import modes

PATIENCE_SECONDS = 8.0


class WriterQueue:
    """Turns at writing for one desk; each turn opens the side file anew, so threads queue like processes.

    Whoever may write the desk's file, given as `like`, may write the side file, whatever the umask of who made it.
    """

    def __init__(self, side_file: Path, patience: float = PATIENCE_SECONDS, like: Path | None = None) -> None:
        self._side_file = side_file
        self._patience = patience
        self._like = like

    @contextmanager
    def turn(self, errand: str = "") -> Iterator[None]:
        """Hold the right to write. DeskBusy if no turn came within the patience (seconds).

        `errand` is one that takes long: a sentence for those whose patience it outlasts.
        """
        descriptor = self._open()
        if not _try_lock(descriptor):
            descriptor = self._wait(descriptor)
        try:
            if errand or os.fstat(descriptor).st_size:  # of one that was killed
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, errand.encode(), 0)
            yield
        finally:
            if errand:
                os.ftruncate(descriptor, 0)
            os.close(descriptor)  # which also gives the turn to the next

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            with suppress(FileNotFoundError):
                return self._followed(os.open(self._side_file, flags))
            return self._make(flags)
        except OSError as error:
            raise DeskUnusable(
                f"The desk cannot be written to: {os.strerror(error.errno or errno.EIO)}.",
                f"Check the rights on the folder {self._side_file.parent} and on {self._side_file.name} in it: "
                "`helpdesk doctor` says what is wrong with them.",
            ) from error

    def _make(self, flags: int) -> int:
        """The side file, made with its rights: another member of the group may be waiting to open it."""
        making = self._side_file.with_name(f".{self._side_file.name}-{secrets.token_hex(4)}")
        descriptor = os.open(making, flags | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            self._followed(descriptor)
            os.link(making, self._side_file)
        except FileExistsError:  # somebody else was faster
            os.close(descriptor)
            return os.open(self._side_file, flags)
        except OSError:
            os.close(descriptor)
            raise
        finally:
            making.unlink()
        return descriptor

    def _followed(self, descriptor: int) -> int:
        """The open side file, with the rights of the desk's file if it is one's own: those may have changed since."""
        if self._like is not None and os.fstat(descriptor).st_uid == os.geteuid():
            with suppress(OSError):  # the desk may be gone: who has the turn is told
                if not modes.follows(descriptor, self._like):
                    modes.follow(descriptor, self._like)
        return descriptor

    def _wait(self, descriptor: int) -> int:
        """Queue in the kernel on a thread, since a blocked flock has no time-out of its own."""
        waiting = _Waiting(descriptor)
        thread = threading.Thread(target=waiting.run, name="writer-queue", daemon=True)
        thread.start()
        thread.join(self._patience)
        if waiting.give_up():
            raise self._busy()
        return descriptor

    def _busy(self) -> DeskBusy:
        errand = self._side_file.read_text(encoding="utf-8", errors="replace")
        if errand:
            return DeskBusy(errand, "Nothing was changed; try again in a minute.")
        return DeskBusy(
            "Another program has been writing to the desk for too long.",
            "Try again; if it stays so, look for a stopped or hanging helpdesk process.",
        )


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
