"""The facts that figures are worked out from, read at once: never the events, which are ten times as many.

What stands in a row for another tool's reasons and makes no sense counts as not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, cast, func, null, select, type_coerce
from sqlalchemy.exc import OperationalError

from helpdesk_tui.domain.course import Phase, read
from helpdesk_tui.domain.figure_facts import Facts, Names, Stays, Tickets
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.bound import Bound
from helpdesk_tui.store import cards, directory, service, tables, tables_service, values
from helpdesk_tui.store.by_engine import ByEngine
from helpdesk_tui.store.tables import FIRST, LAST, to_stored
from helpdesk_tui.store.unit_of_work import Unit
from helpdesk_tui.store.where import Condition

_ticket = tables.core(tables.Ticket)
_person = tables.core(tables.Person)
_board = tables.core(tables.Board)
_column = tables.core(tables.BoardColumn)
_label = tables.core(tables.Label)
_organization = tables.core(tables.Organization)
_service = tables_service.ticket_service
_stay = tables_service.stay
_put = tables.ticket_label


def facts(unit: Unit, bound: Bound, asking: Asking, query: str) -> Facts:
    """The facts of the tickets that a query selects, as far as the person asking may; `query` is how it was typed."""
    actor = asking.me
    counted = and_(
        # Archived tickets are in all figures: they are what was done.
        cards.selected(replace(bound, mentions_archived=True), asking, actor),
        cards.permitted(actor, Act.SEE_ALL_TICKETS),
        _ticket.c.merged_into_id.is_(None),
    )
    fields = dict(zip(_FIELDS, _lists(unit, _facts(counted)), strict=True))
    created = _moments(fields["created"], missing=0)
    place_of = {number: place for place, number in enumerate(fields["number"])}
    tickets = Tickets(
        numbers=fields["number"],
        created=created,
        closed=_after(created, _moments(fields["closed"])),
        gone=_after(created, _moments(fields["gone"])),
        doing=_after(created, _moments(fields["doing"])),
        replied=_moments(fields["replied"]),
        replied_used=_whole(fields["replied_used"]),
        resolved_used=_whole(fields["resolved_used"]),
        replied_missed=fields["replied_missed"],
        resolved_missed=fields["resolved_missed"],
        replies=_whole(fields["replies"], missing=0),
        reopened_soon=fields["reopened_soon"],
        rating=_whole(fields["rating"]),
        due=_moments(fields["due"]),
        sla_due=_moments(fields["sla_due"]),
        agent=fields["agent"],
        organization=fields["organization"],
        kind=fields["kind"],
    )
    again = {place: found for place, written in enumerate(fields["course"]) if written and (found := _done(written))}
    labels = dict(_by_value(unit, _put.c.label_id, _put.c.ticket_id))
    behind = service.behind(unit) is not None
    stays = _stays(unit, place_of)
    return Facts(
        query,
        to_stored(asking.now),
        asking.zone,
        tickets,
        again,
        stays,
        labels,
        _names(unit, actor),
        behind,
    )


_FIELDS = (
    "number", "created", "closed", "gone", "agent", "organization", "kind", "rating", "due", "sla_due", "replied",
    "replied_used", "resolved_used", "replied_missed", "resolved_missed", "replies", "doing", "reopened_soon", "course",
)  # fmt: skip


def _facts(condition: Condition) -> Select[Any]:
    def moment(column: Any) -> Any:
        return type_coerce(column, BigInteger)

    ticket, clocks = _ticket.c, _service.c
    return (
        select(
            ticket.id,
            moment(ticket.created_at),
            moment(ticket.closed_at),
            case((ticket.closed_at.is_(None), moment(ticket.archived_at))),
            ticket.assignee_id,
            ticket.organization_id,
            ticket.kind,
            ticket.rating,
            case((ticket.closed_at.is_(None), moment(ticket.due_at))),
            case((ticket.closed_at.is_(None), moment(ticket.sla_due_at))),
            moment(clocks.first_reply_at),
            clocks.first_reply_used,
            clocks.resolution_used,
            clocks.first_reply_missed,
            clocks.resolution_missed,
            clocks.replies,
            moment(clocks.doing_at),
            clocks.reopened_soon,
            case((clocks.reopened_at.is_not(None), clocks.course), else_=null()),
        )
        .outerjoin(_service, clocks.ticket_id == ticket.id)
        .where(condition)
    )


_NUMBER = frozenset({int})
_NUMBER_OR_NOTHING = frozenset({int, type(None)})


def _lists(unit: Unit, statement: Select[Any]) -> Sequence[Sequence[Any]]:
    """What stands in each column, as lists that the engine makes.

    While it does, other threads go on: a screen that waits for figures is not held up by the reading of them.
    """
    there = statement.subquery()
    try:
        (row,) = unit.rows(select(*map(_list, there.c)))
    except OperationalError:  # another tool has put a blob somewhere, which can be in no list
        return unit.columns(statement)
    return [_read(each) for each in row]


def _list(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return ByEngine(sqlite=func.json_group_array(column), postgresql=func.json_agg(column))


def _read(made: Any) -> Sequence[Any]:
    """A list that an engine made; PostgreSQL makes none of nothing."""
    found: Sequence[Any] = json.loads(made) if isinstance(made, str) else made or ()
    return found


def _whole(found: Sequence[Any], missing: int | None = None) -> Sequence[Any]:
    """Numbers; `missing` for what is none."""
    if set(map(type, found)) <= (_NUMBER_OR_NOTHING if missing is None else _NUMBER):
        return found
    return [each if type(each) is int else missing for each in found]


def _moments(found: Sequence[Any], missing: int | None = None) -> Sequence[Any]:
    """Moments within the calendar; `missing` for what is none."""
    whole = _whole(found, missing)
    first, last = min(filter(None, whole), default=FIRST), max(filter(None, whole), default=FIRST)
    if first >= FIRST and last <= LAST:
        return whole
    return [each if each is not None and FIRST <= each <= LAST else missing for each in whole]


def _after(created: Sequence[int], moments: Sequence[int | None]) -> list[int | None]:
    """Nothing happens to a ticket before it is there, whatever the machine's clock did."""
    return [at if at is None or at >= first else first for at, first in zip(moments, created, strict=True)]


