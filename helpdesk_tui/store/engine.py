"""The connection to a desk's file, set up so that SQLite keeps its promises with many processes.

SQLAlchemy's defaults lose writes in silence here: the driver's own transaction handling is switched off and every
transaction begins by saying whether it will write (`BEGIN IMMEDIATE`) or only read (`BEGIN`).
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError

from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store.faults import translated
from helpdesk_tui.store.unit_of_work import Unit
from helpdesk_tui.store.writer_queue import WriterQueue

APPLICATION_ID = 0x48444B31
"""`PRAGMA application_id` of a desk: "HDK1"."""

BUSY_SECONDS = 5.0
# `trusted_schema` stays ON: with OFF, SQLite before 3.44 refuses the triggers that keep the FTS5 index ("unsafe use of
# virtual table"). What OFF would guard against, schema text calling functions of the program, we have none of.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
)


class Store:
    """One desk's file. Hands out units of work; knows nothing of what they are for."""

    def __init__(self, path: Path, *, being_built: bool = False) -> None:
        """Open an existing desk. DeskUnusable if what is there cannot be one."""
        if not being_built:
            check_openable(path)
        self.path = path
        self.engine = engine_for(path)
        self._queue = WriterQueue(side_file(path))
        self._identity = _identity(path)

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """One consistent look at the desk."""
        with _translating(self.path), self.engine.connect() as connection, connection.begin():
            yield Unit(connection)

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """A unit of work that holds the write lock from the start and rolls back unless it is committed."""
        self.check_still_there()
        with _translating(self.path), self._queue.turn(), self.engine.connect() as connection:
            writer = connection.execution_options(writes=True)
            transaction = writer.begin()
            unit = Unit(writer, transaction)
            try:
                yield unit
            finally:
                # After FULL, IOERR or NOMEM SQLite may have ended the transaction by itself.
                if transaction.is_active:
                    transaction.rollback()
                # A commit that failed leaves it open, while SQLAlchemy takes it for ended.
                driver = connection.connection.driver_connection
                if driver is not None and driver.in_transaction:
                    driver.rollback()

    def watch(self) -> Watch:
        """A cheap eye on what other connections commit."""
        return Watch(self)

    def check_still_there(self) -> None:
        """DeskUnusable if the file was deleted or replaced: SQLite would go on writing into the void."""
        if _identity(self.path) != self._identity:
            raise DeskUnusable(
                f"The desk's file {self.path} was deleted or replaced while it was open.",
                "Start helpdesk again; the last change was not saved.",
            )

    def close(self) -> None:
        self.engine.dispose()


class Watch:
    """Says whether somebody else committed, by `PRAGMA data_version` on a connection of its own (microseconds)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: sqlite3.Connection | None = None
        self._version = -1

    def changed(self) -> bool:
        """Whether another connection committed since the last call; the first call says yes."""
        self._store.check_still_there()
        with _translating(self._store.path):
            if self._connection is None:
                self._connection = _connect(self._store.path)
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        changed = version != self._version
        self._version = version
        return bool(changed)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def engine_for(path: Path) -> Engine:
    """An engine on an existing file, each connection with the desk's settings."""
    engine = create_engine(URL.create("sqlite", database=str(path)), creator=lambda: _connect(path), pool_size=4)
    event.listen(engine, "begin", _begin)
    return engine


def _connect(path: Path) -> sqlite3.Connection:
    # mode=rw: a desk is made by `migrate.create` only, never by a mistyped path.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def side_file(path: Path) -> Path:
    """The file that writers of the desk at `path` queue on."""
    return path.with_name(path.name + "-queue")


def check_openable(path: Path) -> None:
    """DeskUnusable, in words, for what cannot be a desk before SQLite ever sees it."""
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "the name is not one a file can have"
        raise DeskUnusable(
            f"The desk {path} cannot be opened: {reason}.", "Check the path given with --desk or HELPDESK_DESK."
        ) from error
    if stat.S_ISDIR(status.st_mode):
        raise DeskUnusable(f"{path} is a folder, not a desk.", f"Name a file in it, for example {path / 'desk.db'}.")
    if not stat.S_ISREG(status.st_mode):
        raise DeskUnusable(f"{path} is not a regular file.", "Name a file that holds a desk, or one to be made.")
    if status.st_size == 0:
        raise DeskUnusable(
            f"{path} is empty: no desk is in it.", "Restore a backup over it, or delete it to begin a new desk."
        )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def _translating(path: Path) -> Iterator[None]:
    """Turn what the database says into a sentence for a person."""
    try:
        yield
    except DBAPIError as error:
        raise translated(error.orig, path) from error
    except sqlite3.Error as error:
        raise translated(error, path) from error


def pragma(unit: Unit, name: str) -> Any:
    """The value of a PRAGMA inside a unit of work."""
    return unit.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
