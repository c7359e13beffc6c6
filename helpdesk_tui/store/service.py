"""The clocks and the course of tickets, worked out from their history and kept beside them.

`keep_up` does so for tickets that something happened to, `resettle` for those whose promise may have changed, `settle`
for any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from helpdesk_tui.domain.business_time import BusinessTime
from helpdesk_tui.domain.course import Stay
from helpdesk_tui.domain.service_level import Clock, Policy, Promise, Targets, clock, reopened_soon, resolution_used
from helpdesk_tui.store import calendars, service_past, serving, tables, tables_service, values
from helpdesk_tui.store.among import listed
from helpdesk_tui.store.history import Fact
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.service_past import Past
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_service = tables_service.ticket_service

_CLOCKS = "clocks"
_FEW = 500
"""Tickets that are worked out in passing."""
_OF_ALL = frozenset({"policy", "calendar"})
_NAMED = frozenset({"label", "person", "organization", "board", "column"})
_NAMES = frozenset({"name", "folded", "login", "merged_into_id", "removed"})
_COURSE = frozenset(service_past.MATTERS)
_MATTERING = _COURSE | {"priority", "requester_id", "ticket_id"}


def keep_up(unit: Unit, facts: Sequence[Fact], *, anew: bool) -> None:
    """Work out what these facts may change of the clocks and the course of tickets; the clocks of all wait for
    `catch_up`.

    `anew`: from the whole history of a ticket, as after a step that took another back. Else only where it went another
    way: for what is said on it and for its priority the course is known.
    """
    tickets = service_past.tickets(unit, concerned(unit, facts))
    if tickets:
        moved = {number for fact in facts if anew or _moves(fact) for number in _tickets_of(fact)}
        stayed = {number: ticket for number, ticket in tickets.items() if number not in moved}
        _settle(unit, tickets, service_past.on_its_course(unit, stayed) if stayed else {})


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


def _moves(fact: Fact) -> bool:
    """Whether it changes the course of a ticket."""
    return fact.entity == "ticket" and (fact.kind == "created" or not _COURSE.isdisjoint(fact.delta))


def _any_query(unit: Unit) -> bool:
    return any(policy.query.strip() for policy in calendars.policies(unit))


def settle(unit: Unit, numbers: Sequence[int]) -> None:
    """Work out course, stays and clocks of these tickets from their history."""
    tickets = service_past.tickets(unit, numbers)
    if tickets:
        _settle(unit, tickets, {})


def _settle(unit: Unit, tickets: Mapping[int, Mapping[str, Any]], past: Mapping[int, Past]) -> None:
    """Write down course, stays and clocks of these tickets; those whose past is not known from their history."""
    unknown = {number: ticket for number, ticket in tickets.items() if number not in past}
    if unknown:
        found, stood = service_past.from_history(unit, unknown)
        past = {**past, **found}
        unit.do(_LEAVING, ids=listed(unknown))
        unit.do_all(_STAYING, [_stored_stay(number, *each) for number in stood for each in enumerate(stood[number])])
    _keep(unit, tickets, past)


def resettle(unit: Unit, after: int, limit: int) -> int | None:
    """Work out the clocks of the next `limit` tickets beyond a number anew; the last number, None if there are none.

    Their course is taken as it was worked out before, or from the history where it has not been.
    """
    numbers = list(unit.scalars(select(_ticket.c.id).where(_ticket.c.id > after).order_by(_ticket.c.id).limit(limit)))
    if not numbers:
        return None
    past = service_past.as_known(unit, numbers)
    _keep(unit, service_past.tickets(unit, list(past)), past)
    settle(unit, [number for number in numbers if number not in past])
    return int(numbers[-1])


def _keep(unit: Unit, tickets: Mapping[int, Any], past: Mapping[int, Past]) -> None:
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
    unit.do_all(_KEEPING, kept)
    unit.do_all(_SHOWING, [each for each in shown if _differs(each, tickets[each["number"]])])


def _clocks(past: Past, targets: Targets, time: BusinessTime) -> dict[Promise, Clock]:
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
    number: int, policy: Policy | None, past: Past, clocks: Mapping[Promise, Clock], time: BusinessTime | None
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


def _on_ticket(number: int, calendar_id: int | None, past: Past, clocks: Mapping[Promise, Clock]) -> dict[str, Any]:
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


_LEAVING = Plain("DELETE FROM stay WHERE ticket_id IN [ids]")
_STAYING = Plain(
    "INSERT INTO stay (ticket_id, place, column_id, since, until) "
    "VALUES (:ticket_id, :place, :column_id, :since, :until)"
)
_FIELDS = tuple(column.name for column in _service.c)
_KEEPING = Plain(
    f"INSERT INTO ticket_service ({', '.join(_FIELDS)}) VALUES ({', '.join(f':{field}' for field in _FIELDS)}) "
    f"ON CONFLICT (ticket_id) DO UPDATE SET {', '.join(f'{field} = excluded.{field}' for field in _FIELDS[1:])}"
)
_SHOWING = Plain(
    "UPDATE ticket SET sla_due_at = :due, sla_risk_at = :risk, sla_calendar_id = :calendar WHERE id = :number"
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
    """All tickets from a number on have just been worked out: with few that are behind before them, so are these."""
    after = behind(unit)
    if after is None:
        return
    before = select(_ticket.c.id).where(_ticket.c.id > after, _ticket.c.id < first).limit(_FEW + 1)
    numbers = list(unit.scalars(before))
    if len(numbers) <= _FEW:
        settle(unit, numbers)
        clocks = tables_service.automation
        unit.run(update(clocks).where(clocks.c.name == _CLOCKS).values(upto=None))
