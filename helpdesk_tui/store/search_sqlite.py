"""The full-text index on SQLite: an FTS5 index over `ticket_text`, kept by triggers on it."""

from __future__ import annotations

from helpdesk_tui.store.full_text import COLUMNS
from helpdesk_tui.store.triggers import Trigger


def _index(operation: str) -> str:
    """An FTS5 command for the row before (`delete`) or after a change of `ticket_text`."""
    names = ", ".join(COLUMNS)
    row = "old" if operation == "delete" else "new"
    values = ", ".join(f"{row}.{name}" for name in COLUMNS)
    if operation == "delete":
        return f"INSERT INTO ticket_search(ticket_search, rowid, {names}) VALUES ('delete', old.ticket_id, {values})"
    return f"INSERT INTO ticket_search(rowid, {names}) VALUES (new.ticket_id, {values})"


def statements() -> list[str]:
    """The SQL that makes the index and the triggers on the texts."""
    kept = (
        Trigger("ticket_text_added", "INSERT", "ticket_text", (_index("insert"),)),
        Trigger("ticket_text_gone", "DELETE", "ticket_text", (_index("delete"),)),
        Trigger("ticket_text_changed", "UPDATE", "ticket_text", (_index("delete"), _index("insert"))),
    )
    return [
        f"CREATE VIRTUAL TABLE ticket_search USING fts5({', '.join(COLUMNS)}, content='ticket_text', "
        "content_rowid='ticket_id', tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
        *(statement for trigger in kept for statement in trigger.statements("sqlite")),
    ]
