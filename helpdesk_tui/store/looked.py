"""How far rules of passing time have been looked at, and which tickets may have come to be theirs since.

A ticket comes to a rule by something that happens to it, by time going past one of its moments, or by a rule's own time
going round. The others need not be asked about again, minute by minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import and_, false, or_, select

from helpdesk_tui.language.shifting import Span
from helpdesk_tui.store import rules, tables, tables_aside, tables_service, values
from helpdesk_tui.store.unit_of_work import Unit

MOST = 5_000
"""Tickets beyond which it is as well to ask about all."""

_LOOKED = "looked"
_OF_TICKETS = ("ticket", "comment", "step", "file", "time")
_ONLY_TOLD = ("told", "mentioned", "failed")
_ticket = tables.core(tables.Ticket)
_event = tables.core(tables_aside.Event)
_states = tables_service.automation
_runs = tables_service.rule_run
_MOMENTS = {
    "due": _ticket.c.due_at,
    "created": _ticket.c.created_at,
    "updated": _ticket.c.updated_at,
    "closed": _ticket.c.closed_at,
    "replied": _ticket.c.replied_at,
    "sla_due": _ticket.c.sla_due_at,
    "sla_risk": _ticket.c.sla_risk_at,
}


class Looked(Struct, frozen=True):
    """When all rules were last asked about everything: at which moment, up to which event, and which rules those
    were, in a few letters."""

    at: datetime
    event: int
    which: str


def last(unit: Unit) -> Looked | None:
    """The last time that was done; None if it never was."""
    row = unit.first(select(_states).where(_states.c.name == _LOOKED))
    return None if row is None or row.until is None else Looked(row.until, values.whole(row.upto), row.holder)


def note(unit: Unit, looked: Looked) -> None:
    """It was done then."""
    rules.keep(unit, _LOOKED, {"until": looked.at, "upto": looked.event, "holder": looked.which})


def touched(unit: Unit, after: int) -> set[int] | None:
    """The tickets to which something happened after an event; None if more did than to tickets, or to too many."""
    news = select(_event.c.ticket_id, _event.c.entity, _event.c.kind).where(_event.c.id > after)
    rows = unit.rows(news.order_by(_event.c.id).limit(10 * MOST))
    changing = [row for row in rows if row.kind not in _ONLY_TOLD]
    if len(rows) == 10 * MOST or any(row.ticket_id is None or row.entity not in _OF_TICKETS for row in changing):
        return None
    return {row.ticket_id for row in changing}


def passed(unit: Unit, spans: Iterable[Span]) -> set[int] | None:
    """The tickets that have a moment in one of these spans; None if they are too many."""
    within = [and_(_MOMENTS[field] >= start, _MOMENTS[field] < end) for field, start, end in spans]
    if not within:
        return set()
    found = set(unit.scalars(select(_ticket.c.id).where(or_(false(), *within)).limit(MOST)))
    return None if len(found) >= MOST else found


def come_round(unit: Unit, every: Mapping[int, timedelta | None], since: datetime, now: datetime) -> set[int]:
    """The tickets on which these rules may act again since then: their time has gone round, or they tried in vain."""
    going: dict[tuple[int, timedelta], list[int]] = {(rules.FAILED, rules.NOT_AGAIN_FOR): list(every)}
    for rule_id, length in every.items():
        if length is not None:
            going.setdefault((rules.ONCE, length), []).append(rule_id)
    found: set[int] = set()
    for (slot, after), ids in going.items():
        round_by = (_runs.c.slot == slot, _runs.c.at > since - after, _runs.c.at <= now - after)
        found.update(unit.scalars(select(_runs.c.ticket_id).where(_runs.c.rule_id.in_(ids), *round_by)))
    return found
