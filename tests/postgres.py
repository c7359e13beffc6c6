"""A PostgreSQL server of the tests' own: made for one run, on a socket in a folder of its own, gone afterwards."""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from helpdesk_tui.desk_url import DeskUrl

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Server:
    """One server; each desk is a database of it."""

    def __init__(self) -> None:
        self._programs = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="helpdesk-pg-", dir="/tmp"))
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        # It refuses to be run by root.
        self._user = "postgres" if os.getuid() == 0 else None
        if self._user:
            shutil.chown(self.folder, self._user)
        atexit.register(self.remove)
        self._run("initdb", "-D", "data", "-A", "trust", "-U", "desk", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()

    def url(self, database: str) -> DeskUrl:
        return DeskUrl(f"postgresql+psycopg://desk@/{database}?host={self.folder}")

    def start(self) -> None:
        """Run it, and wait until it answers."""
        told = {**SETTINGS, "unix_socket_directories": str(self.folder)}
        settings = [f"--{name}={value}" for name, value in told.items()]
        log = open(self.folder / "log", "ab")  # noqa: SIM115 - the server writes it
        self._process = subprocess.Popen(
            [self._programs / "postgres", "-D", "data", *settings],
            cwd=self.folder,
            user=self._user,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_the_tests,
        )
        log.close()
        end = time.monotonic() + 30
        while True:
            try:
                self.sql("SELECT 1")
            except Exception:  # noqa: BLE001 - whatever it says while it starts
                assert time.monotonic() < end, (self.folder / "log").read_text()
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """End it at once; those who are connected are cut off."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, statement: str, database: str = "postgres") -> list[Any]:
        """Run a statement besides; its rows."""
        import psycopg

        options = self.url(database).text.partition("?")[2].replace("&", " ")
        with psycopg.connect(f"user=desk dbname={database} {options}", autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def new(self, template: str = "template0") -> str:
        """A database like that one; its name."""
        name = f"desk_{next(self._numbers)}"
        # Its files are copied, rather than each of its pages written to the log as well: a sixth of the time.
        how = " STRATEGY file_copy" if int(self._programs.parent.name) >= 15 else ""
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template}{how}")
        return name

    def drop(self, database: str) -> None:
        self.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [self._programs / program, *words],
            cwd=self.folder,
            user=self._user,
            check=True,
            capture_output=True,
            timeout=120,
        )


def _end_with_the_tests() -> None:
    """Have the server told to stop (SIGINT) when whoever runs the tests is killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGINT)


def programs() -> Path:
    """Where the newest server's programs are. Skips the test where there is none, and fails it in CI."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found and (os.getuid() != 0 or _has_account("postgres")) and _has_driver():
        return found[-1].parent
    reason = "PostgreSQL is not installed (Debian: apt-get install postgresql; pip install 'psycopg[binary]')"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _has_driver() -> bool:
    with contextlib.suppress(ImportError):
        import psycopg  # noqa: F401

        return True
    return False


def _has_account(name: str) -> bool:
    with contextlib.suppress(KeyError):
        return bool(pwd.getpwnam(name))
    return False


@cache
def server() -> Server:
    """The server of this process."""
    return Server()
