"""A ticket as a predicate sees it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, field

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.ticket import Level, Priority, Status


class TicketFacts(Struct, frozen=True):
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
