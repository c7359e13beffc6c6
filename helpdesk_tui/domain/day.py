"""A person's day: what of their work wants them now, and which ticket is the next best one to take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum, StrEnum

from msgspec import Struct

from helpdesk_tui.domain.ticket import Card, Priority


class Pressing(IntEnum):
    """How much a ticket presses, the most first: what puts one before another, ahead of their priorities."""

    ESCALATED = 0
    CRITICAL = 1
    LATE = 2
    AT_RISK = 3
    TODAY = 4
    REST = 5


class Part(StrEnum):
    """The parts of a day, in their order. A ticket stands in the first it belongs to, and where it can be taken."""

    WAITING = "waiting for you"
    LATE = "late"
    AT_RISK = "at risk"
    TODAY = "due today"
    BEGUN = "begun"
    NEXT = "next"


MEANINGS = {
    Part.WAITING: "somebody named you or answered, and you have not looked or replied since",
    Part.LATE: "a due date or a service level was missed",
    Part.AT_RISK: "little is left of a service level",
    Part.TODAY: "before the day ends",
    Part.BEGUN: "you work on them",
    Part.NEXT: "yours or nobody's to begin, the most pressing first",
}
"""What is in each part."""


class Why(StrEnum):
    """Why a ticket is in the day. Where a reason has a moment or a person, they go with it."""

    NAMED = "named you"
    ANSWERED = "answered"
    WROTE = "wrote"
    ESCALATED = "escalated"
    PRIORITY = "priority"
    LATE = "late since"
    AT_RISK = "at risk, due"
    TODAY = "due today"
    DUE = "due"
    CAME = "came in"
    FREE = "nobody's yet"


class Reason(Struct, frozen=True):
    """One reason: what, when, by whom; `who` of a priority is its word."""

    why: Why
    at: datetime | None = None
    who: str = ""

    def words(self, moment: Callable[[datetime], str]) -> str:
        """The reason as it is read; `moment` puts one into words."""
        when = "" if self.at is None else moment(self.at)
        match self.why:
            case Why.PRIORITY:
                return self.who
            case Why.NAMED | Why.ANSWERED | Why.WROTE:
                return f"{self.who} {self.why.value} {when}".strip()
        return f"{self.why.value} {when}".strip()


class Entry(Struct, frozen=True):
    """A ticket of the day, and why it is there, the weightiest reason first."""

    card: Card
    reasons: tuple[Reason, ...]


class Group(Struct, frozen=True):
    """One part of the day: its first tickets, of so many."""

    part: Part
    entries: tuple[Entry, ...]
    total: int


class Day(Struct, frozen=True):
    """A person's day at a moment, in the parts that there is anything in."""

    now: datetime
    groups: tuple[Group, ...]

    @property
    def best(self) -> Entry | None:
        """The next best ticket to take; None where nothing is left to begin."""
        return next((group.entries[0] for group in self.groups if group.part is Part.NEXT), None)


def reasons(card: Card, now: datetime, day_end: datetime, *, free: bool) -> tuple[Reason, ...]:
    """Why a ticket stands where it does in the order of its part; `free`: it is nobody's, and could be taken."""
    found = [Reason(Why.ESCALATED)] if card.escalated else []
    if card.priority > Priority.NORMAL:
        found.append(Reason(Why.PRIORITY, who=card.priority.word))
    found.append(_by_time(card, now, day_end))
    return (*found, Reason(Why.FREE)) if free else tuple(found)


def _by_time(card: Card, now: datetime, day_end: datetime) -> Reason:
    ends = sorted(moment for moment in (card.due, card.sla_due) if moment is not None)
    if ends and ends[0] < now:
        return Reason(Why.LATE, ends[0])
    if card.sla_due is not None and card.sla_risk is not None and card.sla_risk <= now:
        return Reason(Why.AT_RISK, card.sla_due)
    if ends:
        return Reason(Why.TODAY if ends[0] < day_end else Why.DUE, ends[0])
    return Reason(Why.CAME, card.created)
