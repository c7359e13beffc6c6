"""What is a person's: their tickets, what they said and did, what they watch, and what they have seen."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update

from helpdesk_tui.store import records, tables
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.unit_of_work import Unit

OF_PERSON = (
    ("ticket", "requester_id"),
    ("ticket", "assignee_id"),
    ("comment", "author_id"),
    ("step", "done_by_id"),
    ("time", "person_id"),
    ("file", "added_by_id"),
    ("view", "owner_id"),
    ("ssh_key", "person_id"),
)
"""Where a record says whose it is, or who did it."""


def owned(unit: Unit, entity: str, field: str, person_id: int) -> list[Stored]:
    """The records that name the person there, removed ones too: what was undone may be done again."""
    table = records.table_of(entity)
    return records.read(unit, records.as_it_stands(table).where(table.c[field] == person_id).order_by(table.c.id))


def watched(unit: Unit, person_id: int) -> list[int]:
    """The tickets that a person watches."""
    pair = tables.watcher
    return list(unit.scalars(select(pair.c.ticket_id).where(pair.c.person_id == person_id).order_by(pair.c.ticket_id)))


def roles(unit: Unit, person_id: int) -> dict[int, str]:
    """The roles that a person has on boards, by the board's id."""
    member = tables.board_member
    rows = unit.rows(select(member.c.board_id, member.c.role).where(member.c.person_id == person_id))
    return {row.board_id: row.role for row in rows}


def follow(unit: Unit, source: int, target: int) -> None:
    """What is no history: what one person has seen the other has seen, and nobody is there as the one any more."""
    unit.run(update(tables.presence).where(tables.presence.c.person_id == source).values(person_id=target))
    if unit.first(select(tables.timer).where(tables.timer.c.person_id == target)) is None:
        unit.run(update(tables.timer).where(tables.timer.c.person_id == source).values(person_id=target))
    unit.run(delete(tables.timer).where(tables.timer.c.person_id == source))
    seen = tables.seen
    before = {row.ticket_id: row.event_id for row in unit.rows(select(seen).where(seen.c.person_id == target))}
    for row in unit.rows(select(seen).where(seen.c.person_id == source)):
        if row.event_id > before.get(row.ticket_id, 0):
            unit.run(delete(seen).where(seen.c.person_id == target, seen.c.ticket_id == row.ticket_id))
            unit.run(seen.insert().values(person_id=target, ticket_id=row.ticket_id, event_id=row.event_id))
    unit.run(delete(seen).where(seen.c.person_id == source))
    looked = tables.notices_seen
    last = unit.scalar(select(func.max(looked.c.event_id)).where(looked.c.person_id.in_((source, target))))
    unit.run(delete(looked).where(looked.c.person_id.in_((source, target))))
    if last is not None:
        unit.run(looked.insert().values(person_id=target, event_id=last))
