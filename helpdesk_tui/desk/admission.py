"""Who is let in."""

from __future__ import annotations

from datetime import UTC

from msgspec import Struct

from helpdesk_tui.clock import Clock
from helpdesk_tui.desk.desk import Desk, has_key
from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import NotAllowed
from helpdesk_tui.store import directory
from helpdesk_tui.store.engine import Store
from helpdesk_tui.store.unit_of_work import Unit


class Account(Struct, frozen=True):
    """An account of the operating system: the numeric id is what counts, the rest is what it is called."""

    uid: int
    login: str
    name: str


def admit(store: Store, account: Account, clock: Clock, *, example: bool = True) -> Actor:
    """The person of that account on this desk: the first becomes its admin, strangers what the desk's setting says.

    Whoever has been taken in by the account's login before is that person from now on.

    NotAllowed if the person has been deactivated, and for strangers where the setting lets in none.
    """
    with store.reading() as unit:
        known = directory.actor_by_uid(unit, account.uid)
    if known is None and store.read_only:
        raise NotAllowed(
            "Your account is not on this desk, and a desk that is read only takes in nobody new.",
            "Ask an admin of the desk, or open a copy of it.",
        )
    if known is None:
        with store.writing() as unit:
            known = directory.actor_by_uid(unit, account.uid)
            if known is None:
                known = _bound(unit, account) or (_enrol(store, unit, account, clock, example), True)
                unit.commit()
    actor, active = known
    if not active:
        raise NotAllowed("Your account on this desk has been deactivated.", "Ask an admin of the desk.")
    return actor


def admit_login(store: Store, login: str, key: str = "") -> Actor:
    """The person called so on this desk. NotAllowed if there is none, if they have been deactivated, or if the key
    of that fingerprint, where one is named, is not theirs, or not any more.
    """
    with store.reading() as unit:
        known = directory.actor_by_login(unit, login) if login else None
        if known is not None and key and not has_key(unit, known[0].id, key):
            known = None
    if known is None:
        raise NotAllowed("Your key leads to nobody on this desk.", "Ask an admin of the desk.")
    actor, active = known
    if not active:
        raise NotAllowed("Your account on this desk has been deactivated.", "Ask an admin of the desk.")
    return actor


def keep_up(desk: Desk) -> None:
    """Take in what the acting person may do by now. LetOut if they were deactivated."""
    with desk.store.reading() as unit:
        desk.keep_up(unit)


def _bound(unit: Unit, account: Account) -> tuple[Actor, bool] | None:
    """Who was taken in by that login before the account was ever seen, or taken off the desk again with it."""
    from helpdesk_tui.store import persons, records

    if directory.nobody_yet(unit):
        return None
    gone = persons.removed_with(unit, None, account.uid)
    if gone is not None:
        _refuse_strangers(unit)
        records.write(unit, "person", gone, {"removed": False, "active": True, "role": Role.REQUESTER.value})
        return directory.actor_by_uid(unit, account.uid)
    person = persons.unbound(unit, account.login)
    if person is None:
        return None
    records.write(unit, "person", person, {"uid": account.uid})
    return directory.actor_by_uid(unit, account.uid)


def _refuse_strangers(unit: Unit) -> None:
    """NotAllowed if the desk takes in nobody whom it does not know."""
    from helpdesk_tui.domain.settings import NOBODY, settings_from
    from helpdesk_tui.store.settings import stored

    if settings_from(stored(unit)).strangers == NOBODY:
        raise NotAllowed(
            "Your account is not on this desk, and it takes in nobody by itself.",
            "Ask an admin of the desk to add you.",
        )


def _enrol(store: Store, unit: Unit, account: Account, clock: Clock, example: bool) -> Actor:
    # Each of these is needed once in a person's life with the desk.
    from helpdesk_tui.desk import founding
    from helpdesk_tui.store import records

    first = directory.nobody_yet(unit)
    if not first:
        _refuse_strangers(unit)
    role = Role.ADMIN if first else Role.REQUESTER
    login = account.login if not directory.login_taken(unit, account.login) else f"{account.login}-{account.uid}"
    person = records.add(
        unit,
        "person",
        {"uid": account.uid, "login": login, "name": account.name, "folded": fold(account.name), "role": role.value},
    )
    actor = Actor(person, login, account.name, role)
    if first and not directory.boards(unit):
        founding.found(Desk(store, actor, clock, UTC, "welcome"), unit, example=example)
    return actor
