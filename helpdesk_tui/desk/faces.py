"""How the people who work at the desk are drawn in a few cells."""

from __future__ import annotations

from collections.abc import Mapping

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Face
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.store import faces as store_faces


def faces(desk: Desk) -> Mapping[str, Face]:
    """The team by what a card calls them, also who has left it; nothing for those who see only their own tickets."""
    if not desk.may(Act.SEE_ALL_TICKETS):
        return {}
    with desk.store.reading() as unit:
        return store_faces.of_the_team(unit)
