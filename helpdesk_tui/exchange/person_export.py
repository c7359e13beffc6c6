"""Everything that the desk keeps about one person, for who asks for it by right."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import NotFound
from helpdesk_tui.store import directory, dossier


def export(desk: Desk, person_id: int) -> dict[str, object]:
    """What JSON can carry: the profile, tickets requested, what they said and did, and the events of it.

    Of files it has the names: `helpdesk attach --get` fetches what is in them.
    """
    desk.require(Act.MANAGE_PEOPLE)
    with desk.store.reading() as unit:
        if directory.person(unit, person_id) is None:
            raise NotFound("There is no such person.", "`helpdesk user list` shows them.")
        return {"helpdesk": "person", "version": 1, "exported": desk.clock.now().isoformat()} | dossier.of(
            unit, person_id
        )
