"""Boards and their columns: making, renaming, limiting and removing them."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.desk import applying
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import Board, Category
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, NotFound, UsageError
from helpdesk_tui.store import directory, records
from helpdesk_tui.store.records import Stored

STANDARD = (("To Do", Category.TODO), ("Doing", Category.DOING), ("Done", Category.DONE))
"""The columns a new board begins with."""

COLUMNS_LIMIT = 20
LARGEST_WIP = 9_999


def add_board(desk: Desk, name: str, columns: Sequence[tuple[str, Category]] = STANDARD) -> Outcome:
    """Make a board with its columns, left to right."""
    with working(desk, Act.MANAGE_BOARDS) as work:
        made = insert_board(work, name, columns)
        return work.commit(f"board {entry.name(name, 'board')} added", made=made)


def insert_board(work: Work, name: str, columns: Sequence[tuple[str, Category]] = STANDARD) -> int:
    """Add a board within a step."""
    name = entry.name(name, "board")
    _refuse_twin(name, work.boards, "board")
    values = {"name": name, "folded": fold(name), "position": len(work.boards)}
    board = work.make("board", values, "board", text=name)
    for position, (title, category) in enumerate(columns):
        _insert_column(work, board, title, category, position, None)
    return board


def rename_board(desk: Desk, board_id: int, name: str) -> Outcome:
    """Call a board differently."""
    desk.require(Act.MANAGE_BOARDS)
    name = entry.name(name, "board")
    with working(desk) as work:
        _refuse_twin(name, [board for board in work.boards if board.id != board_id], "board")
        work.alter("board", _row(work, "board", board_id), {"name": name, "folded": fold(name)}, "board")
        return work.commit(f"board renamed to {name}")


def add_column(
    desk: Desk, board_id: int, name: str, category: Category, limit: int | None = None, position: int | None = None
) -> Outcome:
    """Add a column at a position (0: leftmost; None: behind the last of its category)."""
    with working(desk, Act.MANAGE_BOARDS) as work:
        board = work.board(board_id)
        if len(board.columns) >= COLUMNS_LIMIT:
            raise UsageError(f"A board may have {COLUMNS_LIMIT} columns.", "Make another board.")
        place = _place_for(board, category) if position is None else min(max(0, position), len(board.columns))
        for index, column in enumerate(board.columns):
            work.alter("column", _row(work, "column", column.id), {"position": index + (index >= place)}, "column")
        made = _insert_column(work, board_id, name, category, place, limit)
        return work.commit(f"column {entry.name(name, 'column')} added to {board.name}", made=made)


def edit_column(
    desk: Desk, column_id: int, *, name: str | None = None, limit: int | None = None, unlimited: bool = False
) -> Outcome:
    """Rename a column, or set its WIP limit (`unlimited` takes it away)."""
    with working(desk, Act.MANAGE_BOARDS) as work:
        column = work.column(column_id)
        changes: dict[str, object] = {}
        if name is not None:
            name = entry.name(name, "column")
            others = [other for other in work.board(column.board_id).columns if other.id != column_id]
            _refuse_twin(name, others, "column")
            changes |= {"name": name, "folded": fold(name)}
        if limit is not None or unlimited:
            changes["wip_limit"] = _checked_limit(limit)
        work.alter("column", _row(work, "column", column_id), changes, "column")
        return work.commit(f"column {name or column.name} changed")


def remove_column(desk: Desk, column_id: int, into: int) -> Outcome:
    """Remove a column; its tickets move to the column `into` first, all in one step."""
    with working(desk, Act.MANAGE_BOARDS) as work:
        column, target = work.column(column_id), work.column(into)
        if column.id == target.id or column.board_id != target.board_id:
            raise UsageError("Its tickets need another column of the same board.", "Name one with --into.")
        tickets = work.tickets(directory.column_tickets(work.unit, column_id))
        for ticket in tickets:
            applying.place(work, ticket, target)
        work.alter("column", _row(work, "column", column_id), {"removed": True}, "column")
        return work.commit(f"column {column.name} removed, {len(tickets)} tickets → {target.name}")


def remove_board(desk: Desk, board_id: int) -> Outcome:
    """Remove a board that holds no tickets. Conflict if it does, or if it is the last."""
    with working(desk, Act.MANAGE_BOARDS) as work:
        board = work.board(board_id)
        if len(work.boards) == 1:
            raise Conflict("The last board stays.", "Make another one first.")
        if any(directory.column_tickets(work.unit, column.id) for column in board.columns):
            raise Conflict(f"The board {board.name} still holds tickets.", "Move them to another board first.")
        work.alter("board", _row(work, "board", board_id), {"removed": True}, "board")
        return work.commit(f"board {board.name} removed")


def _insert_column(work: Work, board_id: int, name: str, category: Category, position: int, limit: int | None) -> int:
    name = entry.name(name, "column")
    _refuse_twin(name, next((b.columns for b in work.boards if b.id == board_id), ()), "column")
    values = {
        "board_id": board_id,
        "name": name,
        "folded": fold(name),
        "category": category.value,
        "position": position,
        "wip_limit": _checked_limit(limit),
    }
    return work.make("column", values, "column", text=name)


def _place_for(board: Board, category: Category) -> int:
    order = list(Category)
    fitting = [
        index for index, column in enumerate(board.columns) if order.index(column.category) <= order.index(category)
    ]
    return fitting[-1] + 1 if fitting else 0


def _checked_limit(limit: int | None) -> int | None:
    if limit is not None and not 1 <= limit <= LARGEST_WIP:
        raise UsageError(f"{limit} is no WIP limit.", f"From 1 to {LARGEST_WIP:,}, or none.")
    return limit


def _refuse_twin(name: str, others: Sequence[object], what: str) -> None:
    if any(fold(other.name) == fold(name) for other in others):  # type: ignore[attr-defined]
        raise Conflict(f"There is a {what} {name!r} already.", "Choose another name.")


def _row(work: Work, entity: str, record_id: int) -> Stored:
    row = records.fetch(work.unit, entity, record_id)
    if row is None or row["removed"]:
        raise NotFound(f"There is no such {entity}.", "It may have been removed.")
    return row
