"""Who works on a board, and as what: a role on it may be higher or lower than the one on the desk.

Admins of the desk are admins of every board, so that no board is ever without one.
"""

from __future__ import annotations

from msgspec import Struct

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.structure import managing
from helpdesk_tui.desk.work import Work
from helpdesk_tui.domain.board import Board
from helpdesk_tui.domain.people import Person, Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import NotFound, UsageError
from helpdesk_tui.store import cards, directory, membership


class Member(Struct, frozen=True):
    """A person and their role on a board."""

    person: Person
    role: Role


def members(desk: Desk, board_id: int) -> tuple[Member, ...]:
    """Who has a role of their own on a board, by name. NotFound if the board is not there for the acting person."""
    with desk.store.reading() as unit:
        boards = directory.boards(unit, cards.known_board(desk.actor), archived=True)
        if all(board.id != board_id for board in boards):
            raise NotFound("There is no such board.", "It may have been removed; `helpdesk board list` shows them.")
        desk.require(Act.SEE_ALL_TICKETS, board_id)
        return tuple(Member(person, role) for person, role in membership.members(unit, board_id))


def set_role(desk: Desk, board_id: int, person_id: int, role: Role) -> Outcome:
    """Give a person a role on a board, or another one than they have there."""
    with managing(desk, board_id) as (work, board):
        person = _person(work, person_id)
        if not person.active:
            raise UsageError(f"{person.short} is no longer active.", "Name somebody who is.")
        if person.role is Role.ADMIN:
            raise UsageError(f"{person.short} is admin of the desk, and so of every board.", "Nothing needs changing.")
        _write(work, board, person_id, role)
        return work.commit(f"{person.short} is {role.value} on {board.name}")


def remove_member(desk: Desk, board_id: int, person_id: int) -> Outcome:
    """Take a person's role on a board away: they are there what they are on the desk, or nothing if only members are.

    NotFound if they have none.
    """
    with managing(desk, board_id) as (work, board):
        person = _person(work, person_id)
        if not membership.is_member(work.unit, board_id, person_id):
            raise NotFound(
                f"{person.short} has no role of their own on {board.name}.", "There is nothing to take away."
            )
        _write(work, board, person_id, None)
        return work.commit(f"{person.short} is no member of {board.name} any more")


def set_members_only(desk: Desk, board_id: int, only: bool) -> Outcome:
    """Have none but its members work on a board, or the whole team again.

    Others see nothing there but what they asked for themselves.
    """
    with managing(desk, board_id) as (work, board):
        work.alter("board", work.row("board", board_id), {"members_only": only}, "board")
        _warn_of_stranded(work, board)
        others = directory.boards(work.unit)
        if only and all(one.members_only for one in others if one.id != board_id):
            work.warnings.append("No board is left where those who are no members can ask for help.")
        return work.commit(f"{board.name} is for {'its members only' if only else 'the whole team'}")


def _write(work: Work, board: Board, person_id: int, role: Role | None) -> None:
    value = None if role is None else role.value
    work.alter("board", work.row("board", board.id), {f"member:{person_id}": value}, "member")
    _warn_of_stranded(work, board)


def _warn_of_stranded(work: Work, board: Board) -> None:
    """Say who still has open tickets on a board they do not work on any more."""
    for person_id, tickets in membership.given_elsewhere(work.unit, board.id).items():
        person = directory.person(work.unit, person_id)
        if person is not None:
            has = f"{tickets} open ticket{'s' * (tickets > 1)}"
            work.warnings.append(f"{person.short} still has {has} on {board.name} and does not work there.")


def _person(work: Work, person_id: int) -> Person:
    person = directory.person(work.unit, person_id)
    if person is None:
        raise NotFound("There is no such person.", "`helpdesk user list` shows them.")
    return person
