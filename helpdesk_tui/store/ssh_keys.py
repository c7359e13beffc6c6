"""The keys with which people come in through the gate."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, true
from sqlalchemy.sql.elements import ColumnElement

from helpdesk_tui.domain.ssh_keys import KnownKey, PublicKey
from helpdesk_tui.store import tables, values
from helpdesk_tui.store.tables_aside import SshKey
from helpdesk_tui.store.unit_of_work import Unit

_key = tables.core(SshKey)
_person = tables.core(tables.Person)


def known(unit: Unit, condition: ColumnElement[bool] = true()) -> list[KnownKey]:  # noqa: B008
    """The keys of all people who are on the desk, by person and in the order they were added."""
    statement = (
        select(_key, func.coalesce(_person.c.login, "").label("login"), _person.c.name, _person.c.active)
        .join(_person, _person.c.id == _key.c.person_id)
        .where(_key.c.removed.is_(False), _person.c.removed.is_(False), condition)
        .order_by(_person.c.folded, _person.c.id, _key.c.id)
    )
    return [
        KnownKey(
            row.id,
            PublicKey(values.text(row.kind), values.text(row.data), values.text(row.comment, "")),
            values.text(row.login, ""),
            values.text(row.name),
            bool(row.active),
            row.at,
        )
        for row in unit.rows(statement)
    ]


def fingerprints_of(unit: Unit, person_id: int) -> set[str]:
    """What the keys of one person are known by."""
    return {one.key.fingerprint for one in known(unit, _key.c.person_id == person_id)}


def row_of(unit: Unit, data: str) -> Any:
    """The record of a key, even of a removed one."""
    return unit.first(select(_key).where(_key.c.data == data).order_by(_key.c.removed, _key.c.id).limit(1))
