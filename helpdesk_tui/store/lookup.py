"""What names in a query or a change stand for, as far as the acting person may know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, true

from helpdesk_tui.domain.business_time import Hours
from helpdesk_tui.domain.people import Actor
from helpdesk_tui.domain.permissions import Act, may_somewhere
from helpdesk_tui.domain.words import fold
from helpdesk_tui.store import cards, directory, tables, values
from helpdesk_tui.store.directory import any_word_begins, begins
from helpdesk_tui.store.unit_of_work import Unit

_person = tables.core(tables.Person)
_label = tables.core(tables.Label)
_organization = tables.core(tables.Organization)
_board = tables.core(tables.Board)
_column = tables.core(tables.BoardColumn)
_ticket = tables.core(tables.Ticket)

_IN_USE = _board.c.archived_at.is_(None)
"""Boards that are offered; those put away are known by their name alone."""


class Readable(Protocol):
    """Whatever can be read in: a store, or the transaction that is going on."""

    def reading(self) -> AbstractContextManager[Unit]: ...


class Here:
    """What names stand for is looked up in the transaction that is going on, which may just have made them."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """The transaction itself."""
        yield self._unit


class StoreLookup:
    """A `language.asking.Lookup` on a desk."""

    def __init__(self, store: Readable, actor: Actor) -> None:
        self._store = store
        self._actor = actor
        self._sees_all = may_somewhere(actor, Act.SEE_ALL_TICKETS)

    def people(self, word: str) -> tuple[int, ...]:
        """Login, full name and mail address first: only if nobody is called just so, any word of a name."""
        folded = fold(word)
        called = [func.lower(_person.c.login) == folded, _person.c.folded == folded]
        if "@" in folded and self._sees_all:
            others = literal(",") + _person.c.other_mails + ","
            called += [_person.c.mail == folded, others.contains(f",{folded},", autoescape=True)]
        exact = self._ids(_person, and_(self._known_people(), or_(*called))) or self._merged(_person, folded)
        if exact or not folded:
            return exact
        with self._store.reading() as unit:
            near = unit.rows(
                select(_person.c.id, _person.c.folded).where(
                    self._known_people(), any_word_begins(_person.c.folded, folded)
                )
            )
        return tuple(row.id for row in near if folded in values.text(row.folded).split())

    def labels(self, word: str) -> tuple[int, ...]:
        return self._ids(_label, and_(_label.c.folded == fold(word), self._known_labels()))

    def organizations(self, word: str) -> tuple[int, ...]:
        folded = fold(word)
        there = and_(_organization.c.folded == folded, self._known_organizations())
        return self._ids(_organization, there) or self._merged(_organization, folded)

    def _merged(self, table: Any, folded: str) -> tuple[int, ...]:
        """Who or what they have become that were called so: queries that name them go on meaning the same."""
        if not self._sees_all:
            return ()
        with self._store.reading() as unit:
            became = unit.scalars(select(table.c.merged_into_id).where(table.c.folded == folded).order_by(table.c.id))
            found = {each: None for each in became if each is not None}
            while found:
                on = unit.rows(select(table.c.id, table.c.merged_into_id).where(table.c.id.in_(found)))
                further = {one.id: one.merged_into_id for one in on}
                if not any(further.values()):
                    break
                found = {further.get(each) or each: None for each in found}
        return tuple(found)

    def boards(self, word: str) -> tuple[int, ...]:
        return self._ids(_board, and_(_board.c.folded == fold(word), self._known_boards()))

    def columns(self, word: str) -> tuple[int, ...]:
        return self._ids(_column, and_(_column.c.folded == fold(word), self._known_columns()))

    def hours(self) -> Hours | None:
        """Those of the calendar of the first policy that has one."""
        with self._store.reading() as unit:
            # Few queries count working hours.
            from helpdesk_tui.store import calendars

            known = calendars.calendars(unit)
            by = next((known[one.calendar_id] for one in calendars.policies(unit) if one.calendar_id in known), None)
        return None if by is None else by.hours

    def known(self, kind: str, prefix: str, limit: int) -> list[tuple[str, str]]:
        """Names for completion and suggestions, each with a hint."""
        folded = fold(prefix)
        if kind == "person":
            return self._known_person_names(folded, limit)
        if kind == "kind":
            return [(name, "") for name in self._kinds(folded)][:limit]
        if kind == "source":
            with self._store.reading() as unit:
                sources = directory.sources(unit, cards.visible(self._actor))
            return [(name, "") for name in sources if fold(name).startswith(folded)][:limit]
        table, allowed = {
            "label": (_label, self._known_labels()),
            "organization": (_organization, self._known_organizations()),
            "board": (_board, and_(self._known_boards(), _IN_USE)),
            "column": (
                _column,
                and_(self._known_columns(), _column.c.board_id.in_(select(_board.c.id).where(_IN_USE))),
            ),
        }[kind]
        statement = select(table.c.name).where(allowed, begins(table.c.folded, folded)).order_by(table.c.folded)
        with self._store.reading() as unit:
            return [(values.text(name), "") for name in dict.fromkeys(unit.scalars(statement.limit(limit)))]

    def _kinds(self, folded: str) -> list[str]:
        """The desk's kinds; where none begins so, those that tickets still have from before they were taken away."""
        from helpdesk_tui.domain.settings import settings_from
        from helpdesk_tui.store.settings import stored

        with self._store.reading() as unit:
            kinds = [kind for kind in settings_from(stored(unit)).kinds if fold(kind).startswith(folded)]
            if not kinds:
                used = unit.scalars(select(_ticket.c.kind).where(cards.visible(self._actor)).distinct())
                kinds = [text for kind in used if (text := values.text(kind)) and fold(text).startswith(folded)]
        return kinds

    def _known_person_names(self, folded: str, limit: int) -> list[tuple[str, str]]:
        statement = (
            select(_person.c.login, _person.c.name)
            .where(
                self._known_people(),
                _person.c.active == true(),
                or_(any_word_begins(_person.c.folded, folded), begins(_person.c.login, folded)),
            )
            .order_by(_person.c.login.is_(None), _person.c.folded)
            .limit(limit)
        )
        with self._store.reading() as unit:
            return [
                (values.text(login), values.text(name)) if login else (values.text(name), "")
                for login, name in unit.rows(statement)
            ]

    def _known_people(self) -> ColumnElement[bool]:
        there = and_(self._present(_person), _person.c.merged_into_id.is_(None))
        if self._sees_all:
            return there
        return and_(there, or_(_person.c.id == self._actor.id, _person.c.role.in_(directory.TEAM)))

    def _known_labels(self) -> ColumnElement[bool]:
        if self._sees_all:
            return self._present(_label)
        pair = tables.ticket_label
        mine = select(pair.c.label_id).join(_ticket, _ticket.c.id == pair.c.ticket_id).where(cards.visible(self._actor))
        return and_(_label.c.removed == false(), _label.c.id.in_(mine))

    def _known_organizations(self) -> ColumnElement[bool]:
        if self._sees_all:
            return self._present(_organization)
        own: ColumnElement[bool] = _organization.c.id == (self._actor.organization_id or 0)
        return own

    def _known_boards(self) -> ColumnElement[bool]:
        return and_(self._present(_board), cards.known_board(self._actor))

    def _known_columns(self) -> ColumnElement[bool]:
        known = select(_board.c.id).where(self._known_boards())
        return and_(self._present(_column), _column.c.board_id.in_(known))

    @staticmethod
    def _present(table: Any) -> ColumnElement[bool]:
        there: ColumnElement[bool] = table.c.removed == false()
        return there

    def _ids(self, table: Any, condition: ColumnElement[bool]) -> tuple[int, ...]:
        with self._store.reading() as unit:
            return tuple(unit.scalars(select(table.c.id).where(condition).order_by(table.c.id)))
