"""The ticket: its fields, and the values in which it crosses the borders of the core."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

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


@dataclass(frozen=True, slots=True)
class Card:
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
    kind: str = ""
    language: str = ""
    organization: str = ""

    def late(self, now: datetime) -> bool:
        """Whether a due date or a service level has been missed while the ticket is open."""
        if self.closed is not None:
            return False
        return any(moment is not None and moment < now for moment in (self.due, self.sla_due))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a checklist."""

    id: int
    text: str
    done: bool
    done_by: str = ""
    done_at: datetime | None = None
    checklist: str = ""
    """The name of the checklist it is on; a ticket's own first one has none."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A reply or a note. `edited` is the moment of the last edit."""

    id: int
    speech: Speech
    author: str
    author_id: int
    at: datetime
    body: str
    edited: datetime | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One recorded fact in words: `what` reads after the name of `who`.

    `before` and `after` are the whole of a long text that was rewritten; a short value's are in the words.
    """

    event_id: int
    at: datetime
    who: str
    what: str
    kind: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A related ticket as seen from this one; `relation` is already in this ticket's direction ("blocked by")."""

    relation: str
    number: int
    title: str
    category: Category


@dataclass(frozen=True, slots=True)
class Attached:
    """A file on a ticket, without what is in it. `size` in bytes; `comment_id` is the comment it came with, if any."""

    id: int
    name: str
    size: int
    by: str
    at: datetime
    comment_id: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one person worked on a ticket, in minutes. `running` is since when their timer runs."""

    person: str
    minutes: int
    running: datetime | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else who has the ticket open; `writing` is what they are writing ("a reply"), "" for nothing."""

    name: str
    writing: str = ""


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """Everything about one ticket that the acting person may see."""

    card: Card
    description: str
    requester_id: int | None
    requester_name: str
    organization: str
    assignee_id: int | None
    assignee_name: str
    impact: Level | None
    urgency: Level | None
    source: str
    version: int
    minutes: int
    watchers: tuple[str, ...] = ()
    checklist: tuple[Step, ...] = ()
    conversation: tuple[Comment, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    links: tuple[Link, ...] = ()
    files: tuple[Attached, ...] = ()
    times: tuple[Spent, ...] = ()
    here: tuple[Present, ...] = ()
    merged_into: int | None = None
    """The ticket this one has become part of, if the person may see it."""


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """A ticket as a predicate sees it: ids instead of names, and the searchable texts.

    `label_ids` and `watcher_ids` are sets; `texts` are title, description, public conversation,
    checklist, label names and the requester's name, each as the full-text index has it; `notes` is the team's own
    conversation, searched only for people who may read it. `agent_ids` are the admins and agents who replied,
    `note_agent_ids` those who left a note. Times in minutes, moments in UTC.
    """

    number: int
    title: str
    board_id: int
    column_id: int
    category: Category
    priority: Priority
    status: Status
    kind: str
    language: str
    source: str
    created: datetime
    updated: datetime
    impact: Level | None = None
    urgency: Level | None = None
    requester_id: int | None = None
    organization_id: int | None = None
    assignee_id: int | None = None
    label_ids: frozenset[int] = frozenset()
    watcher_ids: frozenset[int] = frozenset()
    agent_ids: frozenset[int] = frozenset()
    note_agent_ids: frozenset[int] = frozenset()
    due: datetime | None = None
    closed: datetime | None = None
    replied: datetime | None = None
    archived: bool = False
    escalated: bool = False
    steps_done: int = 0
    steps: int = 0
    replies: int = 0
    notes_count: int = 0
    files: int = 0
    note_files: int = 0
    """Those of the files that hang on notes."""
    minutes: int = 0
    rating: int | None = None
    sla_due: datetime | None = None
    sla_risk: datetime | None = None
    rank: str = ""
    unread_by: frozenset[int] = field(default=frozenset())
    texts: tuple[str, ...] = ()
    notes: str = ""
