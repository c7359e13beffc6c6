"""Moving a ticket to another column or board: what that opens or closes, and where it comes to stand there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from helpdesk_tui.desk.work import Work
from helpdesk_tui.domain.board import Board, Category, Column
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.rank import between
from helpdesk_tui.domain.ticket import Status
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import Conflict, UsageError
from helpdesk_tui.store import directory
from helpdesk_tui.store.records import Stored, as_stored


def find_column(work: Work, board_id: int, wanted: str | Category) -> Column:
    """A column of a board by category or by name. UsageError with the names if there is none."""
    board = work.board(board_id)
    found = (
        board.first(wanted)
        if isinstance(wanted, Category)
        else next((column for column in board.columns if fold(column.name) == fold(wanted)), None)
    )
    if found is None:
        names = ", ".join(column.name for column in board.columns)
        raise UsageError(f"The board {board.name} has no column {str(wanted)!r}.", f"Its columns: {names}.")
    return found


def enter(work: Work, ticket: Stored, column: Column, changes: dict[str, Any]) -> None:
    """Put a ticket into a column: closes it on entering done (with its flag), opens it on leaving.

    NotAllowed if moving is what is done, and not the acting person's on the board where the column is.
    """
    if Act.MOVE in work.acts:
        work.desk.require(Act.MOVE, column.board_id)
    if column.board_id != ticket["board_id"]:
        _change_boards(work, ticket, work.board(column.board_id), changes)
    changes["column_id"] = column.id
    changes["board_id"] = column.board_id
    if column.category is Category.DONE:
        changes["closed_at"] = ticket["closed_at"] or _not_before(ticket["created_at"], work.now)
        changes["status"] = Status.NONE.value
    else:
        changes["closed_at"] = None
        if ticket["merged_into_id"] is not None:  # open again, it stands for itself
            changes["merged_into_id"] = None


def _change_boards(work: Work, ticket: Stored, board: Board, changes: dict[str, Any]) -> None:
    """What going to another board means: nobody keeps a ticket who does not work there."""
    if board.archived_at is not None:
        raise Conflict(f"The board {board.name} is archived.", "Bring it back first: `helpdesk board unarchive`.")
    assignee = (ticket | changes)["assignee_id"]
    if assignee is not None and assignee not in work.workers(board.id):
        changes["assignee_id"] = None
        person = directory.person(work.unit, assignee)
        if person is not None:
            work.warnings.append(f"{person.short} does not work on {board.name}: #{ticket['id']} is nobody's now.")


def reopen(work: Work, ticket: Stored, changes: dict[str, Any]) -> None:
    """Bring a done or archived ticket back. UsageError if it is open; Conflict if its whole board is archived."""
    board = work.board(ticket["board_id"])
    if board.archived_at is not None:
        raise Conflict(
            f"#{ticket['id']} was put away with its board {board.name}.",
            "Move it to another board, or bring that back.",
        )
    if ticket["archived_at"] is None and ticket["closed_at"] is None:
        raise UsageError(f"#{ticket['id']} is open already.", "Reopening is for done and archived tickets.")
    changes["archived_at"] = None
    if ticket["closed_at"] is not None:
        enter(work, ticket, find_column(work, ticket["board_id"], Category.TODO), changes)


def place(work: Work, ticket: Stored, column: Column) -> None:
    """Move one ticket to a column and record it."""
    if ticket["column_id"] == column.id:
        return
    changes: dict[str, Any] = {}
    enter(work, ticket, column, changes)
    changes["rank"] = rank_for(work, ticket, changes)
    work.alter("ticket", ticket, changes, "moved")


def rank_for(work: Work, ticket: Stored, changes: dict[str, Any]) -> str:
    """A card that changes its column goes to the top of its priority there; one that changes priority, to the end."""
    column, priority = (ticket | changes)["column_id"], (ticket | changes)["priority"]
    if (column, priority) == (ticket["column_id"], ticket["priority"]):
        return str(ticket["rank"])
    if column != ticket["column_id"]:
        return between(None, directory.edge_rank(work.unit, column, priority, last=False))
    return between(directory.edge_rank(work.unit, column, priority, last=True), None)


def _not_before(created: object, now: datetime) -> object:
    """Now, but for a clock set back in between: how long a ticket took is never negative."""
    moment = as_stored(now)
    return max(moment, created) if isinstance(created, int) else moment
