"""People, labels and boards: the names a desk knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_, select, true

from helpdesk_tui.domain.board import Board, Column, Label
from helpdesk_tui.domain.people import Actor, Person, Role
from helpdesk_tui.domain.words import fold
from helpdesk_tui.store import tables, values
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.unit_of_work import Unit

_person = tables.core(tables.Person)
_organization = tables.core(tables.Organization)
_label = tables.core(tables.Label)
_board = tables.core(tables.Board)
_column = tables.core(tables.BoardColumn)
_ticket = tables.core(tables.Ticket)

_LABEL_NAMED = select(_label).where(_label.c.folded == bindparam("named"))

TEAM = (Role.ADMIN.value, Role.AGENT.value)


def begins(column: Any, prefix: str) -> ColumnElement[bool]:
    """Whether a folded column begins with a folded prefix, as a range that an index can serve."""
    if not prefix:
        return true()
    return and_(column >= prefix, column < prefix + "\U0010ffff")


def any_word_begins(column: Any, prefix: str) -> ColumnElement[bool]:
    """Whether the folded text or any later word of it begins with the folded prefix."""
    escaped = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return or_(begins(column, prefix), column.like(f"% {escaped}%", escape="\\"))


def actor_by_uid(unit: Unit, uid: int) -> tuple[Actor, bool] | None:
    """The person of an operating-system account, and whether they are active."""
    return _actor(unit, "uid", uid)


def actor_by_login(unit: Unit, login: str) -> tuple[Actor, bool] | None:
    """The person who is called so on the desk, and whether they are active."""
    return _actor(unit, "login", login)


def actor_by_id(unit: Unit, person_id: int) -> tuple[Actor, bool] | None:
    """A person with the rights they have now, and whether they are active."""
    return _actor(unit, "id", person_id)


_ACTING = {
    field: Plain(
        "SELECT person.id, login, person.name, role, active, organization_id, coalesce(organization.shares, FALSE) "
        "FROM person LEFT JOIN organization ON organization.id = person.organization_id "
        f"WHERE person.{field} = :who AND person.removed = FALSE"
    )
    for field in ("id", "uid", "login")
}


def _actor(unit: Unit, field: str, who: int | str) -> tuple[Actor, bool] | None:
    for person_id, login, name, word, active, organization_id, shares in unit.ask(_ACTING[field], who=who):
        role = values.role(word)
        actor = Actor(
            person_id,
            values.text(login, ""),
            values.text(name),
            role,
            values.whole_or_none(organization_id),
            bool(shares),
            {} if role is Role.ADMIN else _roles_on_boards(unit, person_id, role),
        )
        return actor, bool(active)
    return None


def _roles_on_boards(unit: Unit, person_id: int, role: Role) -> dict[int, Role]:
    """The roles on those boards where they differ from that on the desk."""
    rows = unit.ask(_MEMBERSHIPS, member=person_id)
    found = {board: Role.REQUESTER if word is None else values.role(word) for board, word in rows}
    return {board: there for board, there in found.items() if there is not role}


_MEMBERSHIPS = Plain(
    "SELECT board.id, board_member.role "
    "FROM board LEFT JOIN board_member ON board_member.board_id = board.id AND board_member.person_id = :member "
    "WHERE board.members_only = TRUE OR board_member.role IS NOT NULL"
)


def nobody_yet(unit: Unit) -> bool:
    """Whether the desk has no person who could log in."""
    return unit.first(select(_person.c.id).where(_person.c.uid.is_not(None)).limit(1)) is None


def people(unit: Unit, condition: ColumnElement[bool] = true(), limit: int | None = None) -> list[Person]:  # noqa: B008
    statement = (
        select(_person, func.coalesce(_organization.c.name, "").label("organization"))
        .outerjoin(_organization, _organization.c.id == _person.c.organization_id)
        .where(_person.c.removed == false(), condition)
        .order_by(_person.c.folded, _person.c.id)
        .limit(limit)
    )
    return [_person_of(row) for row in unit.rows(statement)]


def _person_of(row: Any) -> Person:
    return Person(
        row.id,
        values.text(row.login, ""),
        values.text(row.name),
        values.role(row.role),
        values.text(row.mail, ""),
        values.text(row.organization),
        bool(row.active),
        values.words(row.skills),
        values.words(row.languages),
        values.text(row.zone, ""),
        values.whole_or_none(row.capacity),
        row.away_from,
        row.away_until,
        values.text(row.color, ""),
        values.text(row.initials, ""),
    )


def agents(unit: Unit, board_id: int | None = None, known: ColumnElement[bool] = true()) -> list[Person]:  # noqa: B008
    """Who can be given work: active admins and agents of that board, else of the desk or of any board.

    `known`: of which boards, see `cards.known_board`; without it all.
    """
    return people(unit, and_(_person.c.active == true(), works_on(unit, board_id, known)))


def works_on(
    unit: Unit,
    board_id: int | None,
    known: ColumnElement[bool] = true(),  # noqa: B008
) -> ColumnElement[bool]:
    """Whether a person's role there is one of those that work: by membership, else by what they are on the desk."""
    member, works = tables.board_member, _person.c.role.in_(TEAM)
    boards_known = select(_board.c.id).where(known)
    raised = select(member.c.person_id).where(member.c.role.in_(TEAM), member.c.board_id.in_(boards_known))
    if board_id is None:
        return or_(works, _person.c.id.in_(raised))
    only_members = unit.scalar(select(_board.c.members_only).where(_board.c.id == board_id, known))
    if only_members is None:
        return false()
    members = select(member.c.person_id).where(member.c.board_id == board_id)
    others = false() if only_members else and_(works, _person.c.id.not_in(members))
    return or_(
        _person.c.role == Role.ADMIN.value, _person.c.id.in_(raised.where(member.c.board_id == board_id)), others
    )


