"""Setting aside on PostgreSQL what would slow a bulk of rows down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import IntegrityError

from helpdesk_tui.store.search_postgres import INDEX_OF_WORDS, filled
from helpdesk_tui.store.triggers import BULK
from helpdesk_tui.store.unit_of_work import Unit


def set_triggers_aside(unit: Unit) -> list[str]:
    """Let the index's triggers hold still for this transaction, and give the SQL that wakes them.

    The history's guards stay. References are checked at the commit.
    """
    unit.connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
    unit.connection.exec_driver_sql(f"SET LOCAL {BULK} = 'on'")
    return [f"SET LOCAL {BULK} = 'off'"]


def know_sizes(unit: Unit) -> None:
    """Let the server look at what has come: it would go by the tables as they were before, empty ones perhaps."""
    unit.connection.exec_driver_sql(f"ANALYZE {', '.join(_LOOKED_AT)}")


_LOOKED_AT = (
    *("ticket", "comment", "check_step", "time_entry", "file", "event", "change_set", "ticket_label", "person"),
    *("ticket_text", "ticket_search", "ticket_service", "stay", "seen", "watcher", "ticket_link"),
)
"""Tables that grow with each ticket."""


@contextmanager
def indexed_at_once(unit: Unit) -> Iterator[None]:
    """Put the words that come meanwhile into the index at the end, together: a tenth of the time.

    From here to the commit nobody else can search.
    """
    unit.connection.exec_driver_sql("DROP INDEX ticket_search_words")
    yield
    unit.connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
    unit.connection.exec_driver_sql(INDEX_OF_WORDS)


@contextmanager
def without_guards(unit: Unit) -> Iterator[None]:
    """Let events be deleted meanwhile: the desk's owner may."""
    unit.connection.exec_driver_sql("ALTER TABLE event DISABLE TRIGGER event_never_change")
    yield
    unit.connection.exec_driver_sql("ALTER TABLE event ENABLE TRIGGER event_never_change")


def empty_index(unit: Unit) -> None:
    """Forget all searchable texts."""
    unit.connection.exec_driver_sql("DELETE FROM ticket_search")


def build_index_anew(unit: Unit) -> None:
    """Fill the index of words from the texts of all tickets."""
    empty_index(unit)
    with indexed_at_once(unit):
        unit.connection.exec_driver_sql(filled())


def broken_reference(unit: Unit) -> tuple[str, str] | None:
    """A table with a record that refers to one that is not there, and the table where it should be."""
    savepoint = unit.connection.begin_nested()
    try:
        unit.connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        savepoint.rollback()
        said: Any = getattr(error.orig, "diag", None)
        missing = str(said.message_detail).rpartition('table "')[2].partition('"')[0]
        return str(said.table_name), missing
    savepoint.commit()
    return None
