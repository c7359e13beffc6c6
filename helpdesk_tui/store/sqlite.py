"""A desk in a file of SQLite, set up so that SQLite keeps its promises with many processes.

SQLAlchemy's defaults lose writes in silence here: the driver's own transaction handling is switched off and every
transaction begins by saying whether it will write (`BEGIN IMMEDIATE`) or only read (`BEGIN`).
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from helpdesk_tui.errors import DeskBusy, DeskReplaced, DeskUnusable
from helpdesk_tui.store import far_away, modes
from helpdesk_tui.store.faults import reason, translated
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.read_only import State, how_to_open, may_write
from helpdesk_tui.store.unit_of_work import Unit
from helpdesk_tui.store.values import from_json
from helpdesk_tui.store.writer_queue import PATIENCE_SECONDS, WriterQueue

APPLICATION_ID = 0x48444B31
"""`PRAGMA application_id` of a desk: "HDK1"."""

BUSY_SECONDS = 5.0
WIPES, WIPE_MILLISECONDS = 15, 1000
"""How often the log is tried to be emptied, and for how long each time: other writers wait for that."""
WIPING = "Somebody is being erased, and the desk's file is written anew without them."
# `trusted_schema` stays ON: with OFF, SQLite before 3.44 refuses the triggers that keep the FTS5 index ("unsafe use of
# virtual table"). What OFF would guard against, schema text calling functions of the program, we have none of.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
)

Identity = tuple[int, int]
"""Device and inode: which file it is, whatever its name."""

T = TypeVar("T")


class SqliteUnit(Unit):
    """A unit of work on a file."""

    def has_table(self, name: str) -> bool:
        """Whether there is a table of that name."""
        return self.first(text("SELECT 1 FROM sqlite_master WHERE name = :name").bindparams(name=name)) is not None

    def _fetched(self, fetch: Callable[[], T]) -> T:
        """What a reading statement gives. Where another tool wrote a text that is not UTF-8, it is shown broken."""
        try:
            return fetch()
        except (OperationalError, sqlite3.OperationalError) as error:
            if self._driver.text_factory is not str or "decode to UTF-8" not in str(error):
                raise
            # From now on for this connection: it costs a call for each text, a tenth of what reading a page takes.
            self._driver.text_factory = partial(str, encoding="utf-8", errors="replace")
            return fetch()

    def _words(self, statement: Plain) -> str:
        return statement.on_sqlite


class SqliteStore:
    """One desk's file, as `engine.Store` describes it."""

    def __init__(self, path: Path, *, being_built: bool = False, patience: float = PATIENCE_SECONDS) -> None:
        """Open an existing desk. DeskUnusable if what is there cannot be one. `patience` (s) is for a turn to write."""
        if not being_built:
            check_openable(path)
        self.path = path
        self.read_only = not being_built and not may_write(path)
        """Whether this account may only read the desk; decided when it is opened."""
        self.engine = engine_for(path, being_built=being_built, read_only=self.read_only)
        self._state = State.of(path)
        self._queue = WriterQueue(side_file(path), patience, like=path)
        self._identity = _identity(path)
        self._log_identity: Identity | None = None
        if not self.read_only:
            event.listen(self.engine, "first_connect", self._note_the_log)

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """One consistent look at the desk."""
        self.check_still_there()
        if self.read_only:
            self._keep_up()
        with (
            self._undisturbed(),
            _translating(self.path),
            self.engine.connect() as connection,
            connection.begin(),
        ):
            yield SqliteUnit(connection)

    def _keep_up(self) -> None:
        """Let go of connections that were right for the files as they were, if these have changed since."""
        before, self._state = self._state, State.of(self.path)
        if not self._state.opens_like(before):
            self.engine.dispose()

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """Around a reading that takes no locks: DeskBusy if somebody wrote to the file meanwhile, whatever was read."""
        state = self._state
        without_locks = self.read_only and not state.has_log
        try:
            yield
        finally:
            if without_locks and State.of(self.path).file != state.file:
                raise DeskBusy("The desk was changed while it was being read.", "Try again.")

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """A unit of work that holds the write lock from the start and rolls back unless it is committed.

        DeskUnusable for a desk that may only be read.
        """
        if self.read_only:
            raise DeskUnusable(
                f"The desk {self.path} is read only: it cannot be written to.",
                "Nothing was changed; ask its owner for the right to write the file and its folder.",
            )
        self.check_still_there()
        # A connection first: to open the first one takes a while, and everybody else waits for whoever has the turn.
        with _translating(self.path), self.engine.connect() as connection, self._turn():
            writer = connection.execution_options(writes=True)
            transaction = writer.begin()
            unit = SqliteUnit(writer, transaction)
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

    @contextmanager
    def _turn(self, errand: str = "") -> Iterator[None]:
        """A turn at writing; the file may have been replaced while this process waited for it."""
        with self._queue.turn(errand):
            self.check_still_there()
            yield

    def is_part(self, path: Path) -> bool:
        with suppress(OSError, ValueError):
            found = os.stat(path)
            for end in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    if os.path.samestat(found, os.stat(f"{self.path}{end}")):
                        return True
        return False

    def watch(self) -> SqliteWatch:
        """A cheap eye on what other connections commit."""
        return SqliteWatch(self)

    @property
    def name(self) -> str:
        """What the desk is called in messages."""
        return str(self.path)

    @property
    def caution(self) -> str:
        """What is to be said of where the file lies."""
        return far_away.caution(self.path)

    def back_up(self, occasion: str, at: datetime) -> Path | None:
        """Keep a copy of the desk beside it; where."""
        from helpdesk_tui.store import backup

        return backup.before(self, occasion, at)

    def wipe(self) -> bool:
        """Write the file anew without what was deleted, and empty the log; False if readers kept the log from that.

        Other writers wait meanwhile, a second or two at 100,000 tickets (170 MB), and get their turns in between.
        """
        # `secure_delete` would spare them that, but overwrites only where a row stood last: where pages had been split
        # or joined before, copies of it stay (tried: 35 of 13,426 with 4,000 rows), and nothing but VACUUM leaves none.
        with closing(_connect(self.path)) as connection, _translating(self.path):
            connection.execute("PRAGMA temp_store=FILE")
            with self._turn(WIPING):  # words that are gone stay in the index's older parts until those are joined
                connection.execute("INSERT INTO ticket_search(ticket_search) VALUES ('optimize')")
            with self._turn(WIPING):
                connection.execute("VACUUM")
            connection.execute(f"PRAGMA busy_timeout={WIPE_MILLISECONDS}")
            for _ in range(WIPES):
                with self._turn(WIPING):
                    (busy, *_counts) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not busy:
                    return True
            return False

    def again(self) -> SqliteStore:
        """The same file opened once more, with connections of its own."""
        return SqliteStore(self.path)

    def check_still_there(self) -> None:
        """DeskReplaced if the file was deleted or replaced: SQLite would go on writing into the void."""
        if _identity(self.path) != self._identity:
            raise DeskReplaced(
                f"The desk's file {self.path} was deleted or replaced while it was open, as by `helpdesk restore`.",
                "Start helpdesk again; what you were just saving was not saved.",
            )
        if self._log_identity is not None and _identity(log_file(self.path)) != self._log_identity:
            self._save_the_log()
            raise DeskUnusable(
                f"The file {log_file(self.path)} was deleted while the desk was open.",
                "Start helpdesk again, and never delete it: it holds the latest changes. They were saved this time.",
            )

    def _note_the_log(self, *_connected: object) -> None:
        """Which file the log is. From the first connection on it stays: only the last one to close takes it away."""
        self._log_identity = _identity(log_file(self.path))

    def _save_the_log(self) -> None:
        """Bring what is in the deleted log, which this process still has open, into the desk itself."""
        connection = self.engine.raw_connection()
        try:
            with _translating(self.path):
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def close(self) -> None:
        self.engine.dispose()


