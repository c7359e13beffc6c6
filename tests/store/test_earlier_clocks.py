"""A desk from before there were service levels: its clocks come from what was recorded all along."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, BigInteger, Boolean, Connection, Integer, MetaData, Table, create_engine, insert, text

from helpdesk_tui.desk import conversation, service_levels, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.store import bulk, migrate, service
from helpdesk_tui.store.postgres import PostgresStore
from helpdesk_tui.store.tables import to_stored
from tests import engines
from tests.builders import NOON, a_desk, a_ticket

pytestmark = pytest.mark.filterwarnings("ignore:Column .* is marked as a member of the primary key")

HOUR = 3_600_000
BEGAN = to_stored(NOON) - 30 * HOUR
"""A Tuesday morning at six."""

TODO, DOING, DONE = 1, 2, 3
ADMIN, KAI, BOB = 1, 2, 3


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk of revision 0004 with three tickets, opened by this program."""
    scripts = tmp_path / "then"
    shutil.copytree(migrate.SCRIPTS, scripts)
    for script in (scripts / "versions").glob("[0-9]*.py"):
        if script.name[:4] > "0004":
            script.unlink()
    with monkeypatch.context() as then:
        then.setattr(migrate, "SCRIPTS", scripts)
        engine = create_engine(made(tmp_path / "earlier"))
    with engine.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0004"
        Past(connection).happen()
    engine.dispose()
    with closing(a_desk(tmp_path / "earlier")) as opened:
        yield opened


def made(folder: Path) -> str:
    """An empty desk in that folder; its URL."""
    if engines.on_postgres():
        url = engines.a_url(folder)
        PostgresStore(url).close()
        return url.text
    migrate.create(folder / "desk.db")
    return f"sqlite:///{folder / 'desk.db'}"


