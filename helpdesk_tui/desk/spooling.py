"""What is to be attached, read to its end before the desk is touched: nobody waits for a slow disk or pipe."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Protocol

from msgspec import Struct

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.settings import settings
from helpdesk_tui.domain import file_names
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import DeskUnusable, HelpdeskError, UsageError
from helpdesk_tui.store.files import PIECE

MEGABYTE = 1024 * 1024


class Readable(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int, /) -> bytes: ...


class Spooled(Struct, frozen=True):
    """A file to be attached, copied to where nobody else changes it. `size` in bytes."""

    name: str
    size: int
    sha256: str
    copy: IO[bytes]

    def pieces(self) -> Iterator[bytes]:
        """What is in it, so that only a piece is ever held."""
        self.copy.seek(0)
        while data := self.copy.read(PIECE):
            yield data


@contextmanager
def spooled(desk: Desk, name: str, stream: Readable) -> Iterator[Spooled]:
    """What comes from `stream`, to be attached under that name. UsageError if it is empty or larger than allowed."""
    desk.require(Act.ATTACH)
    with _copied(file_names.cleaned(name), stream, settings(desk).file_limit_mb) as found:
        yield found


@contextmanager
def spooled_paths(desk: Desk, paths: Sequence[Path]) -> Iterator[list[Spooled]]:
    """These files, to be attached under their own names.

    UsageError, naming the file and the reason, for what is not there, may not be read, is no regular file, is empty,
    larger than allowed, or gets shorter while it is read. Of one that grows, what it held at the beginning is taken.
    """
    desk.require(Act.ATTACH)
    desk.require_files()
    for path in paths:
        desk.refuse_own_file(path)
    limit = settings(desk).file_limit_mb
    with ExitStack() as stack:
        yield [stack.enter_context(_of_path(path, limit)) for path in paths]


@contextmanager
def _of_path(path: Path, limit_mb: int) -> Iterator[Spooled]:
    shown = clean(str(path), limit=200)
    try:
        # Some devices do something when they are opened: looked at first.
        _refuse_irregular(os.stat(path).st_mode, shown)
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can have that name"
        raise UsageError(f"{shown} cannot be read: {reason}.", "Check the path and your rights on it.") from error
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        _refuse_irregular(status.st_mode, shown)
        _refuse_large(status.st_size, limit_mb, shown)
        # Files of the system (/proc) say 0 and have something in them all the same.
        size = status.st_size or None
        with _copied(file_names.cleaned(path.name), file, limit_mb, shown=shown, size=size) as found:
            yield found


def _refuse_irregular(mode: int, shown: str) -> None:
    if stat.S_ISDIR(mode):
        raise UsageError(f"{shown} is a folder.", "Attach its files, or pack them into one first.")
    if not stat.S_ISREG(mode):
        raise UsageError(f"{shown} is not a regular file.", "Send what comes from it on standard input instead.")


def _refuse_large(size: int, limit_mb: int, shown: str) -> None:
    if size > limit_mb * MEGABYTE:
        raise UsageError(
            f"{shown} is larger than {limit_mb} MB, the limit of this desk.", "Pack it, or split it into parts."
        )


@contextmanager
def _copied(
    name: str, source: Readable, limit_mb: int, *, shown: str = "", size: int | None = None
) -> Iterator[Spooled]:
    """A copy of the first `size` bytes of `source`, of all of them if that is None."""
    shown = shown or clean(name)
    with _temporary_file() as copy:
        digest = hashlib.sha256()
        taken = 0
        while wanted := PIECE if size is None else min(PIECE, size - taken):
            data = _read(source, wanted, shown)
            if not data:
                break
            taken += len(data)
            _refuse_large(taken, limit_mb, shown)
            digest.update(data)
            with _making_room(shown):
                copy.write(data)
        if size is not None and taken < size:
            raise UsageError(f"{shown} got shorter while it was read.", "Attach it again when nobody is writing to it.")
        if not taken:
            raise UsageError(f"There is nothing in {shown}.", "Attach a file that holds something.")
        with _making_room(shown):
            copy.flush()
        yield Spooled(name, taken, digest.hexdigest(), copy)


def _read(source: Readable, wanted: int, shown: str) -> bytes:
    try:
        return source.read(wanted)
    except OSError as error:
        raise UsageError(f"{shown} cannot be read: {error.strerror}.", "Check the disk it is on.") from error


def _temporary_file() -> IO[bytes]:
    try:
        return tempfile.TemporaryFile(prefix="helpdesk-")
    except OSError as error:
        raise _no_room("a file", error) from error


@contextmanager
def _making_room(shown: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _no_room(shown, error) from error


def _no_room(shown: str, error: OSError) -> HelpdeskError:
    return DeskUnusable(
        f"{shown} cannot be copied to the temporary folder: {os.strerror(error.errno or errno.EIO)}.",
        "Make room there, or name another folder in TMPDIR.",
    )
