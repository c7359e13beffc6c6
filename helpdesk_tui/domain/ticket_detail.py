"""One ticket in full: its card, and everything that hangs on it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.service_level import NO_PROMISES, Promises
from helpdesk_tui.domain.ticket import Card, Level, Speech


class Step(Struct, frozen=True):
    """One step of a checklist."""

    id: int
    text: str
    done: bool
    done_by: str = ""
    done_at: datetime | None = None
    checklist: str = ""
    """The name of the checklist it is on; a ticket's own first one has none."""


class Comment(Struct, frozen=True):
    """A reply or a note. `edited` is the moment of the last edit.

    `by_team`: whether it is the team's word, not that of whoever asked or of a colleague of theirs.
    """

    id: int
    speech: Speech
    author: str
    author_id: int
    at: datetime
    body: str
    edited: datetime | None = None
    by_team: bool = True


class HistoryEntry(Struct, frozen=True):
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


class PastStep(Struct, frozen=True):
    """What somebody did in one go and could be taken back: `said` is how they were told of it."""

    id: int
    at: datetime
    who: str
    said: str


class Link(Struct, frozen=True):
    """A related ticket as seen from this one; `relation` is already in this ticket's direction ("blocked by")."""

    relation: str
    number: int
    title: str
    category: Category


class Attached(Struct, frozen=True):
    """A file on a ticket, without what is in it. `size` in bytes; `comment_id` is the comment it came with, if any."""

    id: int
    name: str
    size: int
    by: str
    at: datetime
    comment_id: int | None = None
    sha256: str = ""


class Spent(Struct, frozen=True):
    """What one person worked on a ticket, in minutes. `running` is since when their timer runs."""

    person: str
    minutes: int
    running: datetime | None = None


class Present(Struct, frozen=True):
    """Somebody else who has the ticket open; `writing` is what they are writing ("a reply"), "" for nothing."""

    name: str
    writing: str = ""


class TicketDetail(Struct, frozen=True):
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
