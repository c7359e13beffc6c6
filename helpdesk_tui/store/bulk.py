"""Many records at once, for imports and demos: the same rows the verbs write, without a statement for each.

The triggers that keep the full-text index and the columns' totals are set aside while the rows go in, and the texts of
the touched tickets are read anew at the end, all within the one transaction; so are the totals, and what a ticket's row
knows of itself. Foreign keys are checked at the commit, so rows may come in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from sqlalchemy import Table, delete, func, select, text
from sqlmodel import SQLModel

from helpdesk_tui.store import bulk_postgres, bulk_sqlite, many, records, service, standing, tables_service
from helpdesk_tui.store.records import Stored, as_it_stands, read, table_of
from helpdesk_tui.store.search import texts_of
from helpdesk_tui.store.triggers import POSTGRESQL
from helpdesk_tui.store.unit_of_work import Unit

ENTITIES = (
    "organization",
    "person",
    "board",
    "column",
    "ssh_key",
    "label",
    "view",
    "canned",
    "template",
    "calendar",
    "policy",
    "rule",
    "change_set",
    "ticket",
    "comment",
    "step",
    "time",
    "file",
)
"""Kinds of records with an id, in the order in which they refer to each other."""

PAIRS = (
    "board_member",
    "ticket_label",
    "watcher",
    "ticket_link",
    "seen",
    "notices_seen",
    "timer",
    "setting",
    "rule_run",
    "automation",
)
_ROWS_AT_ONCE = 20_000
_IDS_AT_ONCE = 500
_CLOCKS_AT_ONCE = 2_000


class Bulk:
    """Collects rows and writes them in large strokes; `finish` makes them whole. For one writing unit of work."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._waiting = 0
        self._next: dict[str, int] = {}
        self._engine = bulk_postgres if unit.engine == POSTGRESQL else bulk_sqlite
        self._triggers = self._engine.set_triggers_aside(unit)
        self._first_ticket = self.next_id("ticket")

    def next_id(self, entity: str) -> int:
        """The id that the next record of that kind gets."""
        if entity not in self._next:
            self._next[entity] = int(self.unit.scalar(select(func.max(_table(entity).c.id))) or 0) + 1
        return self._next[entity]

    def reserve(self, entity: str) -> int:
        """The next id of that kind, kept for a record that is added later."""
        reserved = self.next_id(entity)
        self._next[entity] = reserved + 1
        return reserved

    def add(self, entity: str, /, **values: Any) -> int:
        """Add a record and return its id: the one given in `values`, else the next."""
        record_id: int = values.setdefault("id", self.next_id(entity))
        self._next[entity] = max(self.next_id(entity), record_id + 1)
        self._collect(entity, values)
        return record_id

    def pair(self, name: str, /, **values: Any) -> None:
        """Add a row of a table without an id, see PAIRS."""
        self._collect(name, values)

    def _collect(self, name: str, values: dict[str, Any]) -> None:
        self._rows.setdefault(name, []).append(values)
        self._waiting += 1
        if self._waiting >= _ROWS_AT_ONCE:
            self.write()

    def write(self) -> None:
        """Send the rows collected so far; what others refer to first.

        For a row that comes after one that refers to it, SQLite reads through all that refer to its table.
        """
        order = (*ENTITIES, "event", *PAIRS)
        for name, rows in sorted(self._rows.items(), key=lambda each: order.index(each[0])):
            table = _table(name)
            defaults = _defaults(name)
            by_keys: dict[frozenset[str], list[dict[str, Any]]] = {}
            for row in rows:
                whole = {**defaults, **row}
                by_keys.setdefault(frozenset(whole), []).append(whole)
            for alike in by_keys.values():
                many.insert_all(self.unit, table, alike)
        self._rows.clear()
        self._waiting = 0

    def empty(self) -> None:
        """Take everything out of an untouched desk, its founding too, so that another desk can be put in."""
        with self._engine.without_guards(self.unit):
            for worked_out in (tables_service.stay, tables_service.ticket_service):
                self.unit.run(delete(worked_out))
            for name in (*PAIRS, "event", *reversed(ENTITIES)):
                self.unit.run(delete(_table(name)))
        for name in ("presence", "column_total", "due_total", "ticket_text"):
            self.unit.connection.exec_driver_sql(f"DELETE FROM {name}")
        self._engine.empty_index(self.unit)
        self._next.clear()
        self._first_ticket = 1

    def finish(self, touched: Iterable[int] = (), *, keep_updated: bool = False) -> None:
        """Bring counts, last events and searchable texts up to date, of new tickets and of `touched` older ones.

        With `keep_updated` the moment of the last change stays as it was given.
        """
        self.write()
        self._engine.know_sizes(self.unit)
        first = self._first_ticket
        older = sorted(number for number in set(touched) if number < first)
        for statement in self._triggers:
            self.unit.connection.exec_driver_sql(statement)
        self._triggers = []
        for condition in (f"ticket.id >= {int(first)}", *_any_of(older)):
            self._settle(condition, keep_updated)
        self._count_columns()
        for numbers in _chunks([*older, *range(first, self.next_id("ticket"))], _CLOCKS_AT_ONCE):
            service.settle(self.unit, numbers)
        service.settled_from(self.unit, first)
        standing.count_anew(self.unit)
        # Last, because nobody else can search from then on if most of the index is new.
        mostly_new = self.next_id("ticket") - first > first
        with self._engine.indexed_at_once(self.unit) if mostly_new else nullcontext():
            self._index(first, older)
        self._engine.know_sizes(self.unit)

    def mark_seen(self, person_id: int, upto: int | None = None) -> None:
        """The new tickets, after `finish`, are no news to that person; `upto` leaves those from that number on."""
        self.unit.connection.execute(
            text(
                "INSERT INTO seen (person_id, ticket_id, event_id) "
                "SELECT CAST(:person AS BIGINT), id, last_event_id FROM ticket WHERE id >= :first AND id < :upto "
                "ON CONFLICT (person_id, ticket_id) DO UPDATE SET event_id = excluded.event_id"
            ),
            {"person": person_id, "first": self._first_ticket, "upto": upto or self.next_id("ticket")},
        )

    def _settle(self, condition: str, keep_updated: bool) -> None:
        self.unit.connection.exec_driver_sql(
            "UPDATE comment SET by_team = EXISTS (SELECT 1 FROM person WHERE person.id = comment.author_id "
            "AND person.role IN ('admin', 'agent')) FROM ticket "
            f"WHERE ticket.id = comment.ticket_id AND comment.by_team IS NULL AND {condition}"
        )
        self.unit.connection.exec_driver_sql(f"UPDATE ticket SET {_DERIVED} WHERE {condition}")
        self.unit.connection.exec_driver_sql(
            f"UPDATE ticket SET last_actor_id = event.actor_id{'' if keep_updated else ', updated_at = event.at'} "
            f"FROM event WHERE event.id = ticket.last_event_id AND {condition}"
        )

    def _index(self, first: int, older: Sequence[int]) -> None:
        texts = texts_of(self.unit.engine, "ticket")
        self.unit.connection.exec_driver_sql(
            f"INSERT INTO ticket_text (ticket_id, title, description, {', '.join(texts)}) "
            f"SELECT ticket.id, title, description, {', '.join(texts.values())} "
            f"FROM ticket WHERE ticket.id >= {int(first)}"
        )
        sets = ", ".join(f"{column} = {sql}" for column, sql in texts.items())
        for condition in _any_of(older):
            self.unit.connection.exec_driver_sql(
                f"UPDATE ticket_text SET title = ticket.title, description = ticket.description, {sets} "
                f"FROM ticket WHERE ticket.id = ticket_text.ticket_id AND {condition}"
            )

    def _count_columns(self) -> None:
        self.unit.connection.exec_driver_sql("DELETE FROM column_total")
        self.unit.connection.exec_driver_sql(
            "INSERT INTO column_total SELECT column_id, count(*) FROM ticket WHERE NOT gone GROUP BY column_id"
        )


