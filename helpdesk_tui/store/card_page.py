"""The cards of a page: one read for the tickets, one for their labels, whatever stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from helpdesk_tui.domain.board import Label
from helpdesk_tui.domain.odd import MARK
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may_on
from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.store import values
from helpdesk_tui.store.among import listed
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.tables import from_stored
from helpdesk_tui.store.unit_of_work import Unit


def cards(unit: Unit, ids: Sequence[int], actor: Actor) -> list[Card]:
    """The cards of these tickets, in the order of `ids`; what does not exist is left out."""
    if not ids:
        return []
    labels = labels_of(unit, ids)
    rows = unit.ask(_CARDS, ids=listed(ids), me=actor.id)
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
    for ticket_id, label_id, name, color in unit.ask(_LABELS, ids=listed(ids)):
        label = known.get(label_id)
        if label is None:
            label = known[label_id] = Label(label_id, values.text(name), values.text(color, ""))
        found.setdefault(ticket_id, []).append(label)
    return {ticket_id: tuple(labels) for ticket_id, labels in found.items()}


_LABELS = Plain(
    "SELECT ticket_label.ticket_id, label.id, label.name, label.color FROM ticket_label "
    "JOIN label ON label.id = ticket_label.label_id WHERE ticket_label.ticket_id IN [ids] "
    "ORDER BY label.folded, label.id"
)


def _called(reference: str, name: str) -> str:
    """The name behind a reference; `?` for one that leads nowhere."""
    return f"CASE WHEN {reference} IS NULL THEN '' ELSE coalesce({name}, '{MARK}') END"


# Everything but the ticket itself is joined from outside, so that a reference to nothing loses no ticket.
_CARDS = Plain(f"""
SELECT ticket.id, title, ticket.board_id, board.name, ticket.column_id, board_column.name, category, priority, status,
       {_called("ticket.requester_id", "requester.name")},
       {_called("ticket.assignee_id", "coalesce(assignee.login, assignee.name)")},
       due_at, created_at, updated_at, closed_at, sla_due_at, sla_risk_at, gone, escalated, last_event_id,
       coalesce(seen.event_id, 0), last_actor_id, steps_done, steps, replies, notes, files, rating, kind, language,
       {_called("ticket.organization_id", "organization.name")}, sla_calendar_id
  FROM ticket
  LEFT JOIN board ON board.id = ticket.board_id
  LEFT JOIN board_column ON board_column.id = ticket.column_id
  LEFT JOIN person AS requester ON requester.id = ticket.requester_id
  LEFT JOIN person AS assignee ON assignee.id = ticket.assignee_id
  LEFT JOIN organization ON organization.id = ticket.organization_id
  LEFT JOIN seen ON seen.ticket_id = ticket.id AND seen.person_id = :me
 WHERE ticket.id IN [ids]
""")


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
