"""What a record looks like in a JSON export: its keys, the columns they stand for, and what values they may have.

The one table of the format: the writer and the reader both go by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import KINDS, LANGUAGES, Level, Priority, Relation, Speech, Status
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError
from helpdesk_tui.store.tables import from_stored, to_stored

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_PAIR = re.compile(r"(label|watcher|link:(relates|blocks|duplicates|parent)):[1-9][0-9]{0,17}")
_RANK = re.compile(r"[0-9A-Za-z]{1,200}")
_SMALL_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value. `check` takes a value as stored and raises ValueError with a reason if it cannot be one."""

    check: Callable[[Any], None]
    is_moment: bool = False
    optional: bool = False

    def written(self, stored: Any) -> Any:
        """A stored value as the file has it."""
        return moment_text(stored) if self.is_moment and stored is not None else stored

    def read(self, value: Any) -> Any:
        """The value to store. ValueError if the file's value is not of this kind."""
        if self.is_moment and value is not None:
            value = _read_moment(value)
        self.accept(value)
        return value

    def accept(self, stored: Any) -> None:
        """ValueError unless the stored value is of this kind."""
        if stored is None:
            if not self.optional:
                raise ValueError("is missing")
            return
        self.check(stored)


@dataclass(frozen=True, slots=True)
class Section:
    """The records of one kind. `fields` maps the file's key to the store's column and its kind, in the file's order.

    `unique` are keys whose values are given once only; `derived` fills in columns that follow from others.
    """

    entity: str
    fields: Mapping[str, tuple[str, Kind]]
    unique: tuple[str, ...] = ("id",)
    derived: Callable[[dict[str, Any]], dict[str, Any]] = field(default=lambda _: {})

    def written(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A stored record as the file has it."""
        return {key: kind.written(row[column]) for key, (column, kind) in self.fields.items()}

    def read(self, value: Any, more: tuple[str, ...] = ()) -> dict[str, Any]:
        """The record to store; keys in `more` are left to the caller. ValueError with the reason if it is none."""
        if not isinstance(value, dict):
            raise ValueError("is not an object")
        unknown = value.keys() - self.fields.keys() - set(more)
        if unknown:
            raise ValueError(f"has the unknown key “{min(unknown)[:40]}”")
        row: dict[str, Any] = {}
        for key, (column, kind) in self.fields.items():
            try:
                row[column] = kind.read(value.get(key))
            except ValueError as error:
                raise ValueError(f"“{key}” {error}") from error
        return row | self.derived(row)


def moment_text(stored: int) -> str:
    """A stored moment as the file writes it: UTC with milliseconds."""
    return from_stored(stored).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _read_moment(value: Any) -> int:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("is not a moment like 2026-11-27T17:00:00.000Z")
    try:
        return to_stored(datetime.fromisoformat(value))
    except ValueError as error:
        raise ValueError("is not a moment that exists") from error


def _number(low: int, high: int, *, optional: bool = False) -> Kind:
    def check(value: Any) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError("is not a number")
        if not low <= value <= high:
            raise ValueError("is too small or too large")

    return Kind(check, optional=optional)


def _moment(*, optional: bool = False) -> Kind:
    return Kind(_number(-(2**47), 2**48).check, is_moment=True, optional=optional)


def _flag() -> Kind:
    def check(value: Any) -> None:
        if not isinstance(value, bool):
            raise ValueError("is not true or false")

    return Kind(check)


def _choice(*known: str) -> Kind:
    def check(value: Any) -> None:
        if value not in known:
            raise ValueError(f"is none of {', '.join(word or 'nothing' for word in known)}")

    return Kind(check)


def _text(rule: Callable[[str], str] | None = None, *, optional: bool = False) -> Kind:
    """A text; `rule` is the desk's own border, which must leave the text as it is."""

    def check(value: Any) -> None:
        if not isinstance(value, str):
            raise ValueError("is not a text")
        if rule is None:
            if len(value) > _SMALL_LIMIT:
                raise ValueError(f"is longer than {_SMALL_LIMIT} characters")
            return
        try:
            fits = rule(value) == value
        except UsageError as error:
            raise ValueError(f"cannot be: {error.message}") from error
        if not fits:
            raise ValueError("has blanks or line ends a desk does not keep")

    return Kind(check, optional=optional)


def _rank() -> Kind:
    def check(value: Any) -> None:
        if not isinstance(value, str) or not _RANK.fullmatch(value):
            raise ValueError("is no place in an order")

    return Kind(check)


_ID = _number(1, entry.LARGEST_NUMBER)
_SOMEBODY = _number(1, entry.LARGEST_NUMBER)
_REFERENCE = _number(1, entry.LARGEST_NUMBER, optional=True)
_POSITION = _number(0, 10**9)
_LEVEL = _number(int(min(Level)), int(max(Level)), optional=True)


def _name(what: str) -> Kind:
    return _text(lambda text: entry.name(text, what))


def _body(what: str) -> Kind:
    return _text(lambda text: entry.long_text(text, what))


def _folded_name(row: dict[str, Any]) -> dict[str, Any]:
    return {"folded": fold(row["name"])}


ORGANIZATIONS = Section(
    "organization",
    {
        "id": ("id", _ID),
        "name": ("name", _name("organization")),
        "shares": ("shares", _flag()),
        "removed": ("removed", _flag()),
    },
    unique=("id", "folded"),
    derived=_folded_name,
)
PEOPLE = Section(
    "person",
    {
        "id": ("id", _ID),
        "login": ("login", _text(optional=True)),
        "name": ("name", _name("person")),
        "mail": ("mail", _text()),
        "role": ("role", _choice(*(role.value for role in Role))),
        "organization": ("organization_id", _REFERENCE),
        "active": ("active", _flag()),
        "removed": ("removed", _flag()),
    },
    unique=("id", "login"),
    derived=_folded_name,
)
BOARDS = Section(
    "board",
    {
        "id": ("id", _ID),
        "name": ("name", _name("board")),
        "position": ("position", _POSITION),
        "removed": ("removed", _flag()),
    },
    derived=_folded_name,
)
COLUMNS = Section(
    "column",
    {
        "id": ("id", _ID),
        "board": ("board_id", _SOMEBODY),
        "name": ("name", _name("column")),
        "category": ("category", _choice(*(category.value for category in Category))),
        "position": ("position", _POSITION),
        "limit": ("wip_limit", _number(0, 10**9, optional=True)),
        "removed": ("removed", _flag()),
    },
    derived=_folded_name,
)
LABELS = Section(
    "label",
    {
        "id": ("id", _ID),
        "name": ("name", _text(entry.label)),
        "color": ("color", _text()),
        "removed": ("removed", _flag()),
    },
    unique=("id", "folded"),
    derived=_folded_name,
)
VIEWS = Section(
    "view",
    {
        "id": ("id", _ID),
        "name": ("name", _name("view")),
        "query": ("query", _body("query")),
        "owner": ("owner_id", _REFERENCE),
        "shared": ("shared", _flag()),
        "removed": ("removed", _flag()),
    },
    derived=_folded_name,
)
CHANGE_SETS = Section(
    "change_set",
    {
        "id": ("id", _ID),
        "actor": ("actor_id", _SOMEBODY),
        "at": ("at", _moment()),
        "summary": ("summary", _body("summary")),
        "kind": ("kind", _text()),
        "of": ("of_id", _REFERENCE),
        "undone_by": ("undone_by_id", _REFERENCE),
    },
)
TICKETS = Section(
    "ticket",
    {
        "number": ("id", _ID),
        "title": ("title", _text(entry.title)),
        "description": ("description", _body("description")),
        "board": ("board_id", _SOMEBODY),
        "column": ("column_id", _SOMEBODY),
        "rank": ("rank", _rank()),
        "priority": ("priority", _number(int(min(Priority)), int(max(Priority)))),
        "impact": ("impact", _LEVEL),
        "urgency": ("urgency", _LEVEL),
        "status": ("status", _choice(*(status.value for status in Status))),
        "kind": ("kind", _choice("", *KINDS)),
        "language": ("language", _choice("", *LANGUAGES)),
        "source": ("source", _text()),
        "requester": ("requester_id", _REFERENCE),
        "organization": ("organization_id", _REFERENCE),
        "assignee": ("assignee_id", _REFERENCE),
        "due": ("due_at", _moment(optional=True)),
        "created": ("created_at", _moment()),
        "updated": ("updated_at", _moment()),
        "closed": ("closed_at", _moment(optional=True)),
        "archived": ("archived_at", _moment(optional=True)),
        "sla_due": ("sla_due_at", _moment(optional=True)),
        "sla_risk": ("sla_risk_at", _moment(optional=True)),
        "escalated": ("escalated", _flag()),
        "rating": ("rating", _number(1, 5, optional=True)),
        "key": ("external_key", _text(optional=True)),
        "version": ("version", _ID),
        "removed": ("removed", _flag()),
    },
    unique=("id", "external_key"),
    derived=lambda row: {"folded": fold(row["title"])},
)
COMMENTS = Section(
    "comment",
    {
        "id": ("id", _ID),
        "speech": ("speech", _choice(*(speech.value for speech in Speech))),
        "author": ("author_id", _SOMEBODY),
        "at": ("at", _moment()),
        "body": ("body", _body("comment")),
        "edited": ("edited_at", _moment(optional=True)),
        "removed": ("removed", _flag()),
    },
)
STEPS = Section(
    "step",
    {
        "id": ("id", _ID),
        "text": ("text", _text(entry.title)),
        "rank": ("rank", _rank()),
        "done": ("done", _flag()),
        "done_by": ("done_by_id", _REFERENCE),
        "done_at": ("done_at", _moment(optional=True)),
        "removed": ("removed", _flag()),
    },
)
TIMES = Section(
    "time",
    {
        "id": ("id", _ID),
        "person": ("person_id", _SOMEBODY),
        "minutes": ("minutes", _number(0, 10**7)),
        "at": ("at", _moment()),
        "removed": ("removed", _flag()),
    },
)
LINKS = Section(
    "ticket_link",
    {
        "relation": ("relation", _choice(*(relation.value for relation in Relation))),
        "to": ("other_id", _SOMEBODY),
    },
    unique=(),
)
SEEN = Section("seen", {"person": ("person_id", _SOMEBODY), "event": ("event_id", _number(0, 2**62))}, unique=())

_SECTION_OF = {
    section.entity: section
    for section in (ORGANIZATIONS, PEOPLE, BOARDS, COLUMNS, LABELS, VIEWS, TICKETS, COMMENTS, STEPS, TIMES)
}
_KINDS_OF = {
    entity: dict(section.fields.values()) for entity, section in _SECTION_OF.items()
}


def _delta_of(entity: str, delta: Any) -> None:
    """ValueError unless undo and history can work with what a delta says."""
    if not isinstance(delta, dict):
        raise ValueError("is not an object")
    for name, change in delta.items():
        if not isinstance(change, list) or len(change) != 2:
            raise ValueError(f"says of “{name[:40]}” not what was before and after")
        kind = _KINDS_OF[entity].get(name)
        if kind is None and entity == "ticket" and _PAIR.fullmatch(name):
            kind = _flag()
        if kind is None and name == "folded":
            kind = _body("name")
        if kind is None:
            raise ValueError(f"changes the unknown field “{name[:40]}”")
        for side in change:
            try:
                kind.accept(side)
            except ValueError as error:
                raise ValueError(f"has a value of “{name[:40]}” that {error}") from error


def _detail(value: Any) -> None:
    if not isinstance(value, dict) or not all(isinstance(part, str | int | bool | None) for part in value.values()):
        raise ValueError("is not an object of simple values")


EVENTS = Section(
    "event",
    {
        "id": ("id", _ID),
        "change_set": ("change_set_id", _SOMEBODY),
        "actor": ("actor_id", _SOMEBODY),
        "at": ("at", _moment()),
        "kind": ("kind", _text()),
        "entity": ("entity", _choice(*_SECTION_OF)),
        "entity_id": ("entity_id", _SOMEBODY),
        "delta": ("delta", Kind(lambda _: None)),
        "detail": ("detail", Kind(_detail)),
    },
)


def read_event(value: Any) -> dict[str, Any]:
    """`EVENTS.read`, and a look at what the delta changes."""
    row = EVENTS.read(value)
    try:
        _delta_of(row["entity"], row["delta"])
    except ValueError as error:
        raise ValueError(f"“delta” {error}") from error
    return row


DESK_SECTIONS: Mapping[str, Section] = {
    "organizations": ORGANIZATIONS,
    "people": PEOPLE,
    "boards": BOARDS,
    "columns": COLUMNS,
    "labels": LABELS,
    "views": VIEWS,
    "change_sets": CHANGE_SETS,
    "events": EVENTS,
}
"""The lists before `tickets`, in their order; `events` there are those of no ticket."""

TICKET_SECTIONS: Mapping[str, Section] = {
    "links": LINKS,
    "comments": COMMENTS,
    "checklist": STEPS,
    "time": TIMES,
    "seen": SEEN,
    "events": EVENTS,
}
"""The lists within a ticket, beside `labels` and `watchers`, which are lists of ids."""
