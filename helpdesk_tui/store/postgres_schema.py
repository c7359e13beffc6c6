"""A desk's schema on PostgreSQL: whether it is one, making one in an empty schema, and what every table gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import text

from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store.unit_of_work import Unit

if TYPE_CHECKING:
    from helpdesk_tui.store.engine import Store

_MARK = "A desk of helpdesk (HDK1)"
"""The comment on the table of the schema's revision that says what it is the revision of."""

_LOOK = text("""
    SELECT current_schema() AS schema,
           (SELECT oid::bigint FROM pg_namespace WHERE nspname = current_schema()) AS id,
           coalesce(obj_description(to_regclass(quote_ident(current_schema()) || '.alembic_version'), 'pg_class'), '')
               = :mark AS is_desk,
           EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace) AS is_used,
           pg_is_in_recovery() OR NOT coalesce(
               has_table_privilege(to_regclass(quote_ident(current_schema()) || '.ticket'), 'INSERT'), true
           ) AS read_only,
           current_setting('server_encoding') AS encoding
""").bindparams(mark=_MARK)


class Place(Struct, frozen=True):
    """What stands where a desk is to be."""

    id: int
    """The schema's number."""
    is_desk: bool
    is_used: bool
    read_only: bool
    encoding: str


def look(unit: Unit) -> Place:
    """What the schema holds that the URL leads to. DeskUnusable if it leads to none."""
    row = unit.first(_LOOK)
    if row.id is None:
        raise DeskUnusable("There is no schema of yours in the database.", "Have one made, or name it in the URL.")
    # Locks are numbered by signed numbers of 32 bits.
    number = row.id if row.id < 2**31 else row.id - 2**32
    return Place(number, row.is_desk, row.is_used, row.read_only, row.encoding)


def make(store: Store, place: Place) -> None:
    """Make a desk in an empty schema; one that is there by then is left alone."""
    from helpdesk_tui.store.migrate import upgrade

    if place.is_used:
        raise DeskUnusable(
            f"The database {store.name} holds something else: no desk is in it.", "Name an empty database or schema."
        )
    if place.encoding != "UTF8":
        raise DeskUnusable(
            f"The database {store.name} keeps texts as {place.encoding}, a desk needs UTF8.",
            "Have it made with ENCODING 'UTF8' TEMPLATE template0.",
        )
    with store.writing() as unit:
        if not look(unit).is_used:  # another process may have been faster
            upgrade(unit)
            unit.connection.exec_driver_sql(f"COMMENT ON TABLE alembic_version IS '{_MARK}'")
            unit.commit()


def dress(unit: Unit) -> None:
    """Give the tables that came with an upgrade what SQLite's have by themselves.

    That is wide numbers, the next id where none is given, and references that can wait for the commit.
    """
    for table, column in unit.rows(_NARROW):
        unit.connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE bigint')
    unit.connection.exec_driver_sql(_NEXT_ID)
    for name in unit.scalars(_WITHOUT_IDS):
        unit.connection.exec_driver_sql(
            f'CREATE TRIGGER next_id BEFORE INSERT ON "{name}" '
            "FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION next_id()"
        )
    for table, constraint in unit.rows(_STRICT_REFERENCES):
        unit.connection.exec_driver_sql(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{constraint}" DEFERRABLE')


# As in SQLite the next id is one more than the last. Writers take turns, so no two get the same.
_NEXT_ID = """
CREATE OR REPLACE FUNCTION next_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'SELECT coalesce(max(id), 0) + 1 FROM ' || TG_RELID::regclass INTO NEW.id;
    RETURN NEW;
END $$
"""
_NARROW = text("""
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'integer'
""")
_WITHOUT_IDS = text("""
    SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
      AND attname = 'id' AND atttypid = 'int8'::regtype
      AND NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'next_id')
    ORDER BY relname
""")
_STRICT_REFERENCES = text("""
    SELECT relname, conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE contype = 'f' AND NOT condeferrable AND relnamespace = current_schema()::regnamespace
""")
