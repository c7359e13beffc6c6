"""Saved queries."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.board import View
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import NotAllowed, NotFound
from helpdesk_tui.language.query import parse
from helpdesk_tui.store import records
from helpdesk_tui.store import views as stored


def views(desk: Desk) -> tuple[View, ...]:
    """The views the acting person may use, by name."""
    with desk.store.reading() as unit:
        return stored.views(unit, desk.actor)


def find(desk: Desk, name: str) -> View:
    """The view of that name; one's own goes before the team's. NotFound if there is none."""
    matching = [view for view in views(desk) if fold(view.name) == fold(name)]
    if not matching:
        raise NotFound(f"There is no view {name!r}.", "`helpdesk view list` shows them.")
    return next((view for view in matching if not view.shared), matching[0])


def save(desk: Desk, name: str, query: str, shared: bool | None = None) -> Outcome:
    """Save a query under a name, or change the one that has it. `shared` None: with the team where that is allowed.

    LanguageError if the query is not one: a view that cannot be asked is refused now, not when it is used.
    """
    desk.require(Act.SAVE_VIEW)
    if shared is None:
        shared = desk.may(Act.SHARE_VIEW)
    if shared:
        desk.require(Act.SHARE_VIEW)
    parse(query)
    name = entry.name(name, "view")
    with working(desk) as work:
        known = [view for view in stored.views(work.unit, desk.actor) if fold(view.name) == fold(name)]
        same = next((view for view in known if view.shared == shared), None)
        if same is not None:
            row = records.fetch(work.unit, "view", same.id)
            if row is not None:
                work.alter("view", row, {"name": name, "folded": fold(name), "query": query}, "view")
            return work.commit(f"view {name} changed", made=same.id)
        values = {
            "name": name,
            "folded": fold(name),
            "query": query,
            "owner_id": desk.actor.id,
            "shared": shared,
        }
        made = work.make("view", values, "view", text=name)
        return work.commit(f"view {name} saved", made=made)


def remove(desk: Desk, name: str) -> Outcome:
    """Remove a view; another person's shared view only for those who may share."""
    desk.require(Act.SAVE_VIEW)
    view = find(desk, name)
    if view.owner_id != desk.actor.id and not desk.may(Act.SHARE_VIEW):
        raise NotAllowed(f"The view {view.name!r} is not yours.", "Ask who saved it.")
    with working(desk) as work:
        row = records.fetch(work.unit, "view", view.id)
        if row is not None:
            work.alter("view", row, {"removed": True}, "view")
        return work.commit(f"view {view.name} removed")
