"""A bound query as SQL on the ticket table. `language.match` is the same as a predicate.

Every test is true or false in SQL too, never NULL, so that its opposite finds the tickets without a value. None of them
multiplies rows: what hangs on a ticket is asked for with IN or EXISTS. All values travel as bound parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
)

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Role
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.domain.words import tokens
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.bound import (
    AllOf,
    Always,
    AnyOf,
    Between,
    Bound,
    Empty,
    HasText,
    Is,
    IsOneOf,
    Opposite,
    RefersTo,
    Test,
    TitleHas,
    Within,
)
from helpdesk_tui.store import tables
from helpdesk_tui.store.among import one_of
from helpdesk_tui.store.full_text import Phrase, has

if TYPE_CHECKING:
    from helpdesk_tui.language.nodes import Sort

Condition = ColumnElement[bool]


_TICKET = tables.core(tables.Ticket)
_T = _TICKET.c
_PERSON = tables.core(tables.Person).c
_BOARD = tables.core(tables.Board).c
_COLUMN = tables.core(tables.BoardColumn).c
_LABEL = tables.core(tables.Label).c
_ORGANIZATION = tables.core(tables.Organization).c
_PUT = tables.ticket_label.c
_WATCHER = tables.watcher.c
_SEEN = tables.seen.c

_REFERENCES = {
    "number": _T.id,
    "requester": _T.requester_id,
    "assignee": _T.assignee_id,
    "org": _T.organization_id,
    "board": _T.board_id,
    "column": _T.column_id,
}
_WORDS = {
    "title": _T.folded,
    "status": _T.status,
    "kind": _T.kind,
    "language": _T.language,
    "source": _T.source,
}
_MOMENTS = {
    "due": _T.due_at,
    "created": _T.created_at,
    "updated": _T.updated_at,
    "closed": _T.closed_at,
    "replied": _T.replied_at,
    "sla_due": _T.sla_due_at,
    "sla_risk": _T.sla_risk_at,
}
_NUMBERS: dict[str, ColumnElement[int]] = {
    "number": _T.id,
    "priority": _T.priority,
    "impact": _T.impact,
    "urgency": _T.urgency,
    "files": _T.files,
    "time": _T.minutes,
    "rating": _T.rating,
    "steps": _T.steps,
    "steps_open": _T.steps - _T.steps_done,
}
_COUNTS = frozenset({"comments", "files", "time", "steps", "steps_open"})
_NEVER_EMPTY = frozenset({"board", "column", "category", "number", "priority", "created", "updated"})
_NULLABLE_NUMBERS = frozenset({"impact", "urgency", "rating"})


def where(bound: Bound, asking: Asking, may_read_notes: bool) -> Condition:
    """The condition under which a ticket is one that the query finds, for the person asking.

    `may_read_notes` says whether the team's notes count: their text, their number, and who wrote them.
    """
    return _Writer(asking.me.id, may_read_notes).condition(bound.test)


def order_by(sort: Sequence[Sort], may_read_notes: bool = False) -> list[ColumnElement[Any]]:
    """The order asked for, tickets without a value last either way, the number deciding at the end; [] for none."""
    if not sort:
        return []
    order: list[ColumnElement[Any]] = []
    for one in sort:
        key, backwards = _sort_key(one.field, may_read_notes)
        order.append((key.desc() if one.descending != backwards else key.asc()).nulls_last())
    return [*order, _T.id]


class _Writer:
    def __init__(self, me: int, may_read_notes: bool) -> None:
        self._me = me
        self._notes = may_read_notes

    def condition(self, test: Test) -> Condition:
        match test:
            case Always():
                return true()
            case AllOf(parts):
                return and_(*self._together(parts, "AND"))
            case AnyOf(parts):
                return or_(*self._together(parts, "OR"))
            case Opposite(part):
                return not_(self.condition(part))
            case HasText():
                return _full_text([test], "AND", self._notes)
            case TitleHas(folded):
                return _T.folded.contains(folded, autoescape=True)
            case RefersTo(field, ids):
                return self._refers(field, sorted(ids))
            case IsOneOf("category", categories):
                return _T.column_id.in_(select(_COLUMN.id).where(_COLUMN.category.in_(sorted(categories))))
            case IsOneOf(field, words):
                return _WORDS[field].in_(sorted(words))
            case Between(field, low, high):
                return self._between(field, low, high)
            case Within(field, start, end):
                at = _MOMENTS[field]
                bounds: list[Condition] = [at.is_not(None)]
                bounds += [] if start is None else [at >= start]
                bounds += [] if end is None else [at < end]
                return and_(*bounds)
            case Empty(field):
                return self._empty(field)
            case Is(mark):
                return self._is(mark)

    def _together(self, parts: Sequence[Test], joiner: str) -> Iterator[Condition]:
        """The conditions of parts side by side; the index is asked for all their texts at once."""
        texts = [part for part in parts if isinstance(part, HasText)]
        if texts:
            yield _full_text(texts, joiner, self._notes)
        yield from (self.condition(part) for part in parts if not isinstance(part, HasText))

    def _refers(self, field: str, ids: list[int]) -> Condition:
        match field:
            case "label":
                return _T.id.in_(select(_PUT.ticket_id).where(one_of(_PUT.label_id, ids)))
            case "watcher":
                return _T.id.in_(select(_WATCHER.ticket_id).where(one_of(_WATCHER.person_id, ids)))
            case "agent":
                spoke = self._agents_words().where(one_of(_comment().author_id, ids))
                return or_(self._refers("assignee", ids), _T.id.in_(spoke))
        reference = _REFERENCES[field]
        return and_(reference.is_not(None), one_of(reference, ids))

    def _agents_words(self) -> Any:
        """The tickets on which somebody of the team said something that the person asking may read."""
        speeches = [speech.value for speech in Speech if self._notes or speech is not Speech.NOTE]
        said = _comment()
        return (
            select(said.ticket_id)
            .join(tables.core(tables.Person), _PERSON.id == said.author_id)
            .where(
                _PERSON.role.in_([Role.ADMIN.value, Role.AGENT.value]),
                said.speech.in_(speeches),
                said.removed.is_(False),
            )
        )

    def _number(self, field: str) -> ColumnElement[int]:
        if field == "comments":
            return _comments(self._notes)
        if field == "files":
            return _files(self._notes)
        return _NUMBERS[field]

    def _between(self, field: str, low: int | None, high: int | None) -> Condition:
        number = self._number(field)
        bounds: list[Condition] = [number.is_not(None)] if field in _NULLABLE_NUMBERS else []
        if low == high:
            return and_(*bounds, number == low)
        bounds += [] if low is None else [number >= low]
        bounds += [] if high is None else [number <= high]
        return and_(*bounds)

    def _empty(self, field: str) -> Condition:
        if field in _NEVER_EMPTY:
            return false()
        if field in _COUNTS:
            return self._number(field) == 0
        if field in _WORDS:
            return _WORDS[field] == ""
        if field == "label":
            return not_(exists().where(_PUT.ticket_id == _T.id))
        if field == "watcher":
            return not_(exists().where(_WATCHER.ticket_id == _T.id))
        if field == "agent":
            return and_(
                _T.assignee_id.is_(None), not_(self._agents_words().where(_comment().ticket_id == _T.id).exists())
            )
        nullable: dict[str, ColumnElement[Any]] = {**_REFERENCES, **_MOMENTS, **_NUMBERS}
        return nullable[field].is_(None)

    def _is(self, mark: str) -> Condition:
        marks: dict[str, Callable[[], Condition]] = {
            # Without removed tickets, which are never asked about, `gone` is archived; indexes lead with it.
            "open": lambda: and_(_T.gone.is_(False), _T.closed_at.is_(None)),
            "archived": lambda: _T.gone.is_(True),
            "escalated": lambda: _T.escalated.is_(True),
            "unread": self._unread,
        }
        return marks[mark]()

    def _unread(self) -> Condition:
        """Somebody else did the last thing, and that was after what the person asking last saw."""
        last_seen = select(_SEEN.event_id).where(_SEEN.person_id == self._me, _SEEN.ticket_id == _T.id)
        return and_(
            _T.last_actor_id.is_distinct_from(self._me),
            _T.last_event_id > func.coalesce(last_seen.scalar_subquery(), 0),
        )


def _comment() -> Any:
    """The columns of the comments' table, which only some questions need."""
    from helpdesk_tui.store.tables_aside import Comment

    return tables.core(Comment).c


