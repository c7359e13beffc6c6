"""Inserting thousands of rows: as SQLAlchemy would, but what is alike for all of them is done once.

PostgreSQL takes them as one stream (`COPY`), which spares it a statement for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, Insert, Table, insert

from helpdesk_tui.store.triggers import POSTGRESQL
from helpdesk_tui.store.unit_of_work import Unit

_Row = Mapping[str, Any]
_FEW = 20
"""Rows up to which it is not worth the while."""


def insert_all(unit: Unit, table: Table, rows: Sequence[_Row]) -> None:
    """Insert rows that have the same columns."""
    if len(rows) > _FEW:
        prepared = _inserting(table, tuple(rows[0]), unit.connection.dialect)
        send = _stream if unit.engine == POSTGRESQL else _send
        send(unit, prepared, rows)
    elif rows:
        unit.run(insert(table), list(map(dict, rows)))


class _Prepared:
    """A statement in the driver's words, and how a row becomes its parameters."""

    def __init__(self, statement: Insert, names: tuple[str, ...], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
        self.sql = str(compiled)
        self._names: list[str] = list(compiled.positiontup or compiled.binds)
        quoted = compiled.preparer.quote
        self.copy = f"COPY {quoted(compiled.statement.table.name)} ({', '.join(map(quoted, self._names))}) FROM STDIN"
        self._read = itemgetter(*self._names)
        self._made: list[tuple[int, Callable[[Any], Any]]] = []
        for place, name in enumerate(self._names):
            process = compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
            if process is not None:
                self._made.append((place, process))

    def parameters(self, row: _Row) -> tuple[Any, ...]:
        values = list(self._read(row))
        for place, process in self._made:
            values[place] = process(values[place])
        return tuple(values)


def _stream(unit: Unit, prepared: _Prepared, rows: Sequence[_Row]) -> None:
    connection: Any = unit.connection.connection.driver_connection
    with connection.cursor().copy(prepared.copy) as stream:
        for row in rows:
            stream.write_row(prepared.parameters(row))


def _send(unit: Unit, prepared: _Prepared, rows: Sequence[_Row]) -> None:
    unit.connection.exec_driver_sql(prepared.sql, list(map(prepared.parameters, rows)))


@lru_cache(maxsize=128)
def _inserting(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Prepared:
    return _Prepared(insert(table), names, dialect)
