"""Taking a person's name, texts and files out of the desk for good; what is counted stays.

The one exception to "the history is never changed": its guards are set aside within the transaction that erases, and
are there again before anybody else sees the desk.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, String, Table, and_, cast, delete, or_, select, update
from sqlmodel import AutoString, SQLModel

from helpdesk_tui.domain.words import fold
from helpdesk_tui.store import bulk_postgres, bulk_sqlite, service, tables, tables_aside, values
from helpdesk_tui.store.among import one_of
from helpdesk_tui.store.records import table_of
from helpdesk_tui.store.triggers import POSTGRESQL
from helpdesk_tui.store.unit_of_work import Unit

ERASED = "erased"
"""What stands where there was a text."""

_event = tables.core(tables_aside.Event)
_change_set = tables.core(tables_aside.ChangeSet)
_person = tables.core(tables.Person)
_ticket = tables.core(tables.Ticket)
_comment = tables.core(tables_aside.Comment)
_step = tables.core(tables_aside.CheckStep)
_file = tables.core(tables_aside.File)
_content, _chunk = tables_aside.file_content, tables_aside.file_chunk

_NO_TEXT = frozenset(
    {"priority", "status", "kind", "language", "source", "speech", "role", "rank", "category", "undo", "relation"}
)
"""Fields whose words are those of the desk, not of a person."""
_OF_A_PERSON = frozenset({"uid", "away_from", "away_until", "capacity"})
_NEVER = frozenset({"person", "organization", "ticket_text", "setting", "event", "change_set"})
"""Tables in which no name is looked for: they are seen to otherwise, or names in them are others'."""


class Erased(Struct, frozen=True):
    """How much was erased: the tickets, the files that are gone, and those tickets whose files must be counted anew."""

    tickets: tuple[int, ...]
    files: int
    recount: frozenset[int]


def erase(unit: Unit, person_id: int, name: str) -> Erased:
    """Call the person `name`, who is nobody any more, and take out all that they and their tickets said."""
    people = [person_id, *unit.scalars(select(_person.c.id).where(_person.c.merged_into_id == person_id))]
    names = _Names.of(unit, people, name)
    tickets = list(unit.scalars(select(_ticket.c.id).where(one_of(_ticket.c.requester_id, people))))
    comments = list(
        unit.scalars(
            select(_comment.c.id).where(
                or_(one_of(_comment.c.ticket_id, tickets), one_of(_comment.c.author_id, people))
            )
        )
    )
    files = unit.rows(
        select(_file.c.id, _file.c.ticket_id, _file.c.sha256).where(
            or_(
                one_of(_file.c.ticket_id, tickets),
                one_of(_file.c.added_by_id, people),
                one_of(_file.c.comment_id, comments),
            )
        )
    )
    gone = {"file": [row.id for row in files], "comment": comments, "person": people}
    for entity, owner in (("view", "owner_id"), ("ssh_key", "person_id")):
        table = table_of(entity)
        gone[entity] = list(unit.scalars(select(table.c.id).where(one_of(table.c[owner], people))))
    _erase_history(unit, tickets, gone, names)
    _erase_texts(unit, tickets, comments)
    _remove_files(unit, gone["file"], {row.sha256 for row in files})
    for entity in ("view", "ssh_key"):
        unit.run(delete(table_of(entity)).where(one_of(table_of(entity).c.id, gone[entity])))
    for table in (tables.board_member, tables.watcher, tables.seen, tables.notices_seen, tables.timer, tables.presence):
        unit.run(delete(table).where(one_of(table.c.person_id, people)))
    _erase_person(unit, people, name)
    _erase_elsewhere(unit, names)
    service.texts_changed(unit)
    if unit.engine != POSTGRESQL:  # words that are gone stay in the index's older parts until those are joined
        unit.connection.exec_driver_sql("INSERT INTO ticket_search(ticket_search) VALUES ('optimize')")
    return Erased(tuple(tickets), len(files), frozenset(row.ticket_id for row in files))


class _Names(Struct, frozen=True):
    """What a person was ever called, to be found wherever it was written."""

    words: tuple[str, ...]
    found: re.Pattern[str]
    instead: str

    @classmethod
    def of(cls, unit: Unit, people: list[int], instead: str) -> _Names:
        columns = (_person.c.name, _person.c.login, _person.c.mail, _person.c.other_mails)
        said: list[Any] = [
            value for row in unit.rows(select(*columns).where(_person.c.id.in_(people))) for value in row
        ]
        about = and_(_event.c.entity == "person", _event.c.entity_id.in_(people))
        for row in unit.rows(select(_event.c.delta).where(about)):
            sides = [values.delta(row.delta).get(field, ()) for field in ("name", "login", "mail", "other_mails")]
            said += [value for pair in sides for value in pair]
        mails = {mail for value in said if isinstance(value, str) for mail in values.words(value) if "@" in mail}
        logins = set(
            unit.scalars(select(_person.c.login).where(_person.c.id.in_(people), _person.c.login.is_not(None)))
        )
        full = {value for value in said if isinstance(value, str) and " " in value.strip() and "@" not in value}
        others = set(unit.scalars(select(_person.c.folded).where(_person.c.id.not_in(people))))
        full = {name for name in full if fold(name) not in others}
        words = {*mails, *full, *map(fold, full), *(f"@{login}" for login in logins)}
        kept = tuple(sorted((word for word in words if len(word) > 3), key=lambda word: (-len(word), word)))
        pattern = "|".join(re.escape(word) for word in kept) or r"(?!)"
        return cls(kept, re.compile(pattern, re.IGNORECASE), instead)

    def out_of(self, text: str) -> str:
        return self.found.sub(self.instead, text)

    def within(self, column: ColumnElement[Any], *, escaped: bool = False) -> ColumnElement[bool]:
        """Whether one of them stands in the column; of JSON, as that writes them."""
        cases = {
            case for word in self.words for case in (word, word.lower(), word.upper())
        }  # not all engines know them
        spelled = cases | ({json.dumps(word)[1:-1] for word in cases} if escaped else set())
        text = cast(column, String)
        return or_(*(text.icontains(word, autoescape=True) for word in spelled)) if spelled else text.is_(None)


