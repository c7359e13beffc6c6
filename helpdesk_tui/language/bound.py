"""What a query says once names are ids and dates are moments: few and simple tests, each with two executions.

`store.where` turns them into SQL and `language.match` into a predicate; a property test holds the two equal. Every test
is true or false, never unknown: a ticket without a due date is simply not due before Friday, so `-due<fri` finds it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from helpdesk_tui.language.nodes import Sort


class Always(Struct, frozen=True):
    """Every ticket."""


class AllOf(Struct, frozen=True):
    """Every part holds."""

    parts: tuple[Test, ...]


class AnyOf(Struct, frozen=True):
    """At least one part holds."""

    parts: tuple[Test, ...]


class Opposite(Struct, frozen=True):
    """The part does not hold."""

    part: Test


class HasText(Struct, frozen=True):
    """Full text: the tokens of `text` as a phrase within one of the searched texts; there is at least one token.

    With `prefix` the last token may be the beginning of a longer one.
    """

    text: str
    prefix: bool


class TitleHas(Struct, frozen=True):
    """The folded title contains this folded text."""

    folded: str


class RefersTo(Struct, frozen=True):
    """The field points at one of these ids: requester assignee agent watcher org board column label number."""

    field: str
    ids: frozenset[int]


class IsOneOf(Struct, frozen=True):
    """The field holds one of these values, as stored: category status kind language source."""

    field: str
    values: frozenset[str]


class Between(Struct, frozen=True):
    """A number within these bounds, both included, None for open: priority impact urgency number comments files time
    rating steps steps_open."""

    field: str
    low: int | None
    high: int | None


class Within(Struct, frozen=True):
    """A moment from `start` up to but not including `end`, None for open: due created updated closed replied sla_due
    sla_risk."""

    field: str
    start: datetime | None
    end: datetime | None


class Empty(Struct, frozen=True):
    """The field holds nothing: no person, no label, no moment, an empty word, a count of 0."""

    field: str


class Is(Struct, frozen=True):
    """A mark on the ticket: open (neither closed nor archived), archived, escalated, or unread by the person asking."""

    mark: str


Test = Always | AllOf | AnyOf | Opposite | HasText | TitleHas | RefersTo | IsOneOf | Between | Within | Empty | Is


class Bound(Struct, frozen=True):
    """A query ready to run, for the person and the moment it was bound for.

    `mentions_archived` is true when it asks about archived tickets (`is:archived`) or names a ticket by its number:
    hiding archived tickets would then hide just what was asked for. `lanes` is what the columns of a board are grouped
    by, before the order that the query or the board gives them.
    """

    test: Test
    sort: tuple[Sort, ...] = ()
    mentions_archived: bool = False
    lanes: Sort | None = None
