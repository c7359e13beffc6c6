"""Who else has a ticket open, and who is answering it. Open screens tell it again and again; no history is kept."""

from __future__ import annotations

from collections.abc import Mapping

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.at_work import Doing
from helpdesk_tui.domain.ticket_detail import Present
from helpdesk_tui.store import presence

BEAT = 20.0
"""Seconds after which an open screen says again that it is there: a third of what it is believed for."""


def here(desk: Desk, session: str, number: int, doing: Doing = Doing.READING) -> None:
    """The screen `session` of the acting person shows that ticket, or only its board (`LOOKING`).

    Nothing is noted of a ticket they may not see.
    """
    if desk.read_only:
        return
    with desk.store.reading() as unit:
        if not presence.is_visible(unit, desk.actor, number):
            return
    with desk.store.writing() as unit:
        presence.note(unit, session, desk.actor.id, number, doing, desk.clock.now())
        unit.commit()


def gone(desk: Desk, session: str) -> None:
    """The screen `session` shows no ticket any more."""
    if desk.read_only:
        return
    with desk.store.writing() as unit:
        presence.leave(unit, session)
        unit.commit()


def everywhere(desk: Desk) -> tuple[Mapping[int, tuple[Present, ...]], Mapping[int, tuple[str, ...]]]:
    """Who else is where, by ticket and by board, as far as the acting person may know."""
    with desk.store.reading() as unit:
        return presence.everywhere(unit, desk.actor, desk.clock.now())


def others(desk: Desk) -> Mapping[int, tuple[Present, ...]]:
    """Who else is where, by ticket, as far as the acting person may know."""
    with desk.store.reading() as unit:
        return presence.others(unit, desk.actor, desk.clock.now())
