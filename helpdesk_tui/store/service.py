"""The clocks and the course of tickets, worked out from their history and kept beside them.

`settle` does so for tickets that something happened to, `resettle` for those whose promise may have changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Delete,
    Select,
    Table,
    Text,
    Update,
    bindparam,
    cast,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    true,
    type_coerce,
    update,
)

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.business_time import BusinessTime
from helpdesk_tui.domain.course import Change, Course, Stay, follow, read
from helpdesk_tui.domain.service_level import Clock, Policy, Promise, Targets, clock, reopened_soon, resolution_used
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.store import calendars, many, serving, tables, tables_aside, tables_service, values
from helpdesk_tui.store.among import among, listed
from helpdesk_tui.store.history import Fact
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_event = tables.core(tables_aside.Event)
_change_set = tables.core(tables_aside.ChangeSet)
_comment = tables.core(tables_aside.Comment)
_column = tables.core(tables.BoardColumn)
_service = tables_service.ticket_service
_stay = tables_service.stay

_MATTERS = ("status", "closed_at", "column_id")
_CLOCKS = "clocks"
_OF_ALL = frozenset({"policy", "calendar"})
_NAMED = frozenset({"label", "person", "organization", "board", "column"})
_NAMES = frozenset({"name", "folded", "login", "merged_into_id", "removed"})
_MATTERING = frozenset({*_MATTERS, "priority", "requester_id", "ticket_id"})


@dataclass(frozen=True, slots=True)
class _Past:
    """What of a ticket its clocks and its figures follow from."""

    course: Course
    replied: int | None
    replies: int
    doing: int | None


def concerned(unit: Unit, facts: Sequence[Fact]) -> list[int]:
    """The tickets whose clocks or course these facts may change; what changes those of all is left to `catch_up`.

    Where policies have queries that is every ticket touched, since anything may be asked for in one.
    """
    all_matter = _any_query(unit)
    if any(_concerns_all(fact) or (all_matter and _renames(fact)) for fact in facts):
        promise_changed(unit)
    touched = {number: None for fact in facts if all_matter or _may_matter(fact) for number in _tickets_of(fact)}
    return list(touched)


def _concerns_all(fact: Fact) -> bool:
    return fact.entity in _OF_ALL or (fact.entity == "column" and "category" in fact.delta)


def _renames(fact: Fact) -> bool:
    """Whether something that a policy's query may name is called differently, has gone or is there again.

    People come all the time, and a query can only name those who were there before.
    """
    comes = fact.entity == "person" and fact.delta.get("removed") == [True, False]
    return fact.entity in _NAMED and not comes and not _NAMES.isdisjoint(fact.delta)


def _tickets_of(fact: Fact) -> list[int]:
    """The tickets that a fact is about: of what went from one to another, both."""
    return [number for number in (fact.ticket_id, *fact.delta.get("ticket_id", ())) if number is not None]


def _may_matter(fact: Fact) -> bool:
    return fact.entity == "comment" or fact.kind == "created" or not _MATTERING.isdisjoint(fact.delta)


def _any_query(unit: Unit) -> bool:
    return any(policy.query.strip() for policy in calendars.policies(unit))


def settle(unit: Unit, numbers: Sequence[int]) -> None:
    """Work out course, stays and clocks of these tickets from their history."""
    tickets = {row.id: row._mapping for row in unit.rows(_tickets(), {"ids": listed(numbers)})}
    if not tickets:
        return
    changes, spoken = _changes(unit, tickets), _spoken(unit, tickets)
    doing = _columns_of(unit, Category.DOING)
    past: dict[int, _Past] = {}
    stays: list[dict[str, Any]] = []
    for number, ticket in tickets.items():
        course, stood = follow(ticket, changes.get(number, ()))
        replied, replies = spoken.get(number, (None, 0))
        if replied is not None:
            replied = max(replied, course.created)
        begun = next((one.since for one in stood if one.column_id in doing), None)
        past[number] = _Past(course, replied, replies, begun)
        stays += [_stored_stay(number, place, one) for place, one in enumerate(stood)]
    unit.run(_leaving(_stay), {"ids": listed(tickets)})
    many.insert_all(unit, _stay, stays)
    _keep(unit, tickets, past)


def resettle(unit: Unit, after: int, limit: int) -> int | None:
    """Work out the clocks of the next `limit` tickets beyond a number anew; the last number, None if there are none.

    Their course is taken as it was worked out before, or from the history where it has not been.
    """
    numbers = list(unit.scalars(select(_ticket.c.id).where(_ticket.c.id > after).order_by(_ticket.c.id).limit(limit)))
    if not numbers:
        return None
    rows = unit.rows(_known(), {"ids": listed(numbers)})
    begun = {row[0]: row[1] for row in unit.rows(_beginning(), {"ids": listed(numbers)})}
    past: dict[int, _Past] = {}
    for row in rows:
        try:
            past[row.ticket_id] = _Past(read(row.course), row.first_reply_at, row.replies, begun.get(row.ticket_id))
        except ValueError:
            continue
    tickets = {row.id: row._mapping for row in unit.rows(_tickets(), {"ids": listed(past)})}
    _keep(unit, tickets, past)
    settle(unit, [number for number in numbers if number not in past])
    return int(numbers[-1])


def _keep(unit: Unit, tickets: Mapping[int, Any], past: Mapping[int, _Past]) -> None:
    """Write down the clocks of these tickets."""
    known = calendars.calendars(unit)
    served = serving.served(unit, list(tickets))
    kept, shown = [], []
    for number, ticket in tickets.items():
        policy = served.get(number)
        time = None if policy is None else known.get(policy.calendar_id)
        targets = Targets() if policy is None else policy.targets.get(values.priority(ticket["priority"]), Targets())
        clocks = {} if time is None else _clocks(past[number], targets, time)
        kept.append(_stored(number, policy, past[number], clocks, time))
        shown.append(_on_ticket(number, None if policy is None else policy.calendar_id, past[number], clocks))
    unit.run(_leaving(_service), {"ids": listed(tickets)})
    many.insert_all(unit, _service, kept)
    many.update_all(unit, _showing(), [each for each in shown if _differs(each, tickets[each["number"]])])


def _clocks(past: _Past, targets: Targets, time: BusinessTime) -> dict[Promise, Clock]:
    met = {Promise.FIRST_REPLY: past.replied, Promise.RESOLUTION: past.course.closed}
    found: dict[Promise, Clock] = {}
    for promise in Promise:
        target = targets.of(promise)
        if target is not None:
            try:
                found[promise] = clock(target, past.course, met[promise], time)
            except OverflowError:  # a moment that another tool wrote, or a promise beyond all years
                continue
    return found


def _stored(
    number: int, policy: Policy | None, past: _Past, clocks: Mapping[Promise, Clock], time: BusinessTime | None
) -> dict[str, Any]:
    course, first, last = past.course, clocks.get(Promise.FIRST_REPLY), clocks.get(Promise.RESOLUTION)
    opened = next((again for _, again in course.reopened()), None)
    used_first = used = None
    soon = False
    if time is not None:
        try:
            used_first = None if past.replied is None else time.between_ms(course.created, past.replied)
            used, soon = resolution_used(course, time), opened is not None and reopened_soon(course, time)
        except OverflowError:
            pass
    return {
        "ticket_id": number,
        "policy_id": None if policy is None else policy.id,
        "course": course.written(),
        "first_reply_at": past.replied,
        "first_reply_due_at": None if first is None else first.due,
        "first_reply_risk_at": None if first is None else first.risk,
        "first_reply_missed": None if first is None else first.missed,
        "first_reply_used": used_first,
        "resolution_due_at": None if last is None else last.due,
        "resolution_risk_at": None if last is None else last.risk,
        "resolution_missed": None if last is None else last.missed,
        "resolution_used": used,
        "replies": past.replies,
        "doing_at": past.doing,
        "reopened_at": opened,
        "reopened_soon": soon,
    }


def _on_ticket(number: int, calendar_id: int | None, past: _Past, clocks: Mapping[Promise, Clock]) -> dict[str, Any]:
    """What a ticket's row knows of its open clocks: the nearest due moment, and when the first comes at risk."""
    open_ = [each for each in clocks.values() if each.missed is None] if past.course.closed is None else []
    return {
        "number": number,
        "due": min((each.due for each in open_ if each.due is not None), default=None),
        "risk": min((each.risk for each in open_ if each.risk is not None), default=None),
        "calendar": calendar_id if open_ else None,
    }


