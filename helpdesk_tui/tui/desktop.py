"""Opening a file with the program the desktop has for it, where there is a desktop to do so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError

if TYPE_CHECKING:
    from helpdesk_tui.config import Config
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.domain.ticket_detail import Attached

PATIENCE = 3.0
"""Seconds in which the desktop says that it has no program for a file; after that it is taken to have opened it."""

KEPT = 24 * 3600.0
"""Seconds after which a copy made for opening is removed, the next time one is made."""

PROGRAMS = (
    *(".appimage", ".apk", ".app", ".bat", ".cmd", ".com", ".command", ".cpl", ".deb", ".desktop", ".exe", ".hta"),
    *(".jar", ".js", ".jse", ".lnk", ".msi", ".pif", ".pl", ".ps1", ".py", ".rb", ".reg", ".rpm", ".run", ".scr"),
    *(".service", ".sh", ".url", ".vbs", ".wsf"),
)
"""Endings of files that some desktops run instead of showing them: these are only saved."""


def may_open(config: Config, environ: Mapping[str, str] | None = None) -> bool:
    """Whether there is a desktop, and nothing in the settings against it.

    Without a display the opener would run something in this very terminal: over SSH that would be a way out.
    """
    environ = os.environ if environ is None else environ
    if config.sealed or not config.open_files or _opener() is None:
        return False
    if sys.platform == "darwin":
        return not environ.get("SSH_CONNECTION")
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def open_file(desk: Desk, file: Attached, config: Config) -> str:
    """Open a copy of the file that is for reading only, and say so. UsageError with the reason if that is not done."""
    from helpdesk_tui.desk import files

    shown = clean(file.name, limit=80)
    opener = _opener()
    if opener is None or not may_open(config):
        raise UsageError("There is no desktop here to open files with.", "Save it instead.")
    if PurePosixPath(file.name).suffix.casefold() in PROGRAMS:
        raise UsageError(f"{shown} may be a program: it is not opened from here.", "Save it, and look at it first.")
    (copy,) = files.save(desk, [file], _folder(config.state_path.parent / "opened"))
    copy.chmod(0o400)
    _hand_over(opener, copy, shown)
    return f"{shown} opened: a copy, what is changed there stays there"


def _opener() -> str | None:
    return shutil.which("open" if sys.platform == "darwin" else "xdg-open")


def _folder(folder: Path) -> Path:
    """The folder of the copies, nobody else's to look into, without those that are a day old."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        for old in folder.iterdir():
            if time.time() - old.lstat().st_mtime > KEPT:
                with suppress(OSError):
                    old.unlink()
    except OSError as error:
        raise UsageError(
            f"{clean(str(folder), limit=200)} cannot be used: {error.strerror}.", "Save it instead."
        ) from error
    return folder


def _hand_over(opener: str, path: Path, shown: str) -> None:
    try:
        started = subprocess.Popen(
            [opener, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        failed = started.wait(PATIENCE) != 0
    except subprocess.TimeoutExpired:
        return
    except OSError as error:
        raise UsageError(f"{shown} cannot be opened: {error.strerror}.", "Save it instead.") from error
    if failed:
        raise UsageError(f"The desktop has no program for {shown}.", "Save it instead.")
