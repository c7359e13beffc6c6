"""Putting done cards away by themselves, once they have stood long enough."""

from __future__ import annotations

from datetime import timedelta

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import working
from helpdesk_tui.domain.board import Board, Category
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.store import directory, membership

AT_ONCE = 500
"""Cards that one step puts away: other people's changes come in between."""


def archive_old(desk: Desk) -> Outcome:
    """Archive the cards that have been done for longer than their board has them stay.

    Of the boards where the acting person may archive. It is no step of theirs: their undo passes it by, and reopening
    brings a card back. Whoever comes first with the write lock does it; for those who come at the same time nothing
    is left, so that many open boards need not agree on one of them.
    """
    desk.require(Act.ARCHIVE)
    numbers: list[int] = []
    for board in _boards(desk):
        while batch := _archive(desk, board):
            numbers += batch
    said = f"{len(numbers)} done card{'s' * (len(numbers) != 1)} archived" if numbers else "nothing to archive"
    return Outcome(tuple(numbers), said)


def is_due(desk: Desk) -> bool:
    """Whether there is anything to put away."""
    return bool(_boards(desk))


def _boards(desk: Desk) -> list[Board]:
    """The boards that have something to put away, told without holding anybody up."""
    with desk.store.reading() as unit:
        return [
            board
            for board in directory.boards(unit)
            if board.archive_after is not None
            and desk.may(Act.ARCHIVE, board.id)
            and membership.closed_before(unit, _done(board), desk.clock.now() - timedelta(days=board.archive_after), 1)
        ]


def _archive(desk: Desk, board: Board) -> list[int]:
    with working(desk, Act.ARCHIVE) as work:
        board = work.board(board.id)  # as it is now: somebody may have changed it since
        if board.archive_after is None or board.archived_at is not None:
            return []
        before = work.now - timedelta(days=board.archive_after)
        numbers = membership.closed_before(work.unit, _done(board), before, AT_ONCE)
        days = f"{board.archive_after} day{'s' * (board.archive_after > 1)}"
        for ticket in work.tickets(numbers):
            work.alter("ticket", ticket, {"archived_at": work.now}, "archived", reason=f"done for {days}")
        work.commit(f"{len(numbers)} cards of {board.name} archived: done for {days}", kind="auto")
        return numbers


def _done(board: Board) -> list[int]:
    return [column.id for column in board.columns if column.category is Category.DONE]
