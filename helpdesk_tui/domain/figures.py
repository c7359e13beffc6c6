"""The figures of a desk: what each of them means, to the letter, and the values in which they are handed on.

Amounts of time are seconds, days those of the reader's zone. What cannot be said, because there is no ticket to say it
of, is None: never 0.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

WELL = 4
"""From this rating on somebody is satisfied."""


class Figure(StrEnum):
    """What is measured. The value is its name in reports; `MEANINGS` says what it is."""

    FIRST_REPLY = "first_reply"
    RESOLUTION = "resolution"
    SLA_KEPT = "sla_kept"
    FIRST_CONTACT = "first_contact"
    REOPEN = "reopen"
    SATISFACTION = "satisfaction"
    BACKLOG = "backlog"
    LEAD_TIME = "lead_time"
    CYCLE_TIME = "cycle_time"
    TIME_IN_COLUMN = "time_in_column"
    FLOW = "flow"
    THROUGHPUT = "throughput"
    LOAD = "load"

    @property
    def called(self) -> str:
        return _TITLES[self]


_TITLES = {
    Figure.FIRST_REPLY: "First reply time",
    Figure.RESOLUTION: "Resolution time",
    Figure.SLA_KEPT: "Service level kept",
    Figure.FIRST_CONTACT: "First contact resolution",
    Figure.REOPEN: "Reopen rate",
    Figure.SATISFACTION: "Satisfaction",
    Figure.BACKLOG: "Backlog",
    Figure.LEAD_TIME: "Lead time",
    Figure.CYCLE_TIME: "Cycle time",
    Figure.TIME_IN_COLUMN: "Time in column",
    Figure.FLOW: "Cumulative flow",
    Figure.THROUGHPUT: "Throughput",
    Figure.LOAD: "Load",
}

IN_GENERAL = (
    "Counted are the tickets you may see, archived ones too; not those that were removed, and one that was merged into "
    "another only as part of that. A ticket is closed while it is in done, and was closed when it came there the last "
    "time. Median and p90 are interpolated linearly between the two nearest values: half of the tickets took no longer "
    "than the one, nine of ten no longer than the other. Days and weeks, from Monday, are those of your time zone."
)
"""What holds for all the figures."""

MEANINGS = {
    Figure.FIRST_REPLY: (
        "Business time by the calendar of the ticket's policy, from its creation to the first reply to the requester "
        "by a person of the team. Counted are the tickets first replied to in the period, each once."
    ),
    Figure.RESOLUTION: (
        "Business time by the calendar of the ticket's policy, from its creation until it was closed, less what it "
        "was waiting for the requester. Counted are the tickets closed in the period."
    ),
    Figure.SLA_KEPT: (
        "Of the tickets closed in the period to which a policy promised something: those that missed none of it. "
        "And for each clock by itself, of those that had it."
    ),
    Figure.FIRST_CONTACT: (
        "Of the tickets closed in the period: those with exactly one reply by the team that were never opened again "
        "within 5 business days."
    ),
    Figure.REOPEN: (
        "Of the tickets that came into done in the period, whether they are there still or not: those that were moved "
        "out of it later."
    ),
    Figure.SATISFACTION: (
        "Of the tickets closed in the period that were rated: those rated 4 or 5. The answer rate is the share of the "
        "tickets closed in the period that were rated."
    ),
    Figure.BACKLOG: (
        "Tickets that are open at the end of the period, or now if that is still to come, and how old they are, in "
        "whole days since they were created. For each day: how many were open when it ended."
    ),
    Figure.LEAD_TIME: (
        "Time by the clock on the wall, from creation until the ticket was closed. Counted are the tickets closed in "
        "the period."
    ),
    Figure.CYCLE_TIME: (
        "Time by the clock on the wall, from when the ticket first came to a doing column until it was closed. Counted "
        "are the tickets closed in the period that were ever in such a column."
    ),
    Figure.TIME_IN_COLUMN: (
        "How long tickets stood on each column, by the clock on the wall: of each ticket the sum of its stays there "
        "that ended in the period. A ticket that stands there still has not ended its stay."
    ),
    Figure.FLOW: (
        "For each day: how many tickets stood on each column when it ended, and how many were created, came into done "
        "and were moved out of it again on it. Who came into done twice came twice."
    ),
    Figure.THROUGHPUT: (
        "Tickets closed in the period, by day and by week; by whom they are assigned to, and by their label, "
        "organization and kind as they are now. A ticket with two labels counts for both."
    ),
    Figure.LOAD: (
        "Tickets open now, whatever the period, by whom they are assigned to, and how many of them are late by their "
        "due date or by a service level, against the number of tickets that person works on at once."
    ),
}
"""What each figure means."""


class Dimension(StrEnum):
    """By what tickets are told apart."""

    AGENT = "agent"
    LABEL = "label"
    ORGANIZATION = "organization"
    KIND = "kind"


class Period(Struct, frozen=True):
    """The days that figures are about, both included; `said` is how it was asked for."""

    said: str
    first: date
    last: date


class Spread(Struct, frozen=True):
    """How long something took: over how many tickets, half of them, and nine of ten."""

    count: int = 0
    median: float | None = None
    p90: float | None = None


class Weekly(Struct, frozen=True):
    """How long something took in the week that begins on a Monday."""

    monday: date
    spread: Spread


class Durations(Struct, frozen=True):
    """How long something took in the period, and week by week; weeks without any are there, with a count of 0."""

    spread: Spread = Spread()
    weeks: tuple[Weekly, ...] = ()
    coarser: tuple[tuple[int, tuple[Weekly, ...]], ...] = ()
    """Where there are many weeks, the same of several together: of how many, and from which Monday on."""

    def in_bars(self, most: int) -> tuple[int, tuple[Weekly, ...]]:
        """No more than so many of them over the whole period, as fine as that goes, and how many weeks each is.

        Where even the coarsest are too many, the latest.
        """
        each, found = 1, self.weeks
        for wider, together in self.coarser:
            if len(found) > most:
                each, found = wider, together
        return each, found[-max(1, most) :]


class Share(Struct, frozen=True):
    """How many of `count` tickets are meant."""

    part: int = 0
    count: int = 0

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None of no tickets."""
        return self.part / self.count if self.count else None


