"""One odd row never closes a screen: cards, the ticket's own page and the board show it as what it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from helpdesk_tui.desk import boards, conversation, tickets
from helpdesk_tui.desk.desk import Desk
from tests.builders import NOON, a_desk, a_person, a_ticket, an_organization, board_of
from tests.odd import ODD, spoil
from tests.tui.on_board import at_board


@pytest.fixture(scope="module")
def rich_desk(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A desk on which ticket 2 has everything a ticket can have."""
    desk = a_desk(tmp_path_factory.mktemp("rich"))
    bob = a_person(desk)
    from helpdesk_tui.desk import structure, views

    structure.add_board(desk, "Second")
    a_ticket(desk, "First")
    change = "assignee:bob priority:high due:tomorrow +vpn impact:high check:open reply:hello note:psst time:25m"
    a_ticket(desk, "Printer is dead", change, requester_id=bob, organization_id=an_organization(desk))
    a_ticket(desk, "Third")
    tickets.change_text(desk, [2], "link:#3 watch:bob status:blocked")
    conversation.reply(desk, 2, "hello")
    views.save(desk, "late ones", "is:late")
    desk.close()
    return desk.store.path.read_bytes()


@pytest.fixture(params=ODD)
def odd_desk(request: pytest.FixtureRequest, tmp_path: Path, rich_desk: bytes) -> Iterator[Desk]:
    yield from spoilt(tmp_path, rich_desk, ODD[request.param])


def spoilt(folder: Path, whole: bytes, *statements: str) -> Iterator[Desk]:
    path = folder / "desk.db"
    path.write_bytes(whole)
    path.chmod(0o600)
    for statement in statements:
        spoil(path, statement)
    desk = a_desk(folder)
    yield desk
    desk.close()


def test_every_card_is_painted(odd_desk: Desk) -> None:
    from helpdesk_tui.tui.widgets.card import FULL, LINE, SHORT, Painter
    from helpdesk_tui.tui.widgets.lanes import Lane, lane_of

    found = [
        *tickets.find(odd_desk, odd_desk.ask("")),
        *(card for one in board_of(odd_desk).columns for card in one.first),
    ]
    assert {card.number for card in found} >= {1, 3}
    for card in found:
        for density in (FULL, SHORT, LINE):
            for pieces in Painter(38, density, NOON, UTC).paint(card):
                assert "\x1b" not in "".join(text for _, text in pieces)
        for lane in Lane:
            assert "\x1b" not in lane_of(lane, card)


def test_the_ticket_is_drawn(odd_desk: Desk) -> None:
    from helpdesk_tui.tui.widgets.ticket_lines import body, head
    from helpdesk_tui.tui.widgets.ticket_parts import Reader
    from helpdesk_tui.tui.widgets.ticket_side import side

    detail = tickets.open_ticket(odd_desk, 2)
    reader = Reader(NOON, UTC)
    lines = [
        *head(detail.card, 100, 3, reader),
        *body(detail, 80, reader, with_side=True),
        *side(detail, 40, reader),
    ]
    assert any("#2" in text for line in lines for _, text in line.pieces)


def test_every_card_that_is_shown_has_a_place(odd_desk: Desk) -> None:
    question = boards.Question(boards.all_boards(odd_desk)[0].id, odd_desk.ask(""))
    for column in boards.read(odd_desk, question).columns:
        for index, card in enumerate(column.first):
            assert boards.position(odd_desk, question, card.number) == (column.column.id, index)


AT_ONCE = [
    "UPDATE ticket SET status = 'on hold', priority = 9 WHERE id = 1",
    "UPDATE ticket SET title = x'50ff1b5d', due_at = 'tomorrow', assignee_id = 999 WHERE id = 2",
    "UPDATE ticket SET created_at = NULL, column_id = 2, closed_at = 'x', board_id = 99 WHERE id = 3",
    "UPDATE board_column SET category = 'later' WHERE name = 'Doing'",
    "UPDATE comment SET author_id = 999, speech = 'whisper'",
    "UPDATE event SET delta = '{', at = 'noon', actor_id = 99 WHERE ticket_id = 2",
]


@pytest.mark.asyncio
async def test_the_board_works_with_all_of_it(tmp_path: Path, rich_desk: bytes) -> None:
    for desk in spoilt(tmp_path, rich_desk, *AT_ONCE):
        async with at_board(desk, tmp_path) as board:
            await board.press("G", "g", "g", "z", "z", "z", "v", "l", "h", "d", "escape", "p", "escape", "s", "escape")
            board.screen.find_card(2)
            await board.settle()
            assert board.at.number == 2
            await board.press("enter", "end", "home", "escape", "L", "u", "K", "J")
            assert board.at.number == 2
            assert board.at.title == "P\N{REPLACEMENT CHARACTER}\x1b]"
