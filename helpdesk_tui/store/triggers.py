"""Triggers in the words of both engines, so that each is written down once.

On PostgreSQL they hold still in a transaction that has `BULK` on; SQLite has to drop and make them anew for that.
"""

from __future__ import annotations

from msgspec import Struct

POSTGRESQL = "postgresql"
"""What SQLAlchemy calls that engine; whatever else there is, is SQLite."""

BULK = "helpdesk.bulk"


class Trigger(Struct, frozen=True):
    """After each row of `table` that `event` befalls, do these statements; `changed`: only if one of these differs.

    `referring`: they delete what refers to the row, which PostgreSQL wants gone before it.
    """

    name: str
    event: str
    table: str
    does: tuple[str, ...]
    changed: tuple[str, ...] = ()
    referring: bool = False

    def statements(self, engine: str) -> list[str]:
        """The SQL that makes it."""
        return self._on_postgresql() if engine == POSTGRESQL else [self._on_sqlite()]

    def _on_sqlite(self) -> str:
        differ = " OR ".join(f"new.{column} IS NOT old.{column}" for column in self.changed)
        when = f" WHEN {differ}" if differ else ""
        return f"CREATE TRIGGER {self.name} AFTER {self.event} ON {self.table}{when} BEGIN {'; '.join(self.does)}; END"

    def _on_postgresql(self) -> list[str]:
        differ = " OR ".join(f"new.{column} IS DISTINCT FROM old.{column}" for column in self.changed)
        awake = f"current_setting('{BULK}', true) IS DISTINCT FROM 'on'"
        when, gives = ("BEFORE", "old") if self.referring else ("AFTER", "NULL")
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ "
            f"BEGIN {'; '.join(self.does)}; RETURN {gives}; END $$",
            f"CREATE TRIGGER {self.name} {when} {self.event} ON {self.table} FOR EACH ROW "
            f"WHEN ({awake}{f' AND ({differ})' if differ else ''}) EXECUTE FUNCTION {self.name}()",
        ]


def history_guards(engine: str) -> list[str]:
    """Triggers that keep the event log as it was written."""
    if engine == POSTGRESQL:
        return [
            "CREATE FUNCTION event_never_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION 'the history is never changed' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$",
            "CREATE TRIGGER event_never_change BEFORE UPDATE OR DELETE ON event "
            "FOR EACH ROW EXECUTE FUNCTION event_never_change()",
            "CREATE TRIGGER event_never_truncate BEFORE TRUNCATE ON event "
            "FOR EACH STATEMENT EXECUTE FUNCTION event_never_change()",
        ]
    refuse = "BEGIN SELECT raise(ABORT, 'the history is never changed'); END"
    return [
        f"CREATE TRIGGER event_never_update BEFORE UPDATE ON event {refuse}",
        f"CREATE TRIGGER event_never_delete BEFORE DELETE ON event {refuse}",
        # REPLACE deletes without asking the trigger of DELETE.
        "CREATE TRIGGER event_never_replace BEFORE INSERT ON event "
        f"WHEN EXISTS (SELECT 1 FROM event WHERE id = new.id) {refuse}",
    ]
