"""People as those who keep the list of them need them: who is called how, who else is admin, whose is what."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, false, func, or_, select, true, update

from helpdesk_tui.domain.people import Person, Role
from helpdesk_tui.store import directory, tables, values
from helpdesk_tui.store.unit_of_work import Unit

_person = tables.core(tables.Person)
_ticket = tables.core(tables.Ticket)


def everybody(unit: Unit) -> list[Person]:
    """All people by name, but for those who have become part of another."""
    return directory.people(unit, _person.c.merged_into_id.is_(None))


def called(unit: Unit) -> tuple[dict[str, int], dict[str, int]]:
    """Whose login and whose mail address each is that somebody has, in small letters."""
    rows = unit.rows(
        select(_person.c.id, _person.c.login, _person.c.mail, _person.c.other_mails).where(_person.c.removed == false())
    )
    logins = {values.text(row.login).lower(): row.id for row in rows if row.login}
    mails = {
        mail.lower(): row.id for row in rows for mail in (values.text(row.mail, ""), *values.words(row.other_mails))
    }
    return logins, mails


def named(unit: Unit) -> dict[str, str]:
    """How each name, folded, is told from others like it: the login or the mail of whom it is, of the active."""
    rows = unit.rows(
        select(_person.c.folded, _person.c.login, _person.c.mail).where(
            _person.c.removed == false(), _person.c.active == true()
        )
    )
    return {values.text(row.folded): values.text(row.login or row.mail, "") for row in rows}


def removed_with(unit: Unit, login: str | None, uid: int | None) -> int | None:
    """Who had that account or was called just so, and has been taken off the desk again.

    The account counts more; another who was called so is so no more.
    """
    had = [_person.c.uid == uid] if uid is not None else []
    had += [_person.c.login == login] if login else []
    if not had:
        return None
    found = unit.rows(select(_person.c.id, _person.c.uid).where(or_(*had), _person.c.removed == true()))
    kept = next((row.id for row in found if row.uid == uid), found[0].id if found else None)
    others = [row.id for row in found if row.id != kept]
    if others:
        unit.run(update(_person).where(_person.c.id.in_(others)).values(login=None))
    return kept


def unbound(unit: Unit, login: str) -> int | None:
    """Who is called just so and has no account of the operating system yet."""
    free = and_(_person.c.login == login, _person.c.uid.is_(None), _person.c.removed == false())
    found: int | None = unit.scalar(select(_person.c.id).where(free).limit(1))
    return found


def of_uid(unit: Unit, uid: int) -> int | None:
    """Whose account of the operating system that is."""
    found: int | None = unit.scalar(select(_person.c.id).where(_person.c.uid == uid, _person.c.removed == false()))
    return found


def other_admins(unit: Unit, person_id: int) -> int:
    """How many others could manage the desk."""
    others = and_(
        _person.c.id != person_id,
        _person.c.role == Role.ADMIN.value,
        _person.c.active == true(),
        _person.c.removed == false(),
        or_(_person.c.uid.is_not(None), _person.c.login.is_not(None)),
    )
    return int(unit.scalar(select(func.count()).select_from(_person).where(others)) or 0)


def open_tickets(unit: Unit, person_id: int) -> Sequence[int]:
    """The numbers of the open tickets that a person has to work on."""
    mine = (_ticket.c.assignee_id == person_id, _ticket.c.gone == false(), _ticket.c.closed_at.is_(None))
    return unit.scalars(select(_ticket.c.id).where(*mine).order_by(_ticket.c.id))


def asked_alone(unit: Unit, person_id: int) -> Sequence[int]:
    """The numbers of the open tickets that a person asked for, and that are no organization's."""
    mine = (_ticket.c.requester_id == person_id, _ticket.c.organization_id.is_(None))
    still = (_ticket.c.gone == false(), _ticket.c.closed_at.is_(None))
    return unit.scalars(select(_ticket.c.id).where(*mine, *still).order_by(_ticket.c.id))