def people_named(unit: Unit, prefix: str, limit: int) -> list[Person]:
    """People whose login, name, or any word of the name begins so."""
    folded = fold(prefix)
    return people(unit, or_(any_word_begins(_person.c.folded, folded), begins(_person.c.login, folded)), limit)


def person(unit: Unit, person_id: int) -> Person | None:
    return next(iter(people(unit, _person.c.id == person_id)), None)


def labels(unit: Unit, prefix: str = "", limit: int | None = None) -> list[Label]:
    """Labels by name, those whose name begins with the prefix."""
    statement = (
        select(_label.c.id, _label.c.name, _label.c.color)
        .where(_label.c.removed == false(), begins(_label.c.folded, fold(prefix)))
        .order_by(_label.c.folded)
        .limit(limit)
    )
    return [Label(row.id, values.text(row.name), values.text(row.color, "")) for row in unit.rows(statement)]


def label_row(unit: Unit, name: str) -> Any:
    """The label of that name, whatever its case or composition, even a removed one."""
    return next(iter(unit.rows(_LABEL_NAMED, {"named": fold(name)})), None)


def label_uses(unit: Unit, visible: ColumnElement[bool]) -> dict[int, int]:
    """How many tickets carry each label, of those that meet the condition."""
    pair = tables.ticket_label
    statement = select(pair.c.label_id, func.count()).group_by(pair.c.label_id)
    if visible is not true():
        statement = statement.join(_ticket, _ticket.c.id == pair.c.ticket_id).where(visible)
    return {row[0]: row[1] for row in unit.rows(statement)}


def boards(unit: Unit, known: ColumnElement[bool] = true(), *, archived: bool = False) -> tuple[Board, ...]:  # noqa: B008
    """The boards with their columns, in order; `archived` ones only where they are asked for.

    `known`: of which boards, see `cards.known_board`; without it all.
    """
    columns: dict[int, list[Column]] = {}
    for column_id, board_id, name, category, limit, hard, color in unit.ask(_COLUMNS):
        column = Column(
            column_id,
            board_id,
            values.text(name),
            values.category(category),
            values.whole_or_none(limit),
            bool(hard),
            values.text(color, ""),
        )
        columns.setdefault(board_id, []).append(column)
    among = None if known is true() else set(unit.scalars(select(_board.c.id).where(known)))
    return tuple(
        Board(
            board_id,
            values.text(name),
            tuple(columns.get(board_id, ())),
            bool(members_only),
            values.whole_or_none(archive_after),
            None if archived_at is None else tables.from_stored(archived_at),
        )
        for board_id, name, members_only, archive_after, archived_at in unit.ask(_BOARDS)
        if (archived or archived_at is None) and (among is None or board_id in among)
    )


_COLUMNS = Plain(
    "SELECT id, board_id, name, category, wip_limit, hard, color FROM board_column "
    "WHERE removed = FALSE ORDER BY position, id"
)
_BOARDS = Plain(
    "SELECT id, name, members_only, archive_after, archived_at FROM board WHERE removed = FALSE ORDER BY position, id"
)


def sources(unit: Unit, of: ColumnElement[bool]) -> Sequence[str]:
    """Where tickets have come from, those that meet the condition."""
    found = unit.scalars(select(_ticket.c.source).where(of).distinct())
    return [values.text(source) for source in found if source]


def edge_rank(unit: Unit, column_id: int, priority: int, *, last: bool) -> str | None:
    """The first or last rank among the cards of one priority on a column: what a card put at an end goes next to."""
    found = unit.ask(_LAST_RANK if last else _FIRST_RANK, of_column=column_id, of_priority=priority)
    return found[0][0] if found else None


