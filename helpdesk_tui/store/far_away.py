"""Whether a desk's file lies on another machine: processes of two machines cannot share its log and its locks."""

from __future__ import annotations

import os
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
_FAR = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "gpfs", "beegfs", "davfs", "fuse.sshfs",
    "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "fuse.davfs2",
})  # fmt: skip


def caution(path: Path) -> str:
    """What is to be said of a desk on a network file system, as far as the system tells; "" for any other."""
    kind = file_system_of(path)
    if not is_far_away(kind):
        return ""
    # SQLite's log has an index in memory that all its users share, and that two machines do not have in common.
    return f"The desk is on a network file system ({kind}): two machines at once would damage it."


def is_far_away(kind: str) -> bool:
    """Whether that kind of file system is on another machine."""
    return kind in _FAR


def file_system_of(path: Path) -> str:
    """The kind of file system that holds the file at `path`, as the mount table calls it; "" where nobody says."""
    try:
        device = os.stat(path).st_dev
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    wanted = f"{os.major(device)}:{os.minor(device)}"
    for mount in mounts:
        place, _, source = mount.partition(" - ")
        if place.split(" ")[2:3] == [wanted]:
            return source.partition(" ")[0]
    return ""
