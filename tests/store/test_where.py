"""A query finds the same tickets in SQL as it does as a predicate: for every field, flag, operator and missing value."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import func, insert, select
from sqlmodel import SQLModel

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import KINDS, LANGUAGES, Level, Priority, Speech, Status
from helpdesk_tui.domain.ticket_facts import TicketFacts
from helpdesk_tui.domain.words import fold
from helpdesk_tui.language import fields
from helpdesk_tui.language.bind import bind
from helpdesk_tui.language.match import match
from helpdesk_tui.language.query import DEPTH_LIMIT, TERMS_LIMIT, parse
from helpdesk_tui.store import migrate, tables
from helpdesk_tui.store.engine import Store
from helpdesk_tui.store.sqlite import SqliteStore
from helpdesk_tui.store.unit_of_work import Unit
from helpdesk_tui.store.where import order_by, where
from tests import engines
from tests.language import queries, world
from tests.language.world import NOW, asking
from tests.postgres import server

TICKETS = 90
CATEGORIES = {1: Category.TODO, 2: Category.DOING, 3: Category.DONE, 4: Category.TODO, 5: Category.DOING}
BOARD_OF = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2}
ROLES = {1: Role.ADMIN, 2: Role.AGENT, 3: Role.AGENT, 4: Role.REQUESTER, 5: Role.REQUESTER, 6: Role.VIEWER}
TEXTS = [
    "Printer is dead",
    "cannot connect to VPN",
    "cannot re-connect",
    "O'Brien: 100% of C++ foo-bar",
    "Mägi ei saa printida",
    "Łódź _ drukarka \\ 🤔printer",
    "מדפסת לא עובדת",
    "چاپگر کار نمی‌خواهم می‌خواهم",
    "Imprimanta din Ștefan cel Mare nu merge",
    "AND NEAR(a b) secret 1x",
    "",
]


@dataclass
class Tickets:
    """A store full of random tickets, and each of them as a predicate sees it."""

    store: Store
    facts: dict[int, TicketFacts]

    def found(self, text: str, may_read_notes: bool = True, me: int = 2) -> set[int]:
        """What SQL finds, having checked that the predicate agrees."""
        asked = asking(me)
        bound = bind(parse(text), asked)
        ticket = SQLModel.metadata.tables["ticket"]
        with self.store.reading() as unit:
            rows = unit.scalars(select(ticket.c.id).where(where(bound, asked, may_read_notes)))
        by_predicate = {number for number, facts in self.facts.items() if match(bound, facts, asked, may_read_notes)}
        assert sorted(rows) == sorted(by_predicate), text
        return set(rows)

    def ordered(self, text: str) -> list[int]:
        ticket = SQLModel.metadata.tables["ticket"]
        with self.store.reading() as unit:
            return list(unit.scalars(select(ticket.c.id).order_by(*order_by(parse(text).sort))))


@pytest.fixture(scope="module", params=[(engines.SQLITE, 1), (engines.SQLITE, 2), (engines.POSTGRESQL, 3)])
def tickets(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tickets]:
    engine, seed = request.param
    store: Store
    if engine == engines.POSTGRESQL:
        from helpdesk_tui.store.postgres import PostgresStore

        database = server().new()
        store = PostgresStore(server().url(database))
    else:
        path: Path = tmp_path_factory.mktemp("where") / "desk.db"
        migrate.create(path)
        store = SqliteStore(path)
    chance = random.Random(seed)
    with store.writing() as unit:
        _found(unit)
        facts = {number: _random_ticket(unit, number, chance) for number in range(1, TICKETS + 1)}
        text = SQLModel.metadata.tables["ticket_text"]
        for row in unit.rows(select(text)):
            number, title, description, replies, notes, checklist, labels, requester = row
            facts[number] = replace(
                facts[number], texts=(title, description, replies, checklist, labels, requester), notes=notes
            )
        unit.commit()
    yield Tickets(store, facts)
    store.close()
    if engine == engines.POSTGRESQL:
        server().drop(database)


def _put(unit: Unit, table: str, *rows: dict[str, Any]) -> None:
    unit.run(insert(SQLModel.metadata.tables[table]), list(rows))


def _found(unit: Unit) -> None:
    """The people, boards and labels of the world, and a file's content."""
    _put(unit, "file_content", {"sha256": "x", "size": 1})
    for number, name in world.ORGANIZATIONS.items():
        _put(
            unit, "organization", {"id": number, "name": name, "folded": fold(name), "shares": False, "removed": False}
        )
    for number, (login, name) in world.PEOPLE.items():
        _put(
            unit,
            "person",
            {
                "id": number,
                "login": login or None,
                "name": name,
                "folded": fold(name),
                "mail": "",
                "role": ROLES[number].value,
                "active": True,
                "removed": False,
            },
        )
    for number, name in world.BOARDS.items():
        _put(unit, "board", {"id": number, "name": name, "folded": fold(name), "position": number, "removed": False})
    for number, name in world.COLUMNS.items():
        _put(
            unit,
            "board_column",
            {
                "id": number,
                "board_id": BOARD_OF[number],
                "name": name,
                "folded": fold(name),
                "category": CATEGORIES[number].value,
                "position": number,
                "removed": False,
            },
        )
    for number, name in world.LABELS.items():
        _put(unit, "label", {"id": number, "name": name, "folded": fold(name), "color": "", "removed": False})


