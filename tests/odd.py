"""A desk into which another tool has written what this program never would."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

ODD: dict[str, str] = {
    "an unknown status": "UPDATE ticket SET status = 'on hold' WHERE id = 2",
    "a status that is a number": "UPDATE ticket SET status = 7 WHERE id = 2",
    "a priority out of range": "UPDATE ticket SET priority = 9 WHERE id = 2",
    "a priority in words": "UPDATE ticket SET priority = 'urgent' WHERE id = 2",
    "a priority of 0": "UPDATE ticket SET priority = 0 WHERE id = 2",
    "an impact and an urgency out of range": "UPDATE ticket SET impact = 12, urgency = 'x' WHERE id = 2",
    "a due date in words": "UPDATE ticket SET due_at = 'tomorrow' WHERE id = 2",
    "a due date with a fraction": "UPDATE ticket SET due_at = 1764000000000.25 WHERE id = 2",
    "a due date beyond the calendar": "UPDATE ticket SET due_at = 9000000000000000000 WHERE id = 2",
    "a service level long before the calendar": "UPDATE ticket SET sla_due_at = -9000000000000000000 WHERE id = 2",
    "a creation that is a blob": "UPDATE ticket SET created_at = x'00ff1b', updated_at = x'' WHERE id = 2",
    "no creation": "UPDATE ticket SET created_at = NULL, updated_at = NULL WHERE id = 2",
    "a closing in words": "UPDATE ticket SET closed_at = '2026-11-25 12:00' WHERE id = 2",
    "an archiving in words": "UPDATE ticket SET archived_at = 'never' WHERE id = 2",
    "no title": "UPDATE ticket SET title = NULL, folded = NULL WHERE id = 2",
    "a title that is a blob": "UPDATE ticket SET title = x'50726cff1b5d', folded = x'50' WHERE id = 2",
    "a title that is not UTF-8": "UPDATE ticket SET title = CAST(x'50ff72' AS TEXT) WHERE id = 2",
    "no description": "UPDATE ticket SET description = NULL WHERE id = 2",
    "a description that is a blob": "UPDATE ticket SET description = x'ff0a00' WHERE id = 2",
    "kind and language nobody knows": "UPDATE ticket SET kind = 'saga', language = x'ff' WHERE id = 2",
    "no kind and no source": "UPDATE ticket SET kind = NULL, source = NULL, language = NULL WHERE id = 2",
    "counts in words": "UPDATE ticket SET steps = 'a', steps_done = x'01', replies = NULL, files = 'b' WHERE id = 2",
    "a rating in words": "UPDATE ticket SET rating = 'good', minutes = 'long' WHERE id = 2",
    "flags in words": "UPDATE ticket SET escalated = 'yes' WHERE id = 2",
    "events counted in words": "UPDATE ticket SET last_event_id = 'x', last_actor_id = 'y', version = 'z' WHERE id = 2",
    "a rank that is none": "UPDATE ticket SET rank = '~ ~' WHERE id = 2",
    "a rank that is a blob": "UPDATE ticket SET rank = x'ff' WHERE id = 2",
    "an assignee who does not exist": "UPDATE ticket SET assignee_id = 999 WHERE id = 2",
    "an assignee in words": "UPDATE ticket SET assignee_id = 'bob' WHERE id = 2",
    "a requester and an organization that do not exist":
        "UPDATE ticket SET requester_id = 998, organization_id = 997 WHERE id = 2",
    "a board that does not exist": "UPDATE ticket SET board_id = 99 WHERE id = 2",
    "a column of another board":
        "UPDATE ticket SET column_id = (SELECT max(id) FROM board_column) WHERE id = 2",
    "a column that does not exist": "UPDATE ticket SET column_id = 77 WHERE id = 2",
    "a column in words": "UPDATE ticket SET column_id = 'Doing' WHERE id = 2",
    "a column of an unknown category": "UPDATE board_column SET category = 'later' WHERE name = 'Doing'",
    "a column without a name": "UPDATE board_column SET name = NULL, wip_limit = 'two' WHERE name = 'Doing'",
    "a board that is a blob": "UPDATE board SET name = x'ff41'",
    "a label that is a blob": "UPDATE label SET name = x'ff1b', color = 9",
    "a label that does not exist": "INSERT INTO ticket_label (label_id, ticket_id) VALUES (55, 2)",
    "a colour nobody knows": "UPDATE label SET color = 'beige'",
    "a person without a name": "UPDATE person SET name = NULL, folded = NULL WHERE login = 'bob'",
    "a person who is a blob": "UPDATE person SET login = x'ff', name = x'fe', folded = x'fd' WHERE login = 'bob'",
    "a role nobody knows": "UPDATE person SET role = 'boss' WHERE login = 'bob'",
    "a mail and an organization of nobody": "UPDATE person SET mail = x'ff', organization_id = 5 WHERE login = 'bob'",
    "a comment of an unknown kind": "UPDATE comment SET speech = 'whisper'",
    "a comment of nobody": "UPDATE comment SET author_id = 999, at = 'noon', edited_at = 'one'",
    "a comment that is a blob": "UPDATE comment SET body = x'ff1b5d', at = NULL",
    "a step that is a blob": "UPDATE check_step SET text = x'ff', done = 'x', done_by_id = 99, done_at = 'y', rank = x'ff'",
    "work logged in words": "UPDATE time_entry SET minutes = 'many', at = 'then'",
    "a link of an unknown kind": "UPDATE ticket_link SET relation = 'resembles'",
    "a link to nothing": "UPDATE ticket_link SET other_id = 99",
    "a view that is a blob": "UPDATE view SET name = x'ff', query = NULL",
    "an event that is not JSON": "UPDATE event SET delta = '{', detail = 'x' WHERE ticket_id = 2",
    "an event of another shape": "UPDATE event SET delta = '[1]', detail = '\"x\"' WHERE ticket_id = 2",
    "an event whose values are none":
        "UPDATE event SET delta = '{\"priority\": [1, \"x\"], \"due_at\": [null, \"y\"], \"label:z\": [0, 1], "
        "\"watcher:\": [0, 1], \"link:a\": [0, 1], \"impact\": [[], {}], \"column_id\": [\"q\", 1e9], "
        "\"title\": 5}' WHERE ticket_id = 2",
    "an event of nobody": "UPDATE event SET actor_id = 999, at = 'noon', kind = x'ff', entity = 'x' WHERE ticket_id = 2",
    "a step taken by nobody": "UPDATE change_set SET actor_id = 999, at = 'noon', summary = x'ff', kind = 'x'",
}  # fmt: skip
"""What was written there, and how. Ticket 2 is the one that has everything."""


def spoil(path: Path, statement: str) -> None:
    """Write it as another tool would: without foreign keys, triggers, or columns that must hold something."""
    with closing(sqlite3.connect(path)) as database, database:
        triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table'")
        version = database.execute("PRAGMA schema_version").fetchone()[0]
        database.execute(f"PRAGMA schema_version = {version + 1}")
        database.execute("PRAGMA writable_schema = OFF")
    with closing(sqlite3.connect(path)) as database, database:
        changed = database.execute(statement).rowcount
        assert changed > 0, "nothing was spoilt"
        for _, sql in triggers:
            database.execute(sql)
