"""Canned replies and templates as the desk keeps them, and what a ticket fills them with."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false, select, true

from helpdesk_tui.domain.canned import Canned
from helpdesk_tui.domain.template import Template, checklists_of, questions_of
from helpdesk_tui.domain.words import fold
from helpdesk_tui.store import tables, tables_aside, values
from helpdesk_tui.store.unit_of_work import Unit

_canned = tables.core(tables_aside.Canned)
_template = tables.core(tables_aside.Template)
_ticket = tables.core(tables.Ticket)


def canned(unit: Unit) -> tuple[Canned, ...]:
    """Every canned reply, by name and language."""
    return _canned_where(unit, true())


def canned_named(unit: Unit, name: str) -> tuple[Canned, ...]:
    """The canned reply of that name, in each of its languages."""
    return _canned_where(unit, _canned.c.folded == fold(name))


def canned_by_id(unit: Unit, canned_id: int) -> Canned | None:
    return next(iter(_canned_where(unit, _canned.c.id == canned_id)), None)


def _canned_where(unit: Unit, condition: ColumnElement[bool]) -> tuple[Canned, ...]:
    statement = (
        select(_canned)
        .where(_canned.c.removed == false(), condition)
        .order_by(_canned.c.folded, _canned.c.language, _canned.c.id)
    )
    return tuple(
        Canned(
            row.id,
            values.text(row.name),
            values.text(row.language, ""),
            values.text(row.body, ""),
            values.text(row.change, ""),
        )
        for row in unit.rows(statement)
    )


def templates(unit: Unit, only_for_requesters: bool = False) -> tuple[Template, ...]:
    """Every template, by name."""
    return _templates_where(unit, _template.c.for_requesters == true() if only_for_requesters else true())


def template_named(unit: Unit, name: str) -> Template | None:
    return next(iter(_templates_where(unit, _template.c.folded == fold(name))), None)


def template_by_id(unit: Unit, template_id: int) -> Template | None:
    return next(iter(_templates_where(unit, _template.c.id == template_id)), None)


def _templates_where(unit: Unit, condition: ColumnElement[bool]) -> tuple[Template, ...]:
    statement = (
        select(_template).where(_template.c.removed == false(), condition).order_by(_template.c.folded, _template.c.id)
    )
    return tuple(_read_template(row) for row in unit.rows(statement))


def _read_template(row: Any) -> Template:
    return Template(
        row.id,
        values.text(row.name),
        values.text(row.title, ""),
        values.text(row.body, ""),
        questions_of(row.questions),
        checklists_of(row.checklists),
        values.text(row.change, ""),
        bool(row.for_requesters),
    )


def language_of(unit: Unit, person_id: int) -> str:
    """The language somebody last asked in; empty if that is not known."""
    statement = (
        select(_ticket.c.language)
        .where(_ticket.c.requester_id == person_id, _ticket.c.language != "", _ticket.c.removed == false())
        .order_by(_ticket.c.id.desc())
        .limit(1)
    )
    return values.text(unit.scalar(statement), "")
