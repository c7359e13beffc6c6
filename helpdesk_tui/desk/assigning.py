"""What whoever gives work away should know of those who get it: that they are away, or have more than they can."""

from __future__ import annotations

from helpdesk_tui.desk.work import Work
from helpdesk_tui.language.away import away
from helpdesk_tui.store import directory, persons


def warnings(work: Work) -> tuple[str, ...]:
    """A warning for each person that this step gave tickets to and who is away, or over their capacity by now."""
    given = {
        fact.delta["assignee_id"][1]: None
        for fact in work.facts
        if fact.entity == "ticket" and "assignee_id" in fact.delta
    }
    told: list[str] = []
    for person_id in given:
        person = None if person_id is None else directory.person(work.unit, person_id)
        if person is None:
            continue
        if person_id != work.desk.actor.id and (absent := away(person, work.now, work.desk.zone)):
            told.append(f"{person.short} is {absent}.")
        if person.capacity is not None:
            held = len(persons.open_tickets(work.unit, person.id))
            if held > person.capacity:
                told.append(f"{person.short} has {held} open tickets, more than their {person.capacity}.")
    return tuple(told)
