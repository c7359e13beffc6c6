"""How records of a kind are read and written in plain words, and how their values travel."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, Table

from helpdesk_tui.store import tables, values
from helpdesk_tui.store.plain import Plain


class RecordWords:
    """The statements for the records of one table."""

    def __init__(self, table: Table) -> None:
        self._table = table.name
        self._json = frozenset(column.name for column in table.c if isinstance(column.type, JSON))
        self._truth = frozenset(column.name for column in table.c if isinstance(column.type, Boolean))
        self._names = tuple(column.name for column in table.c)
        columns = (f'CAST("{name}" AS TEXT)' if name in self._json else f'"{name}"' for name in self._names)
        self.reading = Plain(f"SELECT {', '.join(columns)} FROM {self._table} WHERE id IN [wanted]")

    def adding(self, names: Iterable[str]) -> Plain:
        """Adds a record with these fields and returns its id."""
        return _adding(self._table, tuple(names))

    def writing(self, names: Iterable[str]) -> Plain:
        """Sets these fields of the record `:record`."""
        return _writing(self._table, tuple(names))

    def taken(self, row: tuple[Any, ...]) -> dict[str, Any]:
        """A row that was read, as stored values by their names."""
        record = {name: as_stored(value) for name, value in zip(self._names, row, strict=True)}
        for name in self._truth:
            record[name] = None if record[name] is None else bool(record[name])
        for name in self._json:
            record[name] = values.from_json(record[name])
        return record

    def given(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """The values of fields as the driver takes them."""
        return {name: self._given(name, value) for name, value in record.items()}

    def _given(self, name: str, value: Any) -> Any:
        if name in self._json:
            return json.dumps(value)
        if name in self._truth:
            return None if value is None else bool(value)
        return as_stored(value)


@cache
def _adding(table: str, names: tuple[str, ...]) -> Plain:
    columns, parameters = (", ".join(pattern.format(name) for name in names) for pattern in ('"{}"', ":{}"))
    return Plain(f"INSERT INTO {table} ({columns}) VALUES ({parameters}) RETURNING id")


@cache
def _writing(table: str, names: tuple[str, ...]) -> Plain:
    sets = ", ".join(f'"{name}" = :{name}' for name in names)
    return Plain(f"UPDATE {table} SET {sets} WHERE id = :record")


def as_stored(value: Any) -> Any:
    """A value read from a table or to be written there, in the form the history keeps; a blob as the text it holds."""
    if type(value) is bytes:
        return value.decode("utf-8", "replace")
    return tables.to_stored(value) if hasattr(value, "tzinfo") else value
