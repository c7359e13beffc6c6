"""What can be told of a desk from inside: whether it is whole, and whether what it counts agrees with what is there."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

from sqlalchemy import func, select, text

from helpdesk_tui.domain.keeping import Finding, State
from helpdesk_tui.store import backup, bulk_postgres, bulk_sqlite, derived, standing, tables, tables_aside, values
from helpdesk_tui.store.sqlite import SqliteStore
from helpdesk_tui.store.triggers import POSTGRESQL
from helpdesk_tui.store.unit_of_work import Unit

_REPAIR = "`helpdesk doctor --repair` counts anew."
_RESTORE = "Keep a copy of the file, then `helpdesk restore` the latest backup."

# Both as every engine understands them.
_TOTALS_OFF = """
SELECT board_column.id FROM board_column
LEFT JOIN column_total ON column_total.column_id = board_column.id
LEFT JOIN (SELECT column_id, count(*) AS there FROM ticket WHERE NOT gone GROUP BY column_id) AS counted
    ON counted.column_id = board_column.id
WHERE coalesce(column_total.tickets, 0) <> coalesce(counted.there, 0)
"""
_COUNTS_OFF = """
SELECT ticket.id FROM ticket
LEFT JOIN (SELECT ticket_id, sum(CASE WHEN speech = 'reply' THEN 1 ELSE 0 END) AS replies,
    sum(CASE WHEN speech = 'note' THEN 1 ELSE 0 END) AS notes FROM comment WHERE NOT removed GROUP BY ticket_id
) AS said ON said.ticket_id = ticket.id
LEFT JOIN (SELECT ticket_id, count(*) AS steps, sum(CASE WHEN done THEN 1 ELSE 0 END) AS done
    FROM check_step WHERE NOT removed GROUP BY ticket_id
) AS listed ON listed.ticket_id = ticket.id
LEFT JOIN (SELECT ticket_id, count(*) AS files FROM file WHERE NOT removed GROUP BY ticket_id
) AS attached ON attached.ticket_id = ticket.id
LEFT JOIN (SELECT ticket_id, sum(minutes) AS minutes FROM time_entry WHERE NOT removed GROUP BY ticket_id
) AS worked ON worked.ticket_id = ticket.id
WHERE ticket.replies <> coalesce(said.replies, 0) OR ticket.notes <> coalesce(said.notes, 0)
    OR ticket.steps <> coalesce(listed.steps, 0) OR ticket.steps_done <> coalesce(listed.done, 0)
    OR ticket.files <> coalesce(attached.files, 0) OR ticket.minutes <> coalesce(worked.minutes, 0)
