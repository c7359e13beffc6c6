"""Many rows at once leave the desk exactly as single verbs would have."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import tickets
from helpdesk_tui.errors import HelpdeskError
from helpdesk_tui.exchange import demo
from helpdesk_tui.store import bulk, derived
from tests.builders import a_desk, a_ticket

DERIVED = ("steps", "steps_done", "replies", "notes", "minutes", "replied_at", "gone", "last_event_id")


def rows(desk):
    with desk.store.reading() as unit:
        return bulk.tickets(unit, bulk.all_tickets(unit))


def triggers(desk):
    with desk.store.reading() as unit:
        return sorted(unit.rows(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")))


@pytest.fixture
def filled(desk):
    demo.fill(desk, 120)
    return desk


def test_the_columns_hold_what_counting_gives(filled):
    with filled.store.reading() as unit:
        counted = "SELECT column_id, count(*) FROM ticket WHERE NOT gone GROUP BY column_id"
        assert sorted(unit.rows(text("SELECT column_id, tickets FROM column_total"))) == sorted(
            unit.rows(text(counted))
        )


def test_what_a_ticket_knows_of_itself_is_what_the_verbs_would_count(filled):
    before = rows(filled)
    with filled.store.writing() as unit:
        derived.recount(unit, [row["id"] for row in before])
        unit.commit()
    assert rows(filled) == before


def test_every_trigger_is_back_in_its_place(filled, tmp_path):
    assert triggers(filled) == triggers(a_desk(tmp_path / "fresh"))


def test_the_full_text_index_is_sound(filled):
    with filled.store.writing() as unit:
        unit.connection.exec_driver_sql("INSERT INTO ticket_search(ticket_search) VALUES ('integrity-check')")
    assert tickets.count(filled, filled.ask("projektorit"))


def test_texts_are_those_the_triggers_would_have_kept(filled):
    read = text("SELECT * FROM ticket_text ORDER BY ticket_id")
    with filled.store.writing() as unit:
        before = unit.rows(read)
        for touch in ("comment SET body = body", "check_step SET text = text", "ticket SET title = title"):
            unit.connection.exec_driver_sql(f"UPDATE {touch}")
        assert unit.rows(read) == before


def test_every_reference_holds(filled):
    with filled.store.reading() as unit:
        assert bulk.broken_reference(unit) is None


def test_a_missing_reference_is_found_at_the_commit_and_nothing_is_kept(desk):
    def orphan():
        with desk.store.writing() as unit:
            more = bulk.Bulk(unit)
            more.add("comment", ticket_id=4711, author_id=1, speech="note", body="lost", at=0)
            more.finish()
            unit.commit()

    with pytest.raises(HelpdeskError):
        orphan()
    with desk.store.reading() as unit:
        assert bulk.all_records(unit, "comment") == []


def test_without_a_commit_the_triggers_stay(desk, tmp_path):
    with desk.store.writing() as unit:
        bulk.Bulk(unit)
    assert triggers(desk) == triggers(a_desk(tmp_path / "fresh"))


def test_older_tickets_named_as_touched_are_brought_up_to_date(desk):
    number = a_ticket(desk, "old")
    with desk.store.writing() as unit:
        more = bulk.Bulk(unit)
        more.add("comment", ticket_id=number, author_id=desk.actor.id, speech="note", body="zanzibar", at=0)
        more.finish([number])
        unit.commit()
    (card,) = tickets.find(desk, desk.ask("zanzibar"))
    assert (card.number, card.notes) == (number, 1)