def _done(written: str) -> list[tuple[int, int | None]]:
    """When a ticket came into done and when it left it, each time."""
    try:
        return list(read(written).stretches(Phase.DONE))
    except ValueError:
        return []


def _stays(unit: Unit, place_of: Mapping[int, int]) -> dict[int, Stays]:
    """The stays of those tickets. All are read and the others left out: that takes no longer than choosing."""
    found: dict[int, Stays] = {}
    for column, *lists in _by_value(unit, _stay.c.column_id, _stay.c.ticket_id, _stay.c.since, _stay.c.until):
        numbers, since, until = lists
        stays = Stays([place_of.get(number, -1) for number in numbers], _moments(since, missing=0), _moments(until))
        found[column] = _of(stays) if -1 in stays.ticket else stays
    return {column: stays for column, stays in found.items() if stays.ticket}


def _of(stays: Stays) -> Stays:
    """The stays of tickets that have a place."""
    there = [row for row, place in enumerate(stays.ticket) if place >= 0]
    return Stays(
        [stays.ticket[row] for row in there], [stays.since[row] for row in there], [stays.until[row] for row in there]
    )


def _by_value(unit: Unit, by: ColumnElement[Any], *columns: ColumnElement[Any]) -> Iterator[tuple[Any, ...]]:
    """Each value with the numbers in the columns of its rows, side by side."""
    whole = [cast(column, BigInteger) for column in columns]
    for value, *found in unit.rows(select(by, *map(_list, whole)).group_by(by)):
        yield value, *map(_read, found)


def _names(unit: Unit, actor: Actor) -> Names:
    """What things are called, removed ones too: they are in the past that is counted."""
    columns = unit.rows(
        select(_column.c.id, _board.c.name.label("board"), _column.c.name)
        .join(_board, _board.c.id == _column.c.board_id)
        .where(cards.known_board(actor))
        .order_by(_board.c.removed, _board.c.position, _board.c.id, _column.c.position, _column.c.id)
    )
    people = unit.rows(select(_person.c.id, _person.c.login, _person.c.name))
    labels = unit.rows(select(_label.c.id, _label.c.name))
    organizations = unit.rows(select(_organization.c.id, _organization.c.name))
    return Names(
        {row.id: (values.text(row.board), values.text(row.name)) for row in columns},
        {row.id: values.name(row.login, row.name) for row in people},
        {row.id: values.text(row.name) for row in labels},
        {row.id: values.text(row.name) for row in organizations},
        {person.id: person.capacity for person in directory.agents(unit, known=cards.known_board(actor))},
    )
