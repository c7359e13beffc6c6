"""Setting aside on SQLite what would slow a bulk of rows down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from helpdesk_tui.store.unit_of_work import Unit


def set_triggers_aside(unit: Unit) -> list[str]:
    """Take the index's triggers down, and give the SQL that puts them back. The history's guards stay.

    References are checked at the commit.
    """
    unit.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    return _dropped(unit, "!=")


def know_sizes(_unit: Unit) -> None:
    """It goes by its indexes however much there is."""


@contextmanager
def indexed_at_once(_unit: Unit) -> Iterator[None]:
    """Its index takes what comes in strokes of its own."""
    yield


@contextmanager
def without_guards(unit: Unit) -> Iterator[None]:
    """Let events be deleted meanwhile."""
    guards = _dropped(unit, "=")
    yield
    for statement in guards:
        unit.connection.exec_driver_sql(statement)


def _dropped(unit: Unit, is_event: str) -> list[str]:
    found = text(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name {is_event} 'event'")
    statements: list[str] = []
    for row in unit.rows(found):
        unit.connection.exec_driver_sql(f'DROP TRIGGER "{row.name}"')
        statements.append(row.sql)
    return statements


def empty_index(unit: Unit) -> None:
    """Forget all searchable texts."""
    unit.connection.exec_driver_sql("INSERT INTO ticket_search(ticket_search) VALUES ('delete-all')")


def build_index_anew(unit: Unit) -> None:
    """Fill the index of words from the texts of all tickets."""
    unit.connection.exec_driver_sql("INSERT INTO ticket_search(ticket_search) VALUES ('rebuild')")


def broken_reference(unit: Unit) -> tuple[str, str] | None:
    """A table with a record that refers to one that is not there, and the table where it should be."""
    row = unit.connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    return None if row is None else (row[0], row[2])