def _moment(chance: random.Random) -> datetime:
    """Around the moments that queries name, often to the millisecond."""
    anchor = chance.choice(
        [
            NOW,
            NOW - timedelta(hours=10, minutes=30),  # the day's beginning in Tallinn
            NOW + timedelta(hours=6, minutes=30),  # 17:00
            NOW + timedelta(hours=13, minutes=30),  # the day's end
            NOW + timedelta(days=2),
        ]
    )
    step = chance.choice([timedelta(), timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=3)])
    off = chance.choice([timedelta(), timedelta(), timedelta(milliseconds=1), -timedelta(milliseconds=1)])
    return anchor + step * chance.choice([-5, -1, -1, 0, 1, 1, 4]) + off


def _maybe(chance: random.Random, value: Any) -> Any:
    return value if chance.random() < 0.6 else None


def _random_ticket(unit: Unit, number: int, chance: random.Random) -> TicketFacts:
    column = chance.choice(list(world.COLUMNS))
    archived = chance.random() < 0.2
    steps = chance.choice([0, 0, 1, 3])
    event = chance.choice([0, 5, 9])
    actor = chance.choice([None, 1, 2])
    facts = TicketFacts(
        number=number,
        title=chance.choice(TEXTS),
        board_id=BOARD_OF[column],
        column_id=column,
        category=CATEGORIES[column],
        priority=chance.choice(list(Priority)),
        status=chance.choice(list(Status)),
        kind=chance.choice(["", *KINDS]),
        language=chance.choice(["", *LANGUAGES]),
        source=chance.choice(["", *world.SOURCES]),
        created=_moment(chance),
        updated=_moment(chance),
        impact=_maybe(chance, chance.choice(list(Level))),
        urgency=_maybe(chance, chance.choice(list(Level))),
        requester_id=_maybe(chance, chance.choice(list(world.PEOPLE))),
        organization_id=_maybe(chance, chance.choice(list(world.ORGANIZATIONS))),
        assignee_id=_maybe(chance, chance.choice([1, 2, 3])),
        label_ids=frozenset(chance.sample(list(world.LABELS), chance.choice([0, 0, 1, 2]))),
        watcher_ids=frozenset(chance.sample([1, 2, 3], chance.choice([0, 0, 1, 2]))),
        due=_maybe(chance, _moment(chance)),
        closed=_maybe(chance, _moment(chance)) if chance.random() < 0.5 else None,
        replied=_maybe(chance, _moment(chance)),
        archived=archived,
        escalated=chance.random() < 0.3,
        steps=steps,
        steps_done=chance.randint(0, steps),
        files=chance.choice([0, 0, 1, 3]),
        minutes=chance.choice([0, 25, 60, 61, 120]),
        rating=_maybe(chance, chance.randint(1, 5)),
        sla_due=_maybe(chance, _moment(chance)),
        sla_risk=_maybe(chance, _moment(chance)),
    )
    seen = {person: chance.choice([0, 5, 9]) for person in (1, 2) if chance.random() < 0.6}
    facts = replace(
        facts,
        unread_by=frozenset(p for p in world.PEOPLE if actor != p and event > seen.get(p, 0)),
    )
    _write(unit, facts, event, actor, chance)
    for person, event_id in seen.items():
        _put(unit, "seen", {"person_id": person, "ticket_id": number, "event_id": event_id})
    return _with_files(unit, _with_conversation(unit, facts, chance), chance)


