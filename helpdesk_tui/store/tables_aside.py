"""The tables that a board is shown without: what is said and done on a ticket, views, undo steps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field

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
    removed: bool = False


class CheckStep(Row, table=True):
    __tablename__ = "check_step"
    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    rank: str
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


class View(Row, table=True):
    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str
    query: str
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    shared: bool = True
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
