"""A whole desk, or the tickets of a query, as one JSON document: `"format": "helpdesk-json 1"`.

    {"format": "helpdesk-json 1",
     "settings": [...], "organizations": [...], "people": [...], "boards": [...], "columns": [...], "members": [...],
     "keys": [...], "labels": [...], "views": [...], "canned": [...], "templates": [...], "calendars": [...],
     "policies": [...], "rules": [...], "rule_runs": [...], "automation": [...], "notices_seen": [...],
     "change_sets": [...], "events": [...],
     "tickets": [{"number": 142, "title": "...", ..., "labels": [3], "watchers": [7], "links": [...],
                  "comments": [...], "checklist": [...], "time": [...], "files": [...], "seen": [...],
                  "timers": [...], "events": [...]}, ...],
     "contents": [...]}

The lists stand in this order, one record a line; `json_shape` names the keys of each. People, columns, labels and
the like are referred to by their `id`, tickets by their number; what is in the files is in `contents`. Moments are UTC
with milliseconds, except within an event's `delta`, which holds the values as the desk keeps them: moments there are
milliseconds since 1970. Which account of which machine a person is does not leave the desk.

Reading an export needs a desk in which nothing has been done yet, and makes it the desk that was exported. What follows
from all that, as the clocks of tickets, is worked out anew; an export from before there were policies gets those that a
new desk has.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act, may_everywhere
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, UsageError
from helpdesk_tui.exchange import json_contents, json_service
from helpdesk_tui.exchange.json_events import EVENTS, read_event
from helpdesk_tui.exchange.json_lists import DESK_SECTIONS, LATER, TICKET_SECTIONS
from helpdesk_tui.exchange.json_reader import JsonStream
from helpdesk_tui.exchange.json_shape import TICKETS, Section
from helpdesk_tui.exchange.report import Progress, Report, Stop, never, silent, stop_if
from helpdesk_tui.language.bound import Always, Bound
from helpdesk_tui.store import bulk, cards, directory, files
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.unit_of_work import Unit

FORMAT = "helpdesk-json 1"
_AT_ONCE = 500
_KEYS = {
    "members": ("person", ("board_id", "person_id")),
    "rule_runs": ("ticket", ("rule_id", "ticket_id", "slot")),
}
"""Lists of pairs, each of which is there once: what they are called, and the columns that tell them apart."""
_OWN_LISTS = ("labels", "watchers", *TICKET_SECTIONS)


def export(
    desk: Desk, query: Bound | None, stream: TextIO, progress: Progress = silent, cancelled: Stop = never
) -> int:
    """Write the tickets a query selects, None for the whole desk with its archive, and say how many they are.

    Of the boards where the acting person may not export nothing is written: neither the tickets nor what others say
    of them. `stream` must be able to carry every character: UTF-8.
    """
    desk.require(Act.EXPORT)
    everything = may_everywhere(desk.actor, Act.EXPORT)
    if query is None and not everything:
        query = Bound(Always(), mentions_archived=True)
    with desk.store.reading() as unit:
        numbers = _selected(unit, desk, query)
        whole = query is None
        stream.write(f'{{"format": {json.dumps(FORMAT)}')
        for name, rows in _desk_lists(unit, desk, None if whole else numbers).items():
            _write_list(stream, name, (DESK_SECTIONS[name].written(row) for row in rows))
        tickets = _tickets(unit, numbers, whole, progress, cancelled)
        _write_list(stream, "tickets", tickets if everything else map(_only_among(numbers), tickets))
        _write_list(stream, "contents", json_contents.written(unit, None if whole else numbers))
        stream.write("}\n")
    progress(len(numbers), len(numbers))
    return len(numbers)


def import_json(desk: Desk, source: Path | BinaryIO, progress: Progress = silent, cancelled: Stop = never) -> Report:
    """Make an untouched desk the one that was exported. The desk must be opened anew afterwards.

    UsageError, with the place, for anything that is not an export; Conflict if the desk is in use already.
    """
    desk.require(Act.IMPORT)
    with _opened(source) as (text, name), desk.store.writing() as unit:
        if not bulk.is_untouched(unit):
            raise Conflict(
                "This desk is in use already, and an export is read into a new one.",
                "Name a new file: helpdesk --desk NEW.db import json FILE. Lists go into any desk: import csv.",
            )
        reader = _Reader(JsonStream(text, name), desk, unit, progress, cancelled)
        report = reader.read()
        unit.commit()
    return report


def _selected(unit: Unit, desk: Desk, query: Bound | None) -> list[int]:
    if query is None:
        return bulk.all_tickets(unit)
    condition = cards.selected(query, desk.asking(), desk.actor) & cards.permitted(desk.actor, Act.EXPORT)
    return sorted(cards.numbers(unit, condition, cards.list_order(query, desk.actor), None))


def _desk_lists(unit: Unit, desk: Desk, numbers: Sequence[int] | None) -> dict[str, list[Stored]]:
    """The records of the lists before the tickets; of a query's tickets only the change sets they took part in."""
    lists = {
        name: bulk.all_records(unit, section.entity)
        for name, section in DESK_SECTIONS.items()
        if name not in {"change_sets", "events"}
    }
    lists["automation"] = json_service.come_so_far(lists["automation"], whole=numbers is None)
    if numbers is not None:
        lists["rule_runs"] = json_service.runs_on(lists["rule_runs"], numbers)
    if desk.actor.role is not Role.ADMIN:
        lists |= {name: [] for name in ("members", "keys", "rules", "rule_runs", "automation")}
        lists["views"] = [view for view in lists["views"] if view["shared"] or view["owner_id"] == desk.actor.id]
    change_sets = bulk.change_sets(unit, numbers)
    there = {row["id"] for row in change_sets}
    for row in change_sets:
        for reference in ("of_id", "undone_by_id"):
            if row[reference] not in there:
                row[reference] = None
    lists["change_sets"] = change_sets
    if not may_everywhere(desk.actor, Act.EXPORT):
        known = {board.id for board in directory.boards(unit, cards.known_board(desk.actor), archived=True)}
        lists["boards"] = [board for board in lists["boards"] if board["id"] in known]
        lists["columns"] = [column for column in lists["columns"] if column["board_id"] in known]
        for row in change_sets:  # what it says may be of tickets that are not among these
            row["summary"] = "changed"
    lists["events"] = [_without_account(row) for row in bulk.events_of_desk(unit)] if numbers is None else []
    return lists