def _differs(shown: Mapping[str, Any], ticket: Mapping[str, Any]) -> bool:
    return (shown["due"], shown["risk"], shown["calendar"]) != (
        ticket["sla_due_at"],
        ticket["sla_risk_at"],
        ticket["sla_calendar_id"],
    )


def _stored_stay(number: int, place: int, one: Stay) -> dict[str, Any]:
    return {
        "ticket_id": number,
        "place": place,
        "column_id": one.column_id,
        "since": one.since,
        "until": one.until,
    }


def _changes(unit: Unit, tickets: Mapping[int, Any]) -> dict[int, list[Change]]:
    """What stands of the changes that a course depends on, in the order in which they were recorded."""
    found: dict[int, list[Change]] = {}
    for row in unit.rows(_changing(), {"ids": listed(tickets)}):
        delta = {name: pair for name, pair in values.delta(row.delta).items() if name in _MATTERS}
        if delta:
            found.setdefault(row.entity_id, []).append(Change(values.whole(row.at), delta))
    return found


def _spoken(unit: Unit, tickets: Mapping[int, Any]) -> dict[int, tuple[int, int]]:
    """The first reply of the team to the requester, and how many there are; what was carried away in a merge too."""
    rows = list(unit.rows(_replying(), {"ids": listed(tickets)}))
    merged = [number for number, ticket in tickets.items() if ticket["merged_into_id"] is not None]
    if merged:
        rows += unit.rows(_having_replied(), {"ids": listed(merged)})
    return {row[0]: (values.whole(row[1]), row[2]) for row in rows}