class SqliteWatch:
    """Says whether somebody else committed, by `PRAGMA data_version` on a connection of its own (microseconds)."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self._connection: sqlite3.Connection | None = None
        self._version = -1
        self._state: State | None = None

    def changed(self) -> bool:
        """Whether another connection committed since the last call; the first call says yes."""
        self._store.check_still_there()
        if self._store.read_only:
            before, self._state = self._state, State.of(self._store.path)
            return self._state != before
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


def engine_for(path: Path, *, being_built: bool = False, read_only: bool = False) -> Engine:
    """An engine on an existing file, each connection with the desk's settings."""
    connect = partial(_connect_to_read, path) if read_only else partial(_connect, path, being_built=being_built)
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, creator=connect, pool_size=4, json_deserializer=from_json)
    event.listen(engine, "begin", _begin)
    return engine


def _connect(path: Path, *, being_built: bool = False) -> sqlite3.Connection:
    # mode=rw: a desk is made by `migrate.create` only, never by a mistyped path.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        if not being_built:
            _refuse_another_program(connection, path)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except (sqlite3.Error, DeskUnusable):
        connection.close()
        raise
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing: neither the desk nor what is beside it."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how_to_open(path)}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        _refuse_another_program(connection, path)
        for pragma in ("PRAGMA query_only=ON", "PRAGMA temp_store=MEMORY"):
            connection.execute(pragma)
    except (sqlite3.Error, DeskUnusable):
        connection.close()
        raise
    return connection


def _refuse_another_program(connection: sqlite3.Connection, path: Path) -> None:
    """Before any setting is made: some are kept in the file, and another program's database is not ours to change."""
    (known_as,) = connection.execute("PRAGMA application_id").fetchone()
    if known_as != APPLICATION_ID:
        raise DeskUnusable(f"{path} is a database, but not a helpdesk desk.", "Check the path given with --desk.")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def side_file(path: Path) -> Path:
    """The file that writers of the desk at `path` queue on."""
    return path.with_name(path.name + "-queue")


def log_file(path: Path) -> Path:
    """SQLite's write-ahead log of the desk at `path`: the latest changes, until they are brought into the desk."""
    return path.with_name(path.name + "-wal")


def check_openable(path: Path) -> None:
    """DeskUnusable, in words, for what cannot be a desk before SQLite ever sees it."""
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError):
            modes.refuse_closed_folder(path)
        raise DeskUnusable(
            f"The desk {path} cannot be opened: {reason(error)}.", "Check the path given with --desk or HELPDESK_DESK."
        ) from error
    if stat.S_ISDIR(status.st_mode):
        raise DeskUnusable(f"{path} is a folder, not a desk.", f"Name a file in it, for example {path / 'desk.db'}.")
    if not stat.S_ISREG(status.st_mode):
        raise DeskUnusable(f"{path} is not a regular file.", "Name a file that holds a desk, or one to be made.")
    if status.st_size == 0:
        raise DeskUnusable(
            f"{path} is empty: no desk is in it.", "Restore a backup over it, or delete it to begin a new desk."
        )


def _identity(path: Path) -> Identity | None:
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
