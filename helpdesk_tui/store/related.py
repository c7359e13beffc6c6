"""What ties tickets together: links of both directions, what waits for what, and what a merge takes along."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, false, or_, select

from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import may_see
from helpdesk_tui.domain.ticket import Relation
from helpdesk_tui.store import cards, records, tables
from helpdesk_tui.store.among import listed
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_link = tables.ticket_link

CARRIED = ("comment", "step", "file", "time")
"""What hangs on a ticket and goes where the ticket's request goes, in the order it is taken along."""


class Pair(NamedTuple):
    """One link as it is kept: from a ticket to the other."""

    ticket_id: int
    relation: str
    other_id: int

    @property
    def field(self) -> str:
        """The link as a field of the ticket it starts from."""
        return f"link:{self.relation}:{self.other_id}"


def links_of(unit: Unit, number: int) -> list[Pair]:
    """The links that start or end at a ticket, whoever may see them."""
    statement = (
        select(_link.c.ticket_id, _link.c.relation, _link.c.other_id)
        .where(or_(_link.c.ticket_id == number, _link.c.other_id == number))
        .order_by(_link.c.ticket_id, _link.c.relation, _link.c.other_id)
    )
    return [Pair(*row) for row in unit.rows(statement)]


def open_blockers(unit: Unit, numbers: Iterable[int], actor: Actor) -> dict[int, list[int]]:
    """For each of these tickets that waits for open ones that this person may see: which."""
    found: dict[int, list[int]] = {}
    for waiting, blocker, *whose in unit.ask(_BLOCKING, ids=listed(numbers)):
        if may_see(actor, *whose):
            found.setdefault(waiting, []).append(blocker)
    return found


_BLOCKING = Plain(
    "SELECT other_id, ticket.id, board_id, requester_id, organization_id "
    "FROM ticket_link JOIN ticket ON ticket.id = ticket_id "
    f"WHERE relation = '{Relation.BLOCKS.value}' AND other_id IN [ids] AND closed_at IS NULL AND gone = FALSE "
    "ORDER BY other_id, ticket.id"
)


def leads_to(unit: Unit, relation: Relation, start: int, end: int) -> bool:
    """Whether links of one relation lead from a ticket, over others or not, to another."""
    walk: Any = select(_link.c.other_id).where(_link.c.ticket_id == start, _link.c.relation == relation.value)
    way = walk.cte("way", recursive=True)
    further = select(_link.c.other_id).join(way, way.c.other_id == _link.c.ticket_id)
    way = way.union(further.where(_link.c.relation == relation.value))
    return bool(unit.scalar(select(exists().where(way.c.other_id == end))))


def watcher_ids(unit: Unit, number: int) -> list[int]:
    """Who watches a ticket."""
    pair = tables.watcher
    return list(unit.scalars(select(pair.c.person_id).where(pair.c.ticket_id == number).order_by(pair.c.person_id)))


def label_ids(unit: Unit, number: int) -> list[int]:
    """The labels a ticket carries."""
    return [label_id for (label_id,) in unit.rows(_labels_on(), {"number": number})]


@cache
def _labels_on() -> Select[tuple[int]]:
    """That question, put together once: a change of thousands of tickets asks it for each."""
    pair = tables.ticket_label
    label = tables.core(tables.Label)
    statement = select(pair.c.label_id).join(label, label.c.id == pair.c.label_id)
    carried = statement.where(pair.c.ticket_id == bindparam("number"), label.c.removed == false())
    return carried.order_by(pair.c.label_id)


def hanging_on(unit: Unit, entity: str, number: int) -> list[Stored]:
    """The comments, steps, files or time entries of a ticket in their order."""
    table = records.table_of(entity)
    order = {"step": table.c.rank if entity == "step" else None}.get(entity, table.c.at if "at" in table.c else None)
    statement: Select[Any] = records.as_it_stands(table).where(table.c.ticket_id == number, table.c.removed == false())
    return records.read(unit, statement.order_by(order, table.c.id))


def merged_into(unit: Unit, number: int, actor: Actor) -> int | None:
    """The ticket that a ticket was merged into, if it was and this person may see where."""
    other = _ticket.alias()
    statement = (
        select(_ticket.c.id)
        .join(other, other.c.merged_into_id == _ticket.c.id)
        .where(other.c.id == number, _ticket.c.removed == false(), cards.visible(actor))
    )
    found = unit.scalar(statement)
    return None if found is None else int(found)
