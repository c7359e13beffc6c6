"""The tables of service levels and rules: what is promised, how far the clocks have gone, what acts by itself.

`ticket_service` and `stay` are worked out from the history and can be made anew from it at any time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text
from sqlmodel import Field, SQLModel

from helpdesk_tui.store.tables import Moment, Row


class Calendar(Row, table=True):
    """Opening hours. `week` has for each weekday from Monday its spans, `[from, to]` in minutes of the day."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str
    zone: str
    week: list[Any] = Field(sa_type=JSON)
    country: str = ""
    """Whose public holidays close it: a code of ISO 3166 as the `holidays` library has them, "" for none."""
    region: str = ""
    public_days: str = Field(default="", sa_type=Text)
    """Those holidays, written down when they are chosen: ISO dates with spaces between. Working out a clock needs no
    library then, and says the same on every machine."""
    own_days: str = ""
    """Further days on which it is closed: ISO dates with spaces between."""
    removed: bool = False


class Policy(Row, table=True):
    """What is promised for the tickets of a query. `targets` maps a priority's number to two amounts of business
    minutes, for the first reply and for the resolution, null where nothing is promised."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str
    query: str = ""
    calendar_id: int = Field(foreign_key="calendar.id")
    targets: dict[str, Any] = Field(sa_type=JSON)
    position: int = 0
    removed: bool = False


class Rule(Row, table=True):
    """When something of a kind (`moment`) happens, or at the times of `schedule`, do `change` to what `query` finds."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str
    moment: str
    schedule: str = ""
    query: str = ""
    change: str = ""
    every: str = ""
    """How often a rule of `tick` acts again on the same ticket: "" once only, else an amount of time as it is typed."""
    active: bool = True
    since: datetime | None = Field(default=None, sa_type=Moment)
    """From when on it acts: since it was written or switched on. What was due before is not made up for."""
    position: int = 0
    removed: bool = False


rule_run = Table(
    "rule_run",
    SQLModel.metadata,
    Column("rule_id", Integer, ForeignKey("rule.id"), primary_key=True),
    Column("ticket_id", Integer, primary_key=True),
    Column("slot", BigInteger, primary_key=True),
    Column("at", Moment, nullable=False),
    sqlite_with_rowid=False,
)
"""What a rule of time has acted on, so that it never does so twice. `slot` is the time of its schedule as a wall
clock shows it, 0 for a rule of `tick`, -1 for what it could not do and leaves alone for a while.

`ticket_id` is 0 where it acted on no ticket. What happened to tickets is acted on once by `automation`'s row `events`.
"""
automation = Table(
    "automation",
    SQLModel.metadata,
    Column("name", String, primary_key=True),
    Column("upto", BigInteger),
    Column("holder", String, nullable=False, server_default=""),
    Column("until", Moment),
    sqlite_with_rowid=False,
)
"""What is done by itself, one row each: how far it has come, and who does it until when."""
ticket_service = Table(
    "ticket_service",
    SQLModel.metadata,
    Column("ticket_id", Integer, ForeignKey("ticket.id"), primary_key=True, autoincrement=False),
    Column("policy_id", Integer, ForeignKey("policy.id")),
    Column("course", String, nullable=False),
    Column("first_reply_at", Moment),
    Column("first_reply_due_at", Moment),
    Column("first_reply_risk_at", Moment),
    Column("first_reply_missed", Boolean),
    Column("first_reply_used", BigInteger),
    Column("resolution_due_at", Moment),
    Column("resolution_risk_at", Moment),
    Column("resolution_missed", Boolean),
    Column("resolution_used", BigInteger),
    Column("replies", Integer, nullable=False),
    Column("doing_at", Moment),
    Column("reopened_at", Moment),
    Column("reopened_soon", Boolean, nullable=False),
    Index("ticket_service_by_policy", "policy_id"),
)
"""A ticket's `course` as `domain.course` writes it, and its two clocks by its policy, see `domain.service_level`.

`replies` counts those of the team to the requester, `doing_at` is the first entry into a doing column, `reopened_at`
when it first left done, `reopened_soon` whether it ever did within five business days of being closed. `missed` of a
clock is null while that is open; `used` is in business milliseconds, as the figures count it.
"""
stay = Table(
    "stay",
    SQLModel.metadata,
    Column("ticket_id", Integer, ForeignKey("ticket.id"), primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("column_id", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    sqlite_with_rowid=False,
)
"""On which column a ticket stood from when until when, in order."""
