"""Swimlanes: every card once, under the heading of its lane, in the board's own order within it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk_tui.desk import boards, ordering, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Role
from helpdesk_tui.tui.looking import Place, Wish, ask, look
from helpdesk_tui.tui.widgets.lanes import Lane, lane_of
from tests.builders import a_desk, a_person, a_ticket, an_organization, later
from tests.tui.on_board import at_board

LANES = [lane for lane in Lane if lane is not Lane.NONE]


@pytest.fixture(scope="module")
def crowd_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A desk with tickets of three customers, with labels, in all columns."""
    desk = a_desk(tmp_path_factory.mktemp("crowd"))
    a_person(desk)
    people = [
        a_person(desk, name, Role.REQUESTER, organization=an_organization(desk, firm) if firm else None)
        for name, firm in (("Dana Levi", "Acme"), ("Ola Nowak", "Żabka"), ("Uri Ben", ""))
    ]
    changes = ("+vpn +account", "+network", "", "+account priority:high", "kind:task", "status:blocked")
    for at in range(18):
        later(desk, minutes=1)
        number = a_ticket(desk, f"Ticket {at}", changes[at % 6], requester_id=people[at % 3])
        if at % 2:
            tickets.change_text(desk, [number], f"assignee:{'bob' if at % 4 == 1 else 'me'}")
        if at % 3 == 2:
            tickets.change_text(desk, [number], "to:done")
    desk.close()
    return desk.store.path.read_bytes()


@pytest.fixture
def crowd(tmp_path: Path, crowd_file: bytes) -> Iterator[Desk]:
    (tmp_path / "desk.db").write_bytes(crowd_file)
    desk = a_desk(tmp_path)
    yield desk
    desk.close()


@pytest.mark.parametrize("lane", LANES)
@pytest.mark.parametrize("text", ["", "ticket", "is:open", "sort:-number"])
def test_a_lane_is_not_left_and_entered_again(crowd: Desk, lane: Lane, text: str) -> None:
    for column in look(crowd, Wish(None, text, lane)).state.columns:
        names = [lane_of(lane, card) for card in column.first]
        runs = [name for at, name in enumerate(names) if at == 0 or name != names[at - 1]]
        assert len(runs) == len(set(runs))


@pytest.mark.parametrize("lane", LANES)
def test_within_a_lane_the_order_is_the_boards_own(crowd: Desk, lane: Lane) -> None:
    plain = {column.column.id: column.first for column in look(crowd, Wish(None, "")).state.columns}
    for column in look(crowd, Wish(None, "", lane)).state.columns:
        lanes = dict.fromkeys(lane_of(lane, card) for card in column.first)
        expected = [card for name in lanes for card in plain[column.column.id] if lane_of(lane, card) == name]
        assert [card.number for card in column.first] == [card.number for card in expected]


@pytest.mark.parametrize("lane", LANES)
@pytest.mark.parametrize("text", ["", "sort:title"])
def test_a_card_is_found_where_it_stands(crowd: Desk, lane: Lane, text: str) -> None:
    question = ask(crowd, Wish(None, text, lane))
    for column in boards.read(crowd, question).columns:
        for index, card in enumerate(column.first):
            assert boards.position(crowd, question, card.number) == (column.column.id, index)


def test_those_without_come_last(crowd: Desk) -> None:
    seen = look(crowd, Wish(None, "", Lane.ORGANIZATION))
    names = [lane_of(Lane.ORGANIZATION, card).strip() for card in seen.state.columns[0].first]
    assert list(dict.fromkeys(names)) == ["Acme", "Żabka"]
    done = [lane_of(Lane.ORGANIZATION, card).strip() for card in seen.state.columns[2].first]
    assert list(dict.fromkeys(done)) == ["no organization"]
    labels = [lane_of(Lane.LABEL, card).strip() for column in seen.state.columns for card in column.first]
    assert set(labels) == {"account", "network", "no label"}


def test_a_list_can_be_sorted_by_label(crowd: Desk) -> None:
    found = [card.labels[0].name if card.labels else "" for card in tickets.find(crowd, crowd.ask("sort:label"))]
    assert found == sorted(found, key=lambda name: (not name, name))


def test_cards_keep_their_place_by_hand_for_later(crowd: Desk) -> None:
    question = ask(crowd, Wish(None, "", Lane.LABEL))
    outcome = ordering.reorder(crowd, 1, 1, question)
    assert (outcome.change_set, "swimlanes" in outcome.said) == (None, True)


def test_nothing_more_is_read_for_a_page(crowd: Desk) -> None:
    """The plain board and each swimlane read the same cards by the same statements."""
    from sqlalchemy import event

    sent: list[str] = []
    event.listen(crowd.store.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    counts = set()
    for lane in (Lane.NONE, *LANES):
        sent.clear()
        look(crowd, Wish(None, "", lane, (Place(1, 0, None, 0, 10),)))
        counts.add(len(sent))
    assert len(counts) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("typed", "headings"),
    [("label", ["account", "network", "no label"]), ("organ", ["Acme", "Żabka", "no organization"])],
)
async def test_s_groups_the_board(crowd: Desk, tmp_path: Path, typed: str, headings: list[str]) -> None:
    async with at_board(crowd, tmp_path, size=(140, 60)) as board:
        number = board.at.number
        await board.press("S")
        await board.type(typed)
        await board.press("enter")
        drawn = board.drawn()
        assert all(heading in drawn for heading in headings)
        assert board.at.number == number
        assert f"by {'organization' if typed == 'organ' else typed}" in drawn
