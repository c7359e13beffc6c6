"""What people can do and when they are there, membership and looks of boards, and the keys of the gate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_YES_OR_NO = sa.false()
_COLUMNS = {
    "organization": (sa.Column("domains", sa.String(), nullable=False, server_default=""),),
    "person": (
        sa.Column("skills", sa.String(), nullable=False, server_default=""),
        sa.Column("languages", sa.String(), nullable=False, server_default=""),
        sa.Column("zone", sa.String(), nullable=False, server_default=""),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("away_from", sa.BigInteger(), nullable=True),
        sa.Column("away_until", sa.BigInteger(), nullable=True),
        sa.Column("color", sa.String(), nullable=False, server_default=""),
        sa.Column("initials", sa.String(), nullable=False, server_default=""),
        sa.Column("other_mails", sa.String(), nullable=False, server_default=""),
        sa.Column("erased", sa.Boolean(), nullable=False, server_default=_YES_OR_NO),
    ),
    "board": (
        sa.Column("members_only", sa.Boolean(), nullable=False, server_default=_YES_OR_NO),
        sa.Column("archive_after", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
    ),
    "board_column": (
        sa.Column("hard", sa.Boolean(), nullable=False, server_default=_YES_OR_NO),
        sa.Column("color", sa.String(), nullable=False, server_default=""),
    ),
}


def upgrade() -> None:
    for table, columns in _COLUMNS.items():
        for column in columns:
            op.add_column(table, column)
    # SQLite adds a reference only together with its column.
    op.execute(sa.text("ALTER TABLE person ADD COLUMN merged_into_id INTEGER REFERENCES person (id)"))
    # Without it each ticket of a bulk has SQLite look through all others for one that refers to it.
    op.create_index("ix_ticket_merged_into_id", "ticket", ["merged_into_id"])
    op.create_table(
        "board_member",
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["board.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("board_id", "person_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_board_member_person_id", "board_member", ["person_id"])
    op.create_table(
        "ssh_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_ssh_key_person_id", "ssh_key", ["person_id"])
    op.create_index("ix_ssh_key_data", "ssh_key", ["data"])
