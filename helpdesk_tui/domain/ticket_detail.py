"""One ticket in full: its card, and everything that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.service_level import NO_PROMISES, Promises
from helpdesk_tui.domain.ticket import Card, Level, Speech


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
class PastStep:
    """What somebody did in one go and could be taken back: `said` is how they were told of it."""

    id: int
    at: datetime
    who: str
    said: str


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
    promises: Promises = NO_PROMISES
    merged_into: int | None = None
    """The ticket this one has become part of, if the person may see it."""
