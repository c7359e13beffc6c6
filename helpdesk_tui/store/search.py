"""The searchable texts of tickets, and the triggers that keep them; `search_sqlite` and `search_postgres` index them.

`ticket_text` holds the searchable texts of each ticket, one row a ticket. Triggers on the source tables rewrite the
row, triggers on the row keep the index: no writer can forget it.
"""

from __future__ import annotations

from helpdesk_tui.store.triggers import POSTGRESQL, Trigger

_REQUESTER = "coalesce((SELECT name || ' ' || coalesce(login, '') FROM person WHERE id = {id}), '')"


class _Texts:
    """The SQL that reads anew what hangs on the ticket of an id that is given as SQL."""

    def __init__(self, engine: str) -> None:
        self._engine = engine

    def _joined(self, what: str, source: str, order: str = "id") -> str:
        if self._engine == POSTGRESQL:
            return f"coalesce((SELECT string_agg({what}, chr(10) ORDER BY {order}) FROM {source}), '')"
        return f"coalesce((SELECT group_concat({what}, char(10)) FROM {source}), '')"

    def said(self, speech: str, ticket: str) -> str:
        return self._joined("body", f"comment WHERE ticket_id = {ticket} AND speech = '{speech}' AND NOT removed")

    def checklist(self, ticket: str) -> str:
        return self._joined("text", f"check_step WHERE ticket_id = {ticket} AND NOT removed")

    def labels(self, ticket: str) -> str:
        put = f"label JOIN ticket_label ON label.id = label_id WHERE ticket_id = {ticket}"
        return self._joined("label.name", put, "label.id")


def texts_of(engine: str, ticket: str) -> dict[str, str]:
    """For each column but title and description, the SQL that reads it anew for the ticket of that SQL name."""
    texts, row = _Texts(engine), f"{ticket}.id"
    return {
        "replies": texts.said("reply", row),
        "notes": texts.said("note", row),
        "checklist": texts.checklist(row),
        "labels": texts.labels(row),
        "requester": _REQUESTER.format(id=f"{ticket}.requester_id"),
    }


def _rewrite(column: str, value: str, row: str) -> str:
    return f"UPDATE ticket_text SET {column} = {value} WHERE ticket_id = {row}"


def _triggers(engine: str) -> list[Trigger]:
    texts, new, old = _Texts(engine), "new.ticket_id", "old.ticket_id"
    talk = (_rewrite("replies", texts.said("reply", new), new), _rewrite("notes", texts.said("note", new), new))
    steps = (_rewrite("checklist", texts.checklist(new), new),)
    asking = _REQUESTER.format(id="new.requester_id")
    return [
        Trigger(
            "ticket_added_text",
            "INSERT",
            "ticket",
            (f"INSERT INTO ticket_text VALUES (new.id, new.title, new.description, '', '', '', '', {asking})",),
        ),
        Trigger(
            "ticket_changed_text",
            "UPDATE OF title, description, requester_id",
            "ticket",
            (
                "UPDATE ticket_text SET title = new.title, description = new.description, "
                f"requester = {asking} WHERE ticket_id = new.id",
            ),
            changed=("title", "description", "requester_id"),
        ),
        Trigger(
            "ticket_gone_text",
            "DELETE",
            "ticket",
            ("DELETE FROM ticket_text WHERE ticket_id = old.id",),
            referring=True,
        ),
        Trigger("comment_added_text", "INSERT", "comment", talk),
        Trigger("comment_changed_text", "UPDATE OF body, speech, removed", "comment", talk),
        Trigger("check_step_added_text", "INSERT", "check_step", steps),
        Trigger("check_step_changed_text", "UPDATE OF text, removed", "check_step", steps),
        Trigger("label_put_text", "INSERT", "ticket_label", (_rewrite("labels", texts.labels(new), new),)),
        Trigger("label_taken_text", "DELETE", "ticket_label", (_rewrite("labels", texts.labels(old), old),)),
        Trigger(
            "label_renamed_text",
            "UPDATE OF name",
            "label",
            (
                f"UPDATE ticket_text SET labels = {texts.labels('ticket_text.ticket_id')} "
                "WHERE ticket_id IN (SELECT ticket_id FROM ticket_label WHERE label_id = new.id)",
            ),
            changed=("name",),
        ),
        Trigger(
            "person_renamed_text",
            "UPDATE OF name, login",
            "person",
            (
                f"UPDATE ticket_text SET requester = {_REQUESTER.format(id='new.id')} "
                "WHERE ticket_id IN (SELECT id FROM ticket WHERE requester_id = new.id)",
            ),
            changed=("name", "login"),
        ),
    ]


def statements(engine: str) -> list[str]:
    """The SQL that makes the index and the triggers, in order."""
    from helpdesk_tui.store import search_postgres, search_sqlite

    index = search_postgres if engine == POSTGRESQL else search_sqlite
    kept = (statement for trigger in _triggers(engine) for statement in trigger.statements(engine))
    return [*index.statements(), *kept]