def _erase_history(unit: Unit, tickets: list[int], gone: dict[str, list[int]], names: _Names) -> None:
    about = [one_of(_event.c.ticket_id, tickets)]
    about += [and_(_event.c.entity == entity, one_of(_event.c.entity_id, ids)) for entity, ids in gone.items() if ids]
    theirs = unit.rows(select(_event).where(or_(*about)))
    engine = bulk_postgres if unit.engine == POSTGRESQL else bulk_sqlite
    with engine.without_guards(unit):
        for row in theirs:
            _rewrite_event(unit, row, _blank)
        for row in unit.rows(select(_event).where(or_(*(names.within(c, escaped=True) for c in _EVENT_TEXTS)))):
            _rewrite_event(unit, row, lambda _field, value: _swept(value, names))
    steps = {row.change_set_id for row in theirs}
    unit.run(update(_change_set).where(one_of(_change_set.c.id, steps)).values(summary=ERASED))
    for row in unit.rows(select(_change_set.c.id, _change_set.c.summary).where(names.within(_change_set.c.summary))):
        unit.run(update(_change_set).where(_change_set.c.id == row.id).values(summary=names.out_of(row.summary)))


_EVENT_TEXTS = (_event.c.delta, _event.c.detail)


def _rewrite_event(unit: Unit, row: Any, change: Callable[[str, Any], Any]) -> None:
    delta = {field: [change(field, side) for side in sides] for field, sides in values.delta(row.delta).items()}
    detail = {field: change(field, value) for field, value in values.detail(row.detail).items()}
    if (delta, detail) != (row.delta, row.detail):
        unit.run(update(_event).where(_event.c.id == row.id).values(delta=delta, detail=detail))


def _blank(field: str, value: Any) -> Any:
    """Something else in the place of a text, nothing in that of what tells a person."""
    if field in _OF_A_PERSON:
        return None
    return value if field in _NO_TEXT or not value or isinstance(value, bool | int | float) else ERASED


def _swept(value: Any, names: _Names) -> Any:
    if isinstance(value, str):
        return names.out_of(value)
    if isinstance(value, list):
        return [_swept(one, names) for one in value]
    if isinstance(value, dict):
        return {field: _swept(one, names) for field, one in value.items()}
    return value


def _erase_texts(unit: Unit, tickets: Iterable[int], comments: Iterable[int]) -> None:
    nothing = {"title": ERASED, "folded": ERASED, "description": "", "external_key": None}
    unit.run(update(_ticket).where(one_of(_ticket.c.id, tickets)).values(**nothing))
    unit.run(update(_comment).where(one_of(_comment.c.id, comments)).values(body=ERASED))
    unit.run(update(_step).where(one_of(_step.c.ticket_id, tickets)).values(text=ERASED, checklist=""))


def _remove_files(unit: Unit, files: list[int], contents: set[str]) -> None:
    """Remove files, and what was in them unless another ticket has a file of the same content."""
    unit.run(delete(_file).where(one_of(_file.c.id, files)))
    for sha256 in contents:
        if unit.first(select(_file.c.id).where(_file.c.sha256 == sha256).limit(1)) is None:
            unit.run(delete(_chunk).where(_chunk.c.sha256 == sha256))
            unit.run(delete(_content).where(_content.c.sha256 == sha256))


def _erase_person(unit: Unit, people: list[int], name: str) -> None:
    nothing = dict.fromkeys(
        ("mail", "signature", "skills", "languages", "zone", "color", "initials", "other_mails"), ""
    )
    nowhere = dict.fromkeys(("login", "uid", "organization_id", "capacity", "away_from", "away_until"))
    called = {"name": name, "folded": fold(name), "active": False, "erased": True}
    unit.run(update(_person).where(_person.c.id.in_(people)).values(**nothing, **nowhere, **called))


def _erase_elsewhere(unit: Unit, names: _Names) -> None:
    """Take the names out of whatever others wrote."""
    for table in SQLModel.metadata.tables.values():
        if table.name not in _NEVER and "id" in table.c:
            _sweep(unit, table, names)


def _sweep(unit: Unit, table: Table, names: _Names) -> None:
    for column in table.c:
        if not isinstance(column.type, String | AutoString):
            continue
        for row in unit.rows(select(table.c.id, column).where(names.within(column))):
            unit.run(update(table).where(table.c.id == row[0]).values({column.name: names.out_of(values.text(row[1]))}))
