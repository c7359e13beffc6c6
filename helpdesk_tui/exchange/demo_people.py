"""What colleagues did on the demo desk this morning: it makes notices, and time worked. Done by their own verbs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from helpdesk_tui.clock import FixedClock
from helpdesk_tui.desk import people, tickets, timing
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.exchange.demo_texts import read_data
from helpdesk_tui.store import directory


def play(desk: Desk, written: Mapping[str, int]) -> None:
    """Do it on those of the tickets, by title, that are there."""
    found = read_data("people.toml")
    me = desk.actor.login or desk.actor.name
    for step in found["step"]:
        if (number := written.get(step["on"])) is not None and step["by"] != me:
            tickets.change_text(acting(desk, step, number), [number], step["does"].format(me=me))
    for timer in found["timer"]:
        if (number := written.get(timer["on"])) is not None and timer["by"] != me:
            colleague = acting(desk, timer, number)
            if timing.running(colleague) is None:
                timing.start(colleague, number)


def acting(desk: Desk, step: Mapping[str, Any], number: int) -> Desk:
    """The desk as the colleague `by` had it open `ago` minutes, or after the last that has happened to the ticket."""
    who = people.person(desk, step["by"])
    last = max(entry.at for entry in tickets.open_ticket(desk, number).history)
    then = max(last, desk.clock.now() - timedelta(minutes=step["ago"]))
    with desk.store.reading() as unit:
        found = directory.actor_by_id(unit, who.id)
    actor = Actor(who.id, who.login, who.name, who.role) if found is None else found[0]
    return Desk(desk.store, actor, FixedClock(then), desk.zone, desk.source)
