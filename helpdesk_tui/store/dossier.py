"""Everything that the desk keeps about one person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.store import belongings, records, tables, tables_aside, values
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.tables import from_stored
from helpdesk_tui.store.unit_of_work import Unit

_event = tables.core(tables_aside.Event)
_organization = tables.core(tables.Organization)
_board = tables.core(tables.Board)

Told = dict[str, object]


def of(unit: Unit, person_id: int) -> Told:
    """What is noted about them, what they asked for, said, did and watch, as plain values that JSON can carry."""

    def owned(entity: str, field: str) -> list[Stored]:
        return [row for row in belongings.owned(unit, entity, field, person_id) if not row["removed"]]

    return {
        "person": _person(unit, person_id),
        "boards": _boards(unit, person_id),
        "tickets_requested": [_ticket(row) for row in owned("ticket", "requester_id")],
        "tickets_assigned": [row["id"] for row in owned("ticket", "assignee_id")],
        "tickets_watched": belongings.watched(unit, person_id),
        "said": [
            {"ticket": row["ticket_id"], "at": _at(row["at"]), "speech": row["speech"], "text": row["body"]}
            for row in owned("comment", "author_id")
        ],
        "files": [
            {"ticket": row["ticket_id"], "at": _at(row["at"]), "name": row["name"], "size": row["size"]}
            for row in owned("file", "added_by_id")
        ],
        "time": [
            {"ticket": row["ticket_id"], "at": _at(row["at"]), "minutes": row["minutes"]}
            for row in owned("time", "person_id")
        ],
        "steps_ticked": [
            {"ticket": row["ticket_id"], "at": _at(row["done_at"]), "text": row["text"]}
            for row in owned("step", "done_by_id")
        ],
        "views": [{"name": row["name"], "query": row["query"]} for row in owned("view", "owner_id")],
        "keys": [
            {"kind": row["kind"], "data": row["data"], "comment": row["comment"], "at": _at(row["at"])}
            for row in owned("ssh_key", "person_id")
        ],
        "events": _events(unit, person_id),
    }


def _person(unit: Unit, person_id: int) -> Told:
    row = records.fetch(unit, "person", person_id) or {}
    named = (
        *("id", "login", "name", "mail", "role", "active", "signature", "zone", "capacity", "color", "initials"),
        *("merged_into_id", "erased"),
    )
    told: Told = {name: row.get(name) for name in named}
    lists = {name: list(values.words(row.get(name))) for name in ("other_mails", "skills", "languages")}
    away = {name: _at(row.get(name)) for name in ("away_from", "away_until")}
    name = unit.scalar(select(_organization.c.name).where(_organization.c.id == row.get("organization_id")))
    return told | lists | away | {"organization": name}


def _boards(unit: Unit, person_id: int) -> list[Told]:
    names = {row.id: row.name for row in unit.rows(select(_board.c.id, _board.c.name))}
    return [{"board": names.get(board), "role": role} for board, role in belongings.roles(unit, person_id).items()]


def _ticket(row: Stored) -> Told:
    return {
        "number": row["id"],
        "title": row["title"],
        "description": row["description"],
        "source": row["source"],
        "created": _at(row["created_at"]),
        "closed": _at(row["closed_at"]),
        "archived": _at(row["archived_at"]),
        "rating": row["rating"],
    }


def _events(unit: Unit, person_id: int) -> list[Told]:
    """What they did, and what was done to their own record."""
    theirs = or_(_event.c.actor_id == person_id, and_(_event.c.entity == "person", _event.c.entity_id == person_id))
    return [
        {
            "id": row.id,
            "at": _at(row.at),
            "ticket": row.ticket_id,
            "what": row.kind,
            "of": row.entity,
            "changes": values.delta(row.delta),
            "detail": values.detail(row.detail),
        }
        for row in unit.rows(select(_event).where(theirs).order_by(_event.c.id))
    ]


def _at(moment: Any) -> str | None:
    """A moment, stored or read, as ISO 8601 in UTC; one that no one can read is null."""
    read = moment if moment is None or isinstance(moment, datetime) else from_stored(moment)
    return (
        None if read is None or read == UNREADABLE else read.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )
