"""Whether the clocks that are kept of tickets are those that follow from their history.

To see that, they are worked out as after any change, in a transaction that is not committed unless they are to be set
right. What is compared is all that `store.service` writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, String, func, literal, select, type_coerce

from helpdesk_tui.domain.keeping import Finding, State
from helpdesk_tui.errors import DeskBusy
from helpdesk_tui.store import records, service, tables, tables_service
from helpdesk_tui.store.among import among, listed
from helpdesk_tui.store.engine import Store
from helpdesk_tui.store.unit_of_work import Unit

AT_ONCE = 500
"""Tickets looked at in one transaction: others' changes wait for it."""

LOOKED_AT = 1_000
"""Tickets, the newest ones, that are looked at unless all are to be."""

_ticket = tables.core(tables.Ticket)
_service = tables_service.ticket_service
_stay = tables_service.stay


def look(store: Store, *, full: bool) -> Finding:
    """Whether every ticket has its clocks, and those of the newest, or of all, are right."""
    with store.reading() as unit:
        behind = service.behind(unit) is not None
        total: int = unit.scalar(select(func.count()).select_from(_ticket)) or 0
        without = list(unit.scalars(_without()))
        numbers = list(unit.scalars(_newest() if full else _newest().limit(LOOKED_AT)))
    try:
        wrong = {*without, *_off(store, numbers, mend=False)}
    except DeskBusy:
        return Finding("clocks", State.NOTE, "Others kept the desk busy: the clocks were not looked at.", "Try again.")
    if wrong and behind:
        said = f"A promise was changed, and the clocks of {_tickets(len(wrong))} do not follow it yet."
        return Finding("clocks", State.NOTE, said, "An open board or `helpdesk tick` sees to that.")
    if wrong:
        named = ", ".join(f"#{number}" for number in sorted(wrong)[:5]) + (" and others" if len(wrong) > 5 else "")
        said = f"The clocks of {_tickets(len(wrong))} are not what follows from their history: {named}."
        return Finding("clocks", State.BAD, said, "`helpdesk doctor --repair` works them out anew.")
    some = f" (the newest {len(numbers):,} of {total:,} looked at)" if len(numbers) < total else ""
    return Finding("clocks", State.OK, f"The clocks of tickets follow from their history{some}.")


def _tickets(count: int) -> str:
    return f"{count:,} ticket{'s' * (count != 1)}"


def mend(store: Store) -> int:
    """Work out the clocks of all tickets from their history; how many of them were not right."""
    with store.reading() as unit:
        numbers = list(unit.scalars(_newest()))
    off = len(_off(store, numbers, mend=True))
    more = True
    while more:
        with store.writing() as unit:
            more = service.catch_up(unit, AT_ONCE)
            unit.commit()
    return off


def _off(store: Store, numbers: Sequence[int], *, mend: bool) -> list[int]:
    """Those whose clocks are not what follows from their history, set right where that is to be."""
    found: list[int] = []
    for start in range(0, len(numbers), AT_ONCE):
        piece = numbers[start : start + AT_ONCE]
        with store.writing() as unit:
            before = _kept(unit, piece)
            service.settle(unit, piece)
            after = _kept(unit, piece)
            off = [number for number in piece if before.get(number) != after.get(number)]
            if off and mend:
                unit.commit()
        found += off
    return found


def _kept(unit: Unit, numbers: Sequence[int]) -> dict[int, list[Any]]:
    """What is kept of the clocks and the course of these tickets, as it stands there."""
    ids = literal(listed(numbers), String)
    moments = (_ticket.c.sla_due_at, _ticket.c.sla_risk_at)
    shown = select(
        _ticket.c.id.label("ticket_id"),
        _ticket.c.sla_calendar_id,
        *(type_coerce(moment, BigInteger).label(moment.name) for moment in moments),
    ).where(among(_ticket.c.id, ids))
    others = (
        records.as_it_stands(table).where(among(table.c.ticket_id, ids)).order_by(*table.primary_key)
        for table in (_service, _stay)
    )
    found: dict[int, list[Any]] = {}
    for statement in (shown, *others):
        for row in records.read(unit, statement):
            found.setdefault(row["ticket_id"], []).append(row)
    return found


def _newest() -> Any:
    return select(_ticket.c.id).order_by(_ticket.c.id.desc())


def _without() -> Any:
    """The tickets of which no clocks are kept at all."""
    there = select(_service.c.ticket_id)
    return select(_ticket.c.id).where(_ticket.c.id.not_in(there))
