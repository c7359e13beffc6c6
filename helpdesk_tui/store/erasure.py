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
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    String,
    Table,
    and_,
    cast,
    delete,
    false,
    func,
    or_,
    select,
    true,
    update,
)
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
_LARGE = (_ticket, _comment, _step, _file, _event, _change_set)
"""Tables that grow with each ticket, with texts. All that is in them is looked through before the turn to write."""

_NO_TEXT = frozenset(
    {
        "sha256",
        "entity",
        "moment",
        "every",
        "priority",
        "status",
        "kind",
        "language",
        "source",
        "speech",
        "role",
        "rank",
        "category",
        "undo",
        "relation",
    }
)
"""Fields whose words are those of the desk, not of a person."""
_OF_A_PERSON = frozenset({"uid", "away_from", "away_until", "capacity"})
_NEVER = frozenset({"person", "organization", "ticket_text", "setting", "event"})
"""Tables in which no name is looked for: they are seen to otherwise, or names in them are others'."""


class Erased(Struct, frozen=True):
    """How much was erased: the tickets, the files that are gone, and those tickets whose files must be counted anew."""

    tickets: tuple[int, ...]
    files: int
    recount: frozenset[int]


class Sought(Struct, frozen=True):
    """Where in the large tables a person may be spoken of, as found while others go on working."""

    people: list[int]
    words: tuple[str, ...]
    found: dict[str, list[int]]
    """Of each large table the ids of the rows."""
    upto: dict[str, int]
    """Of each large table the last id there was."""

    def still(self, unit: Unit, table: Table) -> ColumnElement[bool]:
        """Whether a row is one of those, or may have become one: it is new, or something happened to its ticket."""
        since = [one_of(table.c.id, self.found[table.name]), table.c.id > self.upto[table.name]]
        ticket = table.c.id if table is _ticket else table.c.get("ticket_id")
        if ticket is not None and table is not _event:
            new = set(unit.scalars(select(_event.c.ticket_id).where(_event.c.id > self.upto[_event.name])))
            since.append(one_of(ticket, sorted(new - {None})))
        return or_(*since)


def seek(unit: Unit, person_id: int, name: str) -> Sought:
    """Look through all of the desk for what `erase` has to see to: it takes a while, and need hold nobody up."""
    people = _people(unit, person_id)
    names = _Names.of(unit, people, name, None)
    found: dict[str, list[int]] = {}
    for table in _LARGE:
        wanted = names.anywhere(table)
        if table is _event:
            wanted = or_(wanted, *_about(_gone(unit, people)))
        found[table.name] = list(unit.scalars(select(table.c.id).where(wanted)))
    upto = {table.name: int(unit.scalar(select(func.max(table.c.id))) or 0) for table in _LARGE}
    return Sought(people, names.words, found, upto)


def erase(unit: Unit, person_id: int, name: str, sought: Sought) -> Erased:
    """Call the person `name`, who is nobody any more, and take out all that they and their tickets said."""
    people = _people(unit, person_id)
    names = _Names.of(unit, people, name, sought)
    if (people, names.words) != (sought.people, sought.words):  # they were merged or renamed meanwhile
        sought = seek(unit, person_id, name)
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
    gone = {**_gone(unit, people), "file": [row.id for row in files], "comment": comments}
    _erase_history(unit, tickets, gone, names, sought)
    _erase_texts(unit, tickets, comments)
    _remove_files(unit, gone["file"], {row.sha256 for row in files})
    for entity in ("view", "ssh_key"):
        unit.run(delete(table_of(entity)).where(one_of(table_of(entity).c.id, gone[entity])))
    for table in (tables.board_member, tables.watcher, tables.seen, tables.notices_seen, tables.timer, tables.presence):
        unit.run(delete(table).where(one_of(table.c.person_id, people)))
    _erase_person(unit, people, name)
    _erase_elsewhere(unit, names, sought)
    service.texts_changed(unit)
    return Erased(tuple(tickets), len(files), frozenset(row.ticket_id for row in files))


def _people(unit: Unit, person_id: int) -> list[int]:
    """The person, and those who were merged into them."""
    merged = select(_person.c.id).where(_person.c.merged_into_id == person_id).order_by(_person.c.id)
    return [person_id, *unit.scalars(merged)]


def _gone(unit: Unit, people: list[int]) -> dict[str, list[int]]:
    """The records of theirs by kind, but what belongs to tickets."""
    found = {"person": people}
    for entity, owner in (("view", "owner_id"), ("ssh_key", "person_id")):
        table = table_of(entity)
        found[entity] = list(unit.scalars(select(table.c.id).where(one_of(table.c[owner], people))))
    return found


