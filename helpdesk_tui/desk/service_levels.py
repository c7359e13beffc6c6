"""What the desk promises: calendars and policies, and the clocks that follow from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.business_time import BusinessTime
from helpdesk_tui.store import calendars, service

AHEAD = timedelta(days=30)
AT_ONCE = 100
"""Tickets whose clocks are worked out in one transaction, and as many more for each policy with a query, which costs
the same for few of them as for many. Others' changes wait for it: some 15 ms, and as much again for each of those."""


def business_times(desk: Desk) -> dict[int, BusinessTime]:
    """What the clocks go by, by the id of the calendar, ready for the time around now."""
    with desk.store.reading() as unit:
        found = calendars.calendars(unit)
    now = desk.clock.now()
    for time in found.values():
        time.between(now, now + AHEAD)
    return found


def catch_up(desk: Desk, go_on: Callable[[], object] = lambda: None) -> bool:
    """Work out the clocks of all tickets that a change of a policy or a calendar concerns, piece by piece.

    Returns whether there were any. Whatever stops it, it goes on from there when it is called again. `go_on` is called
    between pieces and may raise.
    """
    more, any_ = True, False
    while more:
        go_on()
        with desk.store.reading() as unit:
            if service.behind(unit) is None:
                return any_
            queries = sum(bool(policy.query.strip()) for policy in calendars.policies(unit))
        with desk.store.writing() as unit:
            more, any_ = service.catch_up(unit, AT_ONCE * (1 + queries)), True
            unit.commit()
    return any_


def reached(desk: Desk) -> int | None:
    """Up to which ticket the clocks follow what is promised, None if they all do."""
    with desk.store.reading() as unit:
        return service.behind(unit)
