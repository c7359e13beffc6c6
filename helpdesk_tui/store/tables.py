"""The tables. Rows never leave this package: what crosses its border is a value of the domain.

These are the tables a board is shown from; the others are in `tables_aside`, so that a board is not kept waiting for
them. Every row a person can make carries `removed`, so that making it can be undone and nothing is ever deleted by
ordinary use. Moments are stored as whole milliseconds since 1970 in UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)
from sqlmodel import Field, SQLModel

from helpdesk_tui.domain.odd import UNREADABLE

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
FIRST, LAST = ((datetime(*day, tzinfo=UTC) - EPOCH) // MILLISECOND for day in ((1, 1, 2), (9999, 12, 31)))
"""What a stored moment may be: whatever the zone, it is within the calendar."""


def to_stored(moment: datetime) -> int:
    """Whole milliseconds since 1970, exactly (no float in between)."""
    return (moment - EPOCH) // MILLISECOND


def from_stored(value: Any) -> datetime:
    """The aware UTC moment of a stored number of milliseconds; UNREADABLE for anything else that may stand there."""
    try:
        return EPOCH + value * MILLISECOND if FIRST <= value <= LAST else UNREADABLE
    except TypeError:
        return UNREADABLE


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime kept as an integer, so that it sorts, compares and indexes alike on every engine."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        if not isinstance(value, datetime) or value.tzinfo is None:
            raise TypeError(f"a moment must be an aware datetime, not {value!r}")
        return to_stored(value)

    def process_result_value(self, value: Any, _dialect: Any) -> datetime | None:
        return None if value is None else from_stored(value)


class Row(SQLModel):
    """Base of the tables. Building pydantic validators is put off: table rows are never validated by it."""

    model_config = {"defer_build": True}


def core(of: type[SQLModel]) -> Table:
    """The plain table behind a class, for statements that need no objects."""
    found: Table = of.__table__  # type: ignore[attr-defined]
    return found


class Organization(Row, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str = Field(unique=True)
    shares: bool = False
    domains: str = ""
    """Mail domains whose people belong to it, folded, with commas between."""
    merged_into_id: int | None = Field(default=None, foreign_key="organization.id")
    """The one that this one, which is removed, is part of: its name leads there."""
    removed: bool = False


class Person(Row, table=True):
    id: int | None = Field(default=None, primary_key=True)
    login: str | None = Field(default=None, unique=True)
    uid: int | None = Field(default=None, unique=True)
    name: str
    folded: str = Field(index=True)
    mail: str = Field(default="", index=True)
    role: str
    organization_id: int | None = Field(default=None, foreign_key="organization.id")
    signature: str = ""
    active: bool = True
    skills: str = ""
    """Words with commas between, as `languages` (tags) and `other_mails`."""
    languages: str = ""
    zone: str = ""
    capacity: int | None = None
    away_from: datetime | None = Field(default=None, sa_type=Moment)
    away_until: datetime | None = Field(default=None, sa_type=Moment)
    color: str = ""
    initials: str = ""
    other_mails: str = ""
    merged_into_id: int | None = Field(default=None, foreign_key="person.id")
    erased: bool = False
    removed: bool = False


class Board(Row, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str
    position: int = 0
    members_only: bool = False
    """Whether those who are neither members nor admins have no other rights on it than requesters."""
    archive_after: int | None = None
    """Days after which a done card is archived; None: never by itself."""
    archived_at: datetime | None = Field(default=None, sa_type=Moment)
    removed: bool = False


class BoardColumn(Row, table=True):
    __tablename__ = "board_column"
    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id", index=True)
    name: str
    folded: str
    category: str
    position: int = 0
    wip_limit: int | None = None
    hard: bool = False
    """Whether the limit refuses a card more, or only warns."""
    color: str = ""
    removed: bool = False


class Ticket(Row, table=True):
    """`id` is the ticket's number. The counts and `updated_at` are derived: `tickets.refresh_derived` keeps them."""

    __table_args__ = (
        # The two orders of a column on the board, and the page of a plain list.
        Index("ticket_by_urgency", "column_id", "gone", text("priority DESC"), "rank", "id"),
        Index("ticket_by_closing", "column_id", "gone", text("closed_at DESC"), text("id DESC")),
        Index("ticket_by_assignee", "assignee_id", "gone", "closed_at"),
        Index("ticket_by_requester", "requester_id", "gone", "closed_at"),
        # What is late and what is due today, counted by column without reading a ticket.
        Index(
            "ticket_by_due",
            "due_at",
            "gone",
            "column_id",
            sqlite_where=text("due_at IS NOT NULL AND closed_at IS NULL"),
        ),
        Index(
            "ticket_by_sla",
            "sla_due_at",
            "gone",
            "column_id",
            "due_at",
            sqlite_where=text("sla_due_at IS NOT NULL AND closed_at IS NULL"),
        ),
        # All that time can go past, in one: what rules ask each minute reads no ticket.
        Index(
            "ticket_by_moments",
            *("updated_at", "created_at", "closed_at", "replied_at", "due_at", "sla_due_at", "sla_risk_at"),
        ),
        Index("ticket_by_external_key", "external_key", unique=True, sqlite_where=text("external_key IS NOT NULL")),
    )
    id: int | None = Field(default=None, primary_key=True)
    board_id: int = Field(foreign_key="board.id")
    column_id: int = Field(foreign_key="board_column.id")
    rank: str
    title: str
    folded: str
    description: str = Field(default="", sa_type=Text)
    priority: int
    impact: int | None = None
    urgency: int | None = None
    status: str = ""
    kind: str = ""
    language: str = ""
    source: str = ""
    requester_id: int | None = Field(default=None, foreign_key="person.id")
    organization_id: int | None = Field(default=None, foreign_key="organization.id")
    assignee_id: int | None = Field(default=None, foreign_key="person.id")
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    archived_at: datetime | None = Field(default=None, sa_type=Moment)
    replied_at: datetime | None = Field(default=None, sa_type=Moment)
    sla_due_at: datetime | None = Field(default=None, sa_type=Moment)
    sla_risk_at: datetime | None = Field(default=None, sa_type=Moment)
    sla_calendar_id: int | None = None
    """By whose hours these two count. Like them it follows from the ticket's clocks, see `tables_service`."""
    escalated: bool = False
    rating: int | None = None
    external_key: str | None = None
    merged_into_id: int | None = Field(default=None, foreign_key="ticket.id", index=True)
    removed: bool = False
    gone: bool = False
    """Archived or removed: not on the board. Kept by `tickets.refresh_derived`, so that indexes can lead with it."""
    version: int = 1
    last_event_id: int = 0
    last_actor_id: int | None = None
    steps: int = 0
    steps_done: int = 0
    replies: int = 0
    notes: int = 0
    files: int = 0
    minutes: int = 0