def _about(gone: dict[str, list[int]]) -> list[ColumnElement[bool]]:
    """Of an event: whether it is about one of these records."""
    return [and_(_event.c.entity == entity, one_of(_event.c.entity_id, ids)) for entity, ids in gone.items() if ids]


class _Names(Struct, frozen=True):
    """What a person was ever called, to be found wherever it was written."""

    words: tuple[str, ...]
    found: re.Pattern[str]
    instead: str

    @classmethod
    def of(cls, unit: Unit, people: list[int], instead: str, sought: Sought | None) -> _Names:
        """`sought` tells which events may be about them, None that all are to be looked through."""
        columns = (_person.c.name, _person.c.login, _person.c.mail, _person.c.other_mails)
        said: list[Any] = [
            value for row in unit.rows(select(*columns).where(_person.c.id.in_(people))) for value in row
        ]
        about = and_(_event.c.entity == "person", _event.c.entity_id.in_(people))
        if sought is not None:
            about = and_(about, sought.still(unit, _event))
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

    def within(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether one of them stands in the column; of JSON, as that writes them."""
        # Not all engines know the cases of letters outside ASCII.
        spelled = {case for word in self.words for case in (word, word.lower(), word.upper())}
        if isinstance(column.type, JSON):
            spelled |= {json.dumps(word)[1:-1] for word in spelled}
        different = {_small_ascii(word) for word in spelled}
        text = cast(column, String)
        return or_(*(text.icontains(word, autoescape=True) for word in sorted(different))) if different else false()

    def anywhere(self, table: Table) -> ColumnElement[bool]:
        """Whether one of them stands in any text of a row."""
        return or_(*(self.within(column) for column in _texts_in(table)))


def _small_ascii(word: str) -> str:
    return "".join(sign.lower() if sign.isascii() else sign for sign in word)


def _texts_in(table: Table) -> list[Column[Any]]:
    """The columns in which people write, or that keep what was written."""
    texts = [column for column in table.c if isinstance(column.type, String | AutoString | JSON)]
    return [column for column in texts if column.name not in _NO_TEXT | {"entity", "sha256"}]


def _erase_history(unit: Unit, tickets: list[int], gone: dict[str, list[int]], names: _Names, sought: Sought) -> None:
    still = sought.still(unit, _event)
    of_tickets = {*tickets, *unit.scalars(select(_comment.c.ticket_id).where(one_of(_comment.c.id, gone["comment"])))}
    of_tickets |= set(unit.scalars(select(_file.c.ticket_id).where(one_of(_file.c.id, gone["file"]))))
    theirs = {
        row.id: row
        for wanted in (
            one_of(_event.c.ticket_id, tickets),
            and_(one_of(_event.c.ticket_id, of_tickets), or_(*_about(gone))),
            and_(or_(*_about(gone)), still),
        )
        for row in unit.rows(select(_event).where(wanted))
    }
    engine = bulk_postgres if unit.engine == POSTGRESQL else bulk_sqlite
    with engine.without_guards(unit):
        for row in theirs.values():
            _rewrite_event(unit, row, _blank)
        for row in unit.rows(select(_event).where(names.anywhere(_event), still)):
            _rewrite_event(unit, row, lambda _field, value: _swept(value, names))
    steps = {row.change_set_id for row in theirs.values()}
    unit.run(update(_change_set).where(one_of(_change_set.c.id, steps)).values(summary=ERASED))


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


def _as_text(column: Column[Any], value: Any) -> Any:
    """What stands in a column of texts, whatever another tool has put there."""
    return value if value is None or isinstance(column.type, JSON) else values.text(value)


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


def _erase_elsewhere(unit: Unit, names: _Names, sought: Sought) -> None:
    """Take the names out of whatever others wrote."""
    for table in SQLModel.metadata.tables.values():
        if table.name not in _NEVER and "id" in table.c:
            _sweep(unit, table, names, sought.still(unit, table) if table in _LARGE else true())


def _sweep(unit: Unit, table: Table, names: _Names, where: ColumnElement[bool]) -> None:
    texts = _texts_in(table)
    if not texts:
        return
    for row in unit.mappings(select(table.c.id, *texts).where(names.anywhere(table), where)):
        swept = {column.name: _swept(_as_text(column, row[column.name]), names) for column in texts}
        unit.run(update(table).where(table.c.id == row["id"]).values(swept))
