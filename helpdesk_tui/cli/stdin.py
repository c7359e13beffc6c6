"""Long texts from standard input, without ever waiting for somebody who is not there."""

from __future__ import annotations

import os
import select
import stat
import sys
from typing import BinaryIO

from helpdesk_tui.domain.ticket import TEXT_LIMIT
from helpdesk_tui.errors import UsageError

PATIENCE = 0.05
"""Seconds a pipe that was not asked for may stay silent: under cron and ssh one may be open for ever. Whoever writes to
it has had as long as the program took to start besides."""

_MOST_BYTES = 4 * TEXT_LIMIT


def awaited() -> str:
    """Everything up to the end of standard input, however long that takes; empty when it is closed."""
    if _descriptor() is None:
        return ""
    return _read()


def data() -> BinaryIO | None:
    """Standard input as bytes, whatever they are; None when it is closed or somebody types there."""
    descriptor = _descriptor()
    return None if descriptor is None or os.isatty(descriptor) else sys.stdin.buffer


def offered() -> tuple[str, bool]:
    """What stands ready on standard input when it is no terminal, and whether it was open but silent.

    A file that somebody has begun to read (`while read line; do …; done < file`) is theirs, not ours.
    """
    descriptor = _descriptor()
    if descriptor is None or os.isatty(descriptor):
        return "", False
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return ("", False) if os.lseek(descriptor, 0, os.SEEK_CUR) else (_read(), False)
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        return "", False
    ready, _, _ = select.select([descriptor], [], [], PATIENCE)
    return (_read(), False) if ready else ("", True)


def _descriptor() -> int | None:
    if sys.stdin is None or sys.stdin.closed:
        return None
    try:
        return sys.stdin.fileno()
    except (OSError, ValueError):
        return None


def _read() -> str:
    try:
        content = sys.stdin.buffer.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"Standard input cannot be read: {error.strerror}.") from error
    if len(content) > _MOST_BYTES:
        raise UsageError(f"The text is longer than {TEXT_LIMIT:,} characters.", "Attach it as a file instead.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n")
    except UnicodeDecodeError as error:
        raise UsageError(f"Standard input is not UTF-8 text (byte {error.start + 1}).", "Convert it first.") from error
