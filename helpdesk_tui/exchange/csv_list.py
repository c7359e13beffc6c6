"""Plain lists of tickets: one row a ticket, from any program that writes CSV.

Rows that cannot be tickets are left out with their reason; all others come in together or not at all. A list can be
imported again: the tickets it brought before are left as they are. They are known by their id in the list, and where it
has none by the whole content of their row.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from helpdesk_tui.desk import settings
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import Board, Category, Column
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import LABELS_LIMIT, LANGUAGES, Level, Priority, Status
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError
from helpdesk_tui.exchange.list_map import FIELDS, PLAIN, ListMap, needs_title
from helpdesk_tui.exchange.names import Names
from helpdesk_tui.exchange.places import all_boards, board_called, column_called
from helpdesk_tui.exchange.ranks import Ranks
from helpdesk_tui.exchange.report import Progress, Report, Stop, Tally, never, silent, stop_if
from helpdesk_tui.exchange.rows import Table, opened
from helpdesk_tui.store import bulk

UNDO_LIMIT = 2_000
"""Tickets up to which an import is an ordinary step that `undo` takes back; a larger one is undone by its backup."""

_ROWS_BETWEEN_LOOKS = 500
_Scale = TypeVar("_Scale", Priority, Level)
_KEY_LIMIT = 200


class Listed(Struct, frozen=True):
    """A row that can be a ticket; people, labels and the organization are still names."""

    key: str
    title: str
    description: str
    column: Column
    status: Status
    priority: Priority
    impact: Level | None
    urgency: Level | None
    kind: str
    language: str
    labels: tuple[str, ...]
    requester: str
    requester_mail: str
    organization: str
    assignee: str
    due: datetime | None
    created: datetime
    closed: datetime | None


def import_csv(
    desk: Desk, path: Path, listed: ListMap = PLAIN, progress: Progress = silent, cancelled: Stop = never
) -> Report:
    """Import the list at `path`. UsageError for a file that does not fit the map, Cancelled if the person stops it."""
    desk.require(Act.IMPORT)
    tally = Tally()
    # The file is read before the desk is locked: it may be a slow pipe, and others want to work.
    reader = _Reader(listed, all_boards(desk), settings.settings(desk).kinds, desk.clock.now())
    read = _read(path, listed, reader, tally, progress, cancelled)
    with desk.store.writing() as unit:
        writer = _Writer(desk, listed, bulk.Bulk(unit))
        for done, (line, row) in enumerate(read):
            if done % _ROWS_BETWEEN_LOOKS == 0:
                stop_if(cancelled)
                progress(done, len(read))
            try:
                writer.take(row)
            except UsageError as error:
                tally.skip(line, error.message)
        if not writer.created:
            return writer.report(tally, None)
        large = writer.created > UNDO_LIMIT
        writer.finish("import" if large else "do")
        saved = desk.store.back_up("import-csv", desk.clock.now()) if large else None
        unit.commit()
    progress(len(read), len(read))
    return writer.report(tally, saved)


def _read(
    path: Path, listed: ListMap, reader: _Reader, tally: Tally, progress: Progress, cancelled: Stop
) -> list[tuple[int, Listed]]:
    """The rows that can be tickets, with their lines; the others are left to the tally."""
    found: list[tuple[int, Listed]] = []
    with opened(path, listed.file.shape) as table:
        places = _places(table, listed)
        for done, line in enumerate(table):
            if done % _ROWS_BETWEEN_LOOKS == 0:
                stop_if(cancelled)
                progress(done, 0)
            if line.fault:
                tally.skip(line.number, line.fault)
                continue
            try:
                row = reader.read({name: line.cells[place] for name, place in places.items()})
            except UsageError as error:
                tally.skip(line.number, error.message)
            else:
                found.append((line.number, row))
    return found


def _places(table: Table, listed: ListMap) -> dict[str, int]:
    """Which cell of a row each field is in."""
    wanted = {name: column for name, column in listed.columns.items() if listed.strict or column in table.header}
    places = {name: table.place(column) for name, column in wanted.items()}
    needs_title(places)
    return places


class _Reader:
    """Makes tickets of rows. UsageError, in words for the report, for a row that cannot be one."""

    def __init__(self, listed: ListMap, boards: tuple[Board, ...], kinds: Sequence[str], now: datetime) -> None:
        self._listed = listed
        self._boards = boards
        self._kinds = kinds
        self._now = now
        self._copies: Counter[str] = Counter()
        self._values = {
            name: {fold(theirs): ours for theirs, ours in values.items()} for name, values in listed.values.items()
        }

    def read(self, cells: Mapping[str, str]) -> Listed:
        def cell(name: str) -> str:
            return cells.get(name, "").strip() or self._listed.defaults.get(name, "")

        def value(name: str) -> str:
            return self._translated(name, cell(name))

        created = self._moment("created", cell("created")) or self._now
        closed = self._moment("closed", cell("closed"))
        column = self._column(value("board"), value("column"), closed)
        if column.category is not Category.DONE:
            closed = None
        elif closed is None:
            closed = max(created, self._now)
        return Listed(
            key=self._key(cell("id") or cell("number"), cells),
            title=entry.title(cell("title")),
            description=entry.long_text(cells.get("description", ""), "description"),
            column=column,
            status=Status(_known("status", _none(value("status")), [status.value for status in Status])),
            priority=_levelled(Priority, "priority", value("priority")) or Priority.NORMAL,
            impact=_levelled(Level, "impact", value("impact")),
            urgency=_levelled(Level, "urgency", value("urgency")),
            kind=_known("kind", _none(value("kind")), ("", *self._kinds)),
            language=_known("language", _none(value("language")), ("", *LANGUAGES)),
            labels=self._labels(cell("labels")),
            requester=cell("requester"),
            requester_mail=cell("requester_mail"),
            organization=cell("organization"),
            assignee=value("assignee"),
            due=self._moment("due", cell("due")),
            created=created,
            closed=closed,
        )

    def _translated(self, name: str, text: str) -> str:
        return self._values.get(name, {}).get(fold(text), text)

    def _moment(self, name: str, text: str) -> datetime | None:
        if not text:
            return None
        try:
            return self._listed.file.time.read(text)
        except ValueError as error:
            raise UsageError(f"the moment “{clean(text, limit=40)}” of “{name}” {error}") from error

    def _column(self, board: str, column: str, closed: datetime | None) -> Column:
        landing = Category.DONE if closed is not None else Category.TODO
        return column_called(board_called(self._boards, board), column or landing)

    def _labels(self, text: str) -> tuple[str, ...]:
        names = [self._translated("labels", part.strip()) for part in text.split(self._listed.separator)]
        labels = tuple(dict.fromkeys(entry.label(name) for name in names if name.strip()))
        if len(labels) > LABELS_LIMIT:
            raise UsageError(f"more than {LABELS_LIMIT} labels on one ticket")
        return labels

    def _key(self, list_id: str, cells: Mapping[str, str]) -> str:
        """What a second run knows the row by: its id, else its content and which copy of that content it is."""
        if len(list_id) > _KEY_LIMIT:
            raise UsageError(f"an id longer than {_KEY_LIMIT} characters")
        if list_id:
            return f"{self._listed.source}/{list_id}"
        content = "\x1f".join(f"{name}={cells[name]}" for name in FIELDS if name in cells)
        digest = hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()[:32]
        self._copies[digest] += 1
        return f"{self._listed.source}/row-{digest}-{self._copies[digest]}"


class _Writer:
    """Writes the tickets of a list, with the people and labels they name."""

    def __init__(self, desk: Desk, listed: ListMap, rows: bulk.Bulk) -> None:
        self._desk = desk
        self._listed = listed
        self._rows = rows
        self._names = Names(rows.unit, rows)
        self._ranks = Ranks(rows.unit)
        self._known = set(bulk.tickets_by_key(rows.unit, f"{listed.source}/"))
        self._new: set[str] = set()
        self._change_set = rows.reserve("change_set")
        self.created = 0
        self._unchanged = 0

    def take(self, row: Listed) -> None:
        """Make the ticket of a row, unless an earlier run has. UsageError if it names somebody it may not."""
        key = row.key.removeprefix(f"{self._listed.source}/")
        if key in self._known:
            self._unchanged += 1
            return
        if key in self._new:
            raise UsageError(f"the id “{clean(key, limit=40)}” once more")
        assignee = self._assignee(row.assignee)
        organization = self._names.organization(row.organization) if row.organization else None
        requester = self._requester(row, organization)
        labels = [self._names.label(name) for name in row.labels]
        number = self._rows.add(
            "ticket",
            board_id=row.column.board_id,
            column_id=row.column.id,
            rank=self._ranks.next(row.column.id, int(row.priority)),
            title=row.title,
            folded=fold(row.title),
            description=row.description,
            priority=int(row.priority),
            impact=row.impact and int(row.impact),
            urgency=row.urgency and int(row.urgency),
            status=row.status.value,
            kind=row.kind,
            language=row.language,
            source=self._listed.source,
            requester_id=requester,
            organization_id=organization or self._names.organization_of(requester),
            assignee_id=assignee,
            due_at=row.due,
            created_at=row.created,
            updated_at=row.created,
            closed_at=row.closed,
            external_key=row.key,
        )
        for label_id in labels:
            self._rows.pair("ticket_label", ticket_id=number, label_id=label_id)
        self._note_created(number, row)
        self._new.add(key)
        self.created += 1

    def _note_created(self, number: int, row: Listed) -> None:
        self._rows.add(
            "event",
            change_set_id=self._change_set,
            actor_id=self._desk.actor.id,
            ticket_id=number,
            entity="ticket",
            entity_id=number,
            kind="created",
            at=row.created,
            delta={"removed": [True, False]},
            detail={"title": row.title, "column": row.column.id},
        )

    def finish(self, kind: str) -> None:
        """Write what was collected, as a change set of that kind."""
        self._rows.add(
            "change_set",
            id=self._change_set,
            actor_id=self._desk.actor.id,
            at=self._desk.clock.now(),
            summary=f"imported {self.created:,} tickets ({self._listed.source})"[:500],
            kind=kind,
        )
        self._rows.finish()
        self._rows.mark_seen(self._desk.actor.id)

    def report(self, tally: Tally, saved: Path | None) -> Report:
        return Report(
            created=self.created,
            unchanged=self._unchanged,
            events=self.created,
            skipped=tally.skipped(),
            people=tuple(self._names.people_made) if self.created else (),
            backup=saved,
        )

    def _assignee(self, word: str) -> int | None:
        if not word or word == "none":
            return None
        found = self._names.known_agent(word)
        if found is None and not self._listed.make_agents:
            raise UsageError(f"“{clean(word, limit=60)}” is no agent of this desk")
        return found if found is not None else self._names.agent(word)

    def _requester(self, row: Listed, organization: int | None) -> int | None:
        if not row.requester and not row.requester_mail:
            return None
        return self._names.requester(row.requester, row.requester_mail, organization)


def _none(text: str) -> str:
    return "" if text == "none" else text


def _known(name: str, text: str, known: Sequence[str]) -> str:
    for word in known:
        if fold(text) == fold(word):
            return word
    raise UsageError(f"the {name} “{clean(text, limit=40)}” is not known; known: {', '.join(filter(None, known))}")


def _levelled(scale: type[_Scale], name: str, text: str) -> _Scale | None:
    if not _none(text):
        return None
    for level in scale:
        if fold(text) == level.word:
            return level
    raise UsageError(f"the {name} “{clean(text, limit=40)}” is not known")