def _write(unit: Unit, facts: TicketFacts, event: int, actor: int | None, chance: random.Random) -> None:
    _put(
        unit,
        "ticket",
        {
            "id": facts.number,
            "board_id": facts.board_id,
            "column_id": facts.column_id,
            "rank": "m",
            "title": facts.title,
            "folded": fold(facts.title),
            "description": chance.choice(TEXTS),
            "priority": int(facts.priority),
            "impact": facts.impact,
            "urgency": facts.urgency,
            "status": facts.status.value,
            "kind": facts.kind,
            "language": facts.language,
            "source": facts.source,
            "requester_id": facts.requester_id,
            "organization_id": facts.organization_id,
            "assignee_id": facts.assignee_id,
            "due_at": facts.due,
            "created_at": facts.created,
            "updated_at": facts.updated,
            "closed_at": facts.closed,
            "archived_at": NOW if facts.archived else None,
            "replied_at": facts.replied,
            "sla_due_at": facts.sla_due,
            "sla_risk_at": facts.sla_risk,
            "escalated": facts.escalated,
            "rating": facts.rating,
            "removed": False,
            "gone": facts.archived,
            "version": 1,
            "last_event_id": event,
            "last_actor_id": actor,
            "steps": facts.steps,
            "steps_done": facts.steps_done,
            "replies": 0,
            "notes": 0,
            "files": facts.files,
            "minutes": facts.minutes,
        },
    )
    _put(unit, "ticket_label", *({"label_id": label, "ticket_id": facts.number} for label in facts.label_ids))
    _put(unit, "watcher", *({"person_id": person, "ticket_id": facts.number} for person in facts.watcher_ids))


def _with_conversation(unit: Unit, facts: TicketFacts, chance: random.Random) -> TicketFacts:
    """Some comments, a few of them removed; the counts and the agents who spoke as the ticket then has them."""
    counts = {Speech.REPLY: 0, Speech.NOTE: 0}
    spoke: dict[Speech, set[int]] = {Speech.REPLY: set(), Speech.NOTE: set()}
    for _ in range(chance.choice([0, 0, 1, 3])):
        speech, author, removed = chance.choice(list(Speech)), chance.choice(list(ROLES)), chance.random() < 0.2
        _put(
            unit,
            "comment",
            {
                "ticket_id": facts.number,
                "author_id": author,
                "speech": speech.value,
                "body": chance.choice(TEXTS),
                "at": NOW,
                "removed": removed,
            },
        )
        if not removed:
            counts[speech] += 1
            if ROLES[author] in (Role.ADMIN, Role.AGENT):
                spoke[speech].add(author)
    ticket = SQLModel.metadata.tables["ticket"]
    unit.run(
        ticket.update()
        .where(ticket.c.id == facts.number)
        .values(replies=counts[Speech.REPLY], notes=counts[Speech.NOTE])
    )
    return replace(
        facts,
        replies=counts[Speech.REPLY],
        notes_count=counts[Speech.NOTE],
        agent_ids=frozenset(spoke[Speech.REPLY]),
        note_agent_ids=frozenset(spoke[Speech.NOTE]),
    )


def _with_files(unit: Unit, facts: TicketFacts, chance: random.Random) -> TicketFacts:
    """Some of the files hang on a note (one taken back, so that it counts for nothing itself), one more is removed."""
    hidden = chance.randint(0, facts.files)
    note = {"ticket_id": facts.number, "author_id": 1, "speech": "note", "body": "", "at": NOW, "removed": True}
    _put(unit, "comment", note)
    file = {
        "ticket_id": facts.number,
        "comment_id": unit.scalar(select(func.max(SQLModel.metadata.tables["comment"].c.id))),
        "name": "log.txt",
        "size": 1,
        "sha256": "x",
        "added_by_id": 1,
        "at": NOW,
    }
    _put(unit, "file", {**file, "removed": True}, *[{**file, "removed": False}] * hidden)
    return replace(facts, note_files=hidden)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(queries.texts, st.booleans(), st.sampled_from([1, 2, 4]))
def test_a_query_finds_the_same_in_sql_and_as_a_predicate(
    tickets: Tickets, text: str, may_read_notes: bool, me: int
) -> None:
    tickets.found(text, may_read_notes, me)


ONE_OF_EACH = [
    *(f"{flag.verb}:{flag.name}" for flag in fields.FLAGS),
    *(
        f"{field.name}{op}{value}"
        for field in fields.FIELDS
        for op in field.operators
        for value in dict.fromkeys(queries.values_of(field, op))
    ),
    *queries.WORDS,
]


