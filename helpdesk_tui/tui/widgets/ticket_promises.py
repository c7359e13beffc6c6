"""The service level of a ticket: both clocks of it, for the team, or what can be expected, for whoever asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from helpdesk_tui.domain.business_time import BusinessTime
from helpdesk_tui.domain.service_level import Promise, Promised, State
from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.tui.widgets.lines import Piece
from helpdesk_tui.tui.widgets.moments import business_span
from helpdesk_tui.tui.widgets.ticket_parts import Fact, Part, Reader, facts, length

_STYLES = {State.OK: "good", State.AT_RISK: "warn", State.LATE: "bad"}
_NAMES = {Promise.FIRST_REPLY: "Reply", Promise.RESOLUTION: "Resolution"}
_KEPT = {Promise.FIRST_REPLY: "answered", Promise.RESOLUTION: "solved"}
_AWAITED = {Promise.FIRST_REPLY: "An answer", Promise.RESOLUTION: "A solution"}


def promises(detail: TicketDetail, width: int, reader: Reader) -> Part | None:
    """Both clocks; None where nothing is promised, and for whoever asked: see `expected`."""
    promised = detail.promises
    if reader.asks or promised.time is None or not promised.clocks:
        return None
    rows = [(_NAMES[one.promise], tuple(_clock(one, promised.time, reader))) for one in promised.clocks]
    return Part("service", "Service level", facts(rows, width), beside=promised.policy)


def expected(detail: TicketDetail, reader: Reader) -> Iterator[Fact]:
    """By when an answer or the solution can be expected, for whoever asked."""
    one = detail.promises.expected
    if one is not None and one.due is not None:
        late = one.due < reader.now
        yield _AWAITED[one.promise], ((("warn", "late, was due") if late else ("", "by")), ("", reader.said(one.due)))


def _clock(one: Promised, time: BusinessTime, reader: Reader) -> Iterator[Piece]:
    state = one.state(reader.now)
    if one.missed is not None:
        yield _over(one, time, reader)
    elif one.due is None:
        yield "info", f"stands still, {length(_minutes(one.left or timedelta()))} left"
    elif state is State.LATE:
        yield _STYLES[state], f"late {business_span(time.between(one.due, reader.now), time)}"
        yield "", reader.said(one.due)
    else:
        yield _STYLES[state or State.OK], f"{length(_minutes(time.between(reader.now, one.due)))} left"
        yield "", reader.said(one.due)


def _over(one: Promised, time: BusinessTime, reader: Reader) -> Piece:
    """How a promise went that has been kept or broken."""
    at = "" if one.met is None else f" {reader.said(one.met)}"
    if one.missed:
        by = business_span(-(one.left or timedelta()), time)
        return "bad", f"{_KEPT[one.promise]}{at}, {by} late" if one.met is not None else f"never {_KEPT[one.promise]}"
    if one.met is None:
        return "dim", f"not {_KEPT[one.promise]} before it was done"
    return "good", f"{_KEPT[one.promise]}{at}"


def _minutes(amount: timedelta) -> int:
    return int(amount.total_seconds()) // 60
