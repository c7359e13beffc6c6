"""The boards as a list: what each holds, whose it is, and what the acting person may do to it."""

from __future__ import annotations

from msgspec import Struct

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.board import Board, Category
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import NotFound
from helpdesk_tui.store import cards, directory, membership, standing


class BoardSummary(Struct, frozen=True):
    """A board with the open tickets and the members there are for the acting person, and whether they may manage it."""

    board: Board
    open: int
    members: int
    may_manage: bool


def overview(desk: Desk, *, archived: bool = False) -> tuple[BoardSummary, ...]:
    """The boards that are there for the acting person, in order; the archived ones, if asked for, behind the others."""
    with desk.store.reading() as unit:
        found = directory.boards(unit, cards.known_board(desk.actor), archived=archived)
        columns = {
            column.id: board.id for board in found for column in board.columns if column.category is not Category.DONE
        }
        opened = standing.totals(unit, desk.actor, columns)
        members = membership.member_counts(unit)
    return tuple(
        BoardSummary(
            board,
            sum(opened.get(column.id, 0) for column in board.columns),
            members.get(board.id, 0) if desk.may(Act.SEE_ALL_TICKETS, board.id) else 0,
            desk.may(Act.MANAGE_BOARDS, board.id),
        )
        for board in sorted(found, key=lambda one: one.archived_at is not None)
    )


def columns(desk: Desk, board_id: int) -> tuple[Board, dict[int, int]]:
    """A board, and how many tickets stand on each of its columns. NotFound if it is not there for the acting person."""
    with desk.store.reading() as unit:
        for board in directory.boards(unit, cards.known_board(desk.actor), archived=True):
            if board.id == board_id:
                return board, standing.totals(unit, desk.actor, [column.id for column in board.columns])
    raise NotFound("There is no such board.", "It may have been removed; `helpdesk board list` shows them.")
