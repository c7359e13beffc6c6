"""Who has which ticket open, and who is writing there. One row for each open screen, worth nothing once it is old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, false, insert, select

from helpdesk_tui.domain.at_work import Doing
from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.permissions import Act, may
from helpdesk_tui.domain.ticket_detail import Present
from helpdesk_tui.store import cards, tables, values
from helpdesk_tui.store.unit_of_work import Unit

GOOD_FOR = timedelta(seconds=60)
"""How long after its last beat a screen counts as open: it may have been killed."""

_presence = tables.presence
_person = tables.core(tables.Person)
_ticket = tables.core(tables.Ticket)
_ORDER = (Doing.REPLYING, Doing.NOTING, Doing.READING)
_WRITING = {Doing.REPLYING: "a reply", Doing.NOTING: "a note"}


def note(unit: Unit, session: str, person_id: int, ticket_id: int, doing: Doing, at: datetime) -> None:
    """That screen shows this ticket now. Rows too old to mean anything go."""
    leave(unit, session)
    unit.run(delete(_presence).where(_presence.c.at < at - GOOD_FOR))
    unit.run(
        insert(_presence).values(session=session, person_id=person_id, ticket_id=ticket_id, doing=doing.value, at=at)
    )


def leave(unit: Unit, session: str) -> None:
    """That screen shows no ticket any more."""
    unit.run(delete(_presence).where(_presence.c.session == session))


def is_visible(unit: Unit, actor: Actor, number: int) -> bool:
    """Whether the ticket is there for that person."""
    shown = select(_ticket.c.id).where(_ticket.c.id == number, _ticket.c.removed == false(), cards.visible(actor))
    return unit.first(shown) is not None


def others(unit: Unit, actor: Actor, now: datetime, number: int | None = None) -> Mapping[int, tuple[Present, ...]]:
    """Who else is where, by ticket, as far as this person may know: those who write first.

    Whoever may not read notes is not told of one being written; whoever asks for help, only of answers to them.
    """
    return _by_ticket(_others(unit, actor, now, number), actor)


def everywhere(
    unit: Unit, actor: Actor, now: datetime
) -> tuple[Mapping[int, tuple[Present, ...]], Mapping[int, tuple[str, ...]]]:
    """Who else is where, by ticket as `others` says it, and by board for those who see all of it."""
    rows = _others(unit, actor, now)
    boards: dict[int, set[str]] = {}
    for row in rows:
        if may(actor.role_on(row.board_id), Act.SEE_ALL_TICKETS):
            boards.setdefault(row.board_id, set()).add(values.name(row.login, row.name))
    return _by_ticket(rows, actor), {board: tuple(sorted(names)) for board, names in boards.items()}


def _others(unit: Unit, actor: Actor, now: datetime, number: int | None = None) -> Sequence[Any]:
    statement = (
        select(_presence.c.ticket_id, _presence.c.doing, _ticket.c.board_id, _person.c.login, _person.c.name)
        .join(_person, _person.c.id == _presence.c.person_id)
        .join(_ticket, _ticket.c.id == _presence.c.ticket_id)
        .where(
            _presence.c.at > now - GOOD_FOR,
            _presence.c.at < now + GOOD_FOR,
            _presence.c.person_id != actor.id,
            _ticket.c.removed == false(),
            cards.visible(actor),
        )
    )
    if number is not None:
        statement = statement.where(_presence.c.ticket_id == number)
    return unit.rows(statement)


def _by_ticket(rows: Sequence[Any], actor: Actor) -> Mapping[int, tuple[Present, ...]]:
    found: dict[int, dict[str, Doing]] = {}
    for row in rows:
        doing = _as_told(row.doing, actor.role_on(row.board_id))
        if doing is not None:
            here = found.setdefault(row.ticket_id, {})
            name = values.name(row.login, row.name)
            here[name] = min(here.get(name, doing), doing, key=_ORDER.index)
    return {
        ticket: tuple(
            Present(name, _WRITING.get(doing, ""))
            for name, doing in sorted(here.items(), key=lambda one: (_ORDER.index(one[1]), one[0]))
        )
        for ticket, here in found.items()
    }


def by_person(unit: Unit, actor: Actor, now: datetime) -> dict[int, dict[int, Doing]]:
    """Which tickets each person has open and what they do there, as far as this person may know."""
    rows = unit.rows(
        select(_presence.c.person_id, _presence.c.ticket_id, _presence.c.doing, _ticket.c.board_id)
        .join(_ticket, _ticket.c.id == _presence.c.ticket_id)
        .where(
            _presence.c.at > now - GOOD_FOR,
            _presence.c.at < now + GOOD_FOR,
            _ticket.c.removed == false(),
            cards.visible(actor),
        )
    )
    found: dict[int, dict[int, Doing]] = {}
    for row in rows:
        doing = _as_told(row.doing, actor.role_on(row.board_id))
        if doing is not None:
            here = found.setdefault(row.person_id, {})
            here[row.ticket_id] = min(here.get(row.ticket_id, doing), doing, key=_ORDER.index)
    return found


def _as_told(value: Any, role: Role) -> Doing | None:
    if value == Doing.LOOKING.value:
        return None
    doing = next((known for known in _ORDER if known.value == value), Doing.READING)
    if not may(role, Act.SEE_ALL_TICKETS):
        return doing if doing is Doing.REPLYING else None
    return Doing.READING if doing is Doing.NOTING and not may(role, Act.READ_NOTES) else doing
