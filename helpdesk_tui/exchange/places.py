"""Where imported tickets go: the columns of a board by name or category."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.board import Board, Category, Column
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import UsageError
from helpdesk_tui.store import directory


def all_boards(desk: Desk) -> tuple[Board, ...]:
    """The desk's boards, at least one. UsageError on a desk that has none."""
    with desk.store.reading() as unit:
        boards = directory.boards(unit)
    if not boards:
        raise UsageError("The desk has no board to import to.", "Make one first: helpdesk board add NAME.")
    return boards


def board_called(boards: tuple[Board, ...], name: str) -> Board:
    """The board of that name, the first one where the name is empty. UsageError if there is none."""
    if not name:
        return boards[0]
    for board in boards:
        if fold(board.name) == fold(name):
            return board
    known = ", ".join(clean(board.name, limit=40) for board in boards)
    raise UsageError(f"There is no board “{clean(name, limit=60)}”.", f"The boards are: {known}.")


def column_called(board: Board, name: str | Category) -> Column:
    """The column of that name or the first of that category. UsageError if the board has none."""
    if isinstance(name, Category):
        found = board.first(name)
    else:
        found = next((column for column in board.columns if fold(column.name) == fold(name)), None)
        if found is None and name in set(Category):
            found = board.first(Category(name))
    if found is None:
        known = ", ".join(clean(column.name, limit=40) for column in board.columns)
        raise UsageError(
            f"The board {clean(board.name, limit=60)} has no column “{clean(str(name), limit=60)}”.",
            f"Its columns are: {known}.",
        )
    return found
