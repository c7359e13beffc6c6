"""Full text on SQLite: the index, and the triggers that keep it.

`ticket_text` holds the searchable texts of each ticket, one row a ticket; `ticket_search` is an FTS5 index over it.
Triggers on the source tables rewrite the row, triggers on the row keep the index: no writer can forget it.
"""

from __future__ import annotations

COLUMNS = ("title", "description", "replies", "notes", "checklist", "labels", "requester")

_JOINED = "coalesce((SELECT group_concat({what}, char(10)) FROM {source}), '')"
_REPLIES = _JOINED.format(what="body", source="comment WHERE ticket_id = {id} AND speech = 'reply' AND NOT removed")
_NOTES = _JOINED.format(what="body", source="comment WHERE ticket_id = {id} AND speech = 'note' AND NOT removed")
_CHECKLIST = _JOINED.format(what="text", source="check_step WHERE ticket_id = {id} AND NOT removed")
_LABELS = _JOINED.format(
    what="label.name", source="label JOIN ticket_label ON label.id = label_id WHERE ticket_id = {id}"
)
_REQUESTER = "coalesce((SELECT name || ' ' || coalesce(login, '') FROM person WHERE id = {id}), '')"


def texts_of(ticket: str) -> dict[str, str]:
    """For each column but title and description, the SQL that reads it anew for the ticket of that SQL name."""
    row = f"{ticket}.id"
    return {
        "replies": _REPLIES.format(id=row),
        "notes": _NOTES.format(id=row),
        "checklist": _CHECKLIST.format(id=row),
        "labels": _LABELS.format(id=row),
        "requester": _REQUESTER.format(id=f"{ticket}.requester_id"),
    }


def _when(name: str, timing: str, body: str) -> str:
    return f"CREATE TRIGGER {name} AFTER {timing} BEGIN {body}; END"


def _rewrite(column: str, value: str, row: str) -> str:
    return f"UPDATE ticket_text SET {column} = {value.format(id=row)} WHERE ticket_id = {row}"


def _index(operation: str) -> str:
    """An FTS5 command for the row before (`delete`) or after a change of `ticket_text`."""
    names = ", ".join(COLUMNS)
    row = "old" if operation == "delete" else "new"
    values = ", ".join(f"{row}.{name}" for name in COLUMNS)
    if operation == "delete":
        return f"INSERT INTO ticket_search(ticket_search, rowid, {names}) VALUES ('delete', old.ticket_id, {values})"
    return f"INSERT INTO ticket_search(rowid, {names}) VALUES (new.ticket_id, {values})"


def statements() -> list[str]:
    """The SQL that makes the index and its triggers, in order."""
    talk = f"{_rewrite('replies', _REPLIES, 'new.ticket_id')}; {_rewrite('notes', _NOTES, 'new.ticket_id')}"
    steps = _rewrite("checklist", _CHECKLIST, "new.ticket_id")
    return [
        f"CREATE VIRTUAL TABLE ticket_search USING fts5({', '.join(COLUMNS)}, content='ticket_text', "
        "content_rowid='ticket_id', tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
        _when("ticket_text_added", "INSERT ON ticket_text", _index("insert")),
        _when("ticket_text_gone", "DELETE ON ticket_text", _index("delete")),
        _when("ticket_text_changed", "UPDATE ON ticket_text", f"{_index('delete')}; {_index('insert')}"),
        _when(
            "ticket_added_text",
            "INSERT ON ticket",
            "INSERT INTO ticket_text VALUES (new.id, new.title, new.description, '', '', '', '', "
            f"{_REQUESTER.format(id='new.requester_id')})",
        ),
        _when(
            "ticket_changed_text",
            "UPDATE OF title, description, requester_id ON ticket "
            "WHEN new.title IS NOT old.title OR new.description IS NOT old.description "
            "OR new.requester_id IS NOT old.requester_id",
            "UPDATE ticket_text SET title = new.title, description = new.description, "
            f"requester = {_REQUESTER.format(id='new.requester_id')} WHERE ticket_id = new.id",
        ),
        _when("ticket_gone_text", "DELETE ON ticket", "DELETE FROM ticket_text WHERE ticket_id = old.id"),
        _when("comment_added_text", "INSERT ON comment", talk),
        _when("comment_changed_text", "UPDATE OF body, speech, removed ON comment", talk),
        _when("check_step_added_text", "INSERT ON check_step", steps),
        _when("check_step_changed_text", "UPDATE OF text, removed ON check_step", steps),
        _when("label_put_text", "INSERT ON ticket_label", _rewrite("labels", _LABELS, "new.ticket_id")),
        _when("label_taken_text", "DELETE ON ticket_label", _rewrite("labels", _LABELS, "old.ticket_id")),
        _when(
            "label_renamed_text",
            "UPDATE OF name ON label WHEN new.name IS NOT old.name",
            f"UPDATE ticket_text SET labels = {_LABELS.format(id='ticket_text.ticket_id')} "
            "WHERE ticket_id IN (SELECT ticket_id FROM ticket_label WHERE label_id = new.id)",
        ),
        _when(
            "person_renamed_text",
            "UPDATE OF name, login ON person WHEN new.name IS NOT old.name OR new.login IS NOT old.login",
            f"UPDATE ticket_text SET requester = {_REQUESTER.format(id='new.id')} "
            "WHERE ticket_id IN (SELECT id FROM ticket WHERE requester_id = new.id)",
        ),
    ]


def history_guards() -> list[str]:
    """Triggers that keep the event log as it was written. REPLACE deletes without asking the trigger of DELETE."""
    refuse = "BEGIN SELECT raise(ABORT, 'the history is never changed'); END"
    return [
        f"CREATE TRIGGER event_never_update BEFORE UPDATE ON event {refuse}",
        f"CREATE TRIGGER event_never_delete BEFORE DELETE ON event {refuse}",
        "CREATE TRIGGER event_never_replace BEFORE INSERT ON event "
        f"WHEN EXISTS (SELECT 1 FROM event WHERE id = new.id) {refuse}",
    ]
