"""What can be seen of a desk from outside, whether it opens or not: its file, who may use it, the disk, the backups."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from helpdesk_tui.domain.keeping import Finding, State
from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store import backup, far_away, modes
from helpdesk_tui.store.sqlite import check_openable

LITTLE, TOO_LITTLE = 100_000_000, 10_000_000
"""Free bytes on the disk below which it is worth a word, and below which work will soon stop."""

OLD = timedelta(days=2)
"""Age of the newest backup beyond which the daily one does not seem to be taken."""


def look(desk: Path, now: datetime) -> Iterator[Finding]:
    """One finding for each thing, in the order in which a person would ask for them."""
    try:
        check_openable(desk)
    except DeskUnusable as error:
        yield Finding("file", State.BAD, error.message, error.hint)
        if not os.path.isfile(desk):  # or in a folder that this account may not enter
            return
    else:
        yield Finding("file", State.OK, f"{desk}, {os.stat(desk).st_size / 1_000_000:.1f} MB.")
    real = desk.resolve()
    yield from _sharing(real)
    yield _beside(desk, real)
    yield _file_system(real)
    yield _room(real)
    yield _backups(desk, now)


def mend(desk: Path) -> list[Path]:
    """Give what is beside the desk and one's own the rights of the desk's file; what was changed."""
    return [path for path in beside(desk, desk.resolve()) if modes.follow_if_own(path, desk)]


def beside(desk: Path, real: Path) -> list[Path]:
    """The files and folders that whoever uses the desk uses too, as far as they are there."""
    folder = backup.folder_of(desk)
    own = [desk.with_name(desk.name + "-queue"), *(real.with_name(real.name + end) for end in ("-wal", "-shm"))]
    kept = [each.path for each in backup.kept(desk)]
    return [path for path in (*own, folder, folder / ".daily", *kept) if os.path.exists(path)]


def _sharing(real: Path) -> Iterator[Finding]:
    file, folder = real.stat(), real.parent.stat()
    rights, around = stat.S_IMODE(file.st_mode), stat.S_IMODE(folder.st_mode)
    yield _kind(file, rights)
    if rights & 0o007:
        can = "write" if rights & 0o002 else "read"
        yield Finding("rights", State.BAD, f"Everybody on this machine may {can} the file.", f"chmod o= {real}")
    elif around & 0o002 and not around & stat.S_ISVTX:
        said = f"Everybody on this machine may replace the file: they may write the folder {real.parent}."
        yield Finding("rights", State.BAD, said, f"chmod o-w {real.parent}")
    elif rights & 0o070:
        yield _group_rights(real, file, folder)
    elif around & 0o020 and folder.st_gid != 0:
        said = f"The group “{modes.group_name(folder.st_gid)}” may replace the file, though not read it."
        yield Finding("rights", State.BAD, said, f"chmod g-w {real.parent}, or chmod 660 {real} for a team file")
    else:
        yield Finding("rights", State.OK, f"The file is {rights:04o} in a folder that is {around:04o}.")


def _kind(file: os.stat_result, rights: int) -> Finding:
    owner = _account(file.st_uid)
    if rights & 0o070:
        return Finding(
            "sharing",
            State.NOTE,
            f"A team file: anyone in the group “{modes.group_name(file.st_gid)}” can open the file with other tools. "
            "Roles guide, they do not protect.",
            "Fine for a team that trusts each other; for roles that hold, let people in through the gate.",
        )
    said = f"Only the account “{owner}” can open the file: a desk of one's own, or of a team that uses the gate."
    return Finding("sharing", State.OK, said)


def _group_rights(real: Path, file: os.stat_result, folder: os.stat_result) -> Finding:
    rights, around, group = stat.S_IMODE(file.st_mode), stat.S_IMODE(folder.st_mode), modes.group_name(file.st_gid)
    if rights & 0o060 != 0o060:
        said = f"The group “{group}” may not both read and write the file (it is {rights:04o})."
        return Finding("rights", State.BAD, said, f"chmod 660 {real}, then `helpdesk doctor --repair`")
    if folder.st_gid != file.st_gid:
        said = f"The file is of the group “{group}”, its folder of the group “{modes.group_name(folder.st_gid)}”."
        return Finding("rights", State.BAD, said, f"chgrp {group} {real.parent}")
    if around & 0o2070 != 0o2070:
        said = f"The folder is {around:04o}: what one member makes in it, the others may not use, and are locked out."
        return Finding("rights", State.BAD, said, f"chmod 2770 {real.parent}")
    return Finding("rights", State.OK, f"The file is {rights:04o} in a set-gid folder of the group “{group}”.")


def _beside(desk: Path, real: Path) -> Finding:
    odd = []
    for path in beside(desk, real):
        with suppress(OSError):
            if not modes.follows(path, desk):
                odd.append(path)
    if not odd:
        return Finding("beside it", State.OK, "What is beside the file has the same rights.")
    names = ", ".join(path.name for path in odd[:4]) + (" and others" if len(odd) > 4 else "")
    owners = ", ".join(sorted({_account(path.stat().st_uid) for path in odd}))
    said = f"Other rights than the desk's own file has: {names}. People may be locked out, or see what they may not."
    return Finding("beside it", State.BAD, said, f"`helpdesk doctor --repair` as {owners}.")


def _file_system(real: Path) -> Finding:
    kind = far_away.file_system_of(real)
    if far_away.is_far_away(kind):
        said = f"The file is on a network file system ({kind}): two machines that use it at once would damage it."
        return Finding("file system", State.BAD, said, "Move it to a disk of one machine, and share that by SSH.")
    if not kind:
        return Finding("file system", State.NOTE, "What kind of file system it is on cannot be told.")
    return Finding("file system", State.OK, f"It is on a disk of this machine ({kind}).")


def _room(real: Path) -> Finding:
    free = shutil.disk_usage(real.parent).free
    said = f"{free / 1_000_000:,.0f} MB are free on the disk."
    if os.statvfs(real.parent).f_flag & os.ST_RDONLY:
        return Finding("disk", State.BAD, "The disk may only be read: nothing can be changed.", "Mount it for writing.")
    if free < TOO_LITTLE:
        return Finding("disk", State.BAD, said, f"Free some space in {real.parent}: soon nothing can be saved.")
    if free < max(LITTLE, 2 * real.stat().st_size):
        return Finding("disk", State.NOTE, said, "Free some space: a backup or a change of the schema needs room.")
    return Finding("disk", State.OK, said)


def _backups(desk: Path, now: datetime) -> Finding:
    kept = backup.kept(desk)
    if not kept:
        return Finding("backups", State.NOTE, "There is no backup beside the desk.", "`helpdesk backup` takes one.")
    newest = kept[0]
    said = f"{len(kept)} beside the desk, the newest of {newest.at:%Y-%m-%d %H:%M} UTC ({newest.occasion})."
    if newest.at > now + timedelta(minutes=5):
        return Finding("backups", State.NOTE, f"{said} That is in the future.", "Look at the machine's clock.")
    if now - newest.at > OLD:
        do = "An open board takes one a day, and so does `helpdesk tick` from cron."
        return Finding("backups", State.NOTE, said, do)
    return Finding("backups", State.OK, said)


def _account(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"
