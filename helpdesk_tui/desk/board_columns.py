"""The columns of a board: adding, changing, ordering and removing them, with what that means for their tickets."""

from __future__ import annotations

from msgspec.structs import replace

from helpdesk_tui.desk import moving, renaming
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.structure import (
    checked_color,
    checked_limit,
    insert_column,
    managing,
    refuse_twin,
    reorder,
)
from helpdesk_tui.desk.work import Work, no_such, working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import Board, Category, Column
from helpdesk_tui.domain.board_templates import ColumnPlan
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, UsageError
from helpdesk_tui.store import cards, directory

COLUMNS_LIMIT = 20

MANY = 10_000
"""Tickets that one step may take along: more would hold everybody else up."""


def add_column(
    desk: Desk,
    board_id: int,
    name: str,
    category: Category,
    limit: int | None = None,
    position: int | None = None,
    *,
    hard: bool = False,
    color: str = "",
) -> Outcome:
    """Add a column at a position (0: leftmost; None: behind the last of its category)."""
    name = entry.name(name, "column")
    with managing(desk, board_id) as (work, board):
        if len(board.columns) >= COLUMNS_LIMIT:
            raise UsageError(f"A board may have {COLUMNS_LIMIT} columns.", "Make another board.")
        refuse_twin(name, board.columns, "column")
        place = _place_for(board, category) if position is None else min(max(0, position), len(board.columns))
        for index, column in enumerate(board.columns):
            work.alter("column", work.row("column", column.id), {"position": index + (index >= place)}, "column")
        made = insert_column(work, board_id, ColumnPlan(name, category, limit, hard, color), place)
        return work.commit(f"column {name} added to {board.name}", made=made)


def edit_column(
    desk: Desk,
    column_id: int,
    *,
    name: str | None = None,
    category: Category | None = None,
    limit: int | None = None,
    unlimited: bool = False,
    hard: bool | None = None,
    color: str | None = None,
) -> Outcome:
    """Rename or colour a column, set its WIP limit (`unlimited` takes it away), or say what being in it means.

    A `hard` limit refuses a card more, a soft one only warns. With another category its tickets are closed or opened
    in the same step. Conflict if a board would be left without a column to begin in, or to end in.
    """
    with working(desk) as work:
        column = _managed(work, column_id)
        board = work.board(column.board_id)
        changes: dict[str, object] = {}
        if name is not None:
            name = entry.name(name, "column")
            refuse_twin(name, [other for other in board.columns if other.id != column_id], "column")
            changes |= {"name": name, "folded": fold(name)}
        if limit is not None or unlimited:
            changes["wip_limit"] = checked_limit(limit)
        if hard is not None:
            changes["hard"] = hard
        if color is not None:
            changes["color"] = checked_color(color)
        turned = 0
        if category is not None and category is not column.category:
            changes["category"] = category.value
            turned = _turn(work, board, column, category)
        with renaming.followed(work, "column", column_id, (column.name, name or column.name)):
            work.alter("column", work.row("column", column_id), changes, "column")
        what = f"column {name or column.name} changed"
        if turned:
            what += f", {_count(turned)} {'closed' if category is Category.DONE else 'open again'}"
        return work.commit(what)


def move_column(desk: Desk, column_id: int, by: int) -> Outcome:
    """Move a column so many places to the right (left if negative)."""
    with working(desk) as work:
        column = _managed(work, column_id)
        columns = [other.id for other in work.board(column.board_id).columns]
        reorder(work, "column", columns, column_id, by)
        return work.commit(f"column {column.name} moved" if work.facts else f"column {column.name} stays where it is")


def held(desk: Desk, column_id: int) -> int:
    """How many tickets stand on a column, archived ones too: those that `remove_column` needs another one for."""
    with desk.store.reading() as unit:
        for board in directory.boards(unit, cards.known_board(desk.actor), archived=True):
            if any(column.id == column_id for column in board.columns):
                desk.require(Act.MANAGE_BOARDS, board.id)
                return len(directory.column_tickets(unit, column_id))
    raise no_such("column")


def remove_column(desk: Desk, column_id: int, into: int | None = None) -> Outcome:
    """Remove a column; its tickets move to the column `into` first, all in one step."""
    with working(desk) as work:
        column = _managed(work, column_id)
        board = work.board(column.board_id)
        _refuse_last(board, column)
        numbers = _held(work, column)
        if into is None and numbers:
            raise UsageError(
                f"{column.name} still holds {_count(len(numbers))}.", "Name the column they go to: `--into COLUMN`."
            )
        target = None if into is None else work.column(into)
        if target is not None and (column.id == target.id or column.board_id != target.board_id):
            raise UsageError("Its tickets need another column of the same board.", "Name one with --into.")
        for ticket in work.tickets_of_all(numbers) if target is not None else ():
            assert target is not None
            moving.place(work, ticket, target)
        work.alter("column", work.row("column", column_id), {"removed": True}, "column")
        went = f", {_count(len(numbers))} → {target.name}" if target is not None and numbers else ""
        left = renaming.still_named(work, "column", column.name)
        return work.commit(f"column {column.name} removed{went}", left)


def _managed(work: Work, column_id: int) -> Column:
    column = work.column(column_id)
    work.desk.require(Act.MANAGE_BOARDS, column.board_id)
    return column


def _turn(work: Work, board: Board, column: Column, category: Category) -> int:
    """Close or open the tickets of a column whose category becomes another; how many that were.

    What has been merged into another ticket does not come up again by this: it goes on to a column that is done.
    """
    _refuse_last(board, column)
    if Category.DONE not in {column.category, category}:
        return 0
    done = next((other for other in board.columns if other.category is Category.DONE and other.id != column.id), None)
    turned = 0
    for ticket in work.tickets_of_all(_held(work, column)):
        if ticket["merged_into_id"] is not None and done is not None:
            moving.place(work, ticket, done)
            continue
        changes: dict[str, object] = {}
        moving.enter(work, ticket, replace(column, category=category), changes)
        turned += work.alter("ticket", ticket, changes, "changed")
    return turned


def _held(work: Work, column: Column) -> list[int]:
    numbers = directory.column_tickets(work.unit, column.id)
    if len(numbers) > MANY:
        raise Conflict(
            f"{column.name} holds {len(numbers):,} tickets; {MANY:,} at once is the limit.",
            "Move some of them to another column first.",
        )
    return numbers


def _refuse_last(board: Board, column: Column) -> None:
    """What is new needs a column to begin in, what is solved one to end in."""
    alike = [other for other in board.columns if other.category is column.category]
    if len(alike) == 1 and column.category is not Category.DOING:
        raise Conflict(
            f"{column.name} is the only {column.category.value} column of {board.name}.",
            f"Make another {column.category.value} column first.",
        )


def _place_for(board: Board, category: Category) -> int:
    order = list(Category)
    fitting = [
        index for index, column in enumerate(board.columns) if order.index(column.category) <= order.index(category)
    ]
    return fitting[-1] + 1 if fitting else 0


def _count(tickets: int) -> str:
    return f"{tickets:,} ticket{'s' * (tickets != 1)}"
