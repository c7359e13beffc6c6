"""The keys with which people come in through the gate: adding, listing and removing them."""

from __future__ import annotations

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.people import person
from helpdesk_tui.desk.work import working
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ssh_keys import KnownKey, may_enter, read_key
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import Conflict, NotFound, UsageError
from helpdesk_tui.store import directory, records, ssh_keys

SHORTEST = 12
"""Characters of a fingerprint that must be given at least to mean a key, `SHA256:` included."""


def keys(desk: Desk) -> list[KnownKey]:
    """All keys, by person and in the order they were added."""
    desk.require(Act.MANAGE_PEOPLE)
    with desk.store.reading() as unit:
        return ssh_keys.known(unit)


def add(desk: Desk, login: str, text: str) -> Outcome:
    """Let the person come in with the public key in `text`: one line of OpenSSH, nothing besides.

    UsageError for what is no such key, Conflict if it is somebody's already: a key tells who comes in.
    """
    key = read_key(text)
    desk.require(Act.MANAGE_PEOPLE)
    whose = person(desk, login)
    if not may_enter(whose.login):
        raise UsageError(
            f"{whose.name} has no login that can be named at the gate.", "Give them one of letters and digits first."
        )
    with working(desk, Act.MANAGE_PEOPLE) as work:
        row = ssh_keys.row_of(work.unit, key.data)
        if row is not None and not row.removed:
            owner = directory.person(work.unit, row.person_id)
            raise Conflict(
                f"This key is {owner.short if owner is not None else 'somebody'}’s already.",
                "`helpdesk gate key list` shows whose is whose.",
            )
        record = {
            "person_id": whose.id,
            "kind": key.kind,
            "data": key.data,
            "comment": key.comment,
            "at": work.now,
            "removed": False,
        }
        current = None if row is None else records.fetch(work.unit, "ssh_key", row.id)
        if current is None:
            work.make("ssh_key", record, "key")
        else:  # the same record again, so that nobody can undo its removal beside it
            work.alter("ssh_key", current, record, "key")
        return work.commit(f"{whose.short} may come in with {key.fingerprint}")


def remove(desk: Desk, fingerprint: str) -> Outcome:
    """Let nobody in any more with the key of that fingerprint, or its unmistakable beginning."""
    desk.require(Act.MANAGE_PEOPLE)
    wanted = fingerprint if fingerprint.startswith("SHA256:") else f"SHA256:{fingerprint}"
    with working(desk, Act.MANAGE_PEOPLE) as work:
        found = [one for one in ssh_keys.known(work.unit) if one.key.fingerprint.startswith(wanted)]
        if len(found) != 1 or len(wanted) < SHORTEST:
            raise NotFound(
                f"No key is meant by {clean(fingerprint, limit=60)!r}, or more than one.",
                "`helpdesk gate key list` shows the fingerprints.",
            )
        (known,) = found
        current = records.fetch(work.unit, "ssh_key", known.id)
        if current is not None:
            work.alter("ssh_key", current, {"removed": True}, "key")
        return work.commit(f"{known.login or known.name} comes in no more with {known.key.fingerprint}")
