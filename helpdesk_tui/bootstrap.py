"""The one place that wires things together: config -> store -> a desk for the person at the keyboard."""

from __future__ import annotations

import os
from datetime import tzinfo
from pathlib import Path

from helpdesk_tui.clock import Clock, SystemClock, local_zone
from helpdesk_tui.config import Config
from helpdesk_tui.desk import admission
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk_url import DeskUrl
from helpdesk_tui.errors import DeskUnusable, NotFound
from helpdesk_tui.store import migrate
from helpdesk_tui.store.engine import Store
from helpdesk_tui.store.sqlite import SqliteStore


def open_desk(
    config: Config,
    *,
    clock: Clock | None = None,
    source: str = "command",
    uid: int | None = None,
    zone: tzinfo | None = None,
    example: bool = True,
    person: str = "",
    new: bool = True,
) -> Desk:
    """The desk of `config` for the operating-system account (or `uid`), made first if there is none.

    A new desk gets a board, and with `example` one ticket that explains itself; without `new` there must be one. For
    the login of a `person`, or of whoever came in through the gate, the desk must be there and know them. DeskUnusable
    if the file cannot be used, NotAllowed if the desk does not let this person in.
    """
    clock = clock or SystemClock()
    person = person or config.gate
    try:
        store = open_store(config.desk, clock, new=new and not person)
    except NotFound as error:
        if person:
            raise DeskUnusable("There is no desk behind this gate.", "Tell an admin of the desk.") from error
        raise DeskUnusable(error.message, error.hint) from error
    try:
        if person:
            actor = admission.admit_login(store, person, config.key)
        else:
            account = account_of(os.getuid() if uid is None else uid)
            actor = admission.admit(store, account, clock, example=example)
    except BaseException:
        store.close()
        raise
    return Desk(store, actor, clock, zone or local_zone(), source, sealed=config.sealed, key=config.key)


def open_store(desk: Path | DeskUrl, clock: Clock, *, new: bool) -> Store:
    """Where the desk is kept, made first if there is none. NotFound for none without `new`."""
    store: Store
    if isinstance(desk, DeskUrl):
        from helpdesk_tui.store.postgres import PostgresStore

        store = PostgresStore(desk, new=new)
    else:
        if not os.path.lexists(desk):
            if not new:
                raise NotFound(f"There is no desk at {desk}.", "Check its name.")
            migrate.create(desk)
        store = SqliteStore(desk)
    try:
        migrate.bring_up(store, clock.now())
    except BaseException:
        store.close()
        raise
    return store


def account_of(uid: int) -> admission.Account:
    """The account of a numeric user id, from the password database and from nowhere else."""
    import pwd

    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return admission.Account(uid, f"uid{uid}", f"uid{uid}")
    name = entry.pw_gecos.split(",")[0].strip()
    return admission.Account(uid, entry.pw_name, name or entry.pw_name)


def account_named(login: str) -> admission.Account | None:
    """The account of that name, from the password database; None if this machine has none."""
    import pwd

    try:
        entry = pwd.getpwnam(login)
    except (KeyError, ValueError, UnicodeError):
        return None
    return account_of(entry.pw_uid) if entry.pw_name == login else None
