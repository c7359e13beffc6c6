"""The cards of a page: one read for the tickets, one for their labels, whatever stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace
from sqlalchemy import BigInteger, Select, and_, bindparam, case, func, select, type_coerce

from helpdesk_tui.domain.board import Label
from helpdesk_tui.domain.odd import MARK
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may_on
from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.store import tables, values
from helpdesk_tui.store.among import among, listed
from helpdesk_tui.store.tables import from_stored, seen, ticket_label
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_column = tables.core(tables.BoardColumn)
_board = tables.core(tables.Board)
_label = tables.core(tables.Label)
_person = tables.core(tables.Person)
_organization = tables.core(tables.Organization)


def cards(unit: Unit, ids: Sequence[int], actor: Actor) -> list[Card]:
    """The cards of these tickets, in the order of `ids`; what does not exist is left out."""
    if not ids:
        return []
    labels = labels_of(unit, ids)
    rows = unit.rows(_cards(), {"ids": listed(ids), "me": actor.id})
    found = {row[0]: _card(row, labels.get(row[0], ()), actor.id, _reads_notes(actor, row[2])) for row in rows}
    outside = [card.number for card in found.values() if card.files and not _reads_notes(actor, card.board_id)]
    if outside:
        from helpdesk_tui.store.files import counts_on_notes

        for number, hidden in counts_on_notes(unit, outside).items():
            found[number] = replace(found[number], files=max(0, found[number].files - hidden))
    return [found[number] for number in ids if number in found]


def _reads_notes(actor: Actor, board_id: int) -> bool:
    return may_on(actor, Act.READ_NOTES, board_id)


def labels_of(unit: Unit, ids: Iterable[int]) -> dict[int, tuple[Label, ...]]:
    """The labels of several tickets, by name."""
    found: dict[int, list[Label]] = {}
    known: dict[int, Label] = {}
    for ticket_id, label_id, name, color in unit.rows(_labels(), {"ids": listed(ids)}):
        label = known.get(label_id)
        if label is None:
            label = known[label_id] = Label(label_id, values.text(name), values.text(color, ""))
        found.setdefault(ticket_id, []).append(label)
    return {ticket_id: tuple(labels) for ticket_id, labels in found.items()}


@cache
def _labels() -> Select[Any]:
    return (
        select(ticket_label.c.ticket_id, _label.c.id, _label.c.name, _label.c.color)
        .join(_label, _label.c.id == ticket_label.c.label_id)
        .where(among(ticket_label.c.ticket_id, bindparam("ids")))
        .order_by(_label.c.folded, _label.c.id)
    )


@cache
def _cards() -> Select[Any]:
    """The statement behind a page: made once, since making it takes as long as running it.

    Everything but the ticket itself is joined from outside, so that a reference to nothing loses no ticket. Moments
    are read as they are stored.
    """
    requester, assignee = _person.alias(), _person.alias()
    ticket = _ticket.c
    moments = (ticket.due_at, ticket.created_at, ticket.updated_at, ticket.closed_at)
    levels = (ticket.sla_due_at, ticket.sla_risk_at)
    return (
        select(
            ticket.id,
            ticket.title,
            ticket.board_id,
            _board.c.name,
            ticket.column_id,
            _column.c.name,
            _column.c.category,
            ticket.priority,
            ticket.status,
            _called(ticket.requester_id, requester.c.name),
            _called(ticket.assignee_id, func.coalesce(assignee.c.login, assignee.c.name)),
            *(type_coerce(moment, BigInteger) for moment in (*moments, *levels)),
            ticket.gone,
            ticket.escalated,
            ticket.last_event_id,
            func.coalesce(seen.c.event_id, 0),
            ticket.last_actor_id,
            ticket.steps_done,
            ticket.steps,
            ticket.replies,
            ticket.notes,
            ticket.files,
            ticket.rating,
            ticket.kind,
            ticket.language,
            _called(ticket.organization_id, _organization.c.name),
            ticket.sla_calendar_id,
        )
        .outerjoin(_board, _board.c.id == ticket.board_id)
        .outerjoin(_column, _column.c.id == ticket.column_id)
        .outerjoin(requester, requester.c.id == ticket.requester_id)
        .outerjoin(assignee, assignee.c.id == ticket.assignee_id)
        .outerjoin(_organization, _organization.c.id == ticket.organization_id)
        .outerjoin(seen, and_(seen.c.ticket_id == ticket.id, seen.c.person_id == bindparam("me")))
        .where(among(ticket.id, bindparam("ids")))
    )


def _called(reference: Any, name: Any) -> Any:
    """The name behind a reference; `?` for one that leads nowhere."""
    return case((reference.is_(None), ""), else_=func.coalesce(name, MARK))


def _card(row: Any, labels: tuple[Label, ...], me: int, team: bool) -> Card:
    (
        number, title, board_id, board, column_id, column, category, priority, status, requester, assignee,
        due, created, updated, closed, sla_due, sla_risk, archived, escalated, last_event, last_seen, last_actor,
        steps_done, steps, replies, notes, files, rating, kind, language, organization, calendar,
    ) = row  # fmt: skip
    text, whole = values.text, values.whole
    return Card(
        number=number,
        title=text(title),
        board_id=whole(board_id),
        board=text(board),
        column_id=whole(column_id),
        column=text(column),
        category=values.category(category),
        priority=values.priority(priority),
        status=values.status(status),
        requester=text(requester),
        assignee=text(assignee),
        labels=labels,
        due=None if due is None else from_stored(due),
        created=from_stored(created),
        updated=from_stored(updated),
        closed=None if closed is None else from_stored(closed),
        archived=bool(archived),
        escalated=bool(escalated),
        unread=whole(last_event) > whole(last_seen) and last_actor != me,
        steps_done=whole(steps_done),
        steps=whole(steps),
        replies=whole(replies),
        notes=whole(notes) if team else 0,
        files=whole(files),
        rating=values.whole_or_none(rating),
        sla_due=None if sla_due is None else from_stored(sla_due),
        sla_risk=None if sla_risk is None else from_stored(sla_risk),
        sla_calendar=calendar,
        kind=text(kind, ""),
        language=text(language, ""),
        organization=text(organization),
    )
