"""Writing files into a folder somebody chose: nothing there is overwritten, and nothing is written outside of it.

The folder is opened once and everything is done within what was opened, so that a folder or a name that somebody turns
into a symbolic link meanwhile leads nowhere else.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from helpdesk_tui.domain.file_names import cleaned, numbered
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError

TRIES = 1000
"""Numbers tried for a name that is taken."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def save_into(folder: Path, given: Sequence[tuple[str, Iterable[bytes]]], *, by_path: bool = False) -> tuple[Path, ...]:
    """Write each content under its name, cleaned, and numbered if it is taken there; the paths they got.

    The files are for their owner only and cannot be run. UsageError if the folder cannot be written to; a file that
    could not be written whole is taken away again. They are made within the folder that was there at the beginning;
    `by_path`, for the desk's own folders, under their whole path, as the gate's seal must see it.
    """
    if by_path:
        return tuple(folder / _save(None, folder, cleaned(name), content) for name, content in given)
    try:
        within = os.open(folder, _FOLDER)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no folder can have that name"
        raise UsageError(
            f"Nothing can be saved in {clean(str(folder), limit=200)}: {reason}.", "Name a folder that is there."
        ) from error
    try:
        return tuple(folder / _save(within, folder, cleaned(name), content) for name, content in given)
    finally:
        os.close(within)


def _save(within: int | None, folder: Path, wanted: str, content: Iterable[bytes]) -> str:
    name, descriptor = _new_file(within, folder, wanted)
    made = folder / name if within is None else name
    try:
        with open(descriptor, "wb") as file:
            for piece in content:
                file.write(piece)
    except OSError as error:
        os.unlink(made, dir_fd=within)
        raise _unwritable(folder / name, error) from error
    except BaseException:
        os.unlink(made, dir_fd=within)
        raise
    return name


def _new_file(within: int | None, folder: Path, wanted: str) -> tuple[str, int]:
    """A file that did not exist: its name and its descriptor."""
    for place in range(1, TRIES + 1):
        name = wanted if place == 1 else numbered(wanted, place)
        try:
            return name, os.open(folder / name if within is None else name, _NEW, 0o600, dir_fd=within)
        except FileExistsError:
            continue
        except OSError as error:
            raise _unwritable(folder / name, error) from error
    raise UsageError(f"There are {TRIES} files called “{wanted}” in that folder already.", "Choose another folder.")


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"{clean(str(path), limit=200)} cannot be written: {error.strerror}.", "Make room, or choose another folder."
    )