def is_untouched(unit: Unit) -> bool:
    """Whether nothing has been done on the desk since it was founded."""
    change_set = _table("change_set")
    return unit.first(select(change_set.c.id).where(change_set.c.kind != "found").limit(1)) is None


def broken_reference(unit: Unit) -> str | None:
    """The first record that refers to one that is not there, in words; None if all is well."""
    engine = bulk_postgres if unit.engine == POSTGRESQL else bulk_sqlite
    broken = engine.broken_reference(unit)
    return None if broken is None else f"a record of {broken[0]} names a {broken[1]} that is not there"


def ahead_of_history(unit: Unit) -> bool:
    """Whether rules are said to have looked at events that are not there."""
    event, states = _table("event"), _table("automation")
    last = select(func.coalesce(func.max(event.c.id), 0)).scalar_subquery()
    return unit.first(select(states.c.name).where(states.c.name == "events", states.c.upto > last)) is not None


def all_tickets(unit: Unit) -> list[int]:
    """The numbers of all tickets, archived and removed ones too."""
    ticket = table_of("ticket")
    return list(unit.scalars(select(ticket.c.id).order_by(ticket.c.id)))


def tickets(unit: Unit, numbers: Sequence[int]) -> list[Stored]:
    """These tickets, by number."""
    found = records.fetch_many(unit, "ticket", numbers)
    return [found[number] for number in sorted(found)]


