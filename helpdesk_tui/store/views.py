"""The saved views of a desk."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_, select, true

from helpdesk_tui.domain.board import View
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.store import tables, tables_aside, values
from helpdesk_tui.store.unit_of_work import Unit

_view = tables.core(tables_aside.View)


def views(unit: Unit, actor: Actor) -> tuple[View, ...]:
    """The views this person may use: their own and the team's."""
    statement = (
        select(_view).where(_view.c.removed == false(), _visible_view(actor)).order_by(_view.c.folded, _view.c.id)
    )
    return tuple(
        View(row.id, values.text(row.name), values.text(row.query, ""), row.owner_id, bool(row.shared))
        for row in unit.rows(statement)
    )


def _visible_view(actor: Actor) -> ColumnElement[bool]:
    own: ColumnElement[bool] = _view.c.owner_id == actor.id
    return or_(own, _view.c.shared == true()) if actor.on_team else own