class Label(Row, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str = Field(unique=True)
    color: str = ""
    removed: bool = False


# Pairs, with nothing in them that needs a class.
board_member = Table(
    "board_member",
    SQLModel.metadata,
    Column("board_id", Integer, ForeignKey("board.id"), primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True, index=True),
    Column("role", String, nullable=False),
    sqlite_with_rowid=False,
)
"""The role that a person has on one board, whatever theirs on the desk is."""
ticket_label = Table(
    "ticket_label",
    SQLModel.metadata,
    Column("label_id", Integer, ForeignKey("label.id"), primary_key=True),
    Column("ticket_id", Integer, ForeignKey("ticket.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
watcher = Table(
    "watcher",
    SQLModel.metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("ticket_id", Integer, ForeignKey("ticket.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
ticket_link = Table(
    "ticket_link",
    SQLModel.metadata,
    Column("ticket_id", Integer, ForeignKey("ticket.id"), primary_key=True),
    Column("relation", String, primary_key=True),
    Column("other_id", Integer, ForeignKey("ticket.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
seen = Table(
    "seen",
    SQLModel.metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("ticket_id", Integer, ForeignKey("ticket.id"), primary_key=True),
    Column("event_id", Integer, nullable=False),
    sqlite_with_rowid=False,
)
setting = Table(
    "setting",
    SQLModel.metadata,
    Column("name", String, primary_key=True),
    Column("value", JSON, nullable=False),
    sqlite_with_rowid=False,
)
notices_seen = Table(
    "notices_seen",
    SQLModel.metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("event_id", Integer, nullable=False),
)
"""Up to which event a person has looked through their notices."""
presence = Table(
    "presence",
    SQLModel.metadata,
    Column("session", String, primary_key=True),
    Column("person_id", Integer, ForeignKey("person.id"), nullable=False),
    Column("ticket_id", Integer, ForeignKey("ticket.id"), nullable=False),
    Column("doing", String, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Which ticket an open screen shows, and whether an answer is being written there; old rows mean nothing."""
timer = Table(
    "timer",
    SQLModel.metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("ticket_id", Integer, ForeignKey("ticket.id"), nullable=False),
    Column("started_at", Moment, nullable=False),
)
"""The work a person is timing now."""
column_total = Table(
    "column_total",
    SQLModel.metadata,
    Column("column_id", Integer, ForeignKey("board_column.id"), primary_key=True),
    Column("tickets", Integer, nullable=False),
)
"""How many tickets that are not gone stand on each column, kept by triggers."""
due_total = Table(
    "due_total",
    SQLModel.metadata,
    Column("column_id", Integer, primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("tickets", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many open tickets of each column are due, by hand or by their service level, in each hour since 1970.

Kept by triggers: counting what is late adds up hours, however many tickets that is. The column is not held to exist:
a ticket which another tool put nowhere can still be changed.
"""
ticket_text = Table(
    "ticket_text",
    SQLModel.metadata,
    Column("ticket_id", Integer, ForeignKey("ticket.id"), primary_key=True),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("replies", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("checklist", Text, nullable=False),
    Column("labels", Text, nullable=False),
    Column("requester", Text, nullable=False),
)
"""The searchable texts of a ticket, kept by triggers; the full-text index reads them from here."""
