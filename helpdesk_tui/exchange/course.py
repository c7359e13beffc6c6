"""The course of one ticket through a log: what each activity changes, computed without a store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from helpdesk_tui.domain.board import Board, Category, Column
from helpdesk_tui.domain.ticket import Priority, Status
from helpdesk_tui.exchange.log_map import LogMap, Meaning
from helpdesk_tui.exchange.places import column_called
from helpdesk_tui.language.terms import AddLabel, MoveTo, RemoveLabel, Say, SetField

Delta = dict[str, list[Any]]


class Course(Struct):
    """A ticket as it stands after the rows so far. `values` are its fields as the store keeps them."""

    number: int
    values: dict[str, Any]
    labels: set[int] = field(default_factory=set)
    is_new: bool = False
    last_at: int = 0
    """The moment of the last thing known to have happened to it, in milliseconds."""
    changed: set[str] = field(default_factory=set)

    def set(self, delta: Delta, name: str, value: Any) -> None:
        """Give a field a value and remember the change."""
        if self.values[name] == value:
            return
        before = delta[name][0] if name in delta else self.values[name]
        delta[name] = [before, value]
        self.values[name] = value
        self.changed.add(name)

    def set_label(self, delta: Delta, label_id: int, present: bool) -> None:
        """Put a label on or take it off."""
        if (label_id in self.labels) == present:
            return
        (self.labels.add if present else self.labels.discard)(label_id)
        delta[f"label:{label_id}"] = [not present, present]
        self.changed.add(f"label:{label_id}")


class Interpreter:
    """Applies the meanings of a map on one board. `label_id` finds or makes the label of a name."""

    def __init__(self, log: LogMap, board: Board, label_id: Callable[[str], int]) -> None:
        self._log = log
        self._label_id = label_id
        self._start = column_called(board, log.start)
        self._columns: dict[str | Category, Column] = {}
        for meaning in (*log.activities.values(), *((log.other,) if log.other else ())):
            for term in meaning.terms:
                if isinstance(term, MoveTo):
                    self._columns[term.column] = column_called(board, term.column)

    @property
    def start(self) -> Column:
        """Where a ticket is at its first event."""
        return self._start

    def meaning(self, activity: str) -> Meaning | None:
        """What the activity does; None if the map does not say."""
        return self._log.activities.get(activity, self._log.other)

    def apply(self, course: Course, meaning: Meaning, at: int, person_id: int | None) -> Delta:
        """Let an activity of `person_id` at `at` (milliseconds) happen to the ticket; what it changed."""
        delta: Delta = {}
        if course.values["status"] in {status.value for status in self._log.passing}:
            course.set(delta, "status", Status.NONE.value)
        for term in meaning.terms:
            if isinstance(term, MoveTo):
                self._move(course, delta, self._columns[term.column], at)
            elif isinstance(term, SetField):
                self._set(course, delta, term, person_id)
            elif isinstance(term, AddLabel | RemoveLabel):
                course.set_label(delta, self._label_id(term.name), isinstance(term, AddLabel))
        course.last_at = max(course.last_at, at)
        return {name: change for name, change in delta.items() if change[0] != change[1]}

    def _move(self, course: Course, delta: Delta, column: Column, at: int) -> None:
        if course.values["column_id"] == column.id:
            return
        course.set(delta, "board_id", column.board_id)
        course.set(delta, "column_id", column.id)
        if column.category is not Category.DONE:
            course.set(delta, "closed_at", None)
        elif course.values["closed_at"] is None:
            course.set(delta, "closed_at", at)
            course.set(delta, "status", Status.NONE.value)

    def _set(self, course: Course, delta: Delta, term: SetField, person_id: int | None) -> None:
        if term.field == "assignee":
            # Nobody is not the same as somebody the log does not name.
            if term.value is None or person_id is not None:
                course.set(delta, "assignee_id", None if term.value is None else person_id)
        elif isinstance(term.value, Priority):
            course.set(delta, "priority", int(term.value))
        else:
            course.set(delta, term.field, str(term.value or ""))


def notes_of(meaning: Meaning, activity: str) -> list[str]:
    """What the activity adds to the conversation, as notes of the team."""
    said = [term.body for term in meaning.terms if isinstance(term, Say)]
    return [activity, *said] if meaning.note else said
