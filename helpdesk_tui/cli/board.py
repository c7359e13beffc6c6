"""`helpdesk board`: the boards; `board_parts` has their columns and their members."""

from __future__ import annotations

from helpdesk_tui.cli import board_parts, shapes
from helpdesk_tui.cli.board_parts import named, place, whole
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.render import DIM
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import archiving, board_list, structure
from helpdesk_tui.desk.board_list import BoardSummary
from helpdesk_tui.domain import board as domain
from helpdesk_tui.domain.board_templates import PLAIN, TEMPLATES, template_named
from helpdesk_tui.domain.text import clean


def run(call: Call) -> int:
    """List the boards, or change one."""
    match call.action():
        case "templates":
            return _templates(call)
        case "add":
            (name,) = call.expect(1, 1)
            word = call.text("--template")
            template = PLAIN if word is None else template_named(word)
            return call.report(structure.add_board(call.desk, name, template))
        case "rename":
            old, new = call.expect(2, 2)
            return call.report(structure.rename_board(call.desk, named(call, old, archived=True).id, new))
        case "move":
            return _move(call)
        case "archive":
            (name,) = call.expect(1, 1)
            return call.report(structure.archive_board(call.desk, named(call, name).id))
        case "unarchive":
            (name,) = call.expect(1, 1)
            return call.report(structure.unarchive_board(call.desk, named(call, name, archived=True).id))
        case "remove":
            (name,) = call.expect(1, 1)
            return call.report(structure.remove_board(call.desk, named(call, name, archived=True).id))
        case "archive-after":
            name, days = call.expect(2, 2)
            wait = None if days == "none" else whole(days, "number of days")
            return call.report(structure.set_archive_after(call.desk, named(call, name).id, wait))
        case "archive-old":
            return _archive_old(call)
        case "column":
            return board_parts.column(call)
        case "limit":
            return board_parts.limit(call)
        case "member":
            return board_parts.member(call)
    return _list(call)


def _list(call: Call) -> int:
    call.expect(0, 0)
    found = board_list.overview(call.desk, archived=call.has("--all"))
    columns = (
        Column("board", widest=30),
        Column("open", right=True),
        Column("members", right=True, keep=1),
        Column("", widest=40, keep=2),
        Column("columns"),
    )
    return listed(call, found, shapes.board, columns, _row)


def _row(one: BoardSummary) -> tuple[Cell, ...]:
    looks = () if one.board.archived_at is None else (DIM,)
    return (
        Cell(one.board.name, looks),
        Cell(str(one.open) if one.open else ""),
        Cell(str(one.members) if one.members else ""),
        Cell(", ".join(_marks(one.board)), (DIM,)),
        Cell(" | ".join(map(_written, one.board.columns)), looks),
    )


def _marks(board: domain.Board) -> list[str]:
    marks = ["members only"] * board.members_only + ["archived"] * (board.archived_at is not None)
    return marks if board.archive_after is None else [*marks, f"done stay {board.archive_after} days"]


def _written(column: domain.Column) -> str:
    return column.name if column.limit is None else f"{column.name} ({column.limit}{'!' * column.hard})"


def _templates(call: Call) -> int:
    call.expect(0, 0)
    if call.has("--json"):
        call.out.json_list(map(shapes.board_template, TEMPLATES))
        return DONE
    for template in TEMPLATES:
        call.out.line(f"{template.word:<9}{template.name}: {clean(template.about)}")
        columns = (
            f"{one.name}{f' ({one.limit}' + '!' * one.hard + ')' if one.limit else ''}" for one in template.columns
        )
        call.out.line(f"         {' | '.join(columns)}")
    return DONE


def _move(call: Call) -> int:
    name, to = call.expect(2, 2)
    board = named(call, name)
    order = [one.board.id for one in board_list.overview(call.desk)]
    return call.report(structure.move_board(call.desk, board.id, place(to) - order.index(board.id)))


def _archive_old(call: Call) -> int:
    call.expect(0, 0)
    outcome = archiving.archive_old(call.desk)
    call.say(outcome.said)
    return DONE if outcome.numbers else NOTHING
