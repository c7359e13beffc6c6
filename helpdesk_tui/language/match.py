"""A bound query as a predicate over one ticket, for rules and live refresh. `store.where` is the same in SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from helpdesk_tui.domain.ticket_facts import TicketFacts
from helpdesk_tui.domain.words import fold, has_phrase, tokens
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


def match(bound: Bound, facts: TicketFacts, asking: Asking, may_read_notes: bool) -> bool:
    """Whether the ticket is one that the query finds, for the person asking.

    `may_read_notes` says whether the team's notes count: their text, their number, and who wrote them.
    """
    return _Predicate(facts, asking.me.id, may_read_notes).holds(bound.test)


_IDS: dict[str, Callable[[TicketFacts], frozenset[int | None]]] = {
    "requester": lambda facts: frozenset([facts.requester_id]),
    "assignee": lambda facts: frozenset([facts.assignee_id]),
    "org": lambda facts: frozenset([facts.organization_id]),
    "board": lambda facts: frozenset([facts.board_id]),
    "column": lambda facts: frozenset([facts.column_id]),
    "label": lambda facts: frozenset(facts.label_ids),
    "watcher": lambda facts: frozenset(facts.watcher_ids),
    "number": lambda facts: frozenset([facts.number]),
}
_WORDS: dict[str, Callable[[TicketFacts], str]] = {
    "title": lambda facts: fold(facts.title),
    "category": lambda facts: facts.category.value,
    "status": lambda facts: facts.status.value,
    "kind": lambda facts: facts.kind,
    "language": lambda facts: facts.language,
    "source": lambda facts: facts.source,
}
_NUMBERS: dict[str, Callable[[TicketFacts], int | None]] = {
    "number": lambda facts: facts.number,
    "priority": lambda facts: facts.priority,
    "impact": lambda facts: facts.impact,
    "urgency": lambda facts: facts.urgency,
    "files": lambda facts: facts.files,
    "time": lambda facts: facts.minutes,
    "rating": lambda facts: facts.rating,
    "steps": lambda facts: facts.steps,
    "steps_open": lambda facts: facts.steps - facts.steps_done,
}
_MOMENTS: dict[str, Callable[[TicketFacts], datetime | None]] = {
    "due": lambda facts: facts.due,
    "created": lambda facts: facts.created,
    "updated": lambda facts: facts.updated,
    "closed": lambda facts: facts.closed,
    "replied": lambda facts: facts.replied,
    "sla_due": lambda facts: facts.sla_due,
    "sla_risk": lambda facts: facts.sla_risk,
}
_COUNTS = frozenset({"comments", "files", "time", "steps", "steps_open"})
"""Numbers that are empty when they are 0."""


class _Predicate:
    def __init__(self, facts: TicketFacts, me: int, may_read_notes: bool) -> None:
        self._facts = facts
        self._me = me
        self._notes = may_read_notes

    def holds(self, test: Test) -> bool:
        match test:
            case Always():
                return True
            case AllOf(parts):
                return all(map(self.holds, parts))
            case AnyOf(parts):
                return any(map(self.holds, parts))
            case Opposite(part):
                return not self.holds(part)
            case HasText(text, prefix):
                phrase = tokens(text)
                return any(has_phrase(searched, phrase, prefix=prefix) for searched in self._texts())
            case TitleHas(folded):
                return folded in fold(self._facts.title)
            case RefersTo(field, ids):
                return not ids.isdisjoint(self._ids(field))
            case IsOneOf(field, words):
                return _WORDS[field](self._facts) in words
            case Between(field, low, high):
                number = self._number(field)
                return number is not None and (low is None or number >= low) and (high is None or number <= high)
            case Within(field, start, end):
                at = _MOMENTS[field](self._facts)
                return at is not None and (start is None or at >= start) and (end is None or at < end)
            case Empty(field):
                return self._is_empty(field)
            case Is(mark):
                return self._is(mark)

    def _texts(self) -> tuple[str, ...]:
        return (*self._facts.texts, self._facts.notes) if self._notes else self._facts.texts

    def _ids(self, field: str) -> frozenset[int | None]:
        if field == "agent":
            notes = self._facts.note_agent_ids if self._notes else frozenset()
            return frozenset([self._facts.assignee_id, *self._facts.agent_ids, *notes])
        return _IDS[field](self._facts)

    def _number(self, field: str) -> int | None:
        if field == "comments":
            return self._facts.replies + (self._facts.notes_count if self._notes else 0)
        if field == "files":
            return self._facts.files - (0 if self._notes else self._facts.note_files)
        return _NUMBERS[field](self._facts)

    def _is_empty(self, field: str) -> bool:
        if field in _COUNTS:
            return self._number(field) == 0
        if field in _NUMBERS:
            return self._number(field) is None
        if field in _MOMENTS:
            return _MOMENTS[field](self._facts) is None
        if field in _WORDS:
            return not _WORDS[field](self._facts)
        return self._ids(field) <= {None}

    def _is(self, mark: str) -> bool:
        facts = self._facts
        marks = {
            "open": facts.closed is None and not facts.archived,
            "archived": facts.archived,
            "escalated": facts.escalated,
            "unread": self._me in facts.unread_by,
        }
        return marks[mark]
