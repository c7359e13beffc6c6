"""What a ticket's row knows of itself so that a page of cards is one read: counts, last change, whether it is gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.store import tables
from helpdesk_tui.store.plain import Plain
from helpdesk_tui.store.search import texts_of
from helpdesk_tui.store.unit_of_work import Unit

_IS_GONE = (
    "(archived_at IS NOT NULL OR removed = TRUE OR EXISTS "
    "(SELECT 1 FROM board WHERE board.id = ticket.board_id AND board.archived_at IS NOT NULL))"
)
"""Archived, by itself or with its board, or removed."""


def touch(unit: Unit, last_events: dict[int, int], actor_id: int, at: datetime) -> None:
    """Note on each ticket which event was its last, by whom and when, and whether it left the board."""
    moment = tables.to_stored(at)
    unit.do_all(
        _TOUCHING,
        [
            {"ticket": ticket_id, "event": event_id, "by": actor_id, "moment": moment}
            for ticket_id, event_id in last_events.items()
        ],
    )


_TOUCHING = Plain(
    "UPDATE ticket SET last_event_id = :event, last_actor_id = :by, updated_at = :moment, version = version + 1, "
    f"gone = {_IS_GONE} WHERE id = :ticket"
)


def shelve(unit: Unit, board_ids: Iterable[int]) -> None:
    """Have the tickets of these boards leave with an archived board, and come back with one that is none any more."""
    unit.do_all(_SHELVING, [{"board": board_id} for board_id in board_ids])


_SHELVING = Plain(f"UPDATE ticket SET gone = {_IS_GONE} WHERE board_id = :board")


def rewrite_texts(unit: Unit, ticket_ids: Iterable[int]) -> None:
    """Make searchable anew what hangs on these tickets, after some of it has gone to another.

    Triggers see to everything else; here they would write both tickets anew for every single comment that goes.
    """
    texts = texts_of(unit.engine, "ticket")
    sets = ", ".join(f"{column} = {sql}" for column, sql in texts.items())
    for ticket_id in ticket_ids:
        unit.connection.exec_driver_sql(
            f"UPDATE ticket_text SET {sets} FROM ticket "
            f"WHERE ticket.id = ticket_text.ticket_id AND ticket.id = {int(ticket_id)}"
        )


def recount(unit: Unit, ticket_ids: Iterable[int]) -> None:
    """Count anew what hangs on a ticket, and see when the team last replied to its requester."""
    unit.do_all(_RECOUNTING, [{"ticket": ticket_id} for ticket_id in ticket_ids])


def _counted(table: str, what: str = "count(*)", where: str = "") -> str:
    return f"(SELECT {what} FROM {table} WHERE ticket_id = ticket.id AND removed = FALSE{where})"


_REPLY, _NOTE = (f" AND speech = '{speech.value}'" for speech in (Speech.REPLY, Speech.NOTE))
_TO_REQUESTER = " AND by_team = TRUE AND (ticket.requester_id IS NULL OR author_id <> ticket.requester_id)"
_RECOUNTING = Plain(
    f"UPDATE ticket SET replies = {_counted('comment', where=_REPLY)}, notes = {_counted('comment', where=_NOTE)}, "
    f"replied_at = {_counted('comment', 'max(at)', _REPLY + _TO_REQUESTER)}, "
    f"steps = {_counted('check_step')}, steps_done = {_counted('check_step', where=' AND done = TRUE')}, "
    f"files = {_counted('file')}, minutes = {_counted('time_entry', 'coalesce(sum(minutes), 0)')} WHERE id = :ticket"
)
