"""A check-up of a desk: what is well, what is worth a word, what is bad, and what to do about it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from helpdesk_tui.desk import keeping
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.keeping import Finding, State
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import DeskUnusable, NotAllowed
from helpdesk_tui.store import checkup, checkup_clocks, checkup_files, checkup_service, migrate
from helpdesk_tui.store.engine import Store
from helpdesk_tui.store.migrations import HEAD
from helpdesk_tui.store.sqlite import SqliteStore


def check_file(path: Path, uid: int, now: datetime, *, full: bool = False, repair: bool = False) -> Iterator[Finding]:
    """What there is to say of the desk at `path`, which need not open, to the account `uid`; no stranger is taken in.

    What is in the desk is looked at for its admins and the file's owner only. With `repair` they first have counts,
    search index, clocks and rights set right; NotAllowed for others.
    """
    trusted = _is_trusted(path, uid)
    if repair and not trusted:
        raise NotAllowed("Only an admin of the desk, or the account that owns its file, may repair it.", "Ask one.")
    if repair:
        yield from _repaired(path, now, full=full)
    yield from checkup_files.look(path, now)
    yield checkup.version()
    if trusted and os.path.isfile(path):
        try:
            yield from _within(path, now, full=full)
        except DeskUnusable as error:
            yield Finding("desk", State.BAD, error.message, error.hint)


def check_server(desk: Desk, *, full: bool = False, repair: bool = False) -> Iterator[Finding]:
    """What there is to say of a desk that a database server keeps; for its admins."""
    desk.require(Act.BACKUP)
    if repair:
        yield _set_right(desk.store, full=full)
    said = f"{desk.store.name}: the database server protects it; its own backup and replication serve."
    yield Finding("sharing", State.OK, said)
    with desk.store.reading() as unit:
        yield checkup.search_rows(unit)
        yield checkup.counts(unit)
        yield checkup.clock(unit, desk.clock.now())
        yield checkup_service.look(unit)
    yield checkup_clocks.look(desk.store, full=full)


def _is_trusted(path: Path, uid: int) -> bool:
    try:
        owner = os.stat(path).st_uid
    except OSError:
        return True
    return uid in {owner, 0} or keeping.role_at(path, uid) is Role.ADMIN


def _within(path: Path, now: datetime, *, full: bool) -> Iterator[Finding]:
    store = SqliteStore(path)
    try:
        if store.read_only:
            yield Finding("desk", State.NOTE, "This account may only read the desk.", "Fine, if that is meant.")
        revision = migrate.revision_of(store)
        if revision != HEAD:
            said = f"The desk has the schema {revision}, this helpdesk knows {HEAD}."
            older = (revision or "") < HEAD
            yield Finding("schema", State.NOTE, said, "Open it once." if older else "Upgrade this program.")
            return
        yield Finding("schema", State.OK, f"The desk has the schema of this helpdesk ({revision}).")
        yield from checkup.damage_in_full(store) if full else checkup.damage(store)
        with store.reading() as unit:
            yield checkup.counts(unit)
            yield checkup.clock(unit, now)
            yield checkup_service.look(unit)
        if not store.read_only:
            yield checkup_clocks.look(store, full=full)
    finally:
        store.close()


def _repaired(path: Path, now: datetime, *, full: bool) -> Iterator[Finding]:
    mended = checkup_files.mend(path)
    if mended:
        yield Finding("repair", State.OK, f"Given the rights of the desk's file: {', '.join(p.name for p in mended)}.")
    try:
        store = SqliteStore(path)
        try:
            migrate.bring_up(store, now)
            yield _set_right(store, full=full)
        finally:
            store.close()
    except DeskUnusable as error:
        yield Finding("repair", State.BAD, f"Counts, search and clocks were not set right. {error.message}", error.hint)


def _set_right(store: Store, *, full: bool) -> Finding:
    with store.writing() as unit:
        checkup.count_anew(unit)
        if full or checkup.search_rows(unit).state is State.BAD:
            checkup.index_anew(unit)
        unit.commit()
    checkup_clocks.mend(store)
    return Finding("repair", State.OK, "Counts, the search index and clocks are as they should be.")
