"""Erasing somebody who asked for help."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import (
    conversation,
    erasing,
    files,
    handing_over,
    merging_people,
    people,
    persons,
    templates,
    tickets,
    undo,
    views,
)
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.persons import Details
from helpdesk_tui.desk.spooling import spooled
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.errors import Conflict, DeskUnusable, NotFound
from helpdesk_tui.store import erasure, sqlite
from helpdesk_tui.store.unit_of_work import Unit
from tests import engines
from tests.builders import a_desk, a_person, a_ticket, as_uid
from tests.postgres import server

SECRETS = (
    "Ritarõsa",
    "Rohtlane",
    "ritarohtla",
    "rita@acme.example",
    "rita.rohtlane@home.example",
    "Oldname",
    "printerwords",
    "replywords",
    "notewords",
    "stepwords",
    "filewords",
    "filename",
    "signaturewords",
    "keywords",
    "rewrittenwords",
    "undonewords",
)
KEPT = ("otherwords", "Another Rohtl")


def attach(desk: Desk, number: int, name: str, content: bytes) -> None:
    with spooled(desk, name, io.BytesIO(content)) as one:
        files.attach(desk, [number], [one])


@pytest.fixture
def rita(desk: Desk) -> int:
    return rita_on(desk)


def rita_on(desk: Desk) -> int:
    """Somebody who has left as much as one can on a desk."""
    rita = (
        persons.add(
            desk, Details(name="Ritarõsa Oldname", login="ritarohtla", mail="rita@acme.example", organization="Acme")
        ).made
        or 0
    )
    persons.edit(desk, rita, Details(name="Ritarõsa Rohtlane", skills=["keywords"]))
    twin = persons.add(desk, Details(name="Ritarõsa R", mail="rita.rohtlane@home.example")).made or 0
    merging_people.merge(desk, twin, rita)
    with desk.store.writing() as unit:
        unit.connection.execute(text(f"UPDATE person SET uid = 4711 WHERE id = {rita}"))
        unit.connection.execute(
            text(f"INSERT INTO ssh_key VALUES (7, {rita}, 'ssh-ed25519', 'keywords', 'keywords', 0, {False})")
        )
        unit.commit()
    own = as_uid(desk, 4711)
    number = tickets.create(own, tickets.NewTicket("printerwords", description="printerwords of Ritarõsa")).made or 0
    conversation.reply(own, number, "replywords")
    people.set_signature(own, "signaturewords")
    conversation.reply(desk, number, "Dear Ritarõsa Rohtlane, replywords")
    conversation.note(desk, number, "notewords")
    tickets.change_text(desk, [number], "check:stepwords time:25m priority:high +paper")
    found = tickets.open_ticket(desk, number)
    tickets.edit(desk, number, title="rewrittenwords", base_version=found.version)
    undo.undo(desk)
    tickets.change_text(desk, [number], 'title:"undonewords"')
    attach(own, number, "filename.txt", b"filewords")
    other = a_ticket(desk, "otherwords", description="Asked by RITARÕSA ROHTLANE <rita@acme.example>, otherwords")
    tickets.change_text(desk, [other], 'note:"@ritarohtla of Ritarõsa Rohtlane"')
    views.save(desk, "hers", 'requester:"Ritarõsa Rohtlane"', shared=True)
    a_person(desk, "Another Rohtl", Role.REQUESTER)
    own.close()
    return rita


def bytes_of(desk: Desk) -> dict[str, bytes]:
    """What the desk's files hold, in small letters as far as ASCII goes."""
    folder: Path = desk.store.path.parent  # type: ignore[attr-defined]
    return {path.name: path.read_bytes().lower() for path in folder.iterdir() if path.name.startswith("desk.db")}


def spelled(word: str) -> set[bytes]:
    words = {
        word,
        word.lower(),
        word.upper(),
        "".join(c if c.isascii() else "?" for c in word) if word.isascii() else word,
    }
    return {one.encode().lower() for one in words} | {json.dumps(one)[1:-1].encode().lower() for one in words}


@pytest.mark.files_only
def test_no_byte_of_it_is_left_in_the_desks_files(desk: Desk, rita: int) -> None:
    before = bytes_of(desk)
    assert all(any(form in part for part in before.values() for form in spelled(word)) for word in SECRETS)
    erasing.erase(desk, rita)
    after = bytes_of(desk)
    left = [(word, name) for word in SECRETS for name, part in after.items() if any(w in part for w in spelled(word))]
    assert left == []
    for word in KEPT:
        assert any(word.lower().encode() in part for part in after.values())


