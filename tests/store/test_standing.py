"""What a board's columns hold is added up from what triggers keep: always what looking at each ticket would give."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from helpdesk_tui.desk import board_members, boards, checkup, structure, tickets, undo
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.errors import HelpdeskError
from helpdesk_tui.exchange import demo
from helpdesk_tui.language.terms import SetField
from helpdesk_tui.store import standing
from helpdesk_tui.store.standing import Standing
from tests.builders import NOON, a_desk, a_ticket, as_uid, desk_of

COLUMNS = [1, 2, 3]
ACTS = ["move left", "move right", "archive", "reopen", "undo", "redo", "waiting", "critical"]
MINUTES = st.integers(-200, 200)
TODAY = (NOON - timedelta(minutes=100), NOON + timedelta(minutes=100))
"""The day of somebody in an odd zone."""


def stands(desk: Desk, now: datetime) -> dict[int, Standing]:
    board = next(one for one in boards.all_boards(desk, archived=True) if one.id == 1)
    with desk.store.reading() as unit:
        return standing.by_column(unit, desk.actor, board, now, TODAY)


def late(desk: Desk, now: datetime) -> dict[int, int]:
    return {column: one.late for column, one in stands(desk, now).items()}


def looked_at(desk: Desk, now: datetime) -> dict[int, Standing]:
    """The same, ticket by ticket."""
    found: dict[int, list[Card]] = {column: [] for column in COLUMNS}
    for card in tickets.find(desk, desk.ask(""), limit=None):
        if not card.archived and card.column_id in found:
            found[card.column_id].append(card)
    return {column: Standing(len(cards), _late(cards, now), _today(cards)) for column, cards in found.items()}


def _late(cards: list[Card], now: datetime) -> int:
    return sum(card.late(now) for card in cards if card.closed is None)


def _today(cards: list[Card]) -> int:
    start, end = TODAY
    return sum(card.closed is None and card.due is not None and start <= card.due < end for card in cards)


def columns_off(desk: Desk) -> list[int]:
    with desk.store.reading() as unit:
        return standing.columns_off(unit)


def due(desk: Desk, number: int, minutes: int | None) -> None:
    moment = None if minutes is None else NOON + timedelta(minutes=minutes)
    tickets.change(desk, [number], [SetField("due", moment)])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from(["due", "none", *ACTS]), st.integers(1, 4), MINUTES), max_size=14),
    now=MINUTES,
)
def test_it_is_what_looking_at_each_ticket_gives_whatever_is_done(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]], now: int
) -> None:
    desk = a_desk(tmp_path_factory.mktemp("late"))
    for _ in range(4):
        a_ticket(desk)
    for act, number, minutes in steps:
        try:
            do(desk, act, number, minutes)
        except HelpdeskError:
            continue
    moment = NOON + timedelta(minutes=now)
    assert stands(desk, moment) == looked_at(desk, moment)
    assert columns_off(desk) == []
    desk.close()


def do(desk: Desk, act: str, number: int, minutes: int) -> None:
    match act:
        case "due" | "none":
            due(desk, number, minutes if act == "due" else None)
        case "move left" | "move right":
            tickets.shift(desk, [number], 1 if act == "move right" else -1)
        case "undo" | "redo":
            getattr(undo, act)(desk)
        case "waiting":
            tickets.change_text(desk, [number], "status:waiting")
        case "critical":
            tickets.change_text(desk, [number], "priority:critical")
        case _:
            tickets.change_text(desk, [number], act)


@pytest.mark.parametrize("minutes", [-61, -60, -59, -1, 0, 1, 59, 60, 61])
def test_to_the_millisecond(desk: Desk, minutes: int) -> None:
    due(desk, a_ticket(desk), minutes)
    moment = NOON + timedelta(minutes=minutes)
    assert late(desk, moment)[1] == 0
    assert late(desk, moment + timedelta(milliseconds=1))[1] == 1


def test_after_a_bulk(desk: Desk) -> None:
    demo.fill(desk, 60)
    for hours in (-48, 0, 48):
        moment = NOON + timedelta(hours=hours)
        assert stands(desk, moment) == looked_at(desk, moment)
    assert columns_off(desk) == []


def test_with_its_board_a_late_ticket_goes_and_comes_back(desk: Desk) -> None:
    structure.add_board(desk, "Elsewhere")
    due(desk, a_ticket(desk), -60)
    structure.archive_board(desk, 1)
    assert late(desk, NOON)[1] == 0
    assert columns_off(desk) == []
    structure.unarchive_board(desk, 1)
    assert late(desk, NOON)[1] == 1


def test_an_archived_board_is_nothing_to_repair(desk: Desk) -> None:
    structure.add_board(desk, "Elsewhere")
    a_ticket(desk)
    structure.archive_board(desk, 1)
    found = {one.what: one.state.value for one in checkup.check_server(desk, repair=True)}
    assert found["counts"] == "ok"
    with desk.store.reading() as unit:
        assert unit.scalar(text("SELECT count(*) FROM ticket WHERE gone")) == 1


def test_a_requesters_count_is_of_their_own(desk: Desk) -> None:
    asking = desk_of(desk, Role.REQUESTER)
    due(desk, a_ticket(desk), -60)
    mine = tickets.create(asking, tickets.NewTicket("Mine")).numbers[0]
    due(desk, mine, -60)
    assert late(asking, NOON)[1] == 1
    assert late(desk, NOON)[1] == 2


def test_whoever_works_on_one_board_counts_all_of_it_and_their_own_elsewhere(desk: Desk) -> None:
    other = structure.add_board(desk, "Elsewhere").made
    assert other is not None
    board_members.set_role(desk, other, desk_of(desk, Role.REQUESTER).actor.id, Role.AGENT)
    helper = as_uid(desk, 2000)
    here, there = boards.all_boards(desk)
    for board in (here, there):
        number = a_ticket(desk)
        tickets.move(desk, [number], board.columns[0].id)
        due(desk, number, -60)
    with desk.store.reading() as unit:
        for board, count in ((here, 0), (there, 1)):
            found = standing.by_column(unit, helper.actor, board, NOON, TODAY)
            assert found[board.columns[0].id] == Standing(count, count, count)


@pytest.mark.files_only
@pytest.mark.parametrize("value", ["'soon'", "'x12'", "NULL"])
def test_what_another_tool_wrote_makes_no_ticket_late(desk: Desk, value: str) -> None:
    number = a_ticket(desk)
    with desk.store.writing() as unit:
        unit.run(text(f"UPDATE ticket SET due_at = {value}, sla_due_at = NULL WHERE id = {number}"))
        unit.commit()
    assert late(desk, NOON)[1] == 0
    assert columns_off(desk) == []
