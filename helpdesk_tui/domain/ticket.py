"""The ticket: its fields, and the values in which it crosses the borders of the core."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, StrEnum

from msgspec import Struct

from helpdesk_tui.domain.board import Category, Label

TITLE_LIMIT = 500
"""Characters a title may have; more is refused, since a card, a subject and a log line must carry it."""

TEXT_LIMIT = 1_000_000
"""Characters a description or a comment may have."""

LABELS_LIMIT = 50
"""Labels one ticket may carry."""


class Priority(IntEnum):
    """How soon a ticket wants attention. Ordered: a larger value is more pressing."""

    LOW = 1
    NORMAL = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class Level(IntEnum):
    """Impact (how many are hit) and urgency (how badly), the two sides of a proposed priority."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Status(StrEnum):
    """A flag beside the column."""

    NONE = ""
    REVIEW = "needs review"
    REWORK = "needs rework"
    BLOCKED = "blocked"
    WAITING = "waiting"


KINDS = ("incident", "request", "problem", "task")
LANGUAGES = ("en", "et", "he", "fa", "pl", "ro")

RATINGS = {5: "very well", 4: "well", 3: "so-so", 2: "badly", 1: "very badly"}
"""How it went, as whoever asked says it: the number that is kept, and its words."""


class Standing(StrEnum):
    """How a ticket stands for whoever asked, in their words."""

    WAITING = "waiting for you"
    WORKED_ON = "being worked on"
    SOLVED = "solved"


class Speech(StrEnum):
    """Who a comment is for: a reply is seen by the requester, a note only by the team."""

    REPLY = "reply"
    NOTE = "note"


class Relation(StrEnum):
    """How a ticket is linked to another, read from the first to the second."""

    RELATES = "relates"
    BLOCKS = "blocks"
    DUPLICATES = "duplicates"
    PARENT = "parent"


class Card(Struct, frozen=True):
    """A ticket as a board or a list shows it. Moments are UTC; `requester` and `assignee` are short names."""

    number: int
    title: str
    board_id: int
    board: str
    column_id: int
    column: str
    category: Category
    priority: Priority
    status: Status
    requester: str
    assignee: str
    labels: tuple[Label, ...]
    due: datetime | None
    created: datetime
    updated: datetime
    closed: datetime | None
    archived: bool
    escalated: bool
    unread: bool
    steps_done: int
    steps: int
    replies: int
    notes: int
    files: int
    rating: int | None = None
    sla_due: datetime | None = None
    sla_risk: datetime | None = None
    sla_calendar: int | None = None
    """By whose hours those two count."""
    kind: str = ""
    language: str = ""
    organization: str = ""
    answered: datetime | None = None
    """When somebody else last replied, where whoever asks for help looks at their own tickets."""
    answered_by: str = ""

    @property
    def standing(self) -> Standing:
        """How it stands for whoever asked."""
        if self.closed is not None:
            return Standing.SOLVED
        return Standing.WAITING if self.status is Status.WAITING else Standing.WORKED_ON

    def late(self, now: datetime) -> bool:
        """Whether a due date or a service level has been missed while the ticket is open."""
        if self.closed is not None:
            return False
        return any(moment is not None and moment < now for moment in (self.due, self.sla_due))
