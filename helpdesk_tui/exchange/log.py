"""Histories of events: any CSV file with a ticket, an activity, a moment and a resource on each row.

Every row becomes an event at its own moment, by the person its resource names. The desk is backed up first, and
everything is one transaction. Running an import again adds only rows that are new, so a growing file can be imported
whenever it has grown.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange.course import Course, Delta, Interpreter, notes_of
from helpdesk_tui.exchange.log_map import LogMap, Meaning, filled
from helpdesk_tui.exchange.names import Names
from helpdesk_tui.exchange.places import all_boards, board_called
from helpdesk_tui.exchange.ranks import Ranks
from helpdesk_tui.exchange.report import Progress, Report, Stop, Tally, never, silent, stop_if
from helpdesk_tui.exchange.rows import Table, opened
from helpdesk_tui.store import bulk, records
from helpdesk_tui.store.tables import to_stored

_ROWS_BETWEEN_LOOKS = 500
_KEY_LIMIT = 200


class Happening(Struct, frozen=True):
    """One row of the log. `at` is in milliseconds since 1970."""

    ticket: str
    activity: str
    at: int
    resource: str
    title: str
    line: int


def import_log(desk: Desk, path: Path, log: LogMap, progress: Progress = silent, cancelled: Stop = never) -> Report:
    """Import the log at `path`. UsageError for a file that does not fit the map, Cancelled if the person stopped it."""
    desk.require(Act.IMPORT)
    board = board_called(all_boards(desk), log.board)
    tally = Tally()
    happenings = _read(path, log, tally, progress, cancelled)
    with desk.store.writing() as unit:
        rows = bulk.Bulk(unit)
        names = Names(unit, rows)
        interpreter = Interpreter(log, board, names.label)
        writer = _Writer(desk, log, rows, names, interpreter, tally)
        for done, happening in enumerate(happenings):
            if done % _ROWS_BETWEEN_LOOKS == 0:
                stop_if(cancelled)
                progress(done, len(happenings))
            writer.take(happening)
        report = writer.finish()
        if not report.events:
            return report
        # Readers see the desk as it was until the commit, and so does the backup.
        saved = desk.store.back_up("import-log", desk.clock.now())
        unit.commit()
    progress(len(happenings), len(happenings))
    return Report(
        report.created, report.updated, report.unchanged, report.events, report.skipped, report.people, backup=saved
    )


def _read(path: Path, log: LogMap, tally: Tally, progress: Progress, cancelled: Stop) -> list[Happening]:
    """The usable rows of the file by time; rows of one moment stay in the order of the file."""
    found: list[Happening] = []
    met: set[tuple[str, str, int, str]] = set()
    with opened(path, log.file.shape) as table:
        for happening in _happenings(table, log, tally):
            key = (happening.ticket, happening.activity, happening.at, happening.resource)
            if key in met:
                tally.skip(happening.line, "the same row once more")
                continue
            met.add(key)
            found.append(happening)
            if len(found) % _ROWS_BETWEEN_LOOKS == 0:
                stop_if(cancelled)
                progress(len(found), 0)
    found.sort(key=lambda happening: happening.at)
    return found


def _happenings(table: Table, log: LogMap, tally: Tally) -> Iterable[Happening]:
    ticket, activity, time = table.place(log.ticket), table.place(log.activity), table.place(log.time)
    resource = table.place(log.resource) if log.resource else None
    title = table.place(log.title_column) if log.title_column else None
    for row in table:
        if row.fault:
            tally.skip(row.number, row.fault)
            continue
        cells = row.cells
        fault = _fault(cells[ticket].strip(), cells[activity].strip(), log)
        if fault:
            tally.skip(row.number, fault)
            continue
        try:
            at = to_stored(log.file.time.read(cells[time]))
        except ValueError as error:
            tally.skip(row.number, f"the time “{clean(cells[time], limit=40)}” {error}")
            continue
        yield Happening(
            cells[ticket].strip(),
            cells[activity].strip(),
            at,
            cells[resource].strip() if resource is not None else "",
            cells[title] if title is not None else "",
            row.number,
        )


def _fault(ticket: str, activity: str, log: LogMap) -> str:
    if not ticket:
        return "no ticket is named"
    if len(ticket) > _KEY_LIMIT:
        return f"the name of the ticket is longer than {_KEY_LIMIT} characters"
    if not activity:
        return "no activity is named"
    meaning = log.activities.get(activity, log.other)
    if meaning is None:
        return f"the map does not say what “{clean(activity, limit=60)}” means"
    return f"the map leaves “{clean(activity, limit=60)}” out" if meaning.skip else ""


class _Writer:
    """Turns happenings, oldest first, into tickets, notes and events."""

    def __init__(
        self, desk: Desk, log: LogMap, rows: bulk.Bulk, names: Names, interpreter: Interpreter, tally: Tally
    ) -> None:
        self._desk = desk
        self._log = log
        self._rows = rows
        self._names = names
        self._interpreter = interpreter
        self._tally = tally
        self._key = f"{log.source}/"
        self._known = bulk.tickets_by_key(rows.unit, self._key)
        numbers = [row["id"] for row in self._known.values()]
        self._known_events = bulk.of_tickets(rows.unit, "event", numbers)
        self._known_labels = bulk.of_tickets(rows.unit, "ticket_label", numbers)
        self._courses: dict[str, Course] = {}
        self._imported: dict[int, set[tuple[str, int, int]]] = {}
        self._change_set = rows.reserve("change_set")
        self._labels = [names.label(name) for name in log.labels]
        self._events = 0
        self._touched: set[int] = set()

    def take(self, happening: Happening) -> None:
        """Let one row happen, unless the desk knows it already."""
        try:
            person_id = self._names.agent(happening.resource) if happening.resource else None
            course = self._courses.get(happening.ticket) or self._begin(happening, person_id)
        except UsageError as error:
            self._tally.skip(happening.line, error.message)
            return
        actor_id = person_id or self._desk.actor.id
        if course.values["removed"]:
            self._tally.skip(happening.line, "its ticket was removed from the desk")
            return
        if (happening.activity, happening.at, actor_id) in self._imported.get(course.number, ()):
            return
        meaning = self._interpreter.meaning(happening.activity) or Meaning()
        # A row older than what is known of the ticket is history: it is kept, and changes nothing any more.
        late = happening.at < course.last_at
        delta = {} if late else self._interpreter.apply(course, meaning, happening.at, person_id)
        for body in notes_of(meaning, happening.activity):
            self._rows.add(
                "comment", ticket_id=course.number, author_id=actor_id, speech="note", body=body, at=happening.at
            )
        self._record(course, "imported", happening.at, actor_id, delta, {"note": happening.activity})
        self._events += 1

    def finish(self) -> Report:
        """Write what was collected; what happened to the desk."""
        new = [course for course in self._courses.values() if course.is_new]
        old = [course for course in self._courses.values() if not course.is_new]
        touched = [course for course in old if course.number in self._touched]
        self._write_tickets(new, touched)
        if self._events:
            said = f"imported {len(new):,} tickets, {self._events:,} events ({self._log.source})"
            self._rows.add(
                "change_set",
                id=self._change_set,
                actor_id=self._desk.actor.id,
                at=self._desk.clock.now(),
                summary=said[:500],
                kind="import",
            )
            self._rows.finish(course.number for course in touched)
            self._rows.mark_seen(self._desk.actor.id)
        return Report(
            created=len(new),
            updated=len(touched),
            unchanged=len(old) - len(touched),
            events=self._events,
            skipped=self._tally.skipped(),
            people=tuple(self._names.people_made),
        )

    def _begin(self, happening: Happening, person_id: int | None) -> Course:
        """The course of a ticket at its first row here: one the desk has, or a new one."""
        course = self._resumed(happening.ticket) or self._created(happening, person_id)
        self._courses[happening.ticket] = course
        return course

    def _resumed(self, key: str) -> Course | None:
        values = self._known.get(key)
        if values is None:
            return None
        number = values["id"]
        events = self._known_events.get(number, [])
        self._imported[number] = {
            (event["detail"]["note"], event["at"], event["actor_id"])
            for event in events
            if event["kind"] == "imported" and "note" in event["detail"]
        }
        labels = {pair["label_id"] for pair in self._known_labels.get(number, [])}
        return Course(number, values, labels, last_at=max((event["at"] for event in events), default=0))

    def _created(self, happening: Happening, person_id: int | None) -> Course:
        log, start = self._log, self._interpreter.start
        title = entry.title(
            happening.title or filled(log.title, happening.ticket, happening.activity, happening.resource)
        )
        number = self._rows.reserve("ticket")
        values = {
            "board_id": start.board_id,
            "column_id": start.id,
            "title": title,
            "folded": fold(title),
            "priority": int(log.priority),
            "status": "",
            "kind": "",
            "source": log.source,
            "assignee_id": None,
            "created_at": happening.at,
            "updated_at": happening.at,
            "closed_at": happening.at if start.category is Category.DONE else None,
            "external_key": self._key + happening.ticket,
            "removed": False,
        }
        course = Course(number, values, set(self._labels), is_new=True)
        actor_id = person_id or self._desk.actor.id
        self._record(course, "created", happening.at, actor_id, {"removed": [True, False]}, {})
        return course

    def _record(self, course: Course, kind: str, at: int, actor_id: int, delta: Delta, detail: dict[str, str]) -> None:
        self._touched.add(course.number)
        self._rows.add(
            "event",
            change_set_id=self._change_set,
            actor_id=actor_id,
            ticket_id=course.number,
            entity="ticket",
            entity_id=course.number,
            kind=kind,
            at=at,
            delta=delta,
            detail=detail,
        )

    def _write_tickets(self, new: list[Course], touched: list[Course]) -> None:
        ranks = Ranks(self._rows.unit)
        for course in new:
            rank = ranks.next(course.values["column_id"], course.values["priority"])
            self._rows.add("ticket", id=course.number, rank=rank, **course.values)
            for label_id in course.labels:
                self._rows.pair("ticket_label", ticket_id=course.number, label_id=label_id)
        for course in touched:
            changes = {name: course.values[name] for name in course.changed if ":" not in name}
            changes |= {name: int(name[6:]) in course.labels for name in course.changed if ":" in name}
            if changes.keys() & {"column_id", "priority"}:
                changes["rank"] = ranks.next(course.values["column_id"], course.values["priority"])
            changes["version"] = course.values["version"] + 1
            records.write(self._rows.unit, "ticket", course.number, changes)
