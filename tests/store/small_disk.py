"""A disk that is really full: a small one in memory, mounted for the test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(megabytes: int = 3) -> Iterator[Path]:
    """Such a disk; the test is skipped where none can be mounted."""
    mounted = Path(tempfile.mkdtemp(prefix="helpdesk-disk-"))
    told = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(mounted)]
    if os.geteuid() != 0 or subprocess.run(told, capture_output=True).returncode:
        mounted.rmdir()
        pytest.skip("no disk can be mounted here")
    yield mounted
    subprocess.run(["umount", "-l", str(mounted)], check=True)
    mounted.rmdir()


def fill(disk: Path, leave: int = 0) -> Path:
    """Fill it to the last byte but `leave`; the file that does."""
    filler = disk / "filler"
    with open(filler, "wb", buffering=0) as file:
        while (free := shutil.disk_usage(disk).free) > leave:
            file.write(b"x" * max(1, min(4096, free - leave)))
    return filler