def tickets_by_key(unit: Unit, prefix: str) -> dict[str, Stored]:
    """The tickets whose external key begins so, removed ones too, by what follows the prefix."""
    ticket = table_of("ticket")
    key = ticket.c.external_key
    rows = read(unit, as_it_stands(ticket).where(key >= prefix, key < prefix + "\U0010ffff"))
    return {row["external_key"][len(prefix) :]: row for row in rows}


def all_records(unit: Unit, entity: str) -> list[Stored]:
    """Every record of a small kind, by id."""
    return read(unit, as_it_stands(_table(entity)).order_by(*_table(entity).primary_key))


def of_tickets(unit: Unit, name: str, numbers: Sequence[int]) -> dict[int, list[Stored]]:
    """The records or pairs that belong to each of these tickets, in the order of their primary key."""
    table = _table(name)
    found: dict[int, list[Stored]] = {}
    for chunk in _chunks(numbers):
        for row in read(unit, as_it_stands(table).where(table.c.ticket_id.in_(chunk)).order_by(*table.primary_key)):
            found.setdefault(row["ticket_id"], []).append(row)
    return found


def events_of_desk(unit: Unit) -> list[Stored]:
    """The events that belong to no ticket, by id."""
    event = _table("event")
    return read(unit, as_it_stands(event).where(event.c.ticket_id.is_(None)).order_by(event.c.id))


def change_sets(unit: Unit, numbers: Sequence[int] | None) -> list[Stored]:
    """The change sets that touched any of these tickets, None for all there are, by id."""
    change_set, event = _table("change_set"), _table("event")
    if numbers is None:
        return all_records(unit, "change_set")
    ids: set[int] = set()
    for chunk in _chunks(numbers):
        ids.update(unit.scalars(select(event.c.change_set_id).where(event.c.ticket_id.in_(chunk)).distinct()))
    wanted: list[Stored] = []
    for chunk in _chunks(sorted(ids)):
        wanted += read(unit, as_it_stands(change_set).where(change_set.c.id.in_(chunk)).order_by(change_set.c.id))
    return wanted


def _table(name: str) -> Table:
    if name in PAIRS or name in {"event", "change_set"}:
        return SQLModel.metadata.tables[name]
    return table_of(name)


def _defaults(name: str) -> Mapping[str, Any]:
    if name in PAIRS or name == "event":
        return {}
    if name == "change_set":
        return {"kind": "do", "of_id": None, "undone_by_id": None}
    return records.defaults(name)


def _chunks(ids: Sequence[int], at_once: int = _IDS_AT_ONCE) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), at_once):
        yield ids[start : start + at_once]


def _any_of(numbers: Sequence[int]) -> list[str]:
    return [f"ticket.id IN ({', '.join(map(str, chunk))})" for chunk in _chunks(numbers)]


_SPOKEN = "FROM comment WHERE ticket_id = ticket.id AND NOT removed"
_STEPS = "FROM check_step WHERE ticket_id = ticket.id AND NOT removed"
_DERIVED = f"""
    replies = (SELECT count(*) {_SPOKEN} AND speech = 'reply'),
    notes = (SELECT count(*) {_SPOKEN} AND speech = 'note'),
    steps = (SELECT count(*) {_STEPS}),
    steps_done = (SELECT count(*) {_STEPS} AND done),
    files = (SELECT count(*) FROM file WHERE ticket_id = ticket.id AND NOT removed),
    minutes = (SELECT coalesce(sum(minutes), 0) FROM time_entry WHERE ticket_id = ticket.id AND NOT removed),
    replied_at = (
        SELECT max(at) FROM comment
        WHERE ticket_id = ticket.id AND NOT comment.removed AND speech = 'reply' AND by_team
        AND (ticket.requester_id IS NULL OR author_id != ticket.requester_id)
    ),
    last_event_id = coalesce((SELECT max(id) FROM event WHERE ticket_id = ticket.id), 0),
    gone = archived_at IS NOT NULL OR removed
        OR EXISTS (SELECT 1 FROM board WHERE board.id = ticket.board_id AND board.archived_at IS NOT NULL)
"""
"""What `derived.touch` and `derived.recount` write one ticket at a time."""
