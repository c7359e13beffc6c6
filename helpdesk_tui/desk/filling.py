"""What the placeholders of a prepared text say on one ticket."""

from __future__ import annotations

from datetime import datetime

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.board import Board
from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.placeholders import first_name
from helpdesk_tui.language.dates import said
from helpdesk_tui.store import directory, prepared, records, values
from helpdesk_tui.store.records import Stored
from helpdesk_tui.store.tables import from_stored
from helpdesk_tui.store.unit_of_work import Unit

_DAY_AS = {"et": "%d.%m.%Y", "pl": "%d.%m.%Y", "ro": "%d.%m.%Y", "he": "%d.%m.%Y", "fa": "%Y/%m/%d"}
"""How a day is written where it is not written in English words."""


def values_of(desk: Desk, unit: Unit, ticket: Stored, language: str) -> dict[str, str]:
    """The value of each placeholder; those that have none on this ticket are empty.

    Moments are written as a reader of `language` expects, in the zone of the acting person.
    """
    people = _people(unit, ticket)
    requester, assignee = (people.get(ticket[side] or 0, {}) for side in ("requester_id", "assignee_id"))
    boards = directory.boards(unit)
    requester_name, assignee_name = (values.text(person.get("name"), "") for person in (requester, assignee))
    organization = values.whole_or_none(ticket["organization_id"])
    now = desk.clock.now()
    return {
        "requester.name": requester_name,
        "requester.first_name": first_name(requester_name),
        "requester.mail": values.text(requester.get("mail"), ""),
        "organization": directory.organization_name(unit, organization) if organization else "",
        "ticket.number": str(ticket["id"]),
        "ticket.title": values.text(ticket["title"], ""),
        "ticket.priority": values.priority(ticket["priority"]).word,
        "ticket.status": values.status(ticket["status"]).value,
        "ticket.column": _column(boards, ticket["column_id"]),
        "ticket.created": _moment(desk, _read(ticket["created_at"]), now, language),
        "board": next((board.name for board in boards if board.id == ticket["board_id"]), ""),
        "due": _moment(desk, _read(ticket["due_at"]), now, language),
        "today": _day(desk, now, language),
        "assignee.name": assignee_name,
        "assignee.first_name": first_name(assignee_name),
        "agent.name": desk.actor.name,
        "agent.first_name": first_name(desk.actor.name),
    }


def languages_of(unit: Unit, ticket: Stored) -> tuple[str, ...]:
    """The languages to answer in, the best first: the ticket's own, the one its requester asked in last."""
    own = values.text(ticket["language"], "")
    requester = values.whole_or_none(ticket["requester_id"])
    return tuple(filter(None, (own, prepared.language_of(unit, requester) if requester else "")))


def _people(unit: Unit, ticket: Stored) -> dict[int, Stored]:
    wanted = {values.whole_or_none(ticket[side]) for side in ("requester_id", "assignee_id")}
    return records.fetch_many(unit, "person", sorted(filter(None, wanted)))


def _column(boards: tuple[Board, ...], column_id: int) -> str:
    return next((column.name for board in boards for column in board.columns if column.id == column_id), "")


def _read(stored: int | None) -> datetime | None:
    at = None if stored is None else from_stored(stored)
    return None if at == UNREADABLE else at


def _moment(desk: Desk, at: datetime | None, now: datetime, language: str) -> str:
    if at is None:
        return ""
    if language in _DAY_AS:
        return f"{at.astimezone(desk.zone):{_DAY_AS[language]} %H:%M}"
    return said(at, now, desk.zone)


def _day(desk: Desk, at: datetime, language: str) -> str:
    return _moment(desk, at, at, language).rsplit(" ", 1)[0]
