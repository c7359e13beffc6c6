"""`helpdesk board`: boards and their columns."""

from __future__ import annotations

from helpdesk_tui.cli import shapes, table
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import board_columns, boards, structure
from helpdesk_tui.domain import board as domain
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import NotFound, UsageError


def run(call: Call) -> int:
    """List the boards, or change one."""
    match call.action():
        case "add":
            (name,) = call.expect(1, 1)
            return call.report(structure.add_board(call.desk, name))
        case "rename":
            old, new = call.expect(2, 2)
            return call.report(structure.rename_board(call.desk, boards.board_named(call.desk, old).id, new))
        case "remove":
            (name,) = call.expect(1, 1)
            return call.report(structure.remove_board(call.desk, boards.board_named(call.desk, name).id))
        case "column":
            return _column(call)
    return _list(call)


def _list(call: Call) -> int:
    call.expect(0, 0)
    found = boards.all_boards(call.desk)
    if call.has("--json"):
        call.out.json_list(shapes.board(board) for board in found)
    else:
        rows = [(Cell(board.name), Cell(" | ".join(map(_written, board.columns)))) for board in found]
        table.write(call.out, (Column("board", widest=30), Column("columns")), rows)
    return DONE if found else NOTHING


def _written(column: domain.Column) -> str:
    return column.name if column.limit is None else f"{column.name} ({column.limit})"


def _column(call: Call) -> int:
    action, board_name, name, *rest = call.expect(3, 4)
    board = boards.board_named(call.desk, board_name)
    match action, rest:
        case "add", []:
            category = domain.Category(call.text("--category") or domain.Category.DOING)
            limit = call.whole("--limit", 0, least=1) or None
            return call.report(board_columns.add_column(call.desk, board.id, name, category, limit))
        case "rename", [new]:
            return call.report(board_columns.edit_column(call.desk, _named(board, name).id, name=new))
        case "limit", ["none"]:
            return call.report(board_columns.edit_column(call.desk, _named(board, name).id, unlimited=True))
        case "limit", [limit_word]:
            limit = _whole(limit_word)
            return call.report(board_columns.edit_column(call.desk, _named(board, name).id, limit=limit))
        case "remove", []:
            into = call.text("--into")
            if into is None:
                raise UsageError("The tickets of the column need another one.", "Name it with `--into COLUMN`.")
            target = _named(board, into)
            return call.report(board_columns.remove_column(call.desk, _named(board, name).id, target.id))
    raise UsageError(f"`helpdesk {call.name}` is not written like that.", f"Usage: {call.usage}")


def _named(board: domain.Board, name: str) -> domain.Column:
    for column in board.columns:
        if fold(column.name) == fold(name):
            return column
    known = ", ".join(column.name for column in board.columns)
    raise NotFound(f"The board {board.name} has no column {name!r}.", f"It has: {known}.")


def _whole(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) < 10):
        raise UsageError(f"{word[:30]!r} is no WIP limit.", "Write a whole number, or `none`.")
    return int(word)
