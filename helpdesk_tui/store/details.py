"""One ticket in full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from sqlalchemy import false, select

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may
from helpdesk_tui.domain.ticket import Comment, Level, Link, Relation, Speech, Step, TicketDetail
from helpdesk_tui.errors import DeskUnusable
from helpdesk_tui.store import cards, tables
from helpdesk_tui.store.history import history_of
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_comment = tables.core(tables.Comment)
_step = tables.core(tables.CheckStep)
_person = tables.core(tables.Person)
_organization = tables.core(tables.Organization)
_column = tables.core(tables.BoardColumn)

_REVERSED = {
    Relation.RELATES: "relates",
    Relation.BLOCKS: "blocked by",
    Relation.DUPLICATES: "duplicated by",
    Relation.PARENT: "child",
}


def detail(unit: Unit, number: int, actor: Actor, zone: tzinfo) -> TicketDetail | None:
    """Everything about a ticket that this person may see; None if they may not see it or it does not exist."""
    requester, assignee = _person.alias(), _person.alias()
    row = (
        unit.run(
            select(
                _ticket,
                requester.c.name.label("requester_name"),
                assignee.c.name.label("assignee_name"),
                _organization.c.name.label("organization"),
            )
            .outerjoin(requester, requester.c.id == _ticket.c.requester_id)
            .outerjoin(assignee, assignee.c.id == _ticket.c.assignee_id)
            .outerjoin(_organization, _organization.c.id == _ticket.c.organization_id)
            .where(_ticket.c.id == number, _ticket.c.removed == false(), cards.visible(actor))
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    found = cards.cards(unit, [number], actor)
    if not found:
        raise DeskUnusable(f"The desk is damaged: a part of #{number} is missing.", "Restore the latest backup.")
    return TicketDetail(
        card=found[0],
        description=row["description"],
        requester_id=row["requester_id"],
        requester_name=row["requester_name"] or "",
        organization=row["organization"] or "",
        assignee_id=row["assignee_id"],
        assignee_name=row["assignee_name"] or "",
        impact=Level(row["impact"]) if row["impact"] else None,
        urgency=Level(row["urgency"]) if row["urgency"] else None,
        source=row["source"],
        version=row["version"],
        minutes=row["minutes"] if may(actor.role, Act.READ_HISTORY) else 0,
        watchers=_watchers(unit, number),
        checklist=checklist(unit, number),
        conversation=conversation(unit, number, may(actor.role, Act.READ_NOTES)),
        history=tuple(history_of(unit, number, zone)) if may(actor.role, Act.READ_HISTORY) else (),
        links=tuple(links(unit, number, actor)),
    )


def checklist(unit: Unit, number: int) -> tuple[Step, ...]:
    """The steps in order, with who ticked them."""
    statement = (
        select(_step, _person.c.login, _person.c.name)
        .outerjoin(_person, _person.c.id == _step.c.done_by_id)
        .where(_step.c.ticket_id == number, _step.c.removed == false())
        .order_by(_step.c.rank, _step.c.id)
    )
    return tuple(
        Step(row["id"], row["text"], row["done"], row["login"] or row["name"] or "", row["done_at"])
        for row in unit.run(statement).mappings()
    )


def conversation(unit: Unit, number: int, with_notes: bool) -> tuple[Comment, ...]:
    """Replies, and notes for those who may read them, oldest first."""
    statement = (
        select(_comment, _person.c.login, _person.c.name)
        .join(_person, _person.c.id == _comment.c.author_id)
        .where(_comment.c.ticket_id == number, _comment.c.removed == false())
        .order_by(_comment.c.at, _comment.c.id)
    )
    if not with_notes:
        statement = statement.where(_comment.c.speech == Speech.REPLY.value)
    return tuple(
        Comment(
            id=row["id"],
            speech=Speech(row["speech"]),
            author=row["login"] or row["name"],
            author_id=row["author_id"],
            at=row["at"],
            body=row["body"],
            edited=row["edited_at"],
        )
        for row in unit.run(statement).mappings()
    )


def links(unit: Unit, number: int, actor: Actor) -> Sequence[Link]:
    """Related tickets that this person may see, from both sides."""
    link = tables.ticket_link
    found: list[Link] = []
    for near, far, words in (("ticket_id", "other_id", None), ("other_id", "ticket_id", _REVERSED)):
        statement = (
            select(link.c.relation, _ticket.c.id, _ticket.c.title, _column.c.category)
            .join(_ticket, _ticket.c.id == link.c[far])
            .join(_column, _column.c.id == _ticket.c.column_id)
            .where(link.c[near] == number, _ticket.c.removed == false(), cards.visible(actor))
            .order_by(link.c.relation, _ticket.c.id)
        )
        for relation, other, title, category in unit.rows(statement):
            word = relation if words is None else words[Relation(relation)]
            found.append(Link(word, other, title, Category(category)))
    return found


def _watchers(unit: Unit, number: int) -> tuple[str, ...]:
    statement = (
        select(_person.c.login, _person.c.name)
        .join(tables.watcher, tables.watcher.c.person_id == _person.c.id)
        .where(tables.watcher.c.ticket_id == number)
        .order_by(_person.c.folded)
    )
    return tuple(login or name for login, name in unit.rows(statement))


def texts_changed_since(unit: Unit, number: int, base_version: int, version: int) -> dict[str, str]:
    """Which fields of a ticket the changes after `base_version` touched, and by whom last.

    Each change set that touches a ticket raises its version by one.
    """
    event = tables.core(tables.Event)
    latest = (
        select(event.c.change_set_id)
        .where(event.c.ticket_id == number)
        .distinct()
        .order_by(event.c.change_set_id.desc())
        .limit(max(0, version - base_version))
    )
    statement = (
        select(event.c.delta, _person.c.login, _person.c.name)
        .join(_person, _person.c.id == event.c.actor_id)
        .where(event.c.ticket_id == number, event.c.entity == "ticket", event.c.change_set_id.in_(latest))
        .order_by(event.c.id)
    )
    return {field: login or name for delta, login, name in unit.rows(statement) for field in delta}


def step_ranks(unit: Unit, number: int) -> list[tuple[int, str]]:
    """The steps of a ticket, in order, with their ranks."""
    statement = (
        select(_step.c.id, _step.c.rank)
        .where(_step.c.ticket_id == number, _step.c.removed == false())
        .order_by(_step.c.rank, _step.c.id)
    )
    return [(step_id, rank) for step_id, rank in unit.rows(statement)]
