"""Organizations, with how many people and open tickets each has."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, func, select, true

from helpdesk_tui.domain.people import Organization
from helpdesk_tui.store import records, tables, values
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.unit_of_work import Unit

_organization = tables.core(tables.Organization)
_person = tables.core(tables.Person)
_ticket = tables.core(tables.Ticket)


def all_of(unit: Unit) -> list[Organization]:
    """All organizations, by name."""
    rows = unit.rows(select(_organization).where(_organization.c.removed == false()).order_by(_organization.c.folded))
    return [Organization(row.id, values.text(row.name), bool(row.shares), values.words(row.domains)) for row in rows]


def people(unit: Unit) -> dict[int, int]:
    """How many active people each organization has, by its id."""
    of = _person.c.organization_id
    there = (of.is_not(None), _person.c.removed == false(), _person.c.active == true())
    return dict(map(tuple, unit.rows(select(of, func.count()).where(*there).group_by(of))))


def open_tickets(unit: Unit, visible: ColumnElement[bool] = true()) -> dict[int, int]:  # noqa: B008
    """How many open tickets each organization has, by its id, of those that meet the condition."""
    of = _ticket.c.organization_id
    there = (of.is_not(None), _ticket.c.gone == false(), _ticket.c.closed_at.is_(None), visible)
    return dict(map(tuple, unit.rows(select(of, func.count()).where(*there).group_by(of))))


def belonging(unit: Unit, entity: str, organization_id: int) -> list[Stored]:
    """The tickets or the people of an organization, removed ones too: what was undone may be done again."""
    table = records.table_of(entity)
    there = table.c.organization_id == organization_id
    return records.read(unit, records.as_it_stands(table).where(there).order_by(table.c.id))
