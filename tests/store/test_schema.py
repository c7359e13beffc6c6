"""The schema: what the migrations make is what the tables say, and an older desk is brought up to it safely."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from textwrap import dedent

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from helpdesk_tui.desk import tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store import migrate, migrations
from helpdesk_tui.store.engine import APPLICATION_ID
from tests.builders import a_desk, a_ticket
from tests.store.elsewhere import Say, away

WITH_AN_ORDER = {"ticket_by_urgency", "ticket_by_closing"}
"""Indexes with DESC in them, which cannot be read back: they are held to their SQL instead."""

NEXT = """
    import time
    from pathlib import Path
    import sqlalchemy as sa
    from alembic import op

    revision = "9999"
    down_revision = {head!r}


    def upgrade():
        op.add_column("label", sa.Column("meaning", sa.String(), nullable=False, server_default="none yet"))
        op.execute("UPDATE ticket SET title = title || '!'")
        half = Path({half!r})
        if half.exists():
            half.unlink()
            time.sleep(60)
"""


def newest_script() -> str:
    return max(path.name.split("_")[0] for path in (migrate.SCRIPTS / "versions").glob("[0-9]*.py"))


class TestAFreshDesk:
    @pytest.mark.filterwarnings("ignore:autogenerate skipping")
    def test_its_schema_is_what_the_tables_say(self, desk: Desk) -> None:
        def ours(name: str | None, kind: str, _parents: object) -> bool:
            text_index = kind == "table" and str(name).startswith(("ticket_search", "alembic_version"))
            return not text_index and name not in WITH_AN_ORDER

        def reflected(_item: object, name: str | None, kind: str, *_more: object) -> bool:
            return ours(name, kind, None)

        options = {"compare_type": True, "include_name": ours, "include_object": reflected}
        with desk.store.reading() as unit:
            context = MigrationContext.configure(unit.connection, opts=options)
            assert compare_metadata(context, SQLModel.metadata) == []

    @pytest.mark.parametrize(
        ("index", "sql"),
        [
            ("ticket_by_urgency", "ON ticket (column_id, gone, priority DESC, rank, id)"),
            ("ticket_by_closing", "ON ticket (column_id, gone, closed_at DESC, id DESC)"),
        ],
    )
    def test_the_orders_of_a_board_have_their_index(self, desk: Desk, index: str, sql: str) -> None:
        with desk.store.reading() as unit:
            made = unit.scalar(text(f"SELECT sql FROM sqlite_master WHERE name = '{index}'"))
        assert made == f"CREATE INDEX {index} {sql}"

    def test_it_is_marked_as_a_desk(self, desk: Desk) -> None:
        header = desk.store.path.read_bytes()[:100] if desk.close() is None else b""
        assert header[:16] == b"SQLite format 3\0"
        assert int.from_bytes(header[68:72], "big") == APPLICATION_ID

    def test_it_says_which_schema_it_has(self, desk: Desk) -> None:
        with desk.store.reading() as unit:
            assert unit.rows(text("SELECT version_num FROM alembic_version")) == [(migrations.HEAD,)]

    def test_opening_it_again_needs_no_migration(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        a_desk(tmp_path).close()
        monkeypatch.setattr(migrate, "_upgrade", None)
        a_desk(tmp_path).close()
        assert not (tmp_path / "desk.db-backups").exists()


def test_the_program_works_with_the_newest_script() -> None:
    assert newest_script() == migrations.HEAD


def test_every_script_is_named_as_its_revision() -> None:
    for path in (migrate.SCRIPTS / "versions").glob("[0-9]*.py"):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        assert path.name.startswith(f"{module.revision}_")


# An older desk. The next revision is made up.


def the_next_program(scripts: Path) -> None:
    """Make this process the next version of helpdesk, whose migrations are in that folder."""
    migrate.SCRIPTS = scripts
    migrate.HEAD = "9999"  # type: ignore[misc]


def open_as_the_next_program(say: Say, folder: Path, scripts: Path) -> None:
    the_next_program(scripts)
    desk = a_desk(folder)
    say([card.title for card in tickets.find(desk, desk.ask(""))])
    desk.close()


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A desk of today, seen by the program of tomorrow; the folder."""
    folder = tmp_path / "older"
    desk = a_desk(folder)
    a_ticket(desk, "Printer is dead")
    desk.close()
    return folder


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    copied = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, copied)
    source = dedent(NEXT).format(head=migrations.HEAD, half=str(tmp_path / "half"))
    (copied / "versions" / "9999_next.py").write_text(source)
    return copied


