"""The boards of the desk: making, ordering, putting away and removing them. `board_columns` has what stands on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from helpdesk_tui.desk import renaming
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.labels import COLORS
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, no_such, working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import Board, Column
from helpdesk_tui.domain.board_templates import PLAIN, BoardTemplate, ColumnPlan
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, UsageError
from helpdesk_tui.store import directory

LARGEST_WIP = 9_999
LONGEST_WAIT = 3_650
"""Days after which done cards are archived at the latest."""


def add_board(desk: Desk, name: str, template: BoardTemplate = PLAIN) -> Outcome:
    """Make a board as the template has it, behind the others."""
    with working(desk, Act.MANAGE_BOARDS) as work:
        made = insert_board(work, name, template)
        return work.commit(f"board {entry.name(name, 'board')} added", made=made)


def insert_board(work: Work, name: str, template: BoardTemplate = PLAIN) -> int:
    """Add a board within a step."""
    name = entry.name(name, "board")
    known = directory.boards(work.unit, archived=True)
    refuse_twin(name, known, "board")
    values = {
        "name": name,
        "folded": fold(name),
        "position": len(known),
        "members_only": template.members_only,
        "archive_after": template.archive_after,
    }
    board = work.make("board", values, "board", text=name)
    for position, plan in enumerate(template.columns):
        insert_column(work, board, plan, position)
    return board


def insert_column(work: Work, board_id: int, plan: ColumnPlan, position: int) -> int:
    """Add a column within a step."""
    values = {
        "board_id": board_id,
        "name": entry.name(plan.name, "column"),
        "folded": fold(plan.name),
        "category": plan.category.value,
        "position": position,
        "wip_limit": checked_limit(plan.limit),
        "hard": plan.hard,
        "color": checked_color(plan.color),
    }
    return work.make("column", values, "column", text=plan.name)


def rename_board(desk: Desk, board_id: int, name: str) -> Outcome:
    """Call a board differently."""
    name = entry.name(name, "board")
    with working(desk, Act.MANAGE_BOARDS) as work:
        others = [board for board in directory.boards(work.unit, archived=True) if board.id != board_id]
        refuse_twin(name, others, "board")
        row = work.row("board", board_id)
        with renaming.followed(work, "board", board_id, (row["name"], name)):
            work.alter("board", row, {"name": name, "folded": fold(name)}, "board")
        return work.commit(f"board renamed to {name}")


def move_board(desk: Desk, board_id: int, by: int) -> Outcome:
    """Move a board so many places further down the list (up if negative)."""
    with working(desk, Act.MANAGE_BOARDS) as work:
        name = work.board(board_id).name
        reorder(work, "board", [board.id for board in work.boards], board_id, by)
        return work.commit(f"board {name} moved" if work.facts else f"board {name} stays where it is")


def archive_board(desk: Desk, board_id: int) -> Outcome:
    """Put a board away with all its tickets: they are found with `is:archived` and come back with it.

    Conflict if it is the last board.
    """
    with working(desk, Act.MANAGE_BOARDS) as work:
        board = work.board(board_id)
        if board.archived_at is not None:
            raise Conflict(f"The board {board.name} is archived already.", "`helpdesk board unarchive` brings it back.")
        _refuse_last(work)
        work.alter("board", work.row("board", board_id), {"archived_at": work.now}, "board")
        return work.commit(f"board {board.name} archived with its tickets")


def unarchive_board(desk: Desk, board_id: int) -> Outcome:
    """Bring a board back with its tickets, those aside that were archived by themselves."""
    with working(desk, Act.MANAGE_BOARDS) as work:
        board = work.board(board_id)
        if board.archived_at is None:
            raise Conflict(f"The board {board.name} is not archived.", "There is nothing to bring back.")
        work.alter("board", work.row("board", board_id), {"archived_at": None}, "board")
        return work.commit(f"board {board.name} is back with its tickets")


def set_archive_after(desk: Desk, board_id: int, days: int | None) -> Outcome:
    """Have done cards archived by themselves after so many days; None: never."""
    if days is not None and not 1 <= days <= LONGEST_WAIT:
        raise UsageError(f"{days} is no number of days to wait.", f"From 1 to {LONGEST_WAIT:,}, or none.")
    with managing(desk, board_id) as (work, board):
        work.alter("board", work.row("board", board_id), {"archive_after": days}, "board")
        wait = "stay" if days is None else f"are archived after {days} day{'s' * (days > 1)}"
        return work.commit(f"done cards of {board.name} {wait}")


def remove_board(desk: Desk, board_id: int) -> Outcome:
    """Remove a board that holds no tickets. Conflict if it does, or if it is the last."""
    with working(desk, Act.MANAGE_BOARDS) as work:
        board = work.board(board_id)
        if board.archived_at is None:
            _refuse_last(work)
        if any(directory.column_tickets(work.unit, column.id) for column in board.columns):
            raise Conflict(
                f"The board {board.name} still holds tickets.", "Move them to another board first, or archive it."
            )
        work.alter("board", work.row("board", board_id), {"removed": True}, "board")
        return work.commit(f"board {board.name} removed", renaming.still_named(work, "board", board.name))


@contextmanager
def managing(desk: Desk, board_id: int) -> Iterator[tuple[Work, Board]]:
    """A step on one board by somebody who may manage it: an admin of the desk, or of this board."""
    with working(desk) as work:
        board = work.board(board_id)
        work.desk.require(Act.MANAGE_BOARDS, board_id)
        yield work, board


def reorder(work: Work, entity: str, ids: Sequence[int], moved: int, by: int) -> None:
    """Write the positions of records that stand in the order of `ids`, one of them moved by so many places."""
    order = list(ids)
    if moved not in order:
        raise no_such(entity)
    here = order.index(moved)
    order.insert(max(0, min(here + by, len(order) - 1)), order.pop(here))
    if order != list(ids):
        for position, record_id in enumerate(order):
            work.alter(entity, work.row(entity, record_id), {"position": position}, entity)


def checked_limit(limit: int | None) -> int | None:
    """A WIP limit that can be one. UsageError otherwise."""
    if limit is not None and not 1 <= limit <= LARGEST_WIP:
        raise UsageError(f"{limit} is no WIP limit.", f"From 1 to {LARGEST_WIP:,}, or none.")
    return limit


def checked_color(color: str) -> str:
    """One of the hues, or none. UsageError otherwise."""
    if color and color not in COLORS:
        raise UsageError(f"{color[:30]!r} is no colour of a column.", f"Known: {', '.join(COLORS)}.")
    return color


def refuse_twin(name: str, others: Sequence[Board | Column], what: str) -> None:
    """Conflict if one of the others is called so."""
    if any(fold(other.name) == fold(name) for other in others):
        raise Conflict(f"There is a {what} {name!r} already.", "Choose another name.")


def _refuse_last(work: Work) -> None:
    if len(work.boards) == 1:
        raise Conflict("The last board stays.", "Make another one first.")
