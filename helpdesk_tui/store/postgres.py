"""A desk in a schema of a PostgreSQL database, as `engine.Store` describes it. Imported only for such a desk.

Writers take turns by a lock of the transaction, taken before anything is read: so events become visible in the order
of their ids, and nobody changes what somebody else is changing. A reading is one snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

from helpdesk_tui.desk_url import DeskUrl
from helpdesk_tui.errors import DeskUnusable, NotFound, UsageError
from helpdesk_tui.store.full_text import INDEX
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.unit_of_work import Unit

try:
    import psycopg
    from psycopg.types.string import TextLoader
except ImportError as error:
    raise DeskUnusable(
        "This desk is on PostgreSQL, whose driver is not installed.", "Install it: pip install 'helpdesk-tui[postgres]'"
    ) from error

from helpdesk_tui.store import postgres_schema
from helpdesk_tui.store.postgres_dialect import DRIVER
from helpdesk_tui.store.postgres_faults import translated

PATIENCE_SECONDS = 8.0
"""How long a writer waits for its turn."""

_CONNECTING = {
    "connect_timeout": "5",
    # A server that vanished without a word is noticed within half a minute.
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
    "application_name": "helpdesk",
    "client_encoding": "utf8",
}
"""What libpq is told unless the URL says otherwise."""

_TURN = text(
    "SELECT set_config('lock_timeout', :patience, true), pg_advisory_xact_lock(:key, :schema), "
    "pg_notify('helpdesk_' || :schema, '')"
)
_KEY = 0x48444B31
"""The first half of the number of the lock that writers take turns by; the second is the schema's."""


class PostgresUnit(Unit):
    """A unit of work on a database server."""

    def has_table(self, name: str) -> bool:
        """Whether there is a table of that name."""
        there = text("SELECT to_regclass(quote_ident(current_schema()) || '.' || quote_ident(:name)) IS NOT NULL")
        return bool(self.scalar(there.bindparams(name=name)))

    def upgraded(self) -> None:
        """Give the tables that came with an upgrade what SQLite's have by themselves."""
        postgres_schema.dress(self)

    def _words(self, statement: Plain) -> str:
        return statement.on_postgresql