@pytest.fixture
def tomorrow(older: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(migrate, "HEAD", "9999")


def seen_plainly(path: Path) -> tuple[str, list[str], bool]:
    """The revision, the titles, and whether labels have a meaning, without helpdesk."""
    with closing(sqlite3.connect(path)) as desk:
        ((revision,),) = desk.execute("SELECT version_num FROM alembic_version")
        titles = [title for (title,) in desk.execute("SELECT title FROM ticket")]
        columns = [row[1] for row in desk.execute("PRAGMA table_info(label)")]
    return revision, titles, "meaning" in columns


UPGRADED = ("9999", ["Printer is dead!"], True)
UNTOUCHED = (migrations.HEAD, ["Printer is dead"], False)


@pytest.mark.usefixtures("tomorrow")
class TestAnOlderDesk:
    def test_it_is_upgraded_with_its_record(self, older: Path) -> None:
        a_desk(older).close()
        assert seen_plainly(older / "desk.db") == UPGRADED

    def test_it_is_backed_up_first(self, older: Path) -> None:
        a_desk(older).close()
        (backup,) = (older / "desk.db-backups").iterdir()
        assert backup.name == f"20261125T120000-schema-{migrations.HEAD}.db"
        assert backup.stat().st_mode & 0o777 == 0o600
        assert seen_plainly(backup) == UNTOUCHED

    def test_without_its_backup_it_is_not_touched(self, older: Path) -> None:
        (older / "desk.db-backups").write_text("in the way")
        with pytest.raises(DeskUnusable, match="backup folder"):
            a_desk(older)
        assert seen_plainly(older / "desk.db") == UNTOUCHED

    def test_a_migration_that_fails_leaves_it_as_it_was(self, older: Path, scripts: Path) -> None:
        script = scripts / "versions" / "9999_next.py"
        script.write_text(script.read_text() + '    op.execute("SELECT * FROM nothing")\n')
        with pytest.raises(DeskUnusable):
            a_desk(older)
        assert seen_plainly(older / "desk.db") == UNTOUCHED

    def test_text_search_still_follows(self, older: Path) -> None:
        desk = a_desk(older)
        tickets.change_text(desk, [1], 'title:"Scanner"')
        assert tickets.count(desk, desk.ask("scanner")) == 1
        assert tickets.count(desk, desk.ask("printer")) == 0


def test_a_migration_killed_half_way_leaves_the_old_desk_whole(older: Path, scripts: Path) -> None:
    half = scripts.with_name("half")
    half.touch()
    with away(open_as_the_next_program, older, scripts) as upgrader:
        while half.exists():
            time.sleep(0.01)
        upgrader.signal(signal.SIGKILL)
    assert seen_plainly(older / "desk.db") == UNTOUCHED
    desk = a_desk(older)
    assert a_ticket(desk) == 2


def test_two_processes_upgrading_at_once_do_it_once(older: Path, scripts: Path) -> None:
    with (
        away(open_as_the_next_program, older, scripts) as one,
        away(open_as_the_next_program, older, scripts) as another,
    ):
        assert [one.rest(), another.rest()] == [[["Printer is dead!"]]] * 2
    assert seen_plainly(older / "desk.db") == UPGRADED


def test_a_newer_desk_is_refused_and_not_touched(older: Path) -> None:
    path = older / "desk.db"
    with closing(sqlite3.connect(path)) as desk, desk:
        desk.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(DeskUnusable, match="newer helpdesk") as refused:
        a_desk(older)
    assert "Upgrade this program" in refused.value.hint
    assert path.read_bytes() == before
    assert not os.path.exists(older / "desk.db-backups")
