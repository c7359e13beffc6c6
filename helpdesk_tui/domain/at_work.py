"""What people do at the same time: the work they time, the tickets they have open, and what they are told of."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from helpdesk_tui.domain.people import Person

LEFT_RUNNING = timedelta(hours=1)
"""A timer that runs so long when somebody comes back is asked about: it was perhaps forgotten."""

LONGEST_TIMED = timedelta(hours=12)
"""What a timer has measured beyond that is no work of one day: the minutes must be said."""

MOST_COUNTED = 100
"""Notices that are counted; more are "99+"."""


class Doing(StrEnum):
    """What somebody who has a ticket open does there."""

    READING = ""
    LOOKING = "board"
    """Not that ticket: the board it is on."""
    REPLYING = "reply"
    NOTING = "note"


class Timer(Struct, frozen=True):
    """The work a person is timing: on which ticket, since when, and how many whole minutes that is by now."""

    number: int
    title: str
    started: datetime
    minutes: int


class Notice(Struct, frozen=True):
    """What somebody else did to one of my tickets, in one step; or, with the number 0, what a rule told me of the desk.

    `what` reads after the name of `who`; `excerpt` is the beginning of what was said, if anything. `new`: since I last
    looked, at the notices or at the ticket itself.
    """

    event_id: int
    at: datetime
    number: int
    title: str
    who: str
    what: str
    excerpt: str
    new: bool


class Counted(Struct, frozen=True):
    """How many notices are new, up to `MOST_COUNTED`; none is up to the event `upto`: the next count begins there."""

    new: int
    upto: int


def counted(notices: int) -> str:
    """How many notices there are, in at most three characters."""
    return str(notices) if notices < MOST_COUNTED else f"{MOST_COUNTED - 1}+"


class Seen(Struct, frozen=True):
    """A ticket that somebody has open on a screen now, and what they do there."""

    number: int
    doing: Doing


class AtWork(Struct, frozen=True):
    """What somebody has to do, has done, and does now.

    Days are the reader's own; the week begins on Monday.
    """

    person: Person
    open: int = 0
    """Open tickets that are theirs."""
    late: int = 0
    closed_this_week: int = 0
    replied_today: int = 0
    minutes_this_week: int = 0
    here: tuple[Seen, ...] = ()
    timing: int | None = None
    """The ticket they time their work on."""
    timing_since: datetime | None = None

    @property
    def use(self) -> float | None:
        """The part of their capacity that is taken, 1.0 being all of it; None where nothing is said of it."""
        return self.open / self.person.capacity if self.person.capacity else None

    @property
    def over(self) -> bool:
        """Whether they have more to do than they can."""
        return self.person.capacity is not None and self.open > self.person.capacity