class PostgresStore:
    """One desk on a server, made if its schema is empty."""

    def __init__(self, url: DeskUrl, *, patience: float = PATIENCE_SECONDS, new: bool = True) -> None:
        """Open a desk. DeskUnusable if the schema holds something else, NotFound if nothing and none is to be `new`.

        `patience` (s) is for a turn to write.
        """
        self.url = url
        self._patience = patience
        self.engine = _engine_for(url)
        self.read_only = False
        try:
            with self.reading() as unit:
                place = postgres_schema.look(unit)
                self._schema = place.id
                self.read_only = place.read_only
            if not place.is_desk:
                if not new and not place.is_used:
                    raise NotFound(f"There is no desk at {self.name}.", "Check its name.")
                postgres_schema.make(self, place)
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """What the desk is called in messages: no password is in it."""
        return str(self.url)

    @property
    def caution(self) -> str:
        """A server is made to be asked from many machines."""
        return ""

    def is_part(self, _path: Path) -> bool:
        """Its files are the server's."""
        return False

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """One consistent look at the desk."""
        with self._translating(), self.engine.connect() as connection:
            snapshot = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with snapshot.begin():
                yield PostgresUnit(snapshot)

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """A unit of work that holds the write lock from the start and rolls back unless it is committed."""
        if self.read_only:
            raise DeskUnusable(
                f"The desk {self.name} is read only: it cannot be written to.",
                "Nothing was changed; ask its owner for the right to write to it.",
            )
        with self._translating(), self.engine.connect() as connection:
            # Each statement sees what was committed before it: the first only waits for the turn.
            writer = connection.execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)
            transaction = writer.begin()
            try:
                patience = f"{int(self._patience * 1000)}ms"
                writer.execute(_TURN, {"patience": patience, "key": _KEY, "schema": self._schema})
                yield PostgresUnit(writer, transaction)
            finally:
                if transaction.is_active:
                    transaction.rollback()

    def watch(self) -> PostgresWatch:
        """A cheap eye on what is committed."""
        return PostgresWatch(self)

    def back_up(self, occasion: str, at: datetime) -> None:
        """The database server has backups of its own (`pg_dump`); a change that fails is rolled back whole."""

    def wipe(self) -> bool:
        """Have the server write the tables anew without what was deleted; its own log is the server's to keep.

        DeskBusy if somebody used one of them for so long that others would have waited for it behind this.
        """
        from sqlmodel import SQLModel

        # What it noted down of the columns (`ANALYZE`) has texts too.
        tables = [f'VACUUM (FULL, ANALYZE) "{name}"' for name in (*SQLModel.metadata.tables, INDEX.name)]
        with self._translating(), self.engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            alone.exec_driver_sql(f"SET lock_timeout = {int(self._patience * 1000)}")
            try:
                for statement in (*tables, "VACUUM FULL pg_catalog.pg_statistic"):
                    alone.exec_driver_sql(statement)
            finally:
                alone.exec_driver_sql("RESET lock_timeout")
        return True

    def again(self) -> PostgresStore:
        """The same desk opened once more, with connections of its own."""
        return PostgresStore(self.url, patience=self._patience)

    def close(self) -> None:
        self.engine.dispose()

    def listener(self) -> psycopg.Connection[Any]:
        """A connection of its own that hears of every commit."""
        with self._translating():
            borrowed = self.engine.raw_connection()
            connection: Any = borrowed.driver_connection
            borrowed.detach()
            connection.rollback()
            connection.autocommit = True
            connection.execute(f"LISTEN helpdesk_{int(self._schema)}")
        return connection  # type: ignore[no-any-return]

    @contextmanager
    def _translating(self) -> Iterator[None]:
        """Turn what the server says into a sentence for a person."""
        try:
            yield
        except DBAPIError as error:
            raise translated(error.orig, self.name) from error
        except psycopg.Error as error:
            raise translated(error, self.name) from error


class PostgresWatch:
    """Says whether anybody committed: the server tells a connection that listens, so looking costs no request."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self._connection: psycopg.Connection[Any] | None = None

    def changed(self) -> bool:
        """Whether there was a commit since the last call; the first call says yes, and the first after a breakdown."""
        if self._connection is None:
            self._connection = self._store.listener()
            return True
        told = False
        try:
            server = self._connection.pgconn
            server.consume_input()
            while server.notifies() is not None:
                told = True
        except psycopg.Error as error:
            self.close()
            raise translated(error, self._store.name) from error
        return told

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _WholeLoader(TextLoader):
    """Sums of whole numbers, which the server gives as decimals."""

    def load(self, data: Any) -> Any:
        number = super().load(data)
        return int(number) if str(number).lstrip("-").isdigit() else float(number)


def _engine_for(desk: DeskUrl) -> Engine:
    # A connection that broke while it was idle is replaced before it is used (`pool_pre_ping`).
    engine = create_engine(_url(desk), pool_size=4, pool_pre_ping=True, use_native_hstore=False)
    event.listen(engine, "connect", _prepare)
    return engine


def _url(desk: DeskUrl) -> URL:
    try:
        url = make_url(desk.text).set(drivername=DRIVER)
    except (ArgumentError, ValueError) as error:
        raise UsageError(f"The URL of the desk cannot be understood: {desk}.", "Check it.") from error
    return url.update_query_dict({**_CONNECTING, **url.query})


def _prepare(connection: Any, _record: object) -> None:
    connection.adapters.register_loader("numeric", _WholeLoader)
    # Compiling a plan takes longer than any request of a desk takes.
    connection.execute("SET jit = off")
    connection.commit()
