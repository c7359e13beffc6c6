"""The files of tickets, and what is in them: each content once, in pieces, read and written a piece at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, false, func, insert, or_, select

from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may_on
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.domain.ticket_detail import Attached
from helpdesk_tui.store import tables, tables_aside, values
from helpdesk_tui.store.among import one_of
from helpdesk_tui.store.cards import visible
from helpdesk_tui.store.unit_of_work import Unit

PIECE = 512 * 1024
"""Bytes of a content that are held at once."""

_ticket = tables.core(tables.Ticket)
_file = tables.core(tables_aside.File)
_comment = tables.core(tables_aside.Comment)
_person = tables.core(tables.Person)
_content = tables_aside.file_content
_chunk = tables_aside.file_chunk


def of_visible_ticket(unit: Unit, number: int, actor: Actor) -> tuple[Attached, ...] | None:
    """The files on a ticket; None if it does not exist or this person may not see it."""
    board_id = unit.scalar(
        select(_ticket.c.board_id).where(_ticket.c.id == number, _ticket.c.removed == false(), visible(actor))
    )
    return None if board_id is None else of_ticket(unit, number, may_on(actor, Act.READ_NOTES, board_id))


def of_ticket(unit: Unit, number: int, with_notes: bool) -> tuple[Attached, ...]:
    """The files on a ticket, in the order they came; what hangs on a note only for those who may read notes."""
    statement = _selected().where(_file.c.ticket_id == number).order_by(_file.c.at, _file.c.id)
    if not with_notes:
        statement = statement.where(or_(_comment.c.id.is_(None), _comment.c.speech == Speech.REPLY.value))
    return tuple(_attached(row) for row in unit.rows(statement))


def _selected() -> Select[Any]:
    return (
        select(
            _file.c.id,
            _file.c.name,
            _file.c.size,
            _file.c.at,
            _file.c.comment_id,
            _file.c.sha256,
            _person.c.login,
            _person.c.name.label("person"),
        )
        .outerjoin(_person, _person.c.id == _file.c.added_by_id)
        .outerjoin(_comment, _comment.c.id == _file.c.comment_id)
        .where(_file.c.removed == false())
    )


def _attached(row: Row[Any]) -> Attached:
    return Attached(
        id=row.id,
        name=values.text(row.name),
        size=values.whole(row.size),
        by=values.name(row.login, row.person),
        at=row.at or UNREADABLE,
        comment_id=values.whole_or_none(row.comment_id),
        sha256=values.text(row.sha256, ""),
    )


def _on_notes() -> Select[Any]:
    """How many files hang on notes."""
    return (
        select(func.count())
        .select_from(_file.join(_comment, _comment.c.id == _file.c.comment_id))
        .where(_file.c.removed == false(), _comment.c.speech != Speech.REPLY.value)
    )


def number_on_notes(ticket_id: ColumnElement[Any]) -> ColumnElement[int]:
    """How many files of that ticket hang on notes, as a part of a statement about tickets."""
    counted = _on_notes().where(_file.c.ticket_id == ticket_id).correlate_except(_file, _comment)
    return counted.scalar_subquery()


def counts_on_notes(unit: Unit, numbers: Sequence[int]) -> dict[int, int]:
    """How many files hang on notes, by ticket; those without are left out."""
    statement = _on_notes().add_columns(_file.c.ticket_id).where(one_of(_file.c.ticket_id, numbers))
    return {ticket: count for count, ticket in unit.rows(statement.group_by(_file.c.ticket_id))}


def is_on_note(unit: Unit, file_id: int) -> bool:
    """Whether a file hangs on a note."""
    return bool(unit.scalar(_on_notes().where(_file.c.id == file_id)))


def names_on(unit: Unit, number: int) -> list[str]:
    """What the files on a ticket are called."""
    names = unit.scalars(select(_file.c.name).where(_file.c.ticket_id == number, _file.c.removed == false()))
    return [values.text(name) for name in names]


def has_content(unit: Unit, sha256: str) -> bool:
    """Whether this content is kept already."""
    return unit.first(select(_content.c.sha256).where(_content.c.sha256 == sha256)) is not None


def keep_content(unit: Unit, sha256: str, size: int, pieces: Iterable[bytes]) -> None:
    """Keep a content that is not there yet."""
    unit.run(insert(_content).values(sha256=sha256, size=size))
    for place, data in enumerate(pieces):
        keep_piece(unit, sha256, place, data)


def keep_piece(unit: Unit, sha256: str, place: int, data: bytes) -> None:
    """Keep one piece of a content, whose own row may come later in the transaction."""
    unit.run(insert(_chunk).values(sha256=sha256, place=place, data=data))


def keep_size(unit: Unit, sha256: str, size: int) -> None:
    """Say that this content is there, its pieces having been kept."""
    unit.run(insert(_content).values(sha256=sha256, size=size))


def piece(unit: Unit, sha256: str, place: int) -> bytes | None:
    """One piece of a content, counted from 0; None behind the last."""
    row = unit.first(select(_chunk.c.data).where(_chunk.c.sha256 == sha256, _chunk.c.place == place))
    if row is None:
        return None
    return row.data if isinstance(row.data, bytes) else str(row.data).encode()


def contents(unit: Unit, numbers: Sequence[int] | None) -> list[tuple[str, int]]:
    """The contents of the files on these tickets, None for all tickets, each once: its SHA-256 and its size."""
    statement = (
        select(_content.c.sha256, _content.c.size)
        .where(_content.c.sha256.in_(select(_file.c.sha256)))
        .order_by(_content.c.sha256)
    )
    if numbers is not None:
        wanted = select(_file.c.sha256).where(one_of(_file.c.ticket_id, numbers))
        statement = statement.where(_content.c.sha256.in_(wanted))
    return [(values.text(sha256), values.whole(size)) for sha256, size in unit.rows(statement)]


def odd_one(unit: Unit) -> str | None:
    """The name of a file whose size is not that of its content; None if there is none."""
    row = unit.first(
        select(_file.c.name).join(_content, _content.c.sha256 == _file.c.sha256).where(_content.c.size != _file.c.size)
    )
    return None if row is None else values.text(row.name)
