"""The avatars of those who work at the desk: read with each look at a board, so no more than that."""

from __future__ import annotations

from collections.abc import Mapping

from helpdesk_tui.domain.people import Face, Role, initials_of
from helpdesk_tui.store import values
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.unit_of_work import Unit


def of_the_team(unit: Unit) -> Mapping[str, Face]:
    """Everybody who works at the desk or did, by what they are called where space is scarce."""
    found: dict[str, Face] = {}
    for login, name, initials, color, role, active in unit.ask(_TEAM):
        called = values.name(login, name)
        letters = values.text(initials, "") or initials_of(values.text(name) or called)
        works = bool(active) and role != Role.REQUESTER.value
        found[called] = Face(letters, values.text(color, ""), called, works)
    return found


_TEAM = Plain(
    "SELECT login, name, initials, color, role, active FROM person "
    f"WHERE removed = FALSE AND role <> '{Role.REQUESTER.value}'"
)