_FIRST_RANK, _LAST_RANK = (
    Plain(
        "SELECT rank FROM ticket WHERE column_id = :of_column AND gone = FALSE AND priority = :of_priority "
        f"ORDER BY rank {order} LIMIT 1"
    )
    for order in ("ASC", "DESC")
)


def next_rank(unit: Unit, column_id: int, priority: int, rank: str) -> str | None:
    """The smallest rank after `rank` among the cards of one priority on a column."""
    found: str | None = unit.scalar(
        select(_ticket.c.rank)
        .where(*_group(column_id, priority), _ticket.c.rank > rank)
        .order_by(_ticket.c.rank)
        .limit(1)
    )
    return found


def rank_taken(unit: Unit, column_id: int, priority: int, rank: str, but_by: int) -> bool:
    """Whether another card of the same priority on the column has just this rank."""
    statement = select(_ticket.c.id).where(*_group(column_id, priority), _ticket.c.rank == rank, _ticket.c.id != but_by)
    return unit.first(statement.limit(1)) is not None


def _group(column_id: Any, priority: Any) -> tuple[ColumnElement[bool], ...]:
    return (_ticket.c.column_id == column_id, _ticket.c.gone == false(), _ticket.c.priority == priority)


def last_step_rank(unit: Unit, ticket_id: int) -> str | None:
    """The last rank used on a ticket's checklist."""
    from helpdesk_tui.store.tables_aside import CheckStep

    step = tables.core(CheckStep)
    found: str | None = unit.scalar(select(func.max(step.c.rank)).where(step.c.ticket_id == ticket_id))
    return found


def organization_row(unit: Unit, name: str) -> Any:
    """The organization of that name, whatever its case or composition, even a removed one.

    The name of one that was merged leads to what it is part of.
    """
    found = unit.first(select(_organization).where(_organization.c.folded == fold(name)))
    while found is not None and found.removed and found.merged_into_id is not None:
        found = unit.first(select(_organization).where(_organization.c.id == found.merged_into_id))
    return found


def organizations_named(unit: Unit, prefix: str, limit: int) -> list[tuple[int, str]]:
    """Organizations of whose name any word begins so: id and name, by name."""
    statement = (
        select(_organization.c.id, _organization.c.name)
        .where(_organization.c.removed == false(), any_word_begins(_organization.c.folded, fold(prefix)))
        .order_by(_organization.c.folded)
        .limit(limit)
    )
    return [(row.id, values.text(row.name)) for row in unit.rows(statement)]


def open_load(unit: Unit, visible: ColumnElement[bool] = true()) -> dict[int, int]:  # noqa: B008
    """How many open tickets each person has to work on, of those that meet the condition."""
    statement = (
        select(_ticket.c.assignee_id, func.count())
        .where(_ticket.c.gone == false(), _ticket.c.closed_at.is_(None), _ticket.c.assignee_id.is_not(None), visible)
        .group_by(_ticket.c.assignee_id)
    )
    return dict(map(tuple, unit.rows(statement)))


def organization_of(unit: Unit, person_id: int) -> int | None:
    """The organization a person belongs to."""
    found = unit.ask(_ORGANIZATION_OF, person=person_id)
    return found[0][0] if found else None


_ORGANIZATION_OF = Plain("SELECT organization_id FROM person WHERE id = :person")


def signature_of(unit: Unit, person_id: int) -> str:
    """What somebody ends their replies with; empty if nothing."""
    found = unit.ask(_SIGNATURE_OF, person=person_id)
    return values.text(found[0][0], "") if found else ""


_SIGNATURE_OF = Plain("SELECT signature FROM person WHERE id = :person")


def organization_name(unit: Unit, organization_id: int) -> str:
    return unit.scalar(select(_organization.c.name).where(_organization.c.id == organization_id)) or ""


def tickets_with_label(unit: Unit, label_id: int) -> list[int]:
    """The tickets that carry a label, archived ones too."""
    pair = tables.ticket_label
    statement = (
        select(pair.c.ticket_id)
        .join(_ticket, _ticket.c.id == pair.c.ticket_id)
        .where(pair.c.label_id == label_id, _ticket.c.removed == false())
    )
    return list(unit.scalars(statement))


def column_tickets(unit: Unit, column_id: int) -> list[int]:
    """The tickets that stand on a column, archived ones too."""
    return list(
        unit.scalars(select(_ticket.c.id).where(_ticket.c.column_id == column_id, _ticket.c.removed == false()))
    )


def login_taken(unit: Unit, login: str) -> bool:
    """Whether somebody on the desk is called so already."""
    return unit.first(select(_person.c.id).where(_person.c.login == login)) is not None
