"""What happened, in words: the one place that reads an event's delta to a person.

The names of people, columns and labels are looked up for a whole history at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from sqlalchemy import select

from helpdesk_tui.domain.ticket import Level, Priority
from helpdesk_tui.store.records import table_of
from helpdesk_tui.store.tables import from_stored
from helpdesk_tui.store.unit_of_work import Unit

_PERSON_FIELDS = {"assignee_id", "requester_id", "done_by_id"}
_NAMED_FIELDS = {"column_id": "column", "board_id": "board", "organization_id": "organization"}
_WORDS = {"due_at": "due", "assignee_id": "assignee", "requester_id": "requester", "organization_id": "organization"}
_SILENT = {"rank", "closed_at", "folded", "board_id", "gone", "done_at", "done_by_id", "edited_at"}
_LONG = {"description", "body"}


class Wording:
    """Reads the events of one history; `of` gives the words that follow the name of who did it."""

    def __init__(self, unit: Unit, rows: Iterable[Any], zone: tzinfo) -> None:
        self._zone = zone
        self._who = ""
        ids: dict[str, set[int]] = {
            "person": set(),
            "column": set(),
            "board": set(),
            "label": set(),
            "organization": set(),
        }
        for row in rows:
            _gather(row.delta, ids)
        self._names = {kind: _names(unit, kind, wanted) for kind, wanted in ids.items()}

    def of(self, row: Any) -> str:
        """What one event says after the name of who did it."""
        self._who = row.login or row.name
        said = self._said(row.kind, row.delta, row.detail)
        because = row.detail.get("undo")
        return f"{said} ({because})" if because else said

    def _said(self, kind: str, delta: dict[str, list[Any]], detail: dict[str, Any]) -> str:
        if "removed" in delta:
            return self._made_or_taken(kind, delta, detail)
        if kind in {"replied", "noted"}:
            return "replied" if kind == "replied" else "wrote a note"
        if kind == "ticked" and "done" in delta:
            verb = "ticked" if delta["done"][1] else "unticked"
            return f"{verb} “{detail.get('text', '')}”"
        parts = [part for field, (before, after) in delta.items() if (part := self._part(field, before, after))]
        if kind == "imported" and "note" in detail:
            return f"{detail['note']}: {', '.join(parts)}" if parts else str(detail["note"])
        if not parts and "rank" in delta:
            return "changed the place in the order"
        return ", ".join(parts) or kind

    def _made_or_taken(self, kind: str, delta: dict[str, list[Any]], detail: dict[str, Any]) -> str:
        what = {
            "created": "the ticket",
            "replied": "a reply",
            "noted": "a note",
            "step": f"the step “{detail.get('text', '')}”",
            "time": f"{detail.get('minutes', 0)} min of work",
        }.get(kind, kind)
        if delta["removed"][1]:
            return f"removed {what}"
        return {"created": "created the ticket", "replied": "replied", "noted": "wrote a note"}.get(
            kind, f"added {what}"
        )

    def _part(self, field: str, before: Any, after: Any) -> str:
        if field in _SILENT:
            return ""
        if field.startswith("label:"):
            name = self._names["label"].get(int(field[6:]), "?")
            return f"{'+' if after else '-'}{name}"
        if field.startswith("watcher:"):
            name = self._names["person"].get(int(field[8:]), "?")
            if name == self._who:
                return "watches it" if after else "stopped watching"
            return f"{'made' if after else 'stopped'} {name} {'watch it' if after else 'watching'}"
        if field.startswith("link:"):
            _, relation, other = field.split(":")
            return f"{'linked' if after else 'unlinked'}: {relation} #{other}"
        if field == "archived_at":
            return "archived" if after else "brought back from the archive"
        if field in _LONG:
            return f"rewrote the {'text' if field == 'body' else field}"
        word = _WORDS.get(field, field.removesuffix("_id").replace("_", " "))
        if field == "column_id":
            return f"moved {self._value(field, before)} → {self._value(field, after)}"
        return f"{word} {self._value(field, before)} → {self._value(field, after)}"

    def _value(self, field: str, value: Any) -> str:
        if value is None or value == "":
            return "none"
        if field in _PERSON_FIELDS:
            return self._names["person"].get(value, "?")
        if field in _NAMED_FIELDS:
            return self._names[_NAMED_FIELDS[field]].get(value, "?")
        if field == "priority":
            return Priority(value).word
        if field in {"impact", "urgency"}:
            return Level(value).word
        if field.endswith("_at"):
            return f"{from_stored(value).astimezone(self._zone):%Y-%m-%d %H:%M}"
        return str(value)


def _gather(delta: dict[str, list[Any]], ids: dict[str, set[int]]) -> None:
    for field, values in delta.items():
        if field.startswith("label:"):
            ids["label"].add(int(field[6:]))
        elif field.startswith("watcher:"):
            ids["person"].add(int(field[8:]))
        elif field in _PERSON_FIELDS or field in _NAMED_FIELDS:
            ids[_NAMED_FIELDS.get(field, "person")].update(value for value in values if value is not None)


def _names(unit: Unit, kind: str, wanted: set[int]) -> dict[int, str]:
    table = table_of(kind)
    if not wanted:
        return {}
    if kind == "person":
        rows = unit.rows(select(table.c.id, table.c.login, table.c.name).where(table.c.id.in_(wanted)))
        return {row.id: row.login or row.name for row in rows}
    return {row.id: row.name for row in unit.rows(select(table.c.id, table.c.name).where(table.c.id.in_(wanted)))}
