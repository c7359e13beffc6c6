"""The map of a history of events: which column is which, and what each activity does to its ticket.

Activities are written in the language of changes, in which `me` is whoever did the activity:

    "Take in charge ticket" = "to:doing assignee:me"
    "Wait" = "status:waiting"
    "Insert ticket" = "note"
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.people import Actor, Role
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import KINDS, Priority, Speech, Status
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.exchange.maps import FileParts, MapPart, file_parts, one_of, opened_map
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.bind_change import bind_change
from helpdesk_tui.language.changes import parse_change
from helpdesk_tui.language.terms import AddLabel, MoveTo, RemoveLabel, Say, SetField, Term

NOTE = "note"
"""The activity is written into the conversation as a note of the team and moves nothing."""

SKIP = "skip"
"""Rows of the activity are left out."""

_PLACE = re.compile(r"\{(ticket|activity|resource)\}")
_FIELDS = ("assignee", "priority", "status", "kind")


class Meaning(Struct, frozen=True):
    """What one activity does. Without terms and not a note it is only remembered in the history."""

    terms: tuple[Term, ...] = ()
    note: bool = False
    skip: bool = False


class LogMap(Struct, frozen=True):
    """Everything an import needs to know of a log.

    `title` is a text with the places {ticket}, {activity} and {resource} of the ticket's first row, unless
    `title_column` is given. `passing` are the statuses that the ticket's next activity clears. `other` is the meaning
    of activities that the map does not name, None to skip them. `source` tells logs apart that use the same keys.
    """

    file: FileParts
    ticket: str
    activity: str
    time: str
    resource: str
    title_column: str
    title: str
    board: str
    start: Category | str
    priority: Priority
    labels: tuple[str, ...]
    passing: frozenset[Status]
    source: str
    activities: Mapping[str, Meaning]
    other: Meaning | None


def read(path: Path, kinds: Sequence[str] = KINDS) -> LogMap:
    """The map at `path` for a desk of these kinds. UsageError if it is incomplete or says something that cannot be."""
    asking = Asking(me=_WHOEVER, now=datetime(1970, 1, 1, tzinfo=UTC), zone=UTC, lookup=_Anything(kinds))
    whole = opened_map(path)
    file = file_parts(whole)
    columns, ticket, activities = whole.part("columns"), whole.part("ticket"), whole.part("activities")
    priority = one_of(ticket, "priority", ticket.word("priority", "normal"), [p.word for p in Priority])
    passing = [one_of(ticket, "passing", word, [s.value for s in Status if s]) for word in ticket.words("passing")]
    title = ticket.word("title", "{ticket}")
    if "{" in (left := _PLACE.sub("", title)) or "}" in left:
        raise ticket.wrong("title", "has a place that is not {ticket}, {activity} or {resource}")
    start = ticket.word("start", Category.TODO.value)
    other = ticket.word("other")
    meanings = {name: _meaning(activities, name, text, asking) for name, text in activities.texts().items()}
    read_map = LogMap(
        file=file,
        ticket=columns.needed("ticket", "the ticket"),
        activity=columns.needed("activity", "the activity"),
        time=columns.needed("time", "the time"),
        resource=columns.word("resource"),
        title_column=columns.word("title"),
        title=title,
        board=ticket.word("board"),
        start=Category(start) if start in set(Category) else start,
        priority=next(level for level in Priority if level.word == priority),
        labels=ticket.words("labels"),
        passing=frozenset(Status(word) for word in passing),
        source=ticket.word("source", "log"),
        activities=meanings,
        other=_meaning(ticket, "other", other, asking) if other else None,
    )
    whole.done(columns, ticket, activities)
    return read_map


def filled(title: str, ticket: str, activity: str, resource: str) -> str:
    """The title with its places filled in; braces in the values stay what they are."""
    values = {"ticket": ticket, "activity": activity, "resource": resource}
    return _PLACE.sub(lambda place: values[place[1]], title)


def _meaning(part: MapPart, name: str, text: str, asking: Asking) -> Meaning:
    if text == NOTE:
        return Meaning(note=True)
    if text == SKIP:
        return Meaning(skip=True)
    try:
        terms = tuple(bind_change(parse_change(text), asking)) if text else ()
    except LanguageError as error:
        why = error.message.rstrip(".")
        raise part.wrong(name, f"does something that cannot be read: {why}", error.hint) from error
    for term in terms:
        if not _usable(term):
            raise part.wrong(
                name,
                f"does something a log cannot say: {clean(text, limit=60)}",
                "An activity can be note, skip, to:COLUMN, assignee:me, status:…, priority:…, kind:…, +label, -label.",
            )
    return Meaning(terms)


def _usable(term: Term) -> bool:
    if isinstance(term, SetField):
        return term.field in _FIELDS
    if isinstance(term, Say):
        return term.speech is Speech.NOTE
    return isinstance(term, MoveTo | AddLabel | RemoveLabel)


_WHOEVER = Actor(0, "", "", Role.AGENT)
"""Stands for the resource of a row, who is not known while the map is read."""


class _Anything:
    """A lookup without a desk: any column may exist, nobody but `me` is known."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self._kinds = kinds

    def people(self, _word: str, /) -> tuple[int, ...]:
        return ()

    def labels(self, _word: str, /) -> tuple[int, ...]:
        return ()

    def organizations(self, _word: str, /) -> tuple[int, ...]:
        return ()

    def boards(self, _word: str, /) -> tuple[int, ...]:
        return ()

    def columns(self, _word: str, /) -> tuple[int, ...]:
        return (0,)

    def hours(self) -> None:
        return None

    def known(self, kind: str, prefix: str, _limit: int, /) -> list[tuple[str, str]]:
        return [(known, "") for known in self._kinds if kind == "kind" and fold(known).startswith(prefix)]