@pytest.mark.files_only
def test_where_somebody_reads_without_end_it_is_said_and_can_be_cleaned_later(
    desk: Desk, rita: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WIPES", 2)
    monkeypatch.setattr(sqlite, "WIPE_MILLISECONDS", 10)
    reader = desk.store.again()
    with reader.reading() as unit:
        unit.scalar(text("SELECT count(*) FROM ticket"))
        told, _still_hold = erasing.erase(desk, rita).warnings
        assert f"`helpdesk user erase 'erased person {rita}' --yes`" in told
    reader.close()
    assert erasing.erase(desk, rita).warnings == (erasing.IN_BACKUPS,)
    assert not any(b"replywords" in part for part in bytes_of(desk).values())


def test_no_byte_of_it_is_left_in_the_tables_of_a_server(tmp_path: Path) -> None:
    with engines.chosen(engines.POSTGRESQL):
        desk = a_desk(tmp_path)
        hers, name = rita_on(desk), engines.database_of(desk.store.url)  # type: ignore[attr-defined]
        server().sql("VACUUM ANALYZE", name)
        ((oid,),) = server().sql(f"SELECT oid FROM pg_database WHERE datname = '{name}'")

        own = {"filename", "keywords"}  # the server has functions called so
        secrets = {*SECRETS, "filename.txt"} - own

        def left() -> set[str]:
            server().sql("CHECKPOINT")
            parts = [path.read_bytes().lower() for path in (server().folder / "data" / "base" / str(oid)).iterdir()]
            return {word for word in secrets if any(form in part for part in parts for form in spelled(word))}

        assert left() >= {"rita@acme.example", "printerwords", "filename.txt"}
        assert erasing.erase(desk, hers).warnings == (erasing.ON_A_SERVER,)
        assert left() == set()
        desk.close()


def test_what_was_written_while_they_were_sought_is_erased_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rita = persons.add(desk, Details(name="Rita Rohtlane", mail="rita@acme.example")).made or 0
    older, own = a_ticket(desk, "Older"), a_ticket(desk, "Her own", requester_id=rita)
    seek = erasure.seek

    def while_others_write(unit: Unit, person_id: int, name: str) -> erasure.Sought:
        sought = seek(unit, person_id, name)
        conversation.note(desk, older, "Ask rita@acme.example")
        conversation.note(desk, own, "She called")
        tickets.change_text(desk, [older], 'title:"For Rita Rohtlane" check:"call Rita Rohtlane"')
        a_ticket(desk, "Newer", description="Rita Rohtlane says")
        return sought

    monkeypatch.setattr(erasure, "seek", while_others_write)
    erasing.erase(desk, rita)
    with desk.store.reading() as unit:
        for table, columns in (
            ("ticket", "title || folded || description"), ("comment", "body"), ("check_step", "text"),
            ("event", "CAST(delta AS TEXT) || CAST(detail AS TEXT)"), ("change_set", "summary"),
        ):  # fmt: skip
            said = " ".join(unit.scalars(text(f"SELECT {columns} FROM {table}"))).casefold()
            assert "rohtlane" not in said
            assert "rita@acme" not in said
            assert "She called" not in said


def test_who_is_given_another_name_while_they_are_sought_is_erased_with_that(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    rita = persons.add(desk, Details(name="Rita Rohtlane")).made or 0
    other = a_ticket(desk, "For Rita Newname")
    seek = erasure.seek

    def while_she_is_renamed(unit: Unit, person_id: int, name: str) -> erasure.Sought:
        sought = seek(unit, person_id, name)
        monkeypatch.setattr(erasure, "seek", seek)
        persons.edit(desk, rita, Details(name="Rita Newname"))
        return sought

    monkeypatch.setattr(erasure, "seek", while_she_is_renamed)
    erasing.erase(desk, rita)
    assert tickets.open_ticket(desk, other).card.title == f"For erased person {rita}"


def test_a_prepared_checklist_names_them_no_more(desk: Desk) -> None:
    rita = persons.add(desk, Details(name="Rita Rohtlane")).made or 0
    templates.add(desk, templates.Wording("Laptop", steps="Call Rita Rohtlane\nWrite it down"))
    erasing.erase(desk, rita)
    (template,) = templates.templates(desk)
    assert template.checklists[0].steps == (f"Call erased person {rita}", "Write it down")


def test_tells_what_it_is_at(desk: Desk, rita: int) -> None:
    told: list[str] = []
    erasing.erase(desk, rita, told.append)
    assert [line.partition(" ")[0] for line in told] == ["Looking", "Erasing", "Writing"]


def test_what_is_counted_stays(desk: Desk, rita: int) -> None:
    before = tickets.open_ticket(desk, 1)
    outcome = erasing.erase(desk, rita)
    assert outcome.said == f"erased person {rita}: 1 ticket, 1 file emptied"
    after = tickets.open_ticket(desk, 1)
    assert (after.card.title, after.description, after.card.requester) == ("erased", "", f"erased person {rita}")
    assert {said.body for said in after.conversation} == {"erased"}
    assert [said.speech for said in after.conversation] == [said.speech for said in before.conversation]
    assert (after.minutes, after.card.priority, after.card.replies, after.card.notes) == (
        before.minutes,
        before.card.priority,
        before.card.replies,
        before.card.notes,
    )
    assert (after.card.created, [label.name for label in after.card.labels]) == (before.card.created, ["paper"])
    assert after.card.files == 0
    assert Speech.NOTE in {said.speech for said in after.conversation}


def test_nobody_finds_it_any_more(desk: Desk, rita: int) -> None:
    assert tickets.numbers(desk, desk.ask("undonewords")) == [1]
    erasing.erase(desk, rita)
    for word in ("undonewords", "replywords", "notewords", "stepwords", "Rohtlane"):
        assert tickets.numbers(desk, desk.ask(word)) == []
    assert tickets.numbers(desk, desk.ask("title:erased")) == [1]
    assert tickets.numbers(desk, desk.ask("otherwords")) == [2]


def test_is_told_in_the_history_and_is_never_undone(desk: Desk, rita: int) -> None:
    erasing.erase(desk, rita)
    assert any("erased" in entry.what for entry in tickets.open_ticket(desk, 1).history)
    with desk.store.reading() as unit:
        assert unit.scalar(text("SELECT kind FROM change_set ORDER BY id DESC LIMIT 1")) == "erase"
    for _ in range(40):
        try:
            undo.undo(desk)
        except (Conflict, NotFound):
            break
    assert tickets.open_ticket(desk, 1).card.title == "erased"


def test_the_history_is_guarded_again_afterwards(desk: Desk, rita: int) -> None:
    erasing.erase(desk, rita)
    for statement in ("UPDATE event SET kind = 'x'", "DELETE FROM event"):
        with pytest.raises(DeskUnusable, match="contradicts"), desk.store.writing() as unit:
            unit.connection.execute(text(statement))


def test_they_come_in_no_more(desk: Desk, rita: int) -> None:
    erasing.erase(desk, rita)
    with desk.store.reading() as unit:
        row = unit.first(text(f"SELECT login, uid, active, mail FROM person WHERE id = {rita}"))
    assert tuple(row) == (None, None, 0, "")
    with pytest.raises(Conflict, match="nobody any more"):
        persons.reactivate(desk, rita)


def test_once_more_only_cleans_the_file(desk: Desk, rita: int) -> None:
    erasing.erase(desk, rita)
    assert "nothing was left" in erasing.erase(desk, rita).said


@pytest.mark.files_only
def test_says_that_backups_still_hold_it(desk: Desk, rita: int) -> None:
    assert erasing.erase(desk, rita).warnings == (erasing.IN_BACKUPS,)


def test_one_of_the_team_is_not_erased_before_they_are_a_requester(desk: Desk) -> None:
    bob = a_person(desk, "Bob")
    with pytest.raises(Conflict, match="works at this desk"):
        erasing.erase(desk, bob)
    persons.edit(desk, bob, Details(role=Role.REQUESTER))
    assert handing_over.open_numbers(desk, bob) == ()
    erasing.erase(desk, bob)


def test_a_content_that_another_ticket_has_too_stays_there(desk: Desk) -> None:
    rita = persons.add(desk, Details(name="Rita Rohtla")).made or 0
    hers, other = a_ticket(desk, requester_id=rita), a_ticket(desk)
    for number in (hers, other):
        attach(desk, number, "log.txt", b"same content")
    erasing.erase(desk, rita)
    (file,) = files.files(desk, other)
    assert b"".join(files.pieces(desk, file)) == b"same content"


def test_somebody_else_of_the_same_name_keeps_it(desk: Desk) -> None:
    first = persons.add(desk, Details(name="Jane Smith", mail="first@example.org")).made or 0
    persons.add(desk, Details(name="Jane Smith", mail="second@example.org"))
    number = a_ticket(desk, "For Jane Smith", requester_id=None)
    erasing.erase(desk, first)
    assert tickets.open_ticket(desk, number).card.title == "For Jane Smith"
    assert any(one.name == "Jane Smith" for one in people.everybody(desk))
