"""What happened to one's tickets since one last looked: those one is the assignee or requester of, or watches."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.at_work import Counted, Notice
from helpdesk_tui.store import notices
from helpdesk_tui.store.news import last_event_id

SHOWN = 200
"""Notices that are listed at most, the newest."""


def count(desk: Desk, upto: int = 0) -> Counted:
    """How many notices are new. An earlier count says `upto` which event there are none, which makes this cheap."""
    with desk.store.reading() as unit:
        return notices.count(unit, desk.actor, upto)


def latest(desk: Desk, limit: int = SHOWN) -> list[Notice]:
    """The newest notices, those already seen among them, the latest first."""
    with desk.store.reading() as unit:
        return notices.latest(unit, desk.actor, limit, desk.clock.now(), desk.zone)


def mark_seen(desk: Desk) -> None:
    """The acting person has looked through their notices: what was recorded until now is new no more."""
    with desk.store.reading() as unit:
        newest = last_event_id(unit)
    _mark_seen(desk, newest)


def look(desk: Desk, limit: int = SHOWN) -> list[Notice]:
    """`latest`, and nothing of it is new the next time."""
    with desk.store.reading() as unit:
        newest = last_event_id(unit)
        found = notices.latest(unit, desk.actor, limit, desk.clock.now(), desk.zone)
    _mark_seen(desk, newest)
    return found


def _mark_seen(desk: Desk, newest: int) -> None:
    if desk.read_only:
        return
    with desk.store.reading() as unit:
        if newest <= notices.seen_upto(unit, desk.actor.id):
            return
    with desk.store.writing() as unit:
        notices.mark_seen(unit, desk.actor.id, newest)
        unit.commit()