class Past:
    """Writes what the program of then had written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tables: dict[str, Table] = {}

    def happen(self) -> None:
        for number, name, role in (
            (ADMIN, "Ann Admin", "admin"),
            (KAI, "Kai Kask", "requester"),
            (BOB, "Bob", "agent"),
        ):
            uid = 1000 if number == ADMIN else None
            self.put(
                "person", id=number, name=name, folded=name.lower(), role=role, active=True, uid=uid, login=name[:3]
            )
        self.put("board", id=1, name="Support", folded="support")
        for number, word in ((TODO, "todo"), (DOING, "doing"), (DONE, "done")):
            self.put("board_column", id=number, board_id=1, name=word, folded=word, category=word, position=number)
        self.put("change_set", id=1, actor_id=ADMIN, at=BEGAN, summary="all that was done", kind="do")
        self.put("change_set", id=2, actor_id=ADMIN, at=BEGAN, summary="taken back", kind="do")
        self.put("change_set", id=3, actor_id=ADMIN, at=BEGAN, summary="undone", kind="undo", of_id=2)
        self._connection.execute(text("UPDATE change_set SET undone_by_id = 3 WHERE id = 2"))
        self.answered_and_closed(1)
        self.waiting(2)
        self.closed_by_mistake(3)

    def answered_and_closed(self, number: int) -> None:
        closed = BEGAN + 8 * HOUR
        self.ticket(number, column_id=DONE, closed_at=closed)
        self.said(number, BOB, BEGAN + 3 * HOUR)
        self.event(number, BEGAN + 2 * HOUR, column_id=[TODO, DOING])
        self.event(number, closed, column_id=[DOING, DONE], closed_at=[None, closed])

    def waiting(self, number: int) -> None:
        self.ticket(number, status="waiting")
        self.said(number, KAI, BEGAN + 3 * HOUR)
        self.event(number, BEGAN + 4 * HOUR, status=["", "waiting"])

    def closed_by_mistake(self, number: int) -> None:
        self.ticket(number)
        at = BEGAN + 5 * HOUR
        self.event(number, at, change_set=2, column_id=[TODO, DONE], closed_at=[None, at])
        self.event(number, at + HOUR, change_set=3, column_id=[DONE, TODO], closed_at=[at, None])

    def ticket(self, number: int, **fields: Any) -> None:
        plain = {"board_id": 1, "column_id": TODO, "rank": f"a{number}", "title": "Printer", "folded": "printer"}
        moments = {"created_at": BEGAN, "updated_at": BEGAN}
        self.put("ticket", id=number, requester_id=KAI, priority=2, version=1, **plain | moments | fields)
        self.event(number, BEGAN, kind="created", removed=[True, False])

    def said(self, number: int, who: int, at: int) -> None:
        self.put("comment", ticket_id=number, author_id=who, speech="reply", body="An answer", at=at)

    def event(self, number: int, at: int, *, kind: str = "changed", change_set: int = 1, **delta: Any) -> None:
        about = {"ticket_id": number, "entity": "ticket", "entity_id": number}
        self.put("event", change_set_id=change_set, actor_id=BOB, kind=kind, at=at, delta=delta, detail={}, **about)

    def put(self, name: str, /, **values: Any) -> None:
        """Insert a row; what must be there and is not named is empty, 0 or false."""
        table = self._tables.get(name)
        if table is None:
            table = self._tables[name] = Table(name, MetaData(), autoload_with=self._connection)
        row = {column.name: _nothing(column.type) for column in table.c if not column.nullable and column.name != "id"}
        self._connection.execute(insert(table), row | values)


def _nothing(kind: Any) -> Any:
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, JSON):
        return {}
    return 0 if isinstance(kind, Integer | BigInteger) else ""


def row_of(desk: Desk, number: int) -> Any:
    with desk.store.reading() as unit:
        return unit.first(text(f"SELECT * FROM ticket_service WHERE ticket_id = {number}"))


def test_its_clocks_are_behind_until_they_are_caught_up(desk: Desk) -> None:
    with desk.store.reading() as unit:
        assert service.behind(unit) == 0
    assert row_of(desk, 1) is None
    service_levels.catch_up(desk)
    with desk.store.reading() as unit:
        assert service.behind(unit) is None
        assert unit.scalar(text("SELECT count(*) FROM ticket_service")) == 3


def test_what_was_answered_and_closed_counts_from_then(desk: Desk) -> None:
    service_levels.catch_up(desk)
    found = row_of(desk, 1)
    assert found.course == f"r{BEGAN} d{BEGAN + 8 * HOUR}"
    assert (found.first_reply_at, found.replies, found.doing_at) == (BEGAN + 3 * HOUR, 1, BEGAN + 2 * HOUR)
    assert (found.first_reply_used, found.resolution_used) == (1 * HOUR, 6 * HOUR)
    assert [bool(found.first_reply_missed), bool(found.resolution_missed)] == [False, False]


def test_a_requester_s_own_answer_was_none_of_the_team(desk: Desk) -> None:
    service_levels.catch_up(desk)
    found = row_of(desk, 2)
    assert (found.course, found.replies) == (f"r{BEGAN} w{BEGAN + 4 * HOUR}", 0)
    assert (found.first_reply_missed, found.resolution_due_at) == (None, None)


def test_what_was_undone_then_never_was(desk: Desk) -> None:
    service_levels.catch_up(desk)
    assert row_of(desk, 3).course == f"r{BEGAN}"
    card = tickets.open_ticket(desk, 3).card
    assert card.sla_due == NOON.replace(hour=16) - timedelta(days=1)


def test_a_ticket_worked_on_before_has_its_clocks_at_once(desk: Desk) -> None:
    conversation.reply(desk, 3, "Here it is")
    assert row_of(desk, 3).replies == 1
    before = row_of(desk, 3)
    service_levels.catch_up(desk)
    assert row_of(desk, 3) == before


def test_a_new_ticket_does_not_end_the_catching_up(desk: Desk) -> None:
    number = a_ticket(desk)
    assert row_of(desk, number) is not None
    service_levels.catch_up(desk)
    with desk.store.reading() as unit:
        rows = unit.scalar(text("SELECT count(*) FROM ticket_service"))
        assert rows == len(bulk.all_tickets(unit)) == 4
