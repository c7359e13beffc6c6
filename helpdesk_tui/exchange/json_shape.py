"""What a record looks like in a JSON export: its keys, the columns they stand for, and what values they may have.

The one table of the format: the writer and the reader both go by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from helpdesk_tui.domain import entry, profile
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.file_names import cleaned
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.settings import SETTINGS
from helpdesk_tui.domain.template import checklist_records, checklists_of, question_records, questions_of
from helpdesk_tui.domain.ticket import LANGUAGES, Level, Priority, Relation, Speech, Status
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange.json_kinds import Kind, choice, flag, later, moment, number, rank, records, text


class Section(Struct, frozen=True):
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
                row[column] = kind.read(value.get(key, kind.default))
            except ValueError as error:
                raise ValueError(f"“{key}” {error}") from error
        return row | self.derived(row)


ID = number(1, entry.LARGEST_NUMBER)
REQUIRED = number(1, entry.LARGEST_NUMBER)
_REFERENCE = number(1, entry.LARGEST_NUMBER, optional=True)
_POSITION = number(0, 10**9)
_LEVEL = number(int(min(Level)), int(max(Level)), optional=True)


def _name(what: str) -> Kind:
    return text(lambda text: entry.name(text, what))


def body(what: str) -> Kind:
    return text(lambda text: entry.long_text(text, what))


def _folded_name(row: dict[str, Any]) -> dict[str, Any]:
    return {"folded": fold(row["name"])}


_WORDS = later(body("list of words"), "")
ROLES = tuple(role.value for role in Role)

ORGANIZATIONS = Section(
    "organization",
    {
        "id": ("id", ID),
        "name": ("name", _name("organization")),
        "shares": ("shares", flag()),
        "domains": ("domains", later(text(), "")),
        "merged_into": ("merged_into_id", _REFERENCE),
        "removed": ("removed", flag()),
    },
    unique=("id", "folded"),
    derived=_folded_name,
)
PEOPLE = Section(
    "person",
    {
        "id": ("id", ID),
        "login": ("login", text(optional=True)),
        "name": ("name", _name("person")),
        "mail": ("mail", text()),
        "role": ("role", choice(*ROLES)),
        "organization": ("organization_id", _REFERENCE),
        "signature": ("signature", body("signature")),
        "skills": ("skills", _WORDS),
        "languages": ("languages", _WORDS),
        "zone": ("zone", later(text(), "")),
        "capacity": ("capacity", number(1, profile.MOST_CAPACITY, optional=True)),
        "away_from": ("away_from", moment(optional=True)),
        "away_until": ("away_until", moment(optional=True)),
        "color": ("color", later(text(), "")),
        "initials": ("initials", later(text(), "")),
        "other_mails": ("other_mails", later(body("mail addresses"), "")),
        "merged_into": ("merged_into_id", _REFERENCE),
        "erased": ("erased", later(flag(), False)),
        "active": ("active", flag()),
        "removed": ("removed", flag()),
    },
    unique=("id", "login"),
    derived=_folded_name,
)
BOARDS = Section(
    "board",
    {
        "id": ("id", ID),
        "name": ("name", _name("board")),
        "position": ("position", _POSITION),
        "members_only": ("members_only", later(flag(), False)),
        "archive_after": ("archive_after", number(1, 10**6, optional=True)),
        "archived": ("archived_at", moment(optional=True)),
        "removed": ("removed", flag()),
    },
    derived=_folded_name,
)
COLUMNS = Section(
    "column",
    {
        "id": ("id", ID),
        "board": ("board_id", REQUIRED),
        "name": ("name", _name("column")),
        "category": ("category", choice(*(category.value for category in Category))),
        "position": ("position", _POSITION),
        "limit": ("wip_limit", number(0, 10**9, optional=True)),
        "hard": ("hard", later(flag(), False)),
        "color": ("color", later(text(), "")),
        "removed": ("removed", flag()),
    },
    derived=_folded_name,
)
MEMBERS = Section(
    "board_member",
    {"board": ("board_id", REQUIRED), "person": ("person_id", REQUIRED), "role": ("role", choice(*ROLES))},
    unique=(),
)
KEYS = Section(
    "ssh_key",
    {
        "id": ("id", ID),
        "person": ("person_id", REQUIRED),
        "kind": ("kind", text()),
        "data": ("data", body("key")),
        "comment": ("comment", text()),
        "at": ("at", moment()),
        "removed": ("removed", flag()),
    },
)
LABELS = Section(
    "label",
    {
        "id": ("id", ID),
        "name": ("name", text(entry.label)),
        "color": ("color", text()),
        "removed": ("removed", flag()),
    },
    unique=("id", "folded"),
    derived=_folded_name,
)
VIEWS = Section(
    "view",
    {
        "id": ("id", ID),
        "name": ("name", _name("view")),
        "query": ("query", body("query")),
        "owner": ("owner_id", _REFERENCE),
        "shared": ("shared", flag()),
        "removed": ("removed", flag()),
    },
    derived=_folded_name,
)
CANNED = Section(
    "canned",
    {
        "id": ("id", ID),
        "name": ("name", _name("canned reply")),
        "language": ("language", choice("", *LANGUAGES)),
        "body": ("body", body("canned reply")),
        "change": ("change", body("change")),
        "removed": ("removed", flag()),
    },
    derived=_folded_name,
)
TEMPLATES = Section(
    "template",
    {
        "id": ("id", ID),
        "name": ("name", _name("template")),
        "title": ("title", text(lambda text: text and entry.title(text))),
        "body": ("body", body("description")),
        "questions": ("questions", records(lambda found: question_records(questions_of(found)))),
        "checklists": ("checklists", records(lambda found: checklist_records(checklists_of(found)))),
        "change": ("change", body("change")),
        "for_requesters": ("for_requesters", flag()),
        "removed": ("removed", flag()),
    },
    derived=_folded_name,
)
CHANGE_SETS = Section(
    "change_set",
    {
        "id": ("id", ID),
        "actor": ("actor_id", REQUIRED),
        "at": ("at", moment()),
        "summary": ("summary", body("summary")),
        "kind": ("kind", text()),
        "of": ("of_id", _REFERENCE),
        "undone_by": ("undone_by_id", _REFERENCE),
    },
)
TICKETS = Section(
    "ticket",
    {
        "number": ("id", ID),
        "title": ("title", text(entry.title)),
        "description": ("description", body("description")),
        "board": ("board_id", REQUIRED),
        "column": ("column_id", REQUIRED),
        "rank": ("rank", rank()),
        "priority": ("priority", number(int(min(Priority)), int(max(Priority)))),
        "impact": ("impact", _LEVEL),
        "urgency": ("urgency", _LEVEL),
        "status": ("status", choice(*(status.value for status in Status))),
        "kind": ("kind", text(lambda text: text and entry.name(text, "kind"))),
        "language": ("language", choice("", *LANGUAGES)),
        "source": ("source", text()),
        "requester": ("requester_id", _REFERENCE),
        "organization": ("organization_id", _REFERENCE),
        "assignee": ("assignee_id", _REFERENCE),
        "due": ("due_at", moment(optional=True)),
        "created": ("created_at", moment()),
        "updated": ("updated_at", moment()),
        "closed": ("closed_at", moment(optional=True)),
        "archived": ("archived_at", moment(optional=True)),
        "sla_due": ("sla_due_at", moment(optional=True)),
        "sla_risk": ("sla_risk_at", moment(optional=True)),
        "escalated": ("escalated", flag()),
        "rating": ("rating", number(1, 5, optional=True)),
        "key": ("external_key", text(optional=True)),
        "merged_into": ("merged_into_id", _REFERENCE),
        "version": ("version", ID),
        "removed": ("removed", flag()),
    },
    unique=("id", "external_key"),
    derived=lambda row: {"folded": fold(row["title"])},
)
COMMENTS = Section(
    "comment",
    {
        "id": ("id", ID),
        "speech": ("speech", choice(*(speech.value for speech in Speech))),
        "author": ("author_id", REQUIRED),
        "at": ("at", moment()),
        "body": ("body", body("comment")),
        "by_team": ("by_team", flag(optional=True)),
        "edited": ("edited_at", moment(optional=True)),
        "removed": ("removed", flag()),
    },
)
STEPS = Section(
    "step",
    {
        "id": ("id", ID),
        "checklist": ("checklist", text(lambda text: text and entry.name(text, "checklist"))),
        "text": ("text", text(entry.step)),
        "rank": ("rank", rank()),
        "done": ("done", flag()),
        "done_by": ("done_by_id", _REFERENCE),
        "done_at": ("done_at", moment(optional=True)),
        "removed": ("removed", flag()),
    },
)
TIMES = Section(
    "time",
    {
        "id": ("id", ID),
        "person": ("person_id", REQUIRED),
        "minutes": ("minutes", number(0, 10**7)),
        "at": ("at", moment()),
        "removed": ("removed", flag()),
    },
)
FILES = Section(
    "file",
    {
        "id": ("id", ID),
        "name": ("name", text(cleaned)),
        "size": ("size", number(0, 10**12)),
        "sha256": ("sha256", text()),
        "comment": ("comment_id", _REFERENCE),
        "by": ("added_by_id", REQUIRED),
        "at": ("at", moment()),
        "removed": ("removed", flag()),
    },
)
LINKS = Section(
    "ticket_link",
    {
        "relation": ("relation", choice(*(relation.value for relation in Relation))),
        "to": ("other_id", REQUIRED),
    },
    unique=(),
)
SEEN = Section("seen", {"person": ("person_id", REQUIRED), "event": ("event_id", number(0, 2**62))}, unique=())
TIMERS = Section(
    "timer", {"person": ("person_id", REQUIRED), "started": ("started_at", moment())}, unique=("person_id",)
)


def set_to(name: str) -> Kind:
    """What a setting may be set to."""

    def check(value: Any) -> None:
        try:
            if SETTINGS[name].read(SETTINGS[name].written(value)) == value:
                return
        except (UsageError, TypeError, ValueError, AttributeError):
            pass
        raise ValueError("is nothing that can be set")

    return Kind(check, optional=True)


def _as_set(row: dict[str, Any]) -> dict[str, Any]:
    """ValueError for a value that the setting cannot have; nothing follows from one."""
    set_to(row["name"]).accept(row["value"])
    return {}


SET = Section(
    "setting",
    {"name": ("name", choice(*SETTINGS)), "value": ("value", Kind(lambda _: None))},
    unique=("name",),
    derived=_as_set,
)
NOTICES_SEEN = Section(
    "notices_seen", {"person": ("person_id", REQUIRED), "event": ("event_id", number(0, 2**62))}, unique=("person_id",)
)
