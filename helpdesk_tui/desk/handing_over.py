"""One person's open tickets to another."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import NotFound, UsageError
from helpdesk_tui.store import directory, persons
from helpdesk_tui.store.unit_of_work import Unit

NAMED = 8
"""Tickets that are named one by one."""


def open_numbers(desk: Desk, person_id: int) -> tuple[int, ...]:
    """The open tickets of a person, for whoever is to decide where they go."""
    desk.require(Act.MANAGE_PEOPLE)
    with desk.store.reading() as unit:
        return open_of(unit, person_id)


def hand_over(desk: Desk, person_id: int, to: int) -> Outcome:
    """Give all open tickets of one person, deactivated or not, to another, as one undo step."""
    with working(desk, Act.MANAGE_PEOPLE) as work:
        giver = directory.person(work.unit, person_id)
        if giver is None:
            raise NotFound("There is no such person.", "`helpdesk user list` shows them.")
        if not open_of(work.unit, person_id):
            return work.commit(f"{giver.short} has no open tickets")
        moved = give(work, person_id, to)
        taker = directory.person(work.unit, to)
        return work.commit(
            f"{counted(len(moved))} of {giver.short} → {taker.short if taker is not None else ''}",
            still_open(work, person_id),
        )


def give(work: Work, person_id: int, to: int) -> list[int]:
    """Hand over within a step; the numbers that went. UsageError unless the other can be given work.

    What stands on a board where the other does not work stays.
    """
    taker = directory.person(work.unit, to)
    if taker is None:
        raise NotFound("There is no such person.", "`helpdesk user list` shows them.")
    if person_id == to:
        raise UsageError("Nobody hands over to themselves.", "Name another agent.")
    if not taker.active or to not in {agent.id for agent in directory.agents(work.unit)}:
        raise UsageError(f"{taker.short} cannot be given tickets.", "Name an active agent.")
    moved = []
    for ticket in work.tickets(open_of(work.unit, person_id)):
        if to in work.workers(ticket["board_id"]):
            work.alter("ticket", ticket, {"assignee_id": to}, "assignee")
            moved.append(ticket["id"])
    return moved


def still_open(work: Work, person_id: int) -> tuple[str, ...]:
    """A warning if a person still has open tickets."""
    left = open_of(work.unit, person_id)
    if not left:
        return ()
    person = directory.person(work.unit, person_id)
    whose = "somebody" if person is None else person.short
    numbers = ", ".join(f"#{number}" for number in left[:NAMED]) + (" …" if len(left) > NAMED else "")
    are, them = ("is", "it") if len(left) == 1 else ("are", "them")
    return (f"{counted(len(left))} {are} still {whose}’s: hand {them} over ({numbers}).",)


def counted(tickets: int) -> str:
    """`1 open ticket`, `12 open tickets`."""
    return f"{tickets:,} open ticket{'' if tickets == 1 else 's'}"


def open_of(unit: Unit, person_id: int) -> tuple[int, ...]:
    """The numbers of a person's open tickets."""
    return tuple(persons.open_tickets(unit, person_id))
