"""What is new on a desk since an event that was seen: what live refresh asks, again and again."""

from __future__ import annotations

from sqlalchemy import column, or_, select
from sqlalchemy import table as named_table

from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may_everywhere
from helpdesk_tui.store import cards, tables
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.unit_of_work import Unit

# A look at the board reads but these columns of it: the class, which takes its time to be mapped, is not needed.
_event = named_table("event", column("id"), column("ticket_id"), column("entity"))
_ticket = tables.core(tables.Ticket)
_LAST = Plain("SELECT max(id) FROM event")


def last_event_id(unit: Unit) -> int:
    return int(unit.ask(_LAST)[0][0] or 0)


def touched_since(unit: Unit, since: int, limit: int, actor: Actor) -> tuple[int, set[int], set[str]]:
    """What was recorded after event `since`: the newest event's id, the tickets and the kinds of entity touched.

    Only of what this person may see: a requester hears of their own tickets and of the boards themselves.
    """
    newest = last_event_id(unit)
    if newest <= since:  # somebody came or went, which is no event
        return newest, set(), set()
    statement = select(_event.c.ticket_id, _event.c.entity).where(_event.c.id > since).distinct().limit(limit)
    if not may_everywhere(actor, Act.SEE_ALL_TICKETS):
        seen = select(_ticket.c.id).where(cards.visible(actor))
        statement = statement.where(or_(_event.c.ticket_id.is_(None), _event.c.ticket_id.in_(seen)))
    tickets: set[int] = set()
    entities: set[str] = set()
    for ticket_id, entity in unit.rows(statement):
        entities.add(entity)
        if ticket_id is not None:
            tickets.add(ticket_id)
    return newest, tickets, entities
