"""The people of the desk, as far as the acting person may know them."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.people import Person
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import NotFound
from helpdesk_tui.store import directory


def agents(desk: Desk) -> tuple[Person, ...]:
    """Who can be given work, by name."""
    with desk.store.reading() as unit:
        return tuple(directory.agents(unit))


def people(desk: Desk, prefix: str = "", limit: int = 50) -> tuple[Person, ...]:
    """Active people whose login, name, or any word of the name begins so."""
    desk.require(Act.SEE_ALL_TICKETS)
    with desk.store.reading() as unit:
        return tuple(person for person in directory.people_named(unit, prefix, limit) if person.active)


def person(desk: Desk, word: str) -> Person:
    """The one person meant by a login or a name. NotFound if there is none or more than one."""
    ids = desk.asking().lookup.people(word)
    with desk.store.reading() as unit:
        found = [somebody for person_id in ids if (somebody := directory.person(unit, person_id)) is not None]
    if len(found) != 1:
        reason = "Nobody is" if not found else f"{len(found)} people are"
        raise NotFound(f"{reason} called {word!r}.", "Give the login, or the full name.")
    return found[0]
