"""Servers that some tests start: found where Debian puts them, waited for, and asked for loudly where CI lacks them."""

from __future__ import annotations

import os
import shutil
import socket
import time
from pathlib import Path
from typing import NoReturn

import pytest

PLACES = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/usr/bin", "/bin")


def needs(program: str) -> str:
    """The path of a program. Where there is none the test is skipped with the reason, and fails in CI."""
    looked = os.pathsep.join((os.environ.get("PATH", ""), *PLACES))
    found = shutil.which(program, path=looked)
    if found is None:
        lacks(program)
    return str(Path(found).absolute())


def lacks(what: str) -> NoReturn:
    """Skip the test because that is missing here; in CI fail, which has to see to it."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: .ci/run should have seen to it")
    pytest.skip(f"{what} is missing here")


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def listens(port: int, patience: float = 10.0) -> bool:
    """Wait until something takes connections there; whether it does."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.02)
    return False
