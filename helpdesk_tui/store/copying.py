"""A whole desk from one store into another, of the same engine or not: every row of every table, ids and all.

All of it is one transaction of the new desk, and is read back and compared before that is committed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import LargeBinary, Select, Table, delete, func, select
from sqlalchemy.exc import StatementError
from sqlmodel import SQLModel

from helpdesk_tui.errors import Conflict, DeskUnusable
from helpdesk_tui.store import bulk_postgres, bulk_sqlite, many, tables, tables_aside, tables_service
from helpdesk_tui.store.engine import Store
from helpdesk_tui.store.records import as_it_stands
from helpdesk_tui.store.triggers import POSTGRESQL
from helpdesk_tui.store.unit_of_work import Unit

Progress = Callable[[int, int], object]
"""Called with the rows copied so far, and how many there are."""

_AT_ONCE, _LARGE_AT_ONCE = 2000, 8
_SPELLING = msgspec.json.Encoder(order="sorted")
_LAST = tables.ticket_text.name
"""The table that the full-text index is made from, by triggers."""


class Copied(Struct, frozen=True):
    """What was copied of one table. `checksum` is of its rows in whatever order."""

    table: str
    rows: int
    checksum: str


def copy(source: Store, target: Store, progress: Progress) -> list[Copied]:
    """Copy a desk into an empty one. Conflict if that is not empty, DeskUnusable if not all of it arrived."""
    with source.reading() as there, target.writing() as here:
        _require_empty(here, target)
        engine = bulk_postgres if here.engine == POSTGRESQL else bulk_sqlite
        triggers = engine.set_triggers_aside(here)
        wanted = _tables()
        for table in reversed(wanted):  # what every new desk begins with, as the standard policy
            here.run(delete(table))
        total = sum(int(there.scalar(select(func.count()).select_from(table)) or 0) for table in wanted)
        sent: list[Copied] = []
        for table in wanted:
            done = sum(one.rows for one in sent)
            tell = partial(_tell, progress, done, total)
            if table.name != _LAST:
                sent.append(_copy_table(there, here, table, tell))
                continue
            for statement in triggers:
                here.connection.exec_driver_sql(statement)
            with engine.indexed_at_once(here):
                sent.append(_copy_table(there, here, table, tell))
        engine.know_sizes(here)
        _check(sent, [_sum_of(here, table) for table in wanted], source)
        broken = engine.broken_reference(here)
        if broken is not None:
            raise DeskUnusable(
                f"The desk {source.name} is damaged: a record of {broken[0]} names a {broken[1]} that is not there.",
                "Nothing was copied; restore a backup of it first.",
            )
        here.commit()
    return sent


def _tell(progress: Progress, before: int, total: int, rows: int) -> None:
    progress(before + rows, total)


def is_empty(unit: Unit) -> bool:
    """Whether nobody has ever opened the desk."""
    people = select(func.count()).select_from(tables.core(tables.Person))
    return int(unit.scalar(people)) == 0


def _require_empty(unit: Unit, target: Store) -> None:
    if not is_empty(unit):
        raise Conflict(f"{target.name} holds a desk already.", "Name a new file, or an empty database.")


def _tables() -> list[Table]:
    """Every table but what an index keeps for itself, the texts that are indexed last."""
    assert tables_aside.File.metadata is tables_service.Rule.metadata is SQLModel.metadata
    found = [table for table in SQLModel.metadata.sorted_tables if table.name != _LAST]
    return [*found, SQLModel.metadata.tables[_LAST]]


def _copy_table(there: Unit, here: Unit, table: Table, progress: Callable[[int], object]) -> Copied:
    sums = _Sum()
    try:
        for rows in _rows(there, table):
            many.insert_all(here, table, rows)
            for row in rows:
                sums.add(row)
            progress(sums.rows)
    except (StatementError, here.driver_error) as error:
        said = str(error.orig if isinstance(error, StatementError) else error)
        raise DeskUnusable(
            f"A row of the table {table.name} cannot be kept there ({said.partition(chr(10))[0][:200]}).",
            "Nothing was copied; another tool may have written it: `helpdesk doctor` on the desk says more.",
        ) from error
    return Copied(table.name, sums.rows, sums.checksum)


def _sum_of(unit: Unit, table: Table) -> Copied:
    sums = _Sum()
    for rows in _rows(unit, table):
        for row in rows:
            sums.add(row)
    return Copied(table.name, sums.rows, sums.checksum)


def _rows(unit: Unit, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table, as many at once as memory takes."""
    is_large = any(isinstance(column.type, LargeBinary) for column in table.c)
    at_once = _LARGE_AT_ONCE if is_large else _AT_ONCE
    statement: Select[Any] = as_it_stands(table).execution_options(yield_per=at_once)
    found = unit.connection.execute(statement)
    names = tuple(found.keys())
    for some in found.partitions():
        yield [dict(zip(names, row, strict=True)) for row in some]


def _check(sent: list[Copied], arrived: list[Copied], source: Store) -> None:
    for one, other in zip(sent, arrived, strict=True):
        if one != other:
            raise DeskUnusable(
                f"The table {one.table} of {source.name} did not arrive whole "
                f"({other.rows:,} of {one.rows:,} rows, or what is in them differs).",
                "Nothing was copied.",
            )


def _spelled(row: dict[str, Any]) -> bytes:
    """A row in one spelling, whichever engine gave it."""
    try:
        return _SPELLING.encode(row)
    except (UnicodeEncodeError, OverflowError):  # another tool's half characters, or numbers without end
        return json.dumps(row, sort_keys=True, default=bytes.hex).encode()


class _Sum:
    """How many rows there are, and the sum of their digests: the order does not matter."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, row: dict[str, Any]) -> None:
        self._sum += int.from_bytes(hashlib.sha256(_spelled(row)).digest()[:16], "big")
        self.rows += 1

    @property
    def checksum(self) -> str:
        return f"{self._sum % 2**128:032x}"
