"""The avatars of those who work at the desk: read with each look at a board, so no more than that."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, false, select

from helpdesk_tui.domain.people import Face, Role, initials_of
from helpdesk_tui.store import tables, values
from helpdesk_tui.store.unit_of_work import Unit

_person = tables.core(tables.Person)


def of_the_team(unit: Unit) -> Mapping[str, Face]:
    """Everybody who works at the desk or did, by what they are called where space is scarce."""
    found: dict[str, Face] = {}
    for login, name, initials, color, role, active in unit.rows(_team()):
        called = values.name(login, name)
        letters = values.text(initials, "") or initials_of(values.text(name) or called)
        works = bool(active) and role != Role.REQUESTER.value
        found[called] = Face(letters, values.text(color, ""), called, works)
    return found


@cache
def _team() -> Select[Any]:
    columns = _person.c
    return select(columns.login, columns.name, columns.initials, columns.color, columns.role, columns.active).where(
        columns.removed == false(), columns.role != Role.REQUESTER.value
    )
