"""What is noted of the people of the demo desk, and its second board, where only members work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from helpdesk_tui.desk import structure
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain.board_templates import template_named
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.words import fold
from helpdesk_tui.exchange.demo_texts import cast, read_data
from helpdesk_tui.store import directory, membership, persons, records

_NOTED = ("skills", "languages", "zone", "color", "capacity")


def note(desk: Desk) -> None:
    """Note it of those who are called just so; as an import, which is no undo step."""
    found = read_data("people.toml")
    with working(desk, Act.IMPORT, Act.MANAGE_PEOPLE, Act.MANAGE_BOARDS) as work:
        logins, _ = persons.called(work.unit)
        known = {agent["login"]: agent["name"] for agent in cast().agents}
        for login, profile in found["profile"].items():
            _note_one(work, logins.get(login), known[login], profile)
        for row in found["gone"]:
            if row["login"] not in logins:
                named = {"login": row["login"], "name": row["name"], "folded": fold(row["name"]), "role": row["role"]}
                work.make("person", {**named, "active": False}, "person", lasting=True, text=row["name"])
        for name, domain in found["domains"].items():
            row = directory.organization_row(work.unit, name)
            if row is not None and not row.domains:
                work.alter(
                    "organization", {"id": row.id, "domains": ""}, {"domains": domain}, "organization", text=name
                )
        _let_in(work, found["board"], logins)
        work.commit("people of the demo desk", kind="import")


def _note_one(work: Work, person_id: int | None, name: str, profile: Mapping[str, Any]) -> None:
    row = None if person_id is None else records.fetch(work.unit, "person", person_id)
    if row is None or row["name"] != name or row["skills"]:
        return
    away = profile.get("away")
    until = {} if away is None else {"away_until": work.now + timedelta(days=away)}
    work.alter(
        "person", row, {field: profile[field] for field in _NOTED if field in profile} | until, "person", text=name
    )


def add_board(desk: Desk) -> None:
    """Make the second board, unless there is one of that name."""
    wanted = read_data("people.toml")["board"]
    with working(desk, Act.IMPORT, Act.MANAGE_BOARDS) as work:
        if _board(work, wanted["name"]) is None:
            structure.insert_board(work, wanted["name"], template_named(wanted["template"]))
            work.commit("second board of the demo desk", kind="import")


def _let_in(work: Work, wanted: Mapping[str, Any], logins: Mapping[str, int]) -> None:
    """Make members of those who work there, unless it has any."""
    made = _board(work, wanted["name"])
    board = None if made is None else records.fetch(work.unit, "board", made)
    if board is None or membership.members(work.unit, board["id"]):
        return
    roles = dict.fromkeys(wanted["agents"], Role.AGENT) | dict.fromkeys(wanted["viewers"], Role.VIEWER)
    members = {f"member:{logins[login]}": role.value for login, role in roles.items() if login in logins}
    work.alter("board", board, members, "member")


def _board(work: Work, name: str) -> int | None:
    return next((one.id for one in directory.boards(work.unit, archived=True) if fold(one.name) == fold(name)), None)
