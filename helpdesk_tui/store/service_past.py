"""What of the past of tickets their clocks and their course follow from, as it is recorded or was worked out before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, Select, bindparam, func, select, type_coerce

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.course import Change, Course, Stay, follow, read
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.store import tables, tables_service, values
from helpdesk_tui.store.among import among, listed
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.unit_of_work import Unit

_column = tables.core(tables.BoardColumn)
_service = tables_service.ticket_service
_stay = tables_service.stay

MATTERS = ("status", "closed_at", "column_id")
"""The fields of a ticket that its course depends on."""


class Past(Struct, frozen=True):
    """What of a ticket its clocks and its figures follow from, moments as numbers.

    `replied` is when the team first replied to the requester and `replies` how often it did; `doing` is when the ticket
    first came to a doing column.
    """

    course: Course
    replied: int | None
    replies: int
    doing: int | None


def tickets(unit: Unit, numbers: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    """What stands in the rows of these tickets that matters here, moments as numbers; those that are there.

    With it what was worked out of them before, None where nothing was.
    """
    return {row[0]: dict(zip(_NAMES, row, strict=True)) for row in unit.ask(_TICKETS, ids=listed(numbers))}


_NAMES = (
    *("id", "status", "column_id", "priority", "sla_calendar_id", "merged_into_id"),
    *("created_at", "closed_at", "sla_due_at", "sla_risk_at", "course", "doing_at"),
)
_TICKETS = Plain(
    f"SELECT {', '.join(_NAMES)} FROM ticket LEFT JOIN ticket_service ON ticket_service.ticket_id = ticket.id "
    "WHERE ticket.id IN [ids]"
)


def from_history(
    unit: Unit, tickets: Mapping[int, Mapping[str, Any]]
) -> tuple[dict[int, Past], dict[int, tuple[Stay, ...]]]:
    """The past of tickets and their stays, from everything that was recorded."""
    changes, spoken = _changes(unit, tickets), _spoken(unit, tickets)
    doing = {column_id for (column_id,) in unit.ask(_DOING)}
    past: dict[int, Past] = {}
    stays: dict[int, tuple[Stay, ...]] = {}
    for number, ticket in tickets.items():
        course, stays[number] = follow(ticket, changes.get(number, ()))
        begun = next((one.since for one in stays[number] if one.column_id in doing), None)
        past[number] = _past(course, spoken.get(number), begun)
    return past, stays


def on_its_course(unit: Unit, tickets: Mapping[int, Mapping[str, Any]]) -> dict[int, Past]:
    """The past of those of the tickets whose course is known: only what was said on them may be new."""
    spoken = _spoken(unit, tickets)
    past: dict[int, Past] = {}
    for number, ticket in tickets.items():
        with suppress(ValueError):  # never worked out, or another tool wrote there: the history says what is so
            course = read(values.text(ticket["course"], ""))
            past[number] = _past(course, spoken.get(number), values.whole_or_none(ticket["doing_at"]))
    return past


def _past(course: Course, spoken: tuple[int, int] | None, begun: int | None) -> Past:
    replied, replies = (None, 0) if spoken is None else (max(spoken[0], course.created), spoken[1])
    return Past(course, replied, replies, begun)


def as_known(unit: Unit, numbers: Sequence[int]) -> dict[int, Past]:
    """The past of those of the tickets for which it was worked out before."""
    begun = {row[0]: row[1] for row in unit.rows(_beginning(), {"ids": listed(numbers)})}
    past: dict[int, Past] = {}
    for row in unit.rows(_known(), {"ids": listed(numbers)}):
        try:
            course = read(values.text(row.course, ""))
        except ValueError:  # another tool wrote there: the history says what is so
            continue
        replied, replies = values.whole_or_none(row.first_reply_at), values.whole(row.replies)
        past[row.ticket_id] = Past(course, replied, replies, begun.get(row.ticket_id))
    return past


def _changes(unit: Unit, tickets: Mapping[int, Any]) -> dict[int, list[Change]]:
    """What stands of the changes that a course depends on, in the order in which they were recorded."""
    found: dict[int, list[Change]] = {}
    for number, entity_id, at, said in unit.ask(_CHANGING, ids=listed(tickets)):
        delta = {name: pair for name, pair in values.delta(values.from_json(said)).items() if name in MATTERS}
        if delta and number == entity_id:
            found.setdefault(number, []).append(Change(values.whole(at), delta))
    return found


def _spoken(unit: Unit, tickets: Mapping[int, Any]) -> dict[int, tuple[int, int]]:
    """The first reply of the team to the requester, and how many there are; what was carried away in a merge too."""
    rows = unit.ask(_REPLYING, ids=listed(tickets))
    merged = [number for number, ticket in tickets.items() if ticket["merged_into_id"] is not None]
    if merged:
        rows += unit.ask(_HAVING_REPLIED, ids=listed(merged))
    return {number: (values.whole(first), replies) for number, first, replies in rows}


# An undone step did not happen, and what undid it is only that; done again it stands as it was. As a value of each
# event and not a join: PostgreSQL would go through all that a step did, and an import is a large one.
_STANDS = (
    "(SELECT undone_by_id IS NULL AND kind NOT IN ('undo', 'redo') FROM change_set "
    "WHERE change_set.id = event.change_set_id)"
)
# Most deltas have nothing to do with a course, and are not worth reading.
_MAY_MATTER = " OR ".join(f"""CAST(delta AS TEXT) LIKE '%"{name}"%'""" for name in MATTERS)
_CHANGING = Plain(
    "SELECT ticket_id, entity_id, at, CAST(delta AS TEXT) FROM event "
    f"WHERE ticket_id IN [ids] AND entity = 'ticket' AND ({_MAY_MATTER}) AND {_STANDS} ORDER BY id"
)
_DOING = Plain(f"SELECT id FROM board_column WHERE category = '{Category.DOING.value}'")
_TO_REQUESTER = (
    f"comment.speech = '{Speech.REPLY.value}' AND comment.removed = FALSE AND comment.by_team = TRUE "
    "AND (ticket.requester_id IS NULL OR comment.author_id <> ticket.requester_id)"
)
"""Whether a comment is a reply of the team to whoever asked for the ticket."""
_REPLYING = Plain(
    "SELECT comment.ticket_id, min(comment.at), count(*) FROM comment JOIN ticket ON ticket.id = comment.ticket_id "
    f"WHERE comment.ticket_id IN [ids] AND {_TO_REQUESTER} GROUP BY comment.ticket_id"
)
# What was replied on a ticket while it stood for itself, wherever it is now.
_HAVING_REPLIED = Plain(
    "SELECT ticket.id, min(comment.at), count(DISTINCT comment.id) FROM ticket "
    "JOIN event ON event.ticket_id = ticket.id JOIN comment ON comment.id = event.entity_id "
    "WHERE ticket.id IN [ids] AND event.entity = 'comment' AND comment.ticket_id <> ticket.id "
    f"AND {_TO_REQUESTER} GROUP BY ticket.id"
)


@cache
def _known() -> Select[Any]:
    return select(
        _service.c.ticket_id,
        _service.c.course,
        _service.c.replies,
        type_coerce(_service.c.first_reply_at, BigInteger).label("first_reply_at"),
    ).where(among(_service.c.ticket_id, bindparam("ids")))


@cache
def _beginning() -> Select[Any]:
    """When each ticket first came to a doing column, as the columns are now."""
    return (
        select(_stay.c.ticket_id, type_coerce(func.min(_stay.c.since), BigInteger))
        .join(_column, _column.c.id == _stay.c.column_id)
        .where(among(_stay.c.ticket_id, bindparam("ids")), _column.c.category == Category.DOING.value)
        .group_by(_stay.c.ticket_id)
    )
