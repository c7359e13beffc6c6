"""One transaction. It rolls back unless it is committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Executable
from sqlalchemy.engine import Connection, CursorResult, RootTransaction, RowMapping

from helpdesk_tui.store.plain import Plain

T = TypeVar("T")
_AT_ONCE = 500
"""Rows of a great many that are taken at once: few enough for the garbage collector not to begin looking at them."""


class Unit:
    """A unit of work on one connection; a reading unit has nothing to commit."""

    def __init__(self, connection: Connection, transaction: RootTransaction | None = None) -> None:
        self.connection = connection
        self._transaction = transaction

    @property
    def engine(self) -> str:
        """The name of the engine, for what has to be put in words of its own."""
        return self.connection.dialect.name

    @property
    def driver_error(self) -> type[Exception]:
        """What the driver raises by itself; through SQLAlchemy it comes as a DBAPIError."""
        return self.connection.dialect.loaded_dbapi.Error

    def commit(self) -> None:
        """Keep what was written; after this returns it survives a crash and a power cut."""
        if self._transaction is None:
            raise RuntimeError("a reading unit of work has nothing to commit")
        self._transaction.commit()

    def has_table(self, name: str) -> bool:
        """Whether the desk has a table of that name."""
        raise NotImplementedError

    def upgraded(self) -> None:
        """See to what an engine needs besides, after the schema was changed."""

    def run(self, statement: Executable, parameters: Sequence[dict[str, Any]] | Mapping[str, Any] | None = None) -> Any:
        """Execute a statement, once or for each set of parameters."""
        if parameters is None:
            return self.connection.execute(statement)
        return self.connection.execute(statement, parameters) if parameters else None

    def rows(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Sequence[Any]:
        return self._fetched(lambda: self.connection.execute(statement, parameters).all())

    def mappings(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Sequence[RowMapping]:
        return self._fetched(lambda: self.connection.execute(statement, parameters).mappings().all())

    def first(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> Any:
        return self._fetched(lambda: self.connection.execute(statement, parameters).first())

    def scalar(self, statement: Executable) -> Any:
        return self._fetched(lambda: self.connection.execute(statement).scalar())

    def scalars(self, statement: Executable) -> Sequence[Any]:
        return self._fetched(lambda: self.connection.execute(statement).scalars().all())

    def columns(self, statement: Executable) -> list[list[Any]]:
        """What a great many rows have in each column, as the driver gives it.

        For numbers alone: a hundred thousand rows as objects would take the memory manager longer than the reading.
        """
        return self._fetched(lambda: _columns(self.connection.execute(statement)))

    def ask(self, statement: Plain, /, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement in plain words."""
        return self._fetched(lambda: self._driver.execute(self._words(statement), values).fetchall())

    def do(self, statement: Plain, /, **values: Any) -> None:
        """Carry out a statement in plain words."""
        self._driver.execute(self._words(statement), values)

    def do_all(self, statement: Plain, rows: Sequence[Mapping[str, Any]]) -> None:
        """Carry out a statement in plain words for each set of values."""
        if len(rows) == 1:
            self.do(statement, **rows[0])
        elif rows:
            self._driver.cursor().executemany(self._words(statement), rows)

    @cached_property
    def _driver(self) -> Any:
        """The driver's own connection, in the same transaction."""
        return self.connection.connection.driver_connection

    def _words(self, statement: Plain) -> str:
        """A statement as this engine understands it."""
        raise NotImplementedError

    def _fetched(self, fetch: Callable[[], T]) -> T:
        """What a reading statement gives; for an engine whose answers need a second look."""
        return fetch()


def _columns(result: CursorResult[Any]) -> list[list[Any]]:
    cursor: Any = result.cursor
    columns: list[list[Any]] = [[] for _ in cursor.description]
    while rows := cursor.fetchmany(_AT_ONCE):
        for column, part in zip(columns, zip(*rows, strict=True), strict=True):
            column.extend(part)
    result.close()
    return columns
