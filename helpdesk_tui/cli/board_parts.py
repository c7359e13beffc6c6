"""`helpdesk board column`, `board limit` and `board member`: what stands on a board, and who works there."""

from __future__ import annotations

from helpdesk_tui.cli import shapes
from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.change import meant
from helpdesk_tui.cli.listed import listed
from helpdesk_tui.cli.table import Cell, Column
from helpdesk_tui.desk import board_columns, board_members, boards, people
from helpdesk_tui.domain import board as domain
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import NotFound, UsageError


def column(call: Call) -> int:
    """Add, change or remove a column."""
    action, board_name, name, *rest = call.expect(3, 4)
    board = named(call, board_name)
    if (action, rest) == ("add", []):
        return _add(call, board, name)
    here = column_named(board, name)
    desk = call.desk
    match action, rest:
        case "rename", [new]:
            return call.report(board_columns.edit_column(desk, here.id, name=new))
        case "category", [word]:
            category = _category(word)
            return call.report(meant(call, lambda desk: board_columns.edit_column(desk, here.id, category=category)))
        case "color", [word]:
            return call.report(board_columns.edit_column(desk, here.id, color="" if word == "none" else word))
        case "limit", [word]:
            return _limit(call, here, word)
        case "move", [to]:
            by = place(to) - [one.id for one in board.columns].index(here.id)
            return call.report(board_columns.move_column(desk, here.id, by))
        case "remove", []:
            into = call.text("--into")
            target = None if into is None else column_named(board, into).id
            return call.report(meant(call, lambda desk: board_columns.remove_column(desk, here.id, target)))
    raise _not_so(call)


def limit(call: Call) -> int:
    """Set the WIP limit of a column, or take it away."""
    board_name, name, word = call.expect(3, 3)
    return _limit(call, column_named(named(call, board_name), name), word)


def _limit(call: Call, column: domain.Column, word: str) -> int:
    hard = True if call.has("--hard") else False if call.has("--soft") else None
    if word == "none":
        return call.report(board_columns.edit_column(call.desk, column.id, unlimited=True, hard=False))
    number = whole(word, "WIP limit")
    return call.report(board_columns.edit_column(call.desk, column.id, limit=number, hard=hard))


def _add(call: Call, board: domain.Board, name: str) -> int:
    category = _category(call.text("--category") or domain.Category.DOING.value)
    number = call.whole("--limit", 0, least=1) or None
    color = call.text("--color") or ""
    hard = call.has("--hard")
    return call.report(board_columns.add_column(call.desk, board.id, name, category, number, hard=hard, color=color))


def member(call: Call) -> int:
    """List who has a role of their own on a board, give one or take one away."""
    action, board_name, *rest = call.expect(2, 4)
    board = named(call, board_name)
    match action, rest:
        case "list", []:
            return _members(call, board)
        case "add", [who, *role]:
            found = people.person(call.desk, who)
            return call.report(board_members.set_role(call.desk, board.id, found.id, _role(role)))
        case "remove", [who]:
            return call.report(board_members.remove_member(call.desk, board.id, people.person(call.desk, who).id))
        case "only", [("yes" | "no") as only]:
            return call.report(board_members.set_members_only(call.desk, board.id, only == "yes"))
    raise _not_so(call)


def _members(call: Call, board: domain.Board) -> int:
    found = board_members.members(call.desk, board.id)
    columns = (Column("login", widest=30), Column("role"), Column("name"))

    def row(one: board_members.Member) -> tuple[Cell, ...]:
        return Cell(one.person.login), Cell(one.role.value), Cell(one.person.name)

    return listed(call, found, shapes.member, columns, row)


def named(call: Call, name: str, *, archived: bool = False) -> domain.Board:
    """The board of that name."""
    return boards.board_named(call.desk, name, archived=archived)


def column_named(board: domain.Board, name: str) -> domain.Column:
    """The column of that name. NotFound with the names if there is none."""
    for column in board.columns:
        if fold(column.name) == fold(name):
            return column
    known = ", ".join(column.name for column in board.columns)
    raise NotFound(f"The board {board.name} has no column {name!r}.", f"It has: {known}.")


def whole(word: str, what: str) -> int:
    """A whole number as it is typed. UsageError for anything else."""
    if not (word.isascii() and word.isdigit() and len(word) < 10):
        raise UsageError(f"{word[:30]!r} is no {what}.", "Write a whole number, or `none`.")
    return int(word)


def place(word: str) -> int:
    """A place in a list as it is typed, counted from 1, as an index."""
    if not (word.isascii() and word.isdigit() and 0 < len(word) < 5 and int(word)):
        raise UsageError(f"{word[:30]!r} is no place.", "Write a whole number from 1: the first.")
    return int(word) - 1


def _category(word: str) -> domain.Category:
    for category in domain.Category:
        if category.value == word:
            return category
    raise UsageError(f"{word[:30]!r} is no category.", "There are: todo, doing, done.")


def _role(words: list[str]) -> Role:
    for role in Role:
        if words in ([], [role.value]):
            return Role.AGENT if not words else role
    raise UsageError(f"{words[0][:30]!r} is no role.", f"There are: {', '.join(role.value for role in Role)}.")


def _not_so(call: Call) -> UsageError:
    return UsageError(
        f"`helpdesk {call.name}` is not written like that.", f"`helpdesk {call.verb.name} --help` says how."
    )
