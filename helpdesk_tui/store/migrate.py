"""Bringing a desk's schema up to what this program works with.

A fresh desk is built beside its place and put there whole, so that a crash leaves either a desk or nothing. An older
one is backed up first; its changes and their record commit together. Alembic is imported only if there is work for it.
"""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store import modes
from helpdesk_tui.store.engine import Store
from helpdesk_tui.store.faults import reason
from helpdesk_tui.store.migrations import HEAD
from helpdesk_tui.store.sqlite import APPLICATION_ID, SqliteStore
from helpdesk_tui.store.unit_of_work import Unit

SCRIPTS = Path(__file__).parent / "migrations"


def create(path: Path) -> None:
    """Make a new, empty desk at `path`, readable by its owner only; a desk that is there by then is left alone."""
    try:
        make_folder(path.parent)
        building = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
        os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except (OSError, ValueError) as error:
        if isinstance(error, PermissionError):
            modes.refuse_closed_folder(path)
        raise DeskUnusable(
            f"A new desk cannot be made at {path}: {reason(error)}.", "Name another place with --desk or HELPDESK_DESK."
        ) from error
    try:
        _build(building)
        os.link(building, path)
    except FileExistsError:
        pass  # somebody else made it in the meantime
    except OSError as error:
        raise DeskUnusable(f"A new desk cannot be made at {path}: {error.strerror}.", "Name another place.") from error
    finally:
        for leftover in (building, *(building.with_name(building.name + end) for end in ("-wal", "-shm", "-queue"))):
            leftover.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, each for its owner only, whatever the umask."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def _build(building: Path) -> None:
    store = SqliteStore(building, being_built=True)
    try:
        with store.writing() as unit:
            unit.connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            upgrade(unit)
            unit.commit()
    finally:
        store.close()


def bring_up(store: Store, at: datetime) -> None:
    """Check that it is a desk this program can work with, and upgrade it if it is an older one."""
    revision = revision_of(store)
    if revision is None:
        raise DeskUnusable(f"The desk {store.name} does not say which schema it has.", "Restore the latest backup.")
    if revision == HEAD:
        return
    if revision > HEAD:
        raise DeskUnusable(
            f"The desk {store.name} was made by a newer helpdesk (schema {revision}, this one knows {HEAD}).",
            "Upgrade this program; the desk was not touched.",
        )
    if store.read_only:
        raise DeskUnusable(
            f"The desk {store.name} is of an older helpdesk (schema {revision}) and read only: it cannot be upgraded.",
            "Open a copy of it, or have its owner open it once with this program.",
        )
    store.back_up(f"schema-{revision}", at)
    with store.writing() as unit:
        if _revision(unit) != HEAD:  # another process may have been faster
            upgrade(unit)
            unit.commit()


def revision_of(store: Store) -> str | None:
    """The schema's revision as the desk records it, None where there is no record."""
    with store.reading() as unit:
        return _revision(unit)


def _revision(unit: Unit) -> str | None:
    """The schema's revision as the desk records it, None where there is no record. Revisions sort as text."""
    if not unit.has_table("alembic_version"):
        return None
    revision: str | None = unit.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def upgrade(unit: Unit) -> None:
    """Bring the schema that this unit of work is on up to `HEAD`."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    script = ScriptDirectory.from_config(config)

    def steps(revision: str, _context: object) -> Any:
        return script._upgrade_revs("head", revision)

    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(connection=unit.connection, transactional_ddl=True)
        environment.run_migrations()
    unit.upgraded()
