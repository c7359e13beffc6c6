"""How many tickets stand on each column, kept by triggers: the board shows it after every key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from helpdesk_tui.store.triggers import Trigger

revision = "0002"
down_revision = "0001"

_ONE_MORE = (
    "INSERT INTO column_total SELECT new.column_id, 1 WHERE NOT new.gone "
    "ON CONFLICT (column_id) DO UPDATE SET tickets = column_total.tickets + 1"
)
_ONE_LESS = "UPDATE column_total SET tickets = tickets - 1 WHERE column_id = old.column_id AND NOT old.gone"


def upgrade() -> None:
    op.create_table(
        "column_total",
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["column_id"], ["board_column.id"]),
        sa.PrimaryKeyConstraint("column_id"),
    )
    op.execute("INSERT INTO column_total SELECT column_id, count(*) FROM ticket WHERE NOT gone GROUP BY column_id")
    kept = (
        Trigger("ticket_added_total", "INSERT", "ticket", (_ONE_MORE,)),
        Trigger(
            "ticket_moved_total",
            "UPDATE OF column_id, gone",
            "ticket",
            (_ONE_LESS, _ONE_MORE),
            changed=("column_id", "gone"),
        ),
        Trigger("ticket_gone_total", "DELETE", "ticket", (_ONE_LESS,)),
    )
    for trigger in kept:
        for statement in trigger.statements(op.get_bind().dialect.name):
            op.get_bind().exec_driver_sql(statement)
