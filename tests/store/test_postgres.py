"""A desk on a PostgreSQL server: how it is made, found, shared, cut off and found again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

from helpdesk_tui.desk import conversation, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk_url import DeskUrl
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.words import tokens
from helpdesk_tui.errors import DeskBusy, DeskUnusable, NotFound, UsageError
from helpdesk_tui.exchange import demo
from helpdesk_tui.store import bulk
from helpdesk_tui.store.migrations import HEAD
from helpdesk_tui.store.postgres import PostgresStore
from tests import engines
from tests.builders import a_desk, a_ticket, as_uid, desk_of
from tests.postgres import Server, server

OWN_TABLES = {"ticket_search", "search_sign"}


@pytest.fixture(autouse=True)
def _on_a_server() -> Iterator[None]:
    with engines.chosen(engines.POSTGRESQL):
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = a_desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def url() -> DeskUrl:
    """An empty database."""
    return engines.a_url()


def finds(desk: Desk, words: str) -> list[int]:
    return sorted(tickets.numbers(desk, desk.ask(words)))


class TestMaking:
    def test_an_empty_database_gets_a_desk_of_this_schema(self, url: DeskUrl) -> None:
        store = PostgresStore(url)
        with store.reading() as unit:
            assert unit.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
        with create_engine(url.text).connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": False})
            found = compare_metadata(context, SQLModel.metadata)
            # References here can wait for the commit, and some indexes leave rows out.
            known = {"add_fk", "remove_fk", "add_index", "remove_index"}
            strange = [change for change in found if change[0] not in known]
            strange = [change for change in strange if getattr(change[1], "name", "") not in OWN_TABLES]
            assert strange == []
        store.close()

    def test_several_at_once_make_one(self, url: DeskUrl) -> None:
        made: list[PostgresStore] = []
        threads = [threading.Thread(target=lambda: made.append(PostgresStore(url))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 4
        for store in made:
            store.close()

    def test_a_database_that_holds_something_else_is_refused_and_left_alone(self, url: DeskUrl) -> None:
        server().sql("CREATE TABLE accounts (id int)", engines.database_of(url))
        with pytest.raises(DeskUnusable, match="holds something else"):
            PostgresStore(url)
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert server().sql(tables, engines.database_of(url)) == [(1,)]

    def test_none_is_made_where_one_is_to_be_found(self, url: DeskUrl) -> None:
        with pytest.raises(NotFound, match="no desk"):
            PostgresStore(url, new=False)

    def test_a_schema_of_its_own_will_do(self, url: DeskUrl) -> None:
        server().sql("CREATE TABLE accounts (id int)", engines.database_of(url))
        server().sql("CREATE SCHEMA team", engines.database_of(url))
        store = PostgresStore(DeskUrl(f"{url.text}&options=-csearch_path%3Dteam"))
        with store.reading() as unit:
            assert unit.has_table("ticket")
        store.close()

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda url: url.replace("/desk_", "/nowhere_"), "no such database"),
            (lambda url: url.replace("host=", "host=/nowhere"), "cannot be reached"),
            (lambda url: url.replace("desk@", "nobody:geheim@"), "does not let you in"),
        ],
    )
    def test_what_cannot_be_opened_is_said_in_one_sentence_without_the_password(self, url, change, said) -> None:
        with pytest.raises(DeskUnusable, match=said) as refused:
            PostgresStore(DeskUrl(change(url.text)))
        assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("postgresql+psycopg://bob:geheim@db/desk", "postgresql+psycopg://bob:***@db/desk"),
        ("postgresql://bob:ge@he/im@db/desk", "postgresql://bob:***@db/desk"),
        ("postgres://db/desk?user=bob&password=geheim&sslmode=require", "postgres://db/desk?user=bob&password=***&sslmode=require"),
        ("postgresql+psycopg:///desk", "postgresql+psycopg:///desk"),
    ],
)  # fmt: skip
def test_a_url_shows_no_password(given: str, shown: str) -> None:
    assert str(DeskUrl(given)) == shown
    assert "geheim" not in repr(DeskUrl(given))


@pytest.mark.parametrize("given", ["mysql://root@db/desk", "http://db/desk", "postgresql+psycopg://db:port/desk"])
def test_other_urls_are_refused(given: str) -> None:
    with pytest.raises(UsageError):
        PostgresStore(DeskUrl(given))


class TestWriting:
    def test_ids_follow_each_other_without_gaps_also_after_what_was_not_kept(self, desk: Desk) -> None:
        first = a_ticket(desk)
        with desk.store.writing() as unit:
            unit.run(text("UPDATE ticket SET id = 50 WHERE id = 99"))
            bulk.Bulk(unit)
        assert a_ticket(desk) == first + 1

    def test_who_waits_too_long_is_told_so(self, desk: Desk) -> None:
        hurried = PostgresStore(desk.store.url, patience=0.2)
        with desk.store.writing(), pytest.raises(DeskBusy, match="too long"), hurried.writing():
            pass
        with hurried.writing():
            pass
        hurried.close()

    def test_nothing_is_lost_between_writers(self, desk: Desk) -> None:
        number = a_ticket(desk)
        agent = desk_of(desk, Role.AGENT)

        def answer(opened: Desk) -> None:
            for _ in range(10):
                conversation.reply(opened, number, "An answer")

        threads = [threading.Thread(target=answer, args=(opened,)) for opened in (desk, agent, as_uid(desk, 2000))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        shown = tickets.open_ticket(desk, number)
        assert len(shown.conversation) == shown.card.replies == 30

    @pytest.mark.parametrize("attempt", ["UPDATE event SET kind = 'x'", "DELETE FROM event", "TRUNCATE event"])
    def test_the_history_refuses_every_change(self, desk: Desk, attempt: str) -> None:
        a_ticket(desk)
        with desk.store.writing() as unit, pytest.raises(Exception, match="the history is never changed"):
            unit.connection.exec_driver_sql(attempt)

    def test_whoever_may_not_write_reads(self, desk: Desk) -> None:
        a_ticket(desk, "Printer")
        database = engines.database_of(desk.store.url)
        server().sql("DROP ROLE IF EXISTS reader")
        server().sql("CREATE ROLE reader LOGIN")
        server().sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", database)
        store = PostgresStore(DeskUrl(desk.store.url.text.replace("desk@", "reader@", 1)))
        assert store.read_only
        with pytest.raises(DeskUnusable, match="read only"), store.writing():
            pass
        store.close()
        server().sql("DROP OWNED BY reader", database)


class TestWords:
    TEXT = "Mägi Ștefan łódź ß İ Ꭰ 🤔 ａｂ e\u0301 \u200c می‌خواهم foo-bar 100% c++ o'brien Σίσυφος"

    def test_they_are_those_of_the_other_engine(self, desk: Desk) -> None:
        with desk.store.reading() as unit:
            every = "".join(chr(code) for code in range(1, 0x3000)) + self.TEXT
            assert unit.scalar(text("SELECT search_words(:said)").bindparams(said=every)).split() == tokens(every)

    def test_a_ticket_with_more_words_than_the_index_takes_is_found(self, desk: Desk) -> None:
        a_ticket(desk, "another zebra")
        large = a_ticket(
            desk, "Log", description=" ".join(f"w{number}x" for number in range(120_000)) + " zebra stripes"
        )
        assert finds(desk, "w119999x") == [large]
        assert finds(desk, '"zebra stripes"') == [large]
        assert finds(desk, "w119999y") == []
        assert finds(desk, "zeb*") == [large - 1, large]

    def test_very_long_words_are_told_apart_by_their_ends(self, desk: Desk) -> None:
        one, other = (a_ticket(desk, "Key", description="x" * 3000 + end) for end in ("a", "b"))
        assert finds(desk, "x" * 3000 + "b") == [other]
        assert finds(desk, "x" * 2000 + "*") == [one, other]


class TestBulk:
    def test_what_was_made_at_once_is_as_counting_and_searching_have_it(self, desk: Desk) -> None:
        demo.fill(desk, 60)
        with desk.store.reading() as unit:
            counted = "SELECT column_id, count(*) FROM ticket WHERE NOT gone GROUP BY column_id ORDER BY 1"
            assert unit.rows(text("SELECT column_id, tickets FROM column_total ORDER BY 1")) == unit.rows(text(counted))
            assert unit.scalar(text("SELECT count(*) FROM ticket_search")) == 69
        new = a_ticket(desk, "xylophone")
        assert finds(desk, "xylophone") == [new]

    def test_the_index_of_words_that_was_set_aside_is_as_before(self, desk: Desk) -> None:
        asked = text("SELECT indexdef, indisvalid FROM pg_indexes JOIN pg_index ON indexname::regclass = indexrelid "
                     "WHERE tablename = 'ticket_search' ORDER BY indexname")  # fmt: skip
        with desk.store.reading() as unit:
            before = unit.rows(asked)
        demo.fill(desk, 60)
        with desk.store.reading() as unit:
            assert unit.rows(asked) == before
        assert len(before) == 3

    def test_texts_arrive_as_they_are(self, desk: Desk) -> None:
        odd = ["tab\there", "line\nbreak", "back\\slash", r"\N", r"\.", "", "'\"", "Ștefan 🤔", "\x7f"]
        with desk.store.writing() as unit:
            rows = bulk.Bulk(unit)
            for number in range(3 * len(odd)):
                rows.add("label", name=f"{number} {odd[number % len(odd)]}", folded=str(number))
            rows.finish()
            assert [row["name"] for row in bulk.all_records(unit, "label")] == [
                f"{number} {odd[number % len(odd)]}" for number in range(3 * len(odd))
            ]

    def test_the_server_knows_how_large_the_tables_have_become(self, desk: Desk) -> None:
        demo.fill(desk, 60)
        asked = "SELECT count(*) FROM pg_class WHERE relname IN ('ticket', 'event', 'stay', 'ticket_text') AND reltuples > 50"
        with desk.store.reading() as unit:
            assert unit.scalar(text(asked)) == 4

    def test_the_server_knows_how_many_signs_there_are(self, desk: Desk) -> None:
        with desk.store.reading() as unit:
            assert unit.scalar(text("SELECT reltuples FROM pg_class WHERE oid = 'search_sign'::regclass")) > 9000

    def test_a_reference_to_nothing_is_named(self, desk: Desk) -> None:
        with desk.store.writing() as unit:
            rows = bulk.Bulk(unit)
            rows.pair("watcher", person_id=77, ticket_id=88)
            rows.write()
            assert bulk.broken_reference(unit) in {
                "a record of watcher names a person that is not there",
                "a record of watcher names a ticket that is not there",
            }


class TestWatching:
    def test_a_commit_of_somebody_else_is_heard_of_and_nothing_else(self, desk: Desk) -> None:
        watch = desk.store.watch()
        assert watch.changed()
        assert not watch.changed()
        with as_uid(desk, 1000).store.writing():
            pass
        assert not watch.changed()
        a_ticket(desk)
        assert _within_a_second(watch.changed)
        assert not watch.changed()
        watch.close()

    def test_after_the_server_was_away_it_goes_on(self, own_server: Server) -> None:
        store = PostgresStore(own_server.url(own_server.new()))
        watch = store.watch()
        assert watch.changed()
        own_server.stop()
        with pytest.raises(DeskUnusable) as away:
            _within_a_second(watch.changed)
        assert "\n" not in str(away.value)
        for _ in range(2):
            with pytest.raises(DeskUnusable, match=r"cannot be reached|lost|stopped"), store.reading():
                pass
            with pytest.raises(DeskUnusable), store.writing():
                pass
        own_server.start()
        assert watch.changed()
        with store.writing() as unit:
            unit.commit()
        assert _within_a_second(watch.changed)
        watch.close()
        store.close()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that may be stopped."""
    own = Server()
    yield own
    own.remove()


def _within_a_second(happens) -> bool:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.01)
    return False