def _comments(with_notes: bool) -> ColumnElement[int]:
    return _T.replies + _T.notes if with_notes else _T.replies


def _files(with_notes: bool) -> ColumnElement[int]:
    """How many files a ticket has, without those that hang on a note where the person asking may read none."""
    if with_notes:
        return _T.files
    from helpdesk_tui.store.files import number_on_notes

    return _T.files - number_on_notes(_T.id)


def _full_text(texts: Sequence[HasText], joiner: str, with_notes: bool) -> Condition:
    """Full text: phrases, in every column the person asking may read."""
    return has(_T.id, [Phrase(tuple(tokens(text.text)), text.prefix) for text in texts], joiner, with_notes)


def _sort_key(field: str, may_read_notes: bool) -> tuple[ColumnElement[Any], bool]:
    """What a field is sorted by, and whether that runs the other way than the field does."""
    people = {"requester": _T.requester_id, "assignee": _T.assignee_id}
    if field in people:
        return _looked_up(_PERSON.folded, _PERSON.id == people[field]), False
    match field:
        case "org":
            return _looked_up(_ORGANIZATION.folded, _ORGANIZATION.id == _T.organization_id), False
        case "label":
            return _first_label(), False
        case "board":
            return _looked_up(_BOARD.position, _BOARD.id == _T.board_id), False
        case "column":
            return _looked_up(_COLUMN.position, _COLUMN.id == _T.column_id), False
        case "category":
            in_order = case({category.value: at for at, category in enumerate(Category)}, value=_COLUMN.category)
            return _looked_up(in_order, _COLUMN.id == _T.column_id), False
        case "age":
            return _T.created_at, True
        case "idle":
            return _T.updated_at, True
        case "sla":
            return _T.sla_due_at, False
        case "checklist":
            return _T.steps, False
        case "comments":
            return _comments(may_read_notes), False
        case "files":
            return _files(may_read_notes), False
    if field in _WORDS:
        return func.nullif(_WORDS[field], ""), False
    keys: dict[str, ColumnElement[Any]] = {**_MOMENTS, **_NUMBERS}
    return keys[field], False


def _first_label() -> ColumnElement[Any]:
    """The folded name of a ticket's first label, as a card names them; nothing for a ticket without."""
    names = select(func.min(_LABEL.folded)).join_from(tables.ticket_label, tables.core(tables.Label))
    return names.where(_PUT.ticket_id == _T.id).scalar_subquery()


def _looked_up(value: ColumnElement[Any], condition: Condition) -> ColumnElement[Any]:
    return select(value).where(condition).scalar_subquery()
