"""Service levels: what is promised for a ticket, and how far its two clocks have gone.

A clock runs in business time from the ticket's creation while the desk has the ticket: it stands still while the status
is `waiting` and while the ticket is done, and goes on with what was used when that ends. What a clock says is worked
out from the ticket's course, so that it never depends on when or how often that is done. Moments and amounts here are
milliseconds, as they are stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    # Cards and tickets are shown with what is promised for them; counting is for those who have to.
    from helpdesk_tui.domain.business_time import BusinessTime
    from helpdesk_tui.domain.course import Course
    from helpdesk_tui.domain.ticket import Priority

MINUTE_MS = 60_000

AT_LEAST_LEFT = 30 * MINUTE_MS
SHARE_LEFT = 5
"""A clock is at risk with less than a fifth of its target left, or half an hour if that is more, never over half."""

SOON = 5
"""Business days within which a ticket that is opened again had not been solved by the first contact."""


class Promise(StrEnum):
    """What a clock measures."""

    FIRST_REPLY = "first reply"
    RESOLUTION = "resolution"


class State(StrEnum):
    """How an open clock stands, from good to bad."""

    OK = "ok"
    AT_RISK = "at risk"
    LATE = "late"


class Targets(Struct, frozen=True):
    """Business minutes until the first reply and until the resolution; None where nothing is promised."""

    first_reply: int | None = None
    resolution: int | None = None

    def of(self, promise: Promise) -> int | None:
        return self.first_reply if promise is Promise.FIRST_REPLY else self.resolution


class Policy(Struct, frozen=True):
    """What is promised for the tickets that `query` selects; of several the first that matches counts."""

    id: int
    name: str
    query: str
    calendar_id: int
    targets: Mapping[Priority, Targets]


class Clock(Struct, frozen=True):
    """One promise on one ticket.

    `due` is when it is missed, or was: None if it has been met in time, and while it stands still with time left.
    `risk` likewise is when it comes at risk. `missed` is None as long as it is open. `left` is the business time that
    is left while it stands still or once it is over, negative for what it was over; None while it runs.
    """

    due: int | None
    risk: int | None
    missed: bool | None
    left: int | None


class Promised(Struct, frozen=True):
    """A clock for whoever reads it: `target` in business minutes, `met` when the promise was kept or broken; the
    others as in `Clock`."""

    promise: Promise
    target: int
    due: datetime | None
    risk: datetime | None
    met: datetime | None
    missed: bool | None
    left: timedelta | None

    def state(self, now: datetime) -> State | None:
        """How it stands at a moment; None once it is over."""
        return None if self.missed is not None else state(self.due, self.risk, now)


class Promises(Struct, frozen=True):
    """What is promised for a ticket, by the policy of that name, and in whose business time."""

    policy: str
    clocks: tuple[Promised, ...]
    time: BusinessTime | None

    @property
    def expected(self) -> Promised | None:
        """What whoever asked waits for next: an answer, then the solution; None where nothing is promised."""
        return next((one for one in self.clocks if one.missed is None), None)

    @property
    def told(self) -> Promises:
        """What whoever asked is told of it: by when to expect what, not by which policy nor how well that is kept."""
        return Promises("", () if self.expected is None else (self.expected,), self.time)


NO_PROMISES = Promises("", (), None)


def clock(target: int, course: Course, met: int | None, time: BusinessTime) -> Clock:
    """The clock of a promise of `target` business minutes that was met at a moment, None if it has not been.

    OverflowError where its end lies beyond the years that business time is counted for.
    """
    amount = target * MINUTE_MS
    margin = min(max(amount // SHARE_LEFT, AT_LEAST_LEFT), amount // 2)
    due = risk = None
    used, runs = 0, False
    for start, end in course.running():
        if met is not None:
            if start >= met:
                break
            end = met if end is None else min(end, met)
        if end is None:
            runs = True
            due = time.add_ms(start, amount - used) if due is None else due
            risk = time.add_ms(start, amount - margin - used) if risk is None else risk
            break
        spent = time.between_ms(start, end)
        if due is None and used + spent > amount:
            due = time.add_ms(start, amount - used)
        if risk is None and used + spent > amount - margin:
            risk = time.add_ms(start, amount - margin - used)
        used += spent
    over = met if met is not None else course.closed
    return Clock(due, risk, None if over is None else used > amount, None if runs else amount - used)


def resolution_used(course: Course, time: BusinessTime) -> int | None:
    """Business time from creation to the last entry into done, less that of waiting; None while it is open."""
    closed = course.closed
    if closed is None:
        return None
    waited = sum(time.between_ms(start, end or closed) for start, end in course.waiting())
    return time.between_ms(course.created, closed) - waited


def reopened_soon(course: Course, time: BusinessTime) -> bool:
    """Whether it was ever opened again within `SOON` business days of having been done."""
    limit = SOON * time.hours.day_ms
    return any(time.between_ms(closed, opened) <= limit for closed, opened in course.reopened())


def state(due: datetime | None, risk: datetime | None, now: datetime) -> State:
    """How an open clock stands at a moment."""
    if due is not None and due < now:
        return State.LATE
    return State.AT_RISK if risk is not None and risk <= now else State.OK