def _without_account(event: Stored) -> Stored:
    """The event, without which account of which machine a person was."""
    if event["entity"] != "person" or "uid" not in event["delta"]:
        return event
    return event | {"delta": {field: sides for field, sides in event["delta"].items() if field != "uid"}}


def _tickets(
    unit: Unit, numbers: Sequence[int], whole: bool, progress: Progress, cancelled: Stop
) -> Iterator[dict[str, Any]]:
    chosen = frozenset(numbers)
    for done in range(0, len(numbers), _AT_ONCE):
        stop_if(cancelled, "exported in full")
        progress(done, len(numbers))
        page = numbers[done : done + _AT_ONCE]
        parts = {name: bulk.of_tickets(unit, section.entity, page) for name, section in TICKET_SECTIONS.items()}
        labels = bulk.of_tickets(unit, "ticket_label", page)
        watchers = bulk.of_tickets(unit, "watcher", page)
        for row in bulk.tickets(unit, page):
            number = row["id"]
            if not whole and row["merged_into_id"] not in chosen:
                row["merged_into_id"] = None
            ticket = TICKETS.written(row)
            ticket["labels"] = [pair["label_id"] for pair in labels.get(number, ())]
            ticket["watchers"] = [pair["person_id"] for pair in watchers.get(number, ())]
            for name, section in TICKET_SECTIONS.items():
                rows = parts[name].get(number, [])
                if name == "links" and not whole:
                    rows = [link for link in rows if link["other_id"] in chosen]
                ticket[name] = [section.written(part) for part in rows]
            yield ticket


