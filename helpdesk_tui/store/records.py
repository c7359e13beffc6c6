"""Reading and writing single records of any kind, as plain mappings of stored values.

A stored value is what JSON can carry: moments are whole milliseconds, so that the history can keep a value from before
a change and undo can put it back. A field `label:12`, `watcher:7` or `link:blocks:98` of a ticket stands for a pair:
true if it is there. A field `member:7` of a board holds the role that the person has on it, None without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Table, and_, false, insert, select, type_coerce
from sqlmodel import SQLModel

from helpdesk_tui.domain.settings import SETTINGS
from helpdesk_tui.store import settings, tables, tables_aside, tables_service
from helpdesk_tui.store.among import listed
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.record_words import RecordWords
from helpdesk_tui.store.record_words import as_stored as as_stored
from helpdesk_tui.store.unit_of_work import Unit

_CLASSES: dict[str, type[SQLModel]] = {
    "ticket": tables.Ticket,
    "comment": tables_aside.Comment,
    "step": tables_aside.CheckStep,
    "time": tables_aside.TimeEntry,
    "file": tables_aside.File,
    "label": tables.Label,
    "person": tables.Person,
    "organization": tables.Organization,
    "board": tables.Board,
    "column": tables.BoardColumn,
    "view": tables_aside.View,
    "canned": tables_aside.Canned,
    "template": tables_aside.Template,
    "ssh_key": tables_aside.SshKey,
    "calendar": tables_service.Calendar,
    "policy": tables_service.Policy,
    "rule": tables_service.Rule,
}

Stored = dict[str, Any]


def table_of(entity: str) -> Table:
    """The table that keeps records of that kind."""
    return tables.core(_CLASSES[entity])


def fetch(unit: Unit, entity: str, record_id: int) -> Stored | None:
    """The record as stored, or None."""
    return fetch_many(unit, entity, [record_id]).get(record_id)


def fetch_many(unit: Unit, entity: str, ids: Iterable[int]) -> dict[int, Stored]:
    """Several records by id; those that do not exist are left out. The settings are one record, whatever the id."""
    if entity == "setting":
        return {each: {"id": each, **dict.fromkeys(SETTINGS), **settings.stored(unit)} for each in ids}
    found: dict[int, Stored] = {}
    wanted, words = [each for each in ids if type(each) is int], _words_of(entity)
    for start in range(0, len(wanted), 500):
        for row in unit.ask(words.reading, wanted=listed(wanted[start : start + 500])):
            record = words.taken(row)
            found[record["id"]] = record
    return found


def present(unit: Unit, entity: str) -> list[Stored]:
    """All records of a kind that were not removed: for kinds of which there are few."""
    table = table_of(entity)
    return read(unit, as_it_stands(table).where(table.c.removed == false()).order_by(table.c.id))


@cache
def _words_of(entity: str) -> RecordWords:
    return RecordWords(table_of(entity))


def as_it_stands(table: Table) -> Select[Any]:
    """All of a table's records, their moments as numbers: what another tool wrote there stays what it is."""
    return select(
        *(
            type_coerce(column, BigInteger).label(column.name) if isinstance(column.type, tables.Moment) else column
            for column in table.c
        )
    )


def read(unit: Unit, statement: Select[Any], parameters: Mapping[str, Any] | None = None) -> list[Stored]:
    """The records that a statement made with `as_it_stands` selects."""
    return [{name: as_stored(value) for name, value in row.items()} for row in unit.mappings(statement, parameters)]


def add(unit: Unit, entity: str, values: Mapping[str, Any]) -> int:
    """Insert a record and return its id."""
    words = _words_of(entity)
    record = words.given({**defaults(entity), **values})
    ((record_id,),) = unit.ask(words.adding(record), **record)
    return int(record_id)


def write(unit: Unit, entity: str, record_id: int, values: Mapping[str, Any]) -> None:
    """Set fields of one record; pair fields of a ticket add or remove the pair."""
    if entity == "setting":
        settings.write(unit, values)
        return
    plain = {name: value for name, value in values.items() if ":" not in name}
    if plain:
        words = _words_of(entity)
        unit.do(words.writing(plain), record=record_id, **words.given(plain))
    for name in values.keys() - plain.keys():
        if entity == "board":
            _set_member(unit, record_id, name, values[name])
        else:
            _set_pair(unit, record_id, name, bool(values[name]))


def of_pair(unit: Unit, entity: str, record_id: int, field: str) -> Any:
    """What stands in a pair field: of a ticket whether the pair is there, of a board the role of the member."""
    if entity == "board":
        member = tables.board_member
        return unit.scalar(select(member.c.role).where(_is_member(record_id, field)))
    return has_pair(unit, record_id, field)


def _set_member(unit: Unit, board_id: int, field: str, role: str | None) -> None:
    member = tables.board_member
    unit.run(member.delete().where(_is_member(board_id, field)))
    if role is not None:
        unit.run(insert(member).values(board_id=board_id, person_id=_member_in(field), role=role))


def _is_member(board_id: int, field: str) -> ColumnElement[bool]:
    member = tables.board_member
    return and_(member.c.board_id == board_id, member.c.person_id == _member_in(field))


def _member_in(field: str) -> int:
    return int(field.removeprefix("member:"))


def has_pair(unit: Unit, ticket_id: int, field: str) -> bool:
    """Whether the pair that `field` names is there."""
    table, key = _pair(ticket_id, field)
    return bool(unit.ask(_on_pair("SELECT 1 FROM", table, tuple(key)), **key))


def _set_pair(unit: Unit, ticket_id: int, field: str, present: bool) -> None:
    if has_pair(unit, ticket_id, field) == present:
        return
    table, key = _pair(ticket_id, field)
    unit.do(_putting(table, tuple(key)) if present else _on_pair("DELETE FROM", table, tuple(key)), **key)


@cache
def _on_pair(what: str, table: str, names: tuple[str, ...]) -> Plain:
    return Plain(f"{what} {table} WHERE {' AND '.join(f'{name} = :{name}' for name in names)}")


@cache
def _putting(table: str, names: tuple[str, ...]) -> Plain:
    return Plain(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})")


def _pair(ticket_id: int, field: str) -> tuple[str, dict[str, Any]]:
    kind, *rest = field.split(":")
    if kind == "label":
        return "ticket_label", {"ticket_id": ticket_id, "label_id": int(rest[0])}
    if kind == "watcher":
        return "watcher", {"ticket_id": ticket_id, "person_id": int(rest[0])}
    if kind == "link":
        return "ticket_link", {"ticket_id": ticket_id, "relation": rest[0], "other_id": int(rest[1])}
    raise ValueError(f"no such pair: {field}")


@cache
def defaults(entity: str) -> dict[str, Any]:
    """The class's own defaults, which plain inserts would not apply."""
    return {
        name: field.default
        for name, field in _CLASSES[entity].model_fields.items()
        if name != "id" and not field.is_required()
    }
