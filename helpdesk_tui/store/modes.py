"""Who may use a desk's folder and files: whoever may read and write the desk's own file, whatever the umask."""

from __future__ import annotations

import grp
import os
import stat
from contextlib import suppress
from pathlib import Path

from helpdesk_tui.errors import DeskUnusable

_GROUP = 0o070


def follow(made: int | Path, desk: Path) -> None:
    """Give a file or folder of one's own (a descriptor or its path) the group and the rights of the desk's file.

    What root makes is given to whom the desk belongs, who could not use it otherwise. OSError if the desk is not there.
    A group that one may not give things to gets no rights either.
    """
    rights, group, owner = _wanted(made, desk)
    now = os.stat(made)
    if now.st_uid != owner and os.geteuid() == 0:
        with suppress(PermissionError):  # a disk of another machine, where root is nobody
            os.chown(made, owner, -1)
    if now.st_gid != group:
        with suppress(PermissionError):
            os.chown(made, -1, group)
            now = os.stat(made)
    if now.st_gid != group:
        rights &= ~(_GROUP | stat.S_ISGID)
    if stat.S_IMODE(now.st_mode) != rights:
        os.chmod(made, rights)


def follow_if_own(path: Path, desk: Path) -> bool:
    """The same for what is one's own under that name; whether anything was changed.

    Never through a link: another member of the group could have laid it, to open what is private. And only its path is
    opened: to close a file of a desk that is open in this process would drop SQLite's locks on it
    (https://sqlite.org/howtocorrupt.html, 2.2).
    """
    try:
        descriptor = os.open(path, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    made = Path(f"/proc/self/fd/{descriptor}")
    try:
        status = os.fstat(descriptor)
        if stat.S_ISLNK(status.st_mode) or status.st_uid != os.geteuid() or follows(made, desk):
            return False
        follow(made, desk)
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)


def follows(made: int | Path, desk: Path) -> bool:
    """Whether it has the rights of the desk's file already, and belongs to the same group; where the group has none, to
    the same account."""
    rights, group, owner = _wanted(made, desk)
    now = os.stat(made)
    same = now.st_gid == group if rights & _GROUP else now.st_uid == owner
    return stat.S_IMODE(now.st_mode) == rights and same


def _wanted(made: int | Path, desk: Path) -> tuple[int, int, int]:
    """The rights, the group and the owner."""
    status = os.stat(desk)
    rights = stat.S_IMODE(status.st_mode) & 0o666
    if stat.S_ISDIR(os.stat(made).st_mode):
        rights = 0o700 | rights | (rights & 0o444) >> 2 | (stat.S_ISGID if rights & 0o020 else 0)
    return rights, status.st_gid, status.st_uid


def refuse_closed_folder(path: Path) -> None:
    """DeskUnusable, with whom to ask, where this account may not enter the folder of `path` or one above it."""
    for folder in reversed(path.absolute().parents):
        if not os.path.isdir(folder):
            return
        if not os.access(folder, os.X_OK):
            status = os.stat(folder)
            do = "Ask whoever keeps the desk, or name another place with --desk or HELPDESK_DESK."
            if status.st_mode & stat.S_IXGRP:
                do = f"Ask to be taken into the group “{group_name(status.st_gid)}”, and then log in anew."
            raise DeskUnusable(f"The desk {path} cannot be opened: you may not enter the folder {folder}.", do)


def group_name(gid: int) -> str:
    """The group's name, or its number where the machine knows none."""
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return f"gid {gid}"
