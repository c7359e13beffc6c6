"""Up to which event each person has seen each ticket."""

from __future__ import annotations

from sqlalchemy import and_, delete, insert, select

from helpdesk_tui.domain.people import Actor
from helpdesk_tui.store import cards, tables
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_seen = tables.seen


def is_news(unit: Unit, actor: Actor, ticket_id: int) -> bool:
    """Whether something was recorded on the ticket after the person last looked; never on one they may not see."""
    row = unit.first(
        select(_ticket.c.last_event_id, _seen.c.event_id)
        .outerjoin(_seen, and_(_seen.c.ticket_id == _ticket.c.id, _seen.c.person_id == actor.id))
        .where(_ticket.c.id == ticket_id, cards.visible(actor))
    )
    return row is not None and row.last_event_id > (row.event_id or 0)


def mark(unit: Unit, person_id: int, ticket_id: int) -> None:
    """The person has seen everything recorded on the ticket so far."""
    last = unit.scalar(select(_ticket.c.last_event_id).where(_ticket.c.id == ticket_id)) or 0
    unit.run(delete(_seen).where(_seen.c.person_id == person_id, _seen.c.ticket_id == ticket_id))
    unit.run(insert(_seen).values(person_id=person_id, ticket_id=ticket_id, event_id=last))
