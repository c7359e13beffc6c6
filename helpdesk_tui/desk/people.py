"""The people of the desk, as far as the acting person may know them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, timedelta

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.at_work import AtWork
from helpdesk_tui.domain.people import Person
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import NotFound, UsageError
from helpdesk_tui.language.away import away
from helpdesk_tui.store import cards, directory, persons, records, workload

SIGNATURE_LIMIT = 1_000
"""Characters a signature may have."""

TOLD_APART = 5
"""People called alike who are told one by one."""
_NUMBERED = re.compile(r"#([1-9][0-9]{0,8})", re.ASCII)


def agents(desk: Desk, board_id: int | None = None) -> tuple[Person, ...]:
    """Who can be given work, by name: the tickets of that board, or of any that is there for the acting person."""
    with desk.store.reading() as unit:
        return tuple(directory.agents(unit, board_id, cards.known_board(desk.actor)))


def people(desk: Desk, prefix: str = "", limit: int = 50) -> tuple[Person, ...]:
    """Active people whose login, name, or any word of the name begins so."""
    desk.require(Act.SEE_ALL_TICKETS)
    with desk.store.reading() as unit:
        return tuple(person for person in directory.people_named(unit, prefix, limit) if person.active)


def everybody(desk: Desk) -> tuple[Person, ...]:
    """All people by name, those who are no longer active too."""
    desk.require(Act.SEE_ALL_TICKETS)
    with desk.store.reading() as unit:
        return tuple(persons.everybody(unit))


def load(desk: Desk) -> dict[int, int]:
    """How many open tickets each person has to work on, by id; nothing for those who may not see that."""
    if not desk.may(Act.SEE_ALL_TICKETS):
        return {}
    with desk.store.reading() as unit:
        return directory.open_load(unit, cards.visible(desk.actor))


def absent(desk: Desk, among: Iterable[Person]) -> dict[int, str]:
    """Who of these people is away, by id: `away until 2 Dec`. For the team alone."""
    if not desk.may(Act.SEE_ALL_TICKETS):
        return {}
    now = desk.clock.now()
    return {person.id: told for person in among if (told := away(person, now, desk.zone))}


def at_work(desk: Desk, *, everybody: bool = False) -> tuple[AtWork, ...]:
    """What each agent has to do, has done lately and does now, by name; or each person, with `everybody`.

    Only tickets that the acting person may see are counted.
    """
    desk.require(Act.SEE_ALL_TICKETS)
    now = desk.clock.now()
    today = now.astimezone(desk.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    with desk.store.reading() as unit:
        found = persons.everybody(unit) if everybody else directory.agents(unit)
        return workload.at_work(unit, desk.actor, found, now, today.astimezone(UTC), monday.astimezone(UTC))


def organizations(desk: Desk, prefix: str = "", limit: int = 50) -> list[tuple[int, str]]:
    """Organizations of whose name any word begins so: id and name."""
    desk.require(Act.SEE_ALL_TICKETS)
    with desk.store.reading() as unit:
        return directory.organizations_named(unit, prefix, limit)


def person(desk: Desk, word: str) -> Person:
    """The one person meant by a login, a name, a mail address, or `#12` where several are called alike.

    NotFound if there is none or more than one.
    """
    numbered = _NUMBERED.fullmatch(word)
    if numbered is not None and desk.may(Act.SEE_ALL_TICKETS):
        found = [one for one in everybody(desk) if one.id == int(numbered[1])]
    else:
        ids = desk.asking().lookup.people(word)
        with desk.store.reading() as unit:
            found = [somebody for person_id in ids if (somebody := directory.person(unit, person_id)) is not None]
    if not found:
        raise NotFound(f"Nobody is called {word!r}.", "Give the login, the full name, or the mail address.")
    if len(found) > 1:
        raise NotFound(f"{len(found)} people are called {word!r}.", f"Say which: {_told_apart(found)}.")
    return found[0]


def _told_apart(found: Sequence[Person]) -> str:
    shown = [" ".join((f"#{one.id}", one.login or one.mail)).rstrip() for one in found[:TOLD_APART]]
    return ", ".join(shown) + (" …" if len(found) > TOLD_APART else "")


def signature(desk: Desk) -> str:
    """What the acting person's replies end with; empty if nothing."""
    with desk.store.reading() as unit:
        return directory.signature_of(unit, desk.actor.id)


def set_signature(desk: Desk, text: str) -> Outcome:
    """End the acting person's replies with this from now on; with nothing if it is blank."""
    desk.require(Act.REPLY)
    text = "\n".join(line.rstrip() for line in entry.long_text(text, "signature").strip().split("\n"))
    if len(text) > SIGNATURE_LIMIT:
        raise UsageError(
            f"The signature has {len(text):,} characters; {SIGNATURE_LIMIT:,} is the limit.", "Shorten it."
        )
    with working(desk) as work:
        row = records.fetch(work.unit, "person", desk.actor.id)
        if row is not None:
            work.alter("person", row, {"signature": text}, "signature")
        return work.commit("your replies end with your signature" if text else "your replies end without a signature")