"""
_IS_GONE = (
    "(archived_at IS NOT NULL OR removed "
    "OR EXISTS (SELECT 1 FROM board WHERE board.id = ticket.board_id AND board.archived_at IS NOT NULL))"
)
_GONE_OFF = f"SELECT id FROM ticket WHERE gone <> {_IS_GONE}"

_event = tables.core(tables_aside.Event)


def counts(unit: Unit) -> Finding:
    """Whether the counts that cards and columns show are right."""
    tickets = len({*_ids(unit, _COUNTS_OFF), *_ids(unit, _GONE_OFF)})
    columns = len({*_ids(unit, _TOTALS_OFF), *standing.columns_off(unit)})
    if not tickets and not columns:
        return Finding("counts", State.OK, "What cards and columns count is there.")
    said = f"Wrong counts: on {tickets} tickets and {columns} columns."
    return Finding("counts", State.BAD, said, _REPAIR)


def count_anew(unit: Unit) -> None:
    """Bring the counts of cards and columns into agreement with what is there."""
    unit.run(text(f"UPDATE ticket SET gone = {_IS_GONE} WHERE id IN ({_GONE_OFF})"))
    derived.recount(unit, _ids(unit, _COUNTS_OFF))
    unit.run(text("DELETE FROM column_total"))
    unit.run(text("INSERT INTO column_total SELECT column_id, count(*) FROM ticket WHERE NOT gone GROUP BY column_id"))
    standing.count_anew(unit)


def clock(unit: Unit, now: datetime) -> Finding:
    """Whether something is recorded for a moment that is still to come."""
    latest = select(_event.c.at).order_by(_event.c.id.desc()).limit(1000).subquery()
    last = unit.scalar(select(func.max(latest.c.at)))
    if last is None or last <= now:
        return Finding("clock", State.OK, "Nothing is recorded for a moment still to come.")
    said = f"Something is recorded for {last:%Y-%m-%d %H:%M} UTC: the clock was ahead, or has been set back since."
    return Finding("clock", State.NOTE, said, "Nothing is lost: the order of events is that of their recording.")


def _ids(unit: Unit, statement: str) -> list[int]:
    return [int(row[0]) for row in unit.rows(text(statement))]


# A file of SQLite


def version() -> Finding:
    """Which SQLite it is, and whether it has a known fault."""
    known = tuple(map(int, sqlite3.sqlite_version.split(".")))
    mended = known >= (3, 51, 3) or (3, 50, 7) <= known < (3, 51) or (3, 44, 6) <= known < (3, 45)
    if mended:
        return Finding("SQLite", State.OK, f"Version {sqlite3.sqlite_version}.")
    said = (
        f"Version {sqlite3.sqlite_version} can damage a file when one program resets the log while another writes it; "
        "writers of a desk queue, which keeps that apart."
    )
    return Finding("SQLite", State.NOTE, said, "Keep other programs from writing the file; 3.51.3 has it mended.")


def damage(store: SqliteStore) -> Iterator[Finding]:
    """A quick look through the whole file, while others write on."""
    with store.reading() as unit:
        verdict = _first(unit, "PRAGMA quick_check(1)")
        yield _whole(verdict, "A quick check of the whole file found nothing.")
        if verdict == "ok":
            yield _loose(_first(unit, "PRAGMA foreign_key_check"))
            yield search_rows(unit)


def damage_in_full(store: SqliteStore) -> Iterator[Finding]:
    """Everything, indexes and search included: in a copy, because nobody else could write meanwhile."""
    part = backup.make_folder(store.path) / f".check-{secrets.token_hex(4)}.part"
    try:
        backup.copy_pages(store.path, "mode=ro", part)
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            ((verdict,),) = copy.execute("PRAGMA integrity_check(1)").fetchall()
            yield _whole(str(verdict), "A full check of the whole file found nothing.")
            if verdict == "ok":
                row = copy.execute("PRAGMA foreign_key_check").fetchone()
                yield _loose("" if row is None else str(row[0]))
                yield _search_index(copy)
    except sqlite3.Error as error:
        said = "There is no room for a copy to check." if backup.is_full(error) else f"The file is damaged ({error})."
        yield Finding("damage", State.BAD, said, "Free some space." if backup.is_full(error) else _RESTORE)
    finally:
        backup.discard(part)


def index_anew(unit: Unit) -> None:
    """Build the search index anew from the texts of the tickets. Others wait while that is done."""
    (bulk_postgres if unit.engine == POSTGRESQL else bulk_sqlite).build_index_anew(unit)
    missing = _ids(unit, "SELECT id FROM ticket WHERE id NOT IN (SELECT ticket_id FROM ticket_text)")
    unit.run(
        text(
            "INSERT INTO ticket_text SELECT id, title, description, '', '', '', '', '' FROM ticket "
            "WHERE id NOT IN (SELECT ticket_id FROM ticket_text)"
        )
    )
    derived.rewrite_texts(unit, missing)


def _first(unit: Unit, statement: str) -> str:
    row = unit.first(text(statement))
    return "" if row is None else values.text(row[0])


def _whole(verdict: str, said: str) -> Finding:
    if verdict == "ok":
        return Finding("damage", State.OK, said)
    return Finding("damage", State.BAD, f"The file is damaged ({backup.in_a_line(verdict)}).", _RESTORE)


def _loose(table: str) -> Finding:
    if not table:
        return Finding("references", State.OK, "Nothing points at what is not there.")
    said = f"Something in `{table}` points at what is not there: another tool has changed the file."
    return Finding("references", State.BAD, said, _RESTORE)


def search_rows(unit: Unit) -> Finding:
    """Whether every ticket is in the search index; not whether what is there is right."""
    kept = ("ticket", "ticket_text", "ticket_search" if unit.engine == POSTGRESQL else "ticket_search_docsize")
    tickets, texts, indexed = (int(_first(unit, f"SELECT count(*) FROM {table}")) for table in kept)
    if tickets == texts == indexed:
        return Finding("search", State.OK, "Every ticket is in the search index.")
    said = f"Of {tickets:,} tickets {min(texts, indexed):,} are in the search index."
    return Finding("search", State.BAD, said, "`helpdesk doctor --repair` builds it anew.")


def _search_index(copy: sqlite3.Connection) -> Finding:
    try:
        copy.execute("INSERT INTO ticket_search(ticket_search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        said = "The search index does not agree with the tickets: some are not found."
        return Finding("search", State.BAD, said, "`helpdesk doctor --repair` builds it anew.")
    return Finding("search", State.OK, "The search index agrees with the tickets.")