def _columns_of(unit: Unit, category: Category) -> set[int]:
    return set(unit.scalars(select(_column.c.id).where(_column.c.category == category.value)))


@cache
def _tickets() -> Select[Any]:
    moments = (_ticket.c.created_at, _ticket.c.closed_at, _ticket.c.sla_due_at, _ticket.c.sla_risk_at)
    return select(
        _ticket.c.id,
        _ticket.c.status,
        _ticket.c.column_id,
        _ticket.c.priority,
        _ticket.c.sla_calendar_id,
        _ticket.c.merged_into_id,
        *(type_coerce(moment, BigInteger).label(moment.name) for moment in moments),
    ).where(among(_ticket.c.id, bindparam("ids")))


@cache
def _changing() -> Select[Any]:
    # An undone step did not happen, and what undid it is only that; done again it stands as it was.
    return (
        select(_event.c.entity_id, type_coerce(_event.c.at, BigInteger).label("at"), _event.c.delta)
        .join(_change_set, _change_set.c.id == _event.c.change_set_id)
        .where(
            among(_event.c.ticket_id, bindparam("ids")),
            _event.c.entity == "ticket",
            _event.c.ticket_id == _event.c.entity_id,
            _change_set.c.undone_by_id.is_(None),
            _change_set.c.kind.not_in(["undo", "redo"]),
            # Most deltas have nothing to do with a course, and are not worth reading.
            or_(*(cast(_event.c.delta, Text).contains(f'"{name}"') for name in _MATTERS)),
        )
        .order_by(_event.c.id)
    )


@cache
def _replying() -> Select[Any]:
    return (
        select(_comment.c.ticket_id, type_coerce(func.min(_comment.c.at), BigInteger), func.count())
        .join(_ticket, _ticket.c.id == _comment.c.ticket_id)
        .where(among(_comment.c.ticket_id, bindparam("ids")), *_is_reply())
        .group_by(_comment.c.ticket_id)
    )


@cache
def _having_replied() -> Select[Any]:
    """What was replied on a ticket while it stood for itself, wherever it is now."""
    return (
        select(_ticket.c.id, type_coerce(func.min(_comment.c.at), BigInteger), func.count(_comment.c.id.distinct()))
        .join(_event, _event.c.ticket_id == _ticket.c.id)
        .join(_comment, _comment.c.id == _event.c.entity_id)
        .where(
            among(_ticket.c.id, bindparam("ids")),
            _event.c.entity == "comment",
            _comment.c.ticket_id != _ticket.c.id,
            *_is_reply(),
        )
        .group_by(_ticket.c.id)
    )


def _is_reply() -> list[ColumnElement[bool]]:
    """Whether a comment is a reply of the team to whoever asked for the ticket."""
    return [
        _comment.c.speech == Speech.REPLY.value,
        _comment.c.removed == false(),
        _comment.c.by_team == true(),
        or_(_ticket.c.requester_id.is_(None), _comment.c.author_id != _ticket.c.requester_id),
    ]


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


@cache
def _leaving(table: Table) -> Delete:
    """Takes out what was worked out of these tickets before."""
    return delete(table).where(among(table.c.ticket_id, bindparam("ids")))


@cache
def _showing() -> Update:
    return (
        update(_ticket)
        .where(_ticket.c.id == bindparam("number"))
        .values(sla_due_at=bindparam("due"), sla_risk_at=bindparam("risk"), sla_calendar_id=bindparam("calendar"))
    )


def texts_changed(unit: Unit) -> None:
    """Texts and names everywhere may be others: what policies with queries serve may too."""
    if _any_query(unit):
        promise_changed(unit)


def promise_changed(unit: Unit) -> None:
    """Have the clocks of all tickets worked out anew, by and by: see `catch_up`."""
    clocks = tables_service.automation
    unit.run(delete(clocks).where(clocks.c.name == _CLOCKS))
    unit.run(insert(clocks), [{"name": _CLOCKS, "upto": 0, "holder": "", "until": None}])


def behind(unit: Unit) -> int | None:
    """Up to which ticket the clocks have been worked out anew since a promise changed; None if all have."""
    clocks = tables_service.automation
    found: int | None = unit.scalar(select(clocks.c.upto).where(clocks.c.name == _CLOCKS))
    return found


def catch_up(unit: Unit, limit: int) -> bool:
    """Work out the clocks of the next so many tickets that are behind; whether there may be more."""
    after = behind(unit)
    if after is None:
        return False
    upto = resettle(unit, after, limit)
    clocks = tables_service.automation
    unit.run(update(clocks).where(clocks.c.name == _CLOCKS).values(upto=upto))
    return upto is not None


def settled_from(unit: Unit, first: int) -> None:
    """All tickets from a number on have just been worked out: nothing is behind any more if none before them is."""
    after = behind(unit)
    before = select(_ticket.c.id).where(_ticket.c.id > (after or 0), _ticket.c.id < first).limit(1)
    if after is not None and unit.first(before) is None:
        clocks = tables_service.automation
        unit.run(update(clocks).where(clocks.c.name == _CLOCKS).values(upto=None))
