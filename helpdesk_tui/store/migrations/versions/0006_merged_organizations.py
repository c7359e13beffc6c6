"""Two organizations that are one: what became of the one that is no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    # SQLite adds a reference only together with its column.
    op.execute(sa.text("ALTER TABLE organization ADD COLUMN merged_into_id INTEGER REFERENCES organization (id)"))
