"""Calendars, policies, each ticket's clocks and course, rules; whether a comment was the team's word."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from helpdesk_tui.clock import zone_name
from helpdesk_tui.store.triggers import Trigger

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("comment", sa.Column("by_team", sa.Boolean(), nullable=True))
    # Nobody wrote down who was on the team when it was said: as it is now.
    op.execute(
        sa.text(
            "UPDATE comment SET by_team = EXISTS "
            "(SELECT 1 FROM person WHERE person.id = comment.author_id AND person.role IN ('admin', 'agent'))"
        )
    )
    op.add_column("ticket", sa.Column("sla_calendar_id", sa.Integer(), nullable=True))
    op.create_index("ticket_by_moments", "ticket", _MOMENTS)
    _due_totals()
    _service_levels()
    _rules()
    _standard()


def _due_totals() -> None:
    op.create_table(
        "due_total",
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("column_id", "hour"),
        sqlite_with_rowid=False,
    )
    hour, counts = _hour_and_whether_it_counts("ticket")
    op.execute(
        sa.text(
            f"INSERT INTO due_total SELECT column_id, {hour}, count(*) FROM ticket WHERE {counts} "
            f"GROUP BY column_id, {hour}"
        )
    )
    (is_hour, is_counted), (was_hour, was_counted) = map(_hour_and_whether_it_counts, ("new", "old"))
    one_more = (
        f"INSERT INTO due_total SELECT new.column_id, {is_hour}, 1 WHERE {is_counted} "
        "ON CONFLICT (column_id, hour) DO UPDATE SET tickets = due_total.tickets + 1"
    )
    one_less = (
        f"UPDATE due_total SET tickets = tickets - 1 "
        f"WHERE column_id = old.column_id AND hour = {was_hour} AND {was_counted}"
    )
    none_left = f"DELETE FROM due_total WHERE tickets = 0 AND column_id = old.column_id AND hour = {was_hour}"
    kept = (
        Trigger("ticket_added_due", "INSERT", "ticket", (one_more,)),
        Trigger(
            "ticket_changed_due",
            f"UPDATE OF {', '.join(_OF_DUE)}",
            "ticket",
            (one_less, one_more, none_left),
            changed=_OF_DUE,
        ),
        Trigger("ticket_gone_due", "DELETE", "ticket", (one_less, none_left)),
    )
    for trigger in kept:
        for statement in trigger.statements(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)


_OF_DUE = ("column_id", "gone", "closed_at", "due_at", "sla_due_at")


def _hour_and_whether_it_counts(row: str) -> tuple[str, str]:
    """The hour in which a ticket is due by its nearer moment, and whether it is open and due at all."""
    due = (
        f"CASE WHEN {row}.due_at IS NULL THEN {row}.sla_due_at "
        f"WHEN {row}.sla_due_at IS NULL OR {row}.due_at < {row}.sla_due_at THEN {row}.due_at "
        f"ELSE {row}.sla_due_at END"
    )
    counts = f"NOT {row}.gone AND {row}.closed_at IS NULL AND {due} = {due} + 0"
    return f"CAST({due} AS BIGINT) / 3600000", counts


def _service_levels() -> None:
    op.create_table(
        "calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("week", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("public_days", sa.Text(), nullable=False),
        sa.Column("own_days", sa.String(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("calendar_id", sa.Integer(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["calendar_id"], ["calendar.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "ticket_service",
        sa.Column("ticket_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("first_reply_at", sa.BigInteger(), nullable=True),
        sa.Column("first_reply_due_at", sa.BigInteger(), nullable=True),
        sa.Column("first_reply_risk_at", sa.BigInteger(), nullable=True),
        sa.Column("first_reply_missed", sa.Boolean(), nullable=True),
        sa.Column("first_reply_used", sa.BigInteger(), nullable=True),
        sa.Column("resolution_due_at", sa.BigInteger(), nullable=True),
        sa.Column("resolution_risk_at", sa.BigInteger(), nullable=True),
        sa.Column("resolution_missed", sa.Boolean(), nullable=True),
        sa.Column("resolution_used", sa.BigInteger(), nullable=True),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("doing_at", sa.BigInteger(), nullable=True),
        sa.Column("reopened_at", sa.BigInteger(), nullable=True),
        sa.Column("reopened_soon", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"]),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"]),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_index("ticket_service_by_policy", "ticket_service", ["policy_id"])
    op.create_table(
        "stay",
        sa.Column("ticket_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"]),
        sa.PrimaryKeyConstraint("ticket_id", "place"),
        sqlite_with_rowid=False,
    )


def _rules() -> None:
    op.create_table(
        "rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("schedule", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "rule_run",
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"]),
        sa.PrimaryKeyConstraint("rule_id", "ticket_id", "slot"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "automation",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=True),
        sa.Column("holder", sa.String(), nullable=False, server_default=""),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )


def _standard() -> None:
    """What every desk begins with, so that a newcomer sees clocks. Those of its tickets are still to be worked out."""
    calendar = sa.table("calendar", *map(sa.column, _OF_CALENDAR), sa.column("week", sa.JSON()))
    op.bulk_insert(
        calendar,
        [
            {
                "id": 1,
                "name": "Standard",
                "folded": "standard",
                "zone": zone_name(),
                "week": [[[8 * 60, 18 * 60]]] * 5 + [[], []],
                "country": "",
                "region": "",
                "public_days": "",
                "own_days": "",
                "removed": False,
            }
        ],
    )
    policy = sa.table("policy", *map(sa.column, _OF_POLICY), sa.column("targets", sa.JSON()))
    op.bulk_insert(
        policy,
        [
            {
                "id": 1,
                "name": "Standard",
                "folded": "standard",
                "query": "",
                "calendar_id": 1,
                "targets": _TARGETS,
                "position": 0,
                "removed": False,
            }
        ],
    )
    op.execute(
        sa.text(
            "INSERT INTO automation (name, upto, holder) SELECT 'clocks', 0, '' WHERE EXISTS (SELECT 1 FROM ticket)"
        )
    )


_MOMENTS = ["updated_at", "created_at", "closed_at", "replied_at", "due_at", "sla_due_at", "sla_risk_at"]
_OF_CALENDAR = ("id", "name", "folded", "zone", "country", "region", "public_days", "own_days", "removed")
_OF_POLICY = ("id", "name", "folded", "query", "calendar_id", "position", "removed")
_TARGETS = {"1": [16 * 60, 80 * 60], "2": [8 * 60, 40 * 60], "3": [4 * 60, 16 * 60], "4": [60, 8 * 60]}
"""By priority from low to critical: business minutes until the first reply and until the resolution."""
