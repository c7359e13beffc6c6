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
from typing import TYPE_CHECKING, Any

import pytest

from helpdesk_tui.desk_url import DeskUrl

if TYPE_CHECKING:
    import psycopg

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
        self._kept: dict[str, Kept] = {}
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
        with self._connected(database) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def _connected(self, database: str) -> psycopg.Connection[Any]:
        import psycopg

        options = self.url(database).text.partition("?")[2].replace("&", " ")
        return psycopg.connect(f"user=desk dbname={database} {options}", autocommit=True)

    def new(self, template: str = "template0") -> str:
        """A database like that one; its name."""
        name = f"desk_{next(self._numbers)}"
        # Its files are copied, rather than each of its pages written to the log as well: a sixth of the time.
        how = " STRATEGY file_copy" if int(self._programs.parent.name) >= 15 else ""
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template}{how}")
        return name

    def drop(self, database: str) -> None:
        self.sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def keep(self, database: str) -> None:
        """Remember what is in it, so that it can be put back."""
        self._kept[database] = Kept(self._connected(database))

    def put_back(self, database: str) -> bool:
        """Have it as it was kept, sooner than another like it is made. False where that cannot be."""
        kept = self._kept.get(database)
        return kept is not None and kept.put_back()

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [self._programs / program, *words],
            cwd=self.folder,
            user=self._user,
            check=True,
            capture_output=True,
            timeout=120,
        )


class Kept:
    """What is in a database at one time: copies of its tables beside them, and a connection that knows them."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        tables = [name for (name,) in connection.execute(_TABLES)]
        copies = [f"CREATE TABLE kept.{name} AS TABLE public.{name}" for name in tables]
        connection.execute(";".join(["CREATE SCHEMA kept", *copies]))
        self._tables = _tables_of(connection)
        self._counters = connection.execute(_COUNTERS).fetchall()
        self._columns: dict[str, list[str]] = {name: [] for name in tables}
        for table, column in connection.execute(_COLUMNS):
            self._columns[table].append(column)
        self._rows = self._rows_now()

    def put_back(self) -> bool:
        """Have the tables hold that again. False where they are others by now, or the server was started anew."""
        import psycopg

        with contextlib.suppress(psycopg.OperationalError):
            self._connection.execute(_CUT_OFF)
            if _tables_of(self._connection) == self._tables:
                self._connection.execute(self._statement())
                self._rows = self._rows_now()
                return True
        return False

    def _rows_now(self) -> dict[str, tuple[int, int]]:
        """How many rows each table has, and which change was its last: where both are the same, so are the rows."""
        asked = (f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM public.{name}" for name in self._columns)
        return {name: (rows, last) for name, rows, last in self._connection.execute(" UNION ALL ".join(asked))}

    def _statement(self) -> str:
        now = self._rows_now()
        changed = [name for name in self._columns if now[name] != self._rows[name]]
        steps = ["SET session_replication_role = replica"]  # neither triggers nor references watch over it
        steps += (f"DELETE FROM public.{name}" for name in changed)
        for name in changed:
            columns = ", ".join(self._columns[name])
            steps.append(
                f"INSERT INTO public.{name} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM kept.{name}"
            )
        for name, last in self._counters:
            steps.append(f"SELECT setval('public.{name}', {1 if last is None else last}, {last is not None})")
        return ";".join(steps)


_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_COLUMNS = """
    SELECT table_name, quote_ident(column_name) FROM information_schema.columns
    WHERE table_schema = 'public' AND is_generated = 'NEVER' AND table_name IN
        (SELECT tablename FROM pg_tables WHERE schemaname = 'public')
"""
_COUNTERS = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
_CUT_OFF = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def _tables_of(connection: psycopg.Connection[Any]) -> list[Any]:
    """All that makes a table, an index, a trigger or a function what it is changes one of its rows there."""
    return connection.execute("""
        SELECT 'class', oid, xmin FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind <> 't'
        UNION ALL SELECT 'attribute', attrelid, a.xmin FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
            WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger', oid, xmin FROM pg_trigger
        UNION ALL SELECT 'function', oid, xmin FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    """).fetchall()


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
