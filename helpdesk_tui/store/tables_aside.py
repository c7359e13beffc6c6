"""The tables that a board is shown without: what is said and done on a ticket, prepared texts, undo steps, events."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text
from sqlmodel import Field, SQLModel

from helpdesk_tui.store.tables import Moment, Row


class Comment(Row, table=True):
    __table_args__ = (Index("comment_by_author", "author_id", "ticket_id"),)
    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    speech: str
    body: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Moment)
    edited_at: datetime | None = Field(default=None, sa_type=Moment)
    by_team: bool | None = None
    """Whether who said it worked on the ticket's board then; None until that is settled by their role."""
    removed: bool = False


class CheckStep(Row, table=True):
    __tablename__ = "check_step"
    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    rank: str
    checklist: str = ""
    """The name of the checklist it is on; a ticket's own first one has none."""
    text: str
    done: bool = False
    done_by_id: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    removed: bool = False


class TimeEntry(Row, table=True):
    __tablename__ = "time_entry"
    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    minutes: int
    at: datetime = Field(sa_type=Moment)
    removed: bool = False


class File(Row, table=True):
    """A file on a ticket. What is in it is in `file_content` and `file_chunk`, once for all files of that content."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    comment_id: int | None = Field(default=None, foreign_key="comment.id")
    name: str
    size: int
    sha256: str = Field(foreign_key="file_content.sha256", index=True)
    added_by_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)
    removed: bool = False


class Canned(Row, table=True):
    """A canned reply in one language; those of one name are the same answer in several."""

    __table_args__ = (Index("canned_by_name", "folded", "language"),)
    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str
    language: str = ""
    body: str = Field(sa_type=Text)
    change: str = ""
    removed: bool = False


class Template(Row, table=True):
    """A prepared ticket. `questions` and `checklists` are as `domain.template` writes them."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str = Field(index=True)
    title: str = ""
    body: str = Field(default="", sa_type=Text)
    questions: list[dict[str, Any]] = Field(sa_type=JSON)
    checklists: list[dict[str, Any]] = Field(sa_type=JSON)
    change: str = ""
    for_requesters: bool = False
    removed: bool = False


class View(Row, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str
    query: str
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    shared: bool = True
    removed: bool = False


class SshKey(Row, table=True):
    """A public key with which a person comes in through the gate; `data` is its base64 part."""

    __tablename__ = "ssh_key"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str
    data: str = Field(index=True)
    comment: str = ""
    at: datetime = Field(sa_type=Moment)
    removed: bool = False


class ChangeSet(Row, table=True):
    """One undo step: everything one verb did. `undone_by_id` is the change set that took it back, if any."""

    __tablename__ = "change_set"
    __table_args__ = (Index("change_set_by_actor", "actor_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    actor_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)
    summary: str
    kind: str = "do"
    of_id: int | None = Field(default=None, foreign_key="change_set.id")
    undone_by_id: int | None = Field(default=None, foreign_key="change_set.id")


class Event(Row, table=True):
    """One recorded fact; triggers refuse its change or removal.

    `delta` maps a field of `entity` to [before, after] as stored, which is all that undo needs; `detail` carries what
    history wants to say besides.
    """

    __table_args__ = (
        Index("event_by_ticket", "ticket_id", "id"),
        Index("event_by_change_set", "change_set_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    change_set_id: int = Field(foreign_key="change_set.id")
    actor_id: int = Field(foreign_key="person.id")
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    entity: str
    entity_id: int
    kind: str
    at: datetime = Field(sa_type=Moment)
    delta: dict[str, Any] = Field(sa_type=JSON)
    detail: dict[str, Any] = Field(sa_type=JSON)


file_content = Table(
    "file_content",
    SQLModel.metadata,
    Column("sha256", String, primary_key=True),
    Column("size", Integer, nullable=False),
)
"""Each content that a file has, kept once."""
file_chunk = Table(
    "file_chunk",
    SQLModel.metadata,
    Column("sha256", String, ForeignKey("file_content.sha256"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
"""A content in pieces, so that neither reading nor writing one holds it whole in memory."""