class Kept(Struct, frozen=True):
    """What was promised and kept, over both clocks and by each."""

    both: Share = Share()
    first_reply: Share = Share()
    resolution: Share = Share()


class Satisfaction(Struct, frozen=True):
    """`well` of the ratings are good ones; `answered` of the closed tickets were rated at all."""

    well: Share = Share()
    answered: Share = Share()


class Aged(Struct, frozen=True):
    """How many open tickets are of an age, named as in `< 1 day`; `least` days and no more than `most`, if any."""

    name: str
    least: int
    most: int | None
    count: int


AGES = (("< 1 day", 0, 0), ("1-7 days", 1, 7), ("8-30 days", 8, 30), ("31-60 days", 31, 60), ("> 60 days", 61, None))
"""The ages of open tickets that are told apart, in whole days, from and up to, both included."""


class Backlog(Struct, frozen=True):
    """Tickets open at the end of the period, their ages, and how many were open at the end of each of its days."""

    count: int = 0
    ages: tuple[Aged, ...] = ()
    days: tuple[int, ...] = ()


class ColumnTime(Struct, frozen=True):
    """How long tickets stood on a column; `total` is that of all of them together. `spread` counts tickets."""

    board: str
    column: str
    column_id: int
    spread: Spread
    total: float


class Standing(Struct, frozen=True):
    """How many tickets stood on a column at the end of each day of the period."""

    board: str
    column: str
    column_id: int
    days: tuple[int, ...]


class Flow(Struct, frozen=True):
    """What came and went on each day of the period, and where tickets stood at its end: boards and columns in order."""

    created: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()
    reopened: tuple[int, ...] = ()
    columns: tuple[Standing, ...] = ()


class Group(Struct, frozen=True):
    """The closed tickets of an agent, a label, an organization or a kind: how many, and how long each took.

    `name` is empty for those without one; `id` is that of the agent, label or organization.
    """

    name: str
    id: int | None
    closed: int
    first_reply: Spread
    resolution: Spread


class Throughput(Struct, frozen=True):
    """Tickets closed in the period: on each day, and in each week (of its Monday)."""

    count: int = 0
    days: tuple[int, ...] = ()
    weeks: tuple[tuple[date, int], ...] = ()


class Loaded(Struct, frozen=True):
    """What somebody works on now. `id` and `name` are empty for what nobody is assigned to."""

    name: str
    id: int | None
    open: int
    late: int
    capacity: int | None


class Load(Struct, frozen=True):
    """Open tickets, how many are late, and whose they are, the most first."""

    open: int = 0
    late: int = 0
    people: tuple[Loaded, ...] = ()


class Figures(Struct, frozen=True):
    """All figures of a period. `days` are those of every series by day: they end today if the period does not."""

    period: Period
    days: tuple[date, ...]
    first_reply: Durations
    resolution: Durations
    sla_kept: Kept
    first_contact: Share
    reopen: Share
    satisfaction: Satisfaction
    backlog: Backlog
    lead_time: Durations
    cycle_time: Durations
    time_in_column: tuple[ColumnTime, ...]
    flow: Flow
    throughput: Throughput
    load: Load
    on_any_column: Spread = Spread()
    """Of all that `time_in_column` tells, taken together: each ticket once for each column it stood on."""
