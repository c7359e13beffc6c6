"""Tickets as a CSV file, safe to open in a spreadsheet.

The file begins with a line that says its cells went through `formula.escaped`; `import csv` takes the escaping back.
Raw files have no such line and hold every cell as it is.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime
from typing import TextIO

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.odd import MARK, UNREADABLE
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.exchange.formula import MARKER, escaped
from helpdesk_tui.exchange.report import Progress, Stop, never, silent, stop_if
from helpdesk_tui.language.bound import Bound
from helpdesk_tui.store import bulk, card_page, cards, records, values
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.unit_of_work import Unit

COLUMNS = (
    "number",
    "title",
    "description",
    "board",
    "column",
    "category",
    "status",
    "priority",
    "impact",
    "urgency",
    "kind",
    "language",
    "labels",
    "requester",
    "requester_mail",
    "organization",
    "assignee",
    "due",
    "created",
    "updated",
    "closed",
    "archived",
    "checklist",
    "replies",
    "files",
    "minutes",
)
"""The columns, always all and in this order; new ones are only ever added at the end."""

_AT_ONCE = 500


def export(
    desk: Desk,
    query: Bound,
    stream: TextIO,
    *,
    raw: bool = False,
    progress: Progress = silent,
    cancelled: Stop = never,
) -> int:
    """Write the tickets a query selects, one a row, and say how many. `stream` must not translate line ends.

    Those on boards where the acting person may not export are left out.
    """
    desk.require(Act.EXPORT)
    writer = csv.writer(stream, lineterminator="\r\n")
    if not raw:
        stream.write(MARKER + "\r\n")
    writer.writerow(COLUMNS)
    with desk.store.reading() as unit:
        condition = cards.selected(query, desk.asking(), desk.actor) & cards.permitted(desk.actor, Act.EXPORT)
        numbers = cards.numbers(unit, condition, cards.list_order(query, desk.actor), None)
        names = _Names(unit)
        for done in range(0, len(numbers), _AT_ONCE):
            stop_if(cancelled, "exported in full")
            progress(done, len(numbers))
            page = numbers[done : done + _AT_ONCE]
            rows = records.fetch_many(unit, "ticket", page)
            for card in card_page.cards(unit, page, desk.actor):
                cells = _cells(card, rows[card.number], names, desk.may(Act.LOG_TIME, card.board_id))
                writer.writerow(cells if raw else [escaped(cell) for cell in cells])
    progress(len(numbers), len(numbers))
    return len(numbers)


class _Names:
    """The full names that a card shortens, by id."""

    def __init__(self, unit: Unit) -> None:
        people = bulk.all_records(unit, "person")
        self.people = {row["id"]: values.text(row["name"]) for row in people}
        self.mails = {row["id"]: values.text(row["mail"], "") for row in people}
        self.organizations = {row["id"]: values.text(row["name"]) for row in bulk.all_records(unit, "organization")}


def _cells(card: Card, row: Stored, names: _Names, with_time: bool) -> list[str]:
    return [
        str(card.number),
        card.title,
        values.text(row["description"], ""),
        card.board,
        card.column,
        card.category.value,
        card.status.value,
        card.priority.word,
        _level(row["impact"]),
        _level(row["urgency"]),
        card.kind,
        card.language,
        ",".join(label.name for label in card.labels),
        _named(names.people, row["requester_id"]),
        names.mails.get(row["requester_id"], ""),
        _named(names.organizations, row["organization_id"]),
        _named(names.people, row["assignee_id"]),
        _moment(card.due),
        _moment(card.created),
        _moment(card.updated),
        _moment(card.closed),
        "yes" if card.archived else "",
        f"{card.steps_done}/{card.steps}" if card.steps else "",
        str(card.replies),
        str(card.files),
        str(row["minutes"]) if with_time else "",
    ]


def _named(names: Mapping[int, str], record_id: int | None) -> str:
    return "" if record_id is None else names.get(record_id, MARK)


def _level(value: int | None) -> str:
    level = values.level(value)
    return "" if level is None else level.word


def _moment(moment: datetime | None) -> str:
    if moment == UNREADABLE:
        return MARK
    return "" if moment is None else moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