def _only_among(numbers: Sequence[int]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Takes out of a ticket what its history says of others than these."""
    chosen = frozenset(numbers)

    def without_others(ticket: dict[str, Any]) -> dict[str, Any]:
        return ticket | {"events": [event for event in ticket["events"] if _named_in(event) <= chosen]}

    return without_others


def _named_in(event: Mapping[str, Any]) -> set[Any]:
    """The tickets, besides its own, that an event as it is written speaks of."""
    named = {event["detail"].get("number")}
    for field, sides in event["delta"].items():
        if field.startswith("link:"):
            named.add(int(field.rpartition(":")[2]))
        elif field in {"merged_into_id", "ticket_id"}:
            named.update(sides)
    return named - {None}


def _write_list(stream: TextIO, name: str, records: Iterator[Mapping[str, Any]]) -> None:
    stream.write(f",\n{json.dumps(name)}: [")
    for place, record in enumerate(records):
        stream.write(",\n" if place else "\n")
        stream.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
    stream.write("]")


@contextmanager
def _opened(source: Path | BinaryIO) -> Iterator[tuple[TextIO, str]]:
    if not isinstance(source, Path):
        yield io.TextIOWrapper(source, encoding="utf-8-sig", errors="strict"), "The export"
        return
    name = clean(source.name, limit=80)
    try:
        file = source.open(encoding="utf-8-sig", errors="strict")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can have that name"
        raise UsageError(f"{name} cannot be read: {reason}.", "Check the path.") from error
    with file:
        yield file, name


class _Reader:
    """Reads an export from front to back into an emptied desk."""

    def __init__(self, json_stream: JsonStream, desk: Desk, unit: Unit, progress: Progress, cancelled: Stop) -> None:
        self._json = json_stream
        self._desk = desk
        self._unit = unit
        self._progress = progress
        self._cancelled = cancelled
        self._accounts = [row for row in bulk.all_records(unit, "person") if row["uid"] is not None]
        self._rows = bulk.Bulk(unit)
        self._standard = {name: bulk.all_records(unit, name) for name in ("calendar", "policy", "rule")}
        self._met: dict[tuple[str, str], set[Any]] = {}
        self._tickets = 0
        self._events = 0

    def read(self) -> Report:
        members = self._json.members()
        if next(members, "") != "format" or self._json.value() != FORMAT:
            raise self._json.wrong(f'it does not begin with "format": "{FORMAT}", as `helpdesk export json` writes it')
        self._rows.empty()
        expected = iter([*DESK_SECTIONS, "tickets", "contents"])
        for name in members:
            wanted = next(expected, None)
            while name != wanted and wanted in LATER:
                self._leave_out(wanted)
                wanted = next(expected, None)
            if name != wanted:
                raise self._json.wrong(f"“{name[:40]}” stands where {wanted or 'the end'} is expected")
            if name == "tickets":
                self._read_tickets()
            elif name == "contents":
                self._read_contents()
            else:
                self._read_list(name)
        if (missing := next((name for name in expected if name not in LATER), None)) is not None:
            raise self._json.wrong(f"the list “{missing}” is missing")
        self._json.end()
        self._rows.finish(keep_updated=True)
        if (broken := bulk.broken_reference(self._unit)) is not None:
            raise UsageError(f"The export refers to something it does not hold: {broken}.", "Nothing was imported.")
        if bulk.ahead_of_history(self._unit):
            raise UsageError("The rules of the export have seen events that it does not hold.", "Nothing was imported.")
        if (odd := files.odd_one(self._unit)) is not None:
            raise UsageError(f"The file “{clean(odd)}” has not the size the export says.", "Nothing was imported.")
        return Report(created=self._tickets, events=self._events)

    def _leave_out(self, name: str) -> None:
        """The export is of an earlier version, which had no such list."""
        entity = DESK_SECTIONS[name].entity
        for row in self._standard.get(entity, ()):
            self._rows.add(entity, **row)

    def _read_list(self, name: str) -> None:
        section = DESK_SECTIONS[name]
        people: list[dict[str, Any]] = []
        for place, value in enumerate(self._json.items()):
            self._look_up(place)
            row = self._row(section, value, name, place)
            if name == "automation" and not json_service.names_known(row, self._met.get(("person", "id"), set())):
                raise self._json.wrong(f"automation[{place}] names a person that is not there")
            if name == "people":
                people.append(row)
            elif name == "events":
                self._add_event(row, None)
            elif name in _KEYS:
                self._add_pair(name, row, place)
            elif name in {"settings", "automation", "notices_seen"}:
                self._rows.pair(section.entity, **row)
            else:
                self._rows.add(section.entity, **row)
        if name == "people":
            self._add_people(people)

    def _add_pair(self, name: str, row: dict[str, Any], place: int) -> None:
        entity, (said, columns) = DESK_SECTIONS[name].entity, _KEYS[name]
        try:
            self._once(entity, said, tuple(row[column] for column in columns))
        except ValueError as error:
            raise self._json.wrong(f"{name}[{place}] {error}") from error
        self._rows.pair(entity, **row)

    def _add_people(self, people: list[dict[str, Any]]) -> None:
        """The people of the export; those who have an account here keep it, and whoever imports stays an admin."""
        accounts = {row["login"]: row for row in self._accounts}
        for row in people:
            account = accounts.pop(row["login"], None)
            if account is not None:
                row["uid"] = account["uid"]
                if account["id"] == self._desk.actor.id:
                    row |= {"role": Role.ADMIN.value, "active": True, "removed": False}
            self._rows.add("person", **{"uid": None, **row})
        for account in accounts.values():
            kept = {
                key: account[key] for key in ("login", "uid", "name", "mail", "role", "signature", "active", "removed")
            }
            self._rows.add("person", **kept, folded=fold(account["name"]), organization_id=None)

    def _read_tickets(self) -> None:
        for place, value in enumerate(self._json.items()):
            self._look_up(place)
            where = f"tickets[{place}]"
            row = self._row(TICKETS, value, "tickets", place, _OWN_LISTS)
            number = row["id"]
            self._rows.add("ticket", **row)
            self._tickets += 1
            for name, column, key in (("labels", "ticket_label", "label_id"), ("watchers", "watcher", "person_id")):
                for other in self._ids(value, name, where):
                    self._rows.pair(column, **{"ticket_id": number, key: other})
            for name, section in TICKET_SECTIONS.items():
                for index, part in enumerate(self._list(value, name, where)):
                    self._add_part(number, name, self._row(section, part, f"{where}.{name}", index))

    def _read_contents(self) -> None:
        contents = json_contents.Contents(self._unit)
        try:
            for value in self._json.items():
                stop_if(self._cancelled)
                contents.add(value)
            contents.finish()
        except ValueError as error:
            raise self._json.wrong(f"an element of “contents” {error}") from error

    def _add_part(self, number: int, name: str, row: dict[str, Any]) -> None:
        if name == "events":
            self._add_event(row, number)
        elif name == "timers":
            self._rows.pair("timer", ticket_id=number, **row)
        elif name in {"links", "seen"}:
            key = (number, *row.values()) if name == "links" else (number, row["person_id"])
            try:
                self._once(name, "pair", key)
            except ValueError as error:
                raise self._json.wrong(f"#{number} {name} {error}") from error
            self._rows.pair(TICKET_SECTIONS[name].entity, ticket_id=number, **row)
        else:
            self._rows.add(TICKET_SECTIONS[name].entity, ticket_id=number, **row)

    def _add_event(self, row: dict[str, Any], number: int | None) -> None:
        self._rows.add("event", ticket_id=number, **row)
        self._events += 1

    def _row(self, section: Section, value: Any, name: str, place: int, more: tuple[str, ...] = ()) -> dict[str, Any]:
        """The record in `value`. UsageError that says where in the document it is wrong."""
        try:
            row = read_event(value) if section is EVENTS else section.read(value, more)
            for column in section.unique:
                if row[column] is not None:
                    self._once(section.entity, column, row[column])
        except ValueError as error:
            raise self._json.wrong(f"{name}[{place}] {clean(str(error), limit=200)}") from error
        return row

    def _once(self, entity: str, column: str, value: Any) -> None:
        met = self._met.setdefault((entity, column), set())
        if value in met:
            raise ValueError(f"has the same {column} as one before")
        met.add(value)

    def _list(self, ticket: dict[str, Any], name: str, where: str) -> list[Any]:
        found = ticket.get(name, [])
        if not isinstance(found, list):
            raise self._json.wrong(f"{where} “{name}” is not a list")
        return found

    def _ids(self, ticket: dict[str, Any], name: str, where: str) -> list[int]:
        found = self._list(ticket, name, where)
        if not all(isinstance(item, int) and not isinstance(item, bool) and item > 0 for item in found):
            raise self._json.wrong(f"{where} “{name}” is not a list of ids")
        if len(set(found)) != len(found):
            raise self._json.wrong(f"{where} “{name}” has an id twice")
        return found

    def _look_up(self, place: int) -> None:
        if place % _AT_ONCE == 0:
            stop_if(self._cancelled)
            self._progress(self._tickets, 0)
