"""What a ticket's row knows of itself so that a page of cards is one read: counts, last change, whether it is gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Update, bindparam, exists, false, func, or_, select, true, update

from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.store import tables, tables_aside
from helpdesk_tui.store.search import texts_of
from helpdesk_tui.store.unit_of_work import Unit

_ticket = tables.core(tables.Ticket)
_comment = tables.core(tables_aside.Comment)
_step = tables.core(tables_aside.CheckStep)
_time = tables.core(tables_aside.TimeEntry)
_file = tables.core(tables_aside.File)
_board = tables.core(tables.Board)


def touch(unit: Unit, last_events: dict[int, int], actor_id: int, at: datetime) -> None:
    """Note on each ticket which event was its last, by whom and when, and whether it left the board."""
    unit.run(
        _touching(),
        [
            {"touched": ticket_id, "event": event_id, "by": actor_id, "moment": at}
            for ticket_id, event_id in last_events.items()
        ],
    )


@cache
def _touching() -> Update:
    return (
        update(_ticket)
        .where(_ticket.c.id == bindparam("touched"))
        .values(
            last_event_id=bindparam("event"),
            last_actor_id=bindparam("by"),
            updated_at=bindparam("moment"),
            version=_ticket.c.version + 1,
            gone=_is_gone(),
        )
    )


def _is_gone() -> ColumnElement[bool]:
    """Archived, by itself or with its board, or removed."""
    shelved = exists().where(_board.c.id == _ticket.c.board_id, _board.c.archived_at.is_not(None))
    return or_(_ticket.c.archived_at.is_not(None), _ticket.c.removed == true(), shelved)


def shelve(unit: Unit, board_ids: Iterable[int]) -> None:
    """Have the tickets of these boards leave with an archived board, and come back with one that is none any more."""
    for board_id in board_ids:
        unit.run(update(_ticket).where(_ticket.c.board_id == board_id).values(gone=_is_gone()))


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
    for ticket_id in ticket_ids:
        unit.run(_recounting(), {"counted": ticket_id})


@cache
def _recounting() -> Update:
    ticket_id: BindParameter[int] = bindparam("counted")
    spoken = [_comment.c.ticket_id == ticket_id, _comment.c.removed == false()]
    steps = [_step.c.ticket_id == ticket_id, _step.c.removed == false()]
    replied = select(func.max(_comment.c.at)).where(
        *spoken,
        _comment.c.speech == Speech.REPLY.value,
        _comment.c.by_team == true(),
        or_(_ticket.c.requester_id.is_(None), _comment.c.author_id != _ticket.c.requester_id),
    )
    return (
        update(_ticket)
        .where(_ticket.c.id == ticket_id)
        .values(
            replies=select(func.count()).where(*spoken, _comment.c.speech == Speech.REPLY.value).scalar_subquery(),
            notes=select(func.count()).where(*spoken, _comment.c.speech == Speech.NOTE.value).scalar_subquery(),
            steps=select(func.count()).where(*steps).scalar_subquery(),
            steps_done=select(func.count()).where(*steps, _step.c.done == true()).scalar_subquery(),
            files=select(func.count())
            .where(_file.c.ticket_id == ticket_id, _file.c.removed == false())
            .scalar_subquery(),
            minutes=select(func.coalesce(func.sum(_time.c.minutes), 0))
            .where(_time.c.ticket_id == ticket_id, _time.c.removed == false())
            .scalar_subquery(),
            replied_at=replied.correlate(_ticket).scalar_subquery(),
        )
    )
