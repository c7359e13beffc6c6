"""Who belongs to which board, and what of its tickets follows from that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, false, func, select, true

from helpdesk_tui.domain.people import Person, Role
from helpdesk_tui.store import directory, tables, values
from helpdesk_tui.store.unit_of_work import Unit

_person = tables.core(tables.Person)
_ticket = tables.core(tables.Ticket)


def members(unit: Unit, board_id: int) -> list[tuple[Person, Role]]:
    """Who has a role of their own on a board, and which, by name."""
    member = tables.board_member
    rows = unit.rows(select(member.c.person_id, member.c.role).where(member.c.board_id == board_id))
    roles = {row.person_id: values.role(row.role) for row in rows}
    return [(one, roles[one.id]) for one in directory.people(unit, _person.c.id.in_(list(roles)))]


def member_counts(unit: Unit) -> dict[int, int]:
    """How many people have a role of their own on each board."""
    member = tables.board_member
    statement = (
        select(member.c.board_id, func.count())
        .join(_person, _person.c.id == member.c.person_id)
        .where(_person.c.removed == false())
        .group_by(member.c.board_id)
    )
    return dict(map(tuple, unit.rows(statement)))


def is_member(unit: Unit, board_id: int, person_id: int) -> bool:
    """Whether a person has a role of their own on a board."""
    member = tables.board_member
    here = and_(member.c.board_id == board_id, member.c.person_id == person_id)
    return unit.first(select(member.c.role).where(here)) is not None


def given_elsewhere(unit: Unit, board_id: int) -> dict[int, int]:
    """How many open tickets of a board each person has who does not work there (any more)."""
    workers = select(_person.c.id).where(_person.c.active == true(), directory.works_on(unit, board_id))
    statement = (
        select(_ticket.c.assignee_id, func.count())
        .where(
            _ticket.c.board_id == board_id,
            _ticket.c.gone == false(),
            _ticket.c.closed_at.is_(None),
            _ticket.c.assignee_id.is_not(None),
            _ticket.c.assignee_id.not_in(workers),
        )
        .group_by(_ticket.c.assignee_id)
    )
    return dict(map(tuple, unit.rows(statement)))


def closed_before(unit: Unit, columns: Sequence[int], before: datetime, limit: int) -> list[int]:
    """Tickets on these columns, not put away yet, that were closed before that moment, the longest closed first."""
    statement = (
        select(_ticket.c.id)
        .where(_ticket.c.column_id.in_(list(columns)), _ticket.c.gone == false(), _ticket.c.closed_at < before)
        .order_by(_ticket.c.closed_at, _ticket.c.id)
        .limit(limit)
    )
    return list(unit.scalars(statement))
