"""The full-text index follows every kind of change, because triggers keep it and not the verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from helpdesk_tui.desk import checklist, conversation, labels, tickets, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import HelpdeskError
from helpdesk_tui.store import records
from helpdesk_tui.store.triggers import POSTGRESQL
from tests.builders import a_person, a_ticket, desk_of

Change = Callable[[Desk, int], object]


@pytest.fixture(autouse=True)
def _index_is_sound(desk: Desk) -> Iterator[None]:
    """After each of these tests the index says just what its texts say."""
    yield
    with desk.store.writing() as unit:
        if unit.engine == POSTGRESQL:
            before = unit.rows(text("SELECT * FROM ticket_search ORDER BY rowid"))
            unit.run(text("UPDATE ticket_search SET shown = '', notes = '', words = NULL"))
            unit.run(text("UPDATE ticket_text SET title = title || ' '"))  # written anew, to the same words
            assert unit.rows(text("SELECT * FROM ticket_search ORDER BY rowid")) == before
        else:
            unit.run(text("INSERT INTO ticket_search(ticket_search, rank) VALUES ('integrity-check', 1)"))


def finds(desk: Desk, words: str) -> list[int]:
    return sorted(tickets.numbers(desk, desk.ask(words)))


def version(desk: Desk, number: int) -> int:
    return tickets.open_ticket(desk, number).version


def last_comment(desk: Desk, number: int) -> int:
    return tickets.open_ticket(desk, number).conversation[-1].id


def last_step(desk: Desk, number: int) -> int:
    return tickets.open_ticket(desk, number).checklist[-1].id


# What a person does after which `zebra` is found, one row each; the ticket is made before.
ADDING: dict[str, Change] = {
    "title": lambda desk, n: tickets.edit(desk, n, title="a zebra", base_version=version(desk, n)),
    "description": lambda desk, n: tickets.edit(desk, n, description="a zebra", base_version=version(desk, n)),
    "reply": lambda desk, n: conversation.reply(desk, n, "a zebra"),
    "note": lambda desk, n: conversation.note(desk, n, "a zebra"),
    "reply edited": lambda desk, n: conversation.edit_comment(desk, last_comment(desk, n), "a zebra"),
    "step": lambda desk, n: checklist.add(desk, n, ["a zebra"]),
    "step rewritten": lambda desk, n: checklist.rewrite(desk, last_step(desk, n), "a zebra"),
    "label put": lambda desk, n: tickets.change_text(desk, [n], "+zebra"),
    "label renamed": lambda desk, _n: labels.rename(desk, "old", "zebra"),
    "requester": lambda desk, n: tickets.change_text(desk, [n], "requester:zebra"),
}


@pytest.fixture
def ticket(desk: Desk) -> int:
    a_person(desk, "Zebra Stripes", Role.REQUESTER)
    number = a_ticket(desk, "plain", 'reply:"first" check:"first" +old', description="words")
    a_ticket(desk, "another")
    return number


@pytest.mark.parametrize("change", ADDING.values(), ids=ADDING)
def test_what_is_added_is_found_and_what_is_taken_back_is_not(desk: Desk, ticket: int, change: Change) -> None:
    assert finds(desk, "zebra") == []
    change(desk, ticket)
    assert finds(desk, "zebra") == [ticket]
    undo.undo(desk)
    assert finds(desk, "zebra") == []
    undo.redo(desk)
    assert finds(desk, "zebra") == [ticket]


TAKING: dict[str, tuple[str, Change]] = {
    "title": ("plain", lambda desk, n: tickets.edit(desk, n, title="other", base_version=version(desk, n))),
    "description": ("words", lambda desk, n: tickets.edit(desk, n, description="", base_version=version(desk, n))),
    "reply edited": ("first", lambda desk, n: conversation.edit_comment(desk, last_comment(desk, n), "other")),
    "step removed": ("last", lambda desk, n: checklist.remove(desk, last_step(desk, n))),
    "label taken": ("old", lambda desk, n: tickets.change_text(desk, [n], "-old")),
    "label renamed": ("old", lambda desk, _n: labels.rename(desk, "old", "new")),
    "label removed": ("old", lambda desk, _n: labels.remove(desk, "old")),
    "requester": ("dana", lambda desk, n: tickets.change_text(desk, [n], "requester:zebra")),
    "requester cleared": ("levi", lambda desk, n: tickets.change_text(desk, [n], "requester:none")),
}


@pytest.mark.parametrize(("word", "change"), TAKING.values(), ids=TAKING)
def test_what_is_taken_away_is_not_found_and_what_is_put_back_is(desk: Desk, word: str, change: Change) -> None:
    a_person(desk, "Zebra Stripes", Role.REQUESTER)
    dana = a_person(desk, "Dana Levi", Role.REQUESTER)
    number = a_ticket(desk, "plain", "+old", description="words", requester_id=dana)
    conversation.reply(desk, number, "first")
    checklist.add(desk, number, ["last"])
    assert finds(desk, word) == [number]
    change(desk, number)
    assert finds(desk, word) == []
    undo.undo(desk)
    assert finds(desk, word) == [number]


def test_a_requester_with_a_new_name_is_found_by_it(desk: Desk) -> None:
    dana = a_person(desk, "Dana Levi", Role.REQUESTER)
    number = a_ticket(desk, requester_id=dana)
    with desk.store.writing() as unit:
        records.write(unit, "person", dana, {"name": "Dana Cohen", "folded": fold("Dana Cohen")})
        unit.commit()
    assert (finds(desk, "cohen"), finds(desk, "levi"), finds(desk, "dana")) == ([number], [], [number])


def test_many_labels_and_comments_are_all_found(desk: Desk) -> None:
    number = a_ticket(desk, change='+one +two reply:"three" reply:"four" note:"five" check:"six" check:"seven"')
    for word in ("one", "two", "three", "four", "five", "six", "seven", '"one" "seven"'):
        assert finds(desk, word) == [number]


def test_a_ticket_made_and_taken_back_is_not_found(desk: Desk) -> None:
    a_ticket(desk, "zebra")
    undo.undo(desk)
    assert finds(desk, "zebra") == []


def test_an_archived_ticket_is_found_where_the_archive_is_asked_for(desk: Desk) -> None:
    number = a_ticket(desk, "zebra", "archive")
    assert (finds(desk, "zebra"), finds(desk, "zebra is:archived")) == ([], [number])


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Übermäßig größer", "ubermaßig"),
        ("Õppimine jõulude", "oppim"),
        ("żółć gęślą jaźń", "zołc"),
        ("Știință și înțelepciune", "stiinta"),
        ("המדפסת לא עובדת", "המדפסת"),
        ("چاپگر کار نمی‌کند", "چاپگر"),
        ("foo-bar", '"foo-bar"'),
        ("o'brien", "o'brien"),
        ("c++ 100% AND", '"c++"'),
    ],
)
def test_texts_are_found_in_every_language_and_with_every_sign(desk: Desk, text: str, query: str) -> None:
    number = a_ticket(desk, text)
    assert finds(desk, query) == [number]


class TestNotes:
    """What the team says among itself is found by the team only."""

    @pytest.fixture
    def noted(self, desk: Desk) -> tuple[int, Desk]:
        dana = desk_of(desk, Role.REQUESTER)
        return a_ticket(desk, requester_id=dana.actor.id, change='note:"zebra" reply:"lion"'), dana

    @pytest.mark.parametrize("query", ["zebra", "zebr", '"zebra"', "zebra or zebra", "lion zebra"])
    def test_are_not_found_by_who_may_not_read_them(self, desk: Desk, noted: tuple[int, Desk], query: str) -> None:
        number, dana = noted
        assert finds(desk, query) == [number]
        assert finds(dana, query) == finds(desk_of(desk, Role.VIEWER, 3000), query) == []

    def test_their_absence_tells_nothing(self, noted: tuple[int, Desk]) -> None:
        number, dana = noted
        assert finds(dana, "-zebra") == finds(dana, "-nothing") == [number]

    def test_the_search_itself_cannot_name_the_hidden_column(self, noted: tuple[int, Desk]) -> None:
        _, dana = noted
        for query in ('"notes: zebra"', "notes:zebra", '"{notes}: zebra"', '") OR notes:zebra"'):
            try:
                assert finds(dana, query) == []
            except HelpdeskError:
                continue
