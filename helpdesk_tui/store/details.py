"""One ticket in full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import false, select

from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.permissions import Act, may
from helpdesk_tui.domain.ticket import Relation, Speech
from helpdesk_tui.domain.ticket_detail import Comment, HistoryEntry, Link, Step, TicketDetail
from helpdesk_tui.store import card_page, cards, files, tables, tables_aside, timing, values
from helpdesk_tui.store.clocks import promised
from helpdesk_tui.store.history import history_of
from helpdesk_tui.store.related import merged_into
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_comment = tables.core(tables_aside.Comment)
_step = tables.core(tables_aside.CheckStep)
_person = tables.core(tables.Person)
_column = tables.core(tables.BoardColumn)

_REVERSED = {
    Relation.RELATES.value: "relates",
    Relation.BLOCKS.value: "blocked by",
    Relation.DUPLICATES.value: "duplicated by",
    Relation.PARENT.value: "child",
}


def detail(
    unit: Unit, number: int, actor: Actor, now: datetime, zone: tzinfo, *, with_history: bool = True
) -> TicketDetail | None:
    """Everything about a ticket that this person may see; None if they may not see it or it does not exist.

    The history's moments are written as they are read at `now` in `zone`.
    """
    requester, assignee = _person.alias(), _person.alias()
    found = unit.mappings(
        select(_ticket, requester.c.name.label("requester_name"), assignee.c.name.label("assignee_name"))
        .outerjoin(requester, requester.c.id == _ticket.c.requester_id)
        .outerjoin(assignee, assignee.c.id == _ticket.c.assignee_id)
        .where(_ticket.c.id == number, _ticket.c.removed == false(), cards.visible(actor))
    )
    if not found:
        return None
    (row,) = found
    role = actor.role_on(row["board_id"])
    (card,) = card_page.cards(unit, [number], actor)
    return TicketDetail(
        card=card,
        description=values.text(row["description"], ""),
        requester_id=values.whole_or_none(row["requester_id"]),
        requester_name=values.text(row["requester_name"], card.requester),
        organization=card.organization,
        assignee_id=values.whole_or_none(row["assignee_id"]),
        assignee_name=values.text(row["assignee_name"], card.assignee),
        impact=values.level(row["impact"]),
        urgency=values.level(row["urgency"]),
        source=values.text(row["source"], ""),
        version=values.whole(row["version"]),
        minutes=values.whole(row["minutes"]) if may(role, Act.READ_HISTORY) else 0,
        watchers=_watchers(unit, number) if may(role, Act.WATCH) else (),
        times=timing.spent(unit, number) if may(role, Act.READ_HISTORY) else (),
        checklist=checklist(unit, number),
        conversation=conversation(unit, number, may(role, Act.READ_NOTES)),
        history=_history(unit, number, actor, role, now, zone) if with_history else (),
        links=tuple(links(unit, number, actor)),
        promises=promised(unit, number) if may(role, Act.SEE_ALL_TICKETS) else promised(unit, number).told,
        merged_into=None if row["merged_into_id"] is None else merged_into(unit, number, actor),
        files=files.of_ticket(unit, number, may(role, Act.READ_NOTES)) if card.files else (),
    )


def _history(
    unit: Unit, number: int, actor: Actor, role: Role, now: datetime, zone: tzinfo
) -> tuple[HistoryEntry, ...]:
    if not may(role, Act.READ_HISTORY):
        return ()
    return tuple(history_of(unit, number, actor, now, zone, with_notes=may(role, Act.READ_NOTES)))


def checklist(unit: Unit, number: int) -> tuple[Step, ...]:
    """The steps, checklist by checklist, each in order, with who ticked them."""
    statement = (
        select(_step, _person.c.login, _person.c.name)
        .outerjoin(_person, _person.c.id == _step.c.done_by_id)
        .where(_step.c.ticket_id == number, _step.c.removed == false())
        .order_by(_step.c.rank, _step.c.id)
    )
    steps = [
        Step(
            id=row["id"],
            text=values.text(row["text"]),
            done=bool(row["done"]),
            done_by=_ticked_by(row),
            done_at=row["done_at"],
            checklist=values.text(row["checklist"], ""),
        )
        for row in unit.mappings(statement)
    ]
    # The ticket's own list first, the named ones in the order of their first steps.
    lists = list(dict.fromkeys(["", *(step.checklist for step in steps)]))
    return tuple(sorted(steps, key=lambda step: lists.index(step.checklist)))


def _ticked_by(row: Any) -> str:
    return "" if row["done_by_id"] is None else values.name(row["login"], row["name"])


def conversation(unit: Unit, number: int, with_notes: bool) -> tuple[Comment, ...]:
    """Replies, and notes for those who may read them, oldest first."""
    statement = (
        select(_comment, _person.c.login, _person.c.name, _ticket.c.requester_id)
        .join(_ticket, _ticket.c.id == _comment.c.ticket_id)
        .outerjoin(_person, _person.c.id == _comment.c.author_id)
        .where(_comment.c.ticket_id == number, _comment.c.removed == false())
        .order_by(_comment.c.at, _comment.c.id)
    )
    if not with_notes:
        statement = statement.where(_comment.c.speech == Speech.REPLY.value)
    return tuple(
        Comment(
            id=row["id"],
            speech=values.speech(row["speech"]),
            author=values.name(row["login"], row["name"]),
            author_id=values.whole(row["author_id"]),
            at=row["at"] or UNREADABLE,
            body=values.text(row["body"]),
            edited=row["edited_at"],
            by_team=bool(row["by_team"]) and row["author_id"] != row["requester_id"],
        )
        for row in unit.mappings(statement)
    )


def links(unit: Unit, number: int, actor: Actor) -> Sequence[Link]:
    """Related tickets that this person may see, from both sides."""
    link = tables.ticket_link
    found: list[Link] = []
    for near, far, words in (("ticket_id", "other_id", None), ("other_id", "ticket_id", _REVERSED)):
        statement = (
            select(link.c.relation, _ticket.c.id, _ticket.c.title, _column.c.category)
            .join(_ticket, _ticket.c.id == link.c[far])
            .outerjoin(_column, _column.c.id == _ticket.c.column_id)
            .where(link.c[near] == number, _ticket.c.removed == false(), cards.visible(actor))
            .order_by(link.c.relation, _ticket.c.id)
        )
        for relation, other, title, category in unit.rows(statement):
            word = relation if words is None else words.get(relation, relation)
            found.append(Link(values.text(word), other, values.text(title), values.category(category)))
    return found


def _watchers(unit: Unit, number: int) -> tuple[str, ...]:
    statement = (
        select(_person.c.login, _person.c.name)
        .join(tables.watcher, tables.watcher.c.person_id == _person.c.id)
        .where(tables.watcher.c.ticket_id == number)
        .order_by(_person.c.folded)
    )
    return tuple(values.name(login, name) for login, name in unit.rows(statement))


def texts_changed_since(unit: Unit, number: int, base_version: int, version: int) -> dict[str, str]:
    """Which fields of a ticket the changes after `base_version` touched, and by whom last.

    Each change set that touches a ticket raises its version by one.
    """
    event = tables.core(tables_aside.Event)
    latest = (
        select(event.c.change_set_id)
        .where(event.c.ticket_id == number)
        .distinct()
        .order_by(event.c.change_set_id.desc())
        .limit(max(0, version - base_version))
    )
    statement = (
        select(event.c.delta, _person.c.login, _person.c.name)
        .outerjoin(_person, _person.c.id == event.c.actor_id)
        .where(event.c.ticket_id == number, event.c.entity == "ticket", event.c.change_set_id.in_(latest))
        .order_by(event.c.id)
    )
    return {
        field: values.name(login, name) for delta, login, name in unit.rows(statement) for field in values.delta(delta)
    }


def step_ranks(unit: Unit, number: int, checklist: str) -> list[tuple[int, str]]:
    """The steps of one of a ticket's checklists, in order, with their ranks."""
    statement = (
        select(_step.c.id, _step.c.rank)
        .where(_step.c.ticket_id == number, _step.c.checklist == checklist, _step.c.removed == false())
        .order_by(_step.c.rank, _step.c.id)
    )
    return [(step_id, values.text(rank)) for step_id, rank in unit.rows(statement)]
