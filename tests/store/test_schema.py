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

from helpdesk_tui.desk import boards, checklist, merging, tickets, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store import migrate, migrations
from helpdesk_tui.store.sqlite import APPLICATION_ID
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
        monkeypatch.setattr(migrate, "upgrade", None)
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


# A desk as earlier revisions had it, with something in every table they had for a ticket.


@pytest.fixture(params=["0001", "0002"])
def earlier(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk of an earlier revision, worked with; the folder."""
    copied = tmp_path / "then"
    shutil.copytree(migrate.SCRIPTS, copied)
    for script in (copied / "versions").glob("[0-9]*.py"):
        if script.name[:4] > request.param:
            script.unlink()
    folder = tmp_path / "earlier"
    with monkeypatch.context() as then:
        then.setattr(migrate, "SCRIPTS", copied)
        migrate.create(folder / "desk.db")
    with closing(sqlite3.connect(folder / "desk.db")) as desk, desk:
        for table, values in WORKED_WITH:
            put(desk, table, values)
    return folder


WORKED_WITH: list[tuple[str, dict[str, object]]] = [
    ("person", {"id": 1, "login": "admin", "uid": 1000, "name": "Ann Admin", "role": "admin", "active": 1}),
    ("board", {"id": 1, "name": "Support", "folded": "support"}),
    *(
        ("board_column", {"id": at, "board_id": 1, "name": word, "folded": word, "category": word, "position": at})
        for at, word in enumerate(("todo", "doing", "done"), 1)
    ),
    *(
        ("ticket", {"id": at, "board_id": 1, "column_id": 1, "rank": f"a{at}", "title": title, "requester_id": 1})
        for at, title in enumerate(("Printer is dead", "Printer on floor 2", "Archived"), 1)
    ),
    ("label", {"id": 1, "name": "vpn", "folded": "vpn"}),
    ("ticket_label", {"label_id": 1, "ticket_id": 1}),
    ("check_step", {"id": 1, "ticket_id": 1, "rank": "a", "text": "toner"}),
    ("comment", {"id": 1, "ticket_id": 1, "author_id": 1, "speech": "note", "body": "zanzibar"}),
    ("time_entry", {"id": 1, "ticket_id": 1, "person_id": 1, "minutes": 25}),
    ("watcher", {"person_id": 1, "ticket_id": 1}),
    ("ticket_link", {"ticket_id": 1, "relation": "relates", "other_id": 2}),
    ("change_set", {"id": 1, "actor_id": 1, "summary": "#1 Printer is dead", "kind": "do"}),
    (
        "event",
        {"id": 1, "change_set_id": 1, "actor_id": 1, "ticket_id": 1, "entity": "ticket", "entity_id": 1,
         "kind": "created", "delta": '{"removed": [true, false]}', "detail": "{}"},
    ),
]  # fmt: skip


def put(desk: sqlite3.Connection, table: str, values: dict[str, object]) -> None:
    """Insert a row; what must be there and is not named is empty or 0, moments are those of today."""
    row: dict[str, object] = {}
    for _, name, kind, needed, _, _ in desk.execute(f"PRAGMA table_info({table})"):
        if needed and name != "id":
            row[name] = "" if kind in ("VARCHAR", "TEXT") else AT if name.endswith("at") else 0
    row |= values
    marks = ", ".join("?" * len(row))
    desk.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    if values.get("title") == "Archived":
        desk.execute("UPDATE ticket SET archived_at = ?, gone = 1 WHERE id = ?", (AT, values["id"]))


AT = 1_795_600_000_000


class TestADeskOfAnEarlierRevision:
    def test_its_schema_is_that_of_a_fresh_one(self, earlier: Path, tmp_path: Path) -> None:
        a_desk(earlier).close()
        a_desk(tmp_path / "fresh").close()
        assert schema(earlier / "desk.db") == schema(tmp_path / "fresh" / "desk.db")

    def test_everything_in_it_is_there(self, earlier: Path) -> None:
        desk = a_desk(earlier)
        found = tickets.open_ticket(desk, 1)
        assert (found.card.title, found.card.column, found.watchers) == ("Printer is dead", "todo", ("admin",))
        assert [label.name for label in found.card.labels] == ["vpn"]
        assert [(step.text, step.done, step.checklist) for step in found.checklist] == [("toner", False, "")]
        assert [comment.body for comment in found.conversation] == ["zanzibar"]
        assert [link.number for link in found.links] == [2]
        assert [entry.what for entry in found.history] == ["created the ticket"]
        assert (found.merged_into, found.files, found.times[0].minutes) == (None, (), 25)
        assert tickets.numbers(desk, desk.ask("zanzibar")) == [1]
        state = boards.read(desk, boards.Question(1, desk.ask("")))
        assert [column.total for column in state.columns] == [2, 0, 0]

    def test_what_is_new_works_on_what_was_there_before(self, earlier: Path) -> None:
        desk = a_desk(earlier)
        checklist.add(desk, 1, ["more"], "Second list")
        merging.merge(desk, [1], 2)
        found = tickets.open_ticket(desk, 2)
        assert [(step.text, step.checklist) for step in found.checklist] == [("toner", ""), ("more", "Second list")]
        assert tickets.numbers(desk, desk.ask("zanzibar")) == [2]
        undo.undo(desk)
        assert tickets.numbers(desk, desk.ask("zanzibar")) == [1]


def schema(path: Path) -> dict[str, list[str]]:
    """The columns of each table, by name, and the SQL of indexes and triggers."""
    with closing(sqlite3.connect(path)) as desk:
        found = {name: [sql] for name, sql in desk.execute("SELECT name, sql FROM sqlite_master WHERE type != 'table'")}
        for (name,) in desk.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            found[name] = sorted(map(str, (row[1:] for row in desk.execute(f"PRAGMA table_info({name})"))))
    return found


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
