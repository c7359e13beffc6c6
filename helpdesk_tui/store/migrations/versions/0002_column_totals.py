"""How many tickets stand on each column, kept by triggers: the board shows it after every key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ONE_MORE = (
    "INSERT INTO column_total SELECT new.column_id, 1 WHERE NOT new.gone "
    "ON CONFLICT (column_id) DO UPDATE SET tickets = tickets + 1"
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
    for statement in (
        "INSERT INTO column_total SELECT column_id, count(*) FROM ticket WHERE NOT gone GROUP BY column_id",
        f"CREATE TRIGGER ticket_added_total AFTER INSERT ON ticket BEGIN {_ONE_MORE}; END",
        "CREATE TRIGGER ticket_moved_total AFTER UPDATE OF column_id, gone ON ticket "
        "WHEN new.column_id IS NOT old.column_id OR new.gone IS NOT old.gone "
        f"BEGIN {_ONE_LESS}; {_ONE_MORE}; END",
        f"CREATE TRIGGER ticket_gone_total AFTER DELETE ON ticket BEGIN {_ONE_LESS}; END",
    ):
        op.execute(sa.text(statement))