def test_every_field_operator_flag_and_value_agrees_and_so_does_its_opposite(tickets: Tickets) -> None:
    everything = set(range(1, TICKETS + 1))
    for text in ONE_OF_EACH:
        assert tickets.found(text) | tickets.found(f"-{text}") == everything, text


def test_a_ticket_without_a_due_date_is_not_due_before_friday(tickets: Tickets) -> None:
    without = {number for number, facts in tickets.facts.items() if facts.due is None}
    assert without
    assert without <= tickets.found("-due<fri")
    assert not without & tickets.found("due<fri or due>=fri")


def test_what_the_team_noted_is_not_there_for_those_who_may_not_read_it(tickets: Tickets) -> None:
    only_in_notes = {
        number
        for number, facts in tickets.facts.items()
        if "secret" in facts.notes and not any("secret" in text for text in facts.texts)
    }
    assert only_in_notes
    assert only_in_notes <= tickets.found("secret", may_read_notes=True)
    assert not only_in_notes & tickets.found("secret", may_read_notes=False)


@pytest.mark.parametrize("signs", ["%", "_", "&", '"---"', "is:open %", "(% or _)"])
def test_signs_alone_find_nothing(tickets: Tickets, signs: str) -> None:
    assert tickets.found(signs) == set()


def test_a_quote_just_opened_asks_for_nothing_yet(tickets: Tickets) -> None:
    assert tickets.found('is:open ""') == tickets.found("is:open")


def test_signs_between_words_ask_for_nothing_more(tickets: Tickets) -> None:
    assert tickets.found("printer & is") == tickets.found("printer is") != set()
    assert tickets.found("printer or %") == tickets.found("printer")
    assert tickets.found("printer -%") == tickets.found("printer")


def test_the_largest_and_the_deepest_query_can_be_run(tickets: Tickets) -> None:
    deepest = "vpn"
    for depth in range(DEPTH_LIMIT // 2):
        deepest = f"-({deepest} {'or' if depth % 2 else 'and'} label:vpn due<3d)"
    tickets.found(deepest)
    tickets.found(" ".join(f"word{number}" for number in range(TERMS_LIMIT)))
    tickets.found(" or ".join(f"word{number}" for number in range(TERMS_LIMIT)))
    tickets.found(" or ".join(["-due<fri"] * TERMS_LIMIT))
    tickets.found("title:" + ",".join("%_" * 3 for _ in range(TERMS_LIMIT)))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(queries.sorts)
def test_an_order_lists_every_ticket_once(tickets: Tickets, sort: str) -> None:
    assert sorted(tickets.ordered(sort)) == list(range(1, TICKETS + 1))


def test_tickets_without_a_value_come_last_in_either_order(tickets: Tickets) -> None:
    for sort, sign in (("sort:due", 1), ("sort:-due", -1)):
        due = [tickets.facts[number].due for number in tickets.ordered(sort)]
        given_ones = [moment for moment in due if moment is not None]
        assert due[: len(given_ones)] == given_ones
        assert given_ones == sorted(given_ones, reverse=sign < 0)


def test_the_youngest_come_first_by_age(tickets: Tickets) -> None:
    created = [tickets.facts[number].created for number in tickets.ordered("sort:age")]
    assert created == sorted(created, reverse=True)


def test_categories_are_in_the_order_of_the_work(tickets: Tickets) -> None:
    order = [tickets.facts[number].category for number in tickets.ordered("sort:category")]
    assert order == sorted(order, key=list(Category).index)


def test_a_query_for_a_page_of_open_tickets_uses_an_index(tickets: Tickets) -> None:
    asked = asking()
    condition = where(bind(parse("is:open assignee:me"), asked), asked, True)
    ticket = tables.Ticket.__table__  # type: ignore[attr-defined]
    statement = (
        select(ticket.c.id).where(condition).compile(tickets.store.engine, compile_kwargs={"literal_binds": True})
    )
    with tickets.store.reading() as unit:
        explain = "EXPLAIN QUERY PLAN"
        if unit.engine == engines.POSTGRESQL:
            unit.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # as if there were many
            explain = "EXPLAIN"
        plan = str(unit.connection.exec_driver_sql(f"{explain} {statement}").all())
    assert "ticket_by_assignee" in plan
