"""Rules: when something happens, or time passes, if a query finds the ticket, then a change is made."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

CHAIN_LIMIT = 10
"""Steps of rules that may follow from one another; then the chain is stopped, and says so."""

SHORTEST_EVERY = timedelta(minutes=10)
"""A rule of `tick` may act again on the same ticket no sooner: whoever is told things more often stops reading."""

LONGEST_EVERY = timedelta(days=3660)
"""Nor can it wait for longer than ten years."""

TEXT_LIMIT = 2_000
"""Characters the query of a rule may have, and its change."""

RULES_NAME = "rules"
"""What the history calls whoever acts when a rule does."""


class When(StrEnum):
    """What sets a rule off."""

    CREATED = "created"
    CHANGED = "changed"
    MOVED = "moved"
    CLOSED = "closed"
    REOPENED = "reopened"
    ASSIGNED = "assigned"
    PRIORITIZED = "prioritized"
    LABELLED = "labelled"
    TICKED = "ticked"
    RATED = "rated"
    REPLIED = "replied"
    ANSWERED = "answered"
    NOTED = "noted"
    TICK = "tick"
    SCHEDULE = "schedule"

    @property
    def by_event(self) -> bool:
        """Whether something that happens to a ticket sets it off, rather than time."""
        return self not in {When.TICK, When.SCHEDULE}


MEANINGS: dict[When, str] = {
    When.CREATED: "a ticket is created",
    When.CHANGED: "anything of a ticket changes: a field, a label, its column",
    When.MOVED: "it comes to another column",
    When.CLOSED: "it comes to a done column",
    When.REOPENED: "it is opened again, or brought back from the archive",
    When.ASSIGNED: "it is given to somebody",
    When.PRIORITIZED: "its priority changes",
    When.LABELLED: "a label is put on it",
    When.TICKED: "a step of its checklist is ticked or unticked",
    When.RATED: "its requester says how it went",
    When.REPLIED: "somebody replies, whoever it is",
    When.ANSWERED: "somebody replies who is not of the team",
    When.NOTED: "somebody leaves a note",
    When.TICK: "time passes: looked at once a minute",
    When.SCHEDULE: "at times as in `daily 07:00`, `weekdays 8:00`, `first monday 09:00`, `monthly 15 12:00`",
}
"""Each of them in words, for help; a schedule is written instead of the word for it."""


class Wording(Struct, frozen=True):
    """A rule as it is written. `when` is the word of a `When`, or a schedule; `every` "" for once a ticket."""

    name: str
    when: str
    query: str = ""
    change: str = ""
    every: str = ""


class Rule(Struct, frozen=True):
    """A rule as it stands."""

    id: int
    name: str
    moment: When
    schedule: str
    query: str
    change: str
    every: str
    active: bool
    since: datetime | None
    acted: datetime | None = None
    """When it last did something."""
    problem: str = ""
    """Why it cannot do what it is to; empty while it can."""

    @property
    def when(self) -> str:
        """What sets it off, as it is written."""
        return self.schedule if self.moment is When.SCHEDULE else self.moment.value

    @property
    def wording(self) -> Wording:
        """It as it was written, to write it differently."""
        return Wording(self.name, self.when, self.query, self.change, self.every)


class Shipped(Struct, frozen=True):
    """A rule that comes with the program, to be added as it is; `about` says what it is good for."""

    wording: Wording
    about: str
    labels: tuple[str, ...] = ()
    """Labels that it speaks of, made with it."""
    steps: str = ""
    """The checklist of the template that it makes tickets from, one a line: made with it, called as it is."""
    added: bool = False


class Would(Struct, frozen=True):
    """What a rule would do to a ticket, in words; or why it could not. `number` None: it is about no ticket."""

    number: int | None
    title: str
    does: str
    fails: bool = False


class Trial(Struct, frozen=True):
    """What a rule would do now. `found` are the tickets it is about, of which some are gone through in `would`.

    `next_at`: when it comes next by its schedule.
    """

    name: str
    found: int
    would: tuple[Would, ...]
    next_at: datetime | None = None


class Acted(Struct, frozen=True):
    """One thing that a rule did to a ticket, in words, or could not do. `step` is the undo step it belongs to."""

    at: datetime
    rule: str
    number: int | None
    title: str
    words: str
    failed: bool
    step: int
