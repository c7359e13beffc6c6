"""What a query says once names are ids and dates are moments: few and simple tests, each with two executions.

`store.where` turns them into SQL and `language.match` into a predicate; a property test holds the two equal. Every test
is true or false, never unknown: a ticket without a due date is simply not due before Friday, so `-due<fri` finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpdesk_tui.language.nodes import Sort


@dataclass(frozen=True, slots=True)
class Always:
    """Every ticket."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """The part does not hold."""

    part: Test


@dataclass(frozen=True, slots=True)
class HasText:
    """Full text: the tokens of `text` as a phrase within one of the searched texts; there is at least one token.

    With `prefix` the last token may be the beginning of a longer one.
    """

    text: str
    prefix: bool


@dataclass(frozen=True, slots=True)
class TitleHas:
    """The folded title contains this folded text."""

    folded: str


@dataclass(frozen=True, slots=True)
class RefersTo:
    """The field points at one of these ids: requester assignee agent watcher org board column label number."""

    field: str
    ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """The field holds one of these values, as stored: category status kind language source."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Between:
    """A number within these bounds, both included, None for open: priority impact urgency number comments files time
    rating steps steps_open."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Within:
    """A moment from `start` up to but not including `end`, None for open: due created updated closed replied sla_due
    sla_risk."""

    field: str
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Empty:
    """The field holds nothing: no person, no label, no moment, an empty word, a count of 0."""

    field: str


@dataclass(frozen=True, slots=True)
class Is:
    """A mark on the ticket: open (neither closed nor archived), archived, escalated, or unread by the person asking."""

    mark: str


Test = Always | AllOf | AnyOf | Opposite | HasText | TitleHas | RefersTo | IsOneOf | Between | Within | Empty | Is


@dataclass(frozen=True, slots=True)
class Bound:
    """A query ready to run, for the person and the moment it was bound for.

    `mentions_archived` is true when it asks about archived tickets (`is:archived`) or names a ticket by its number:
    hiding archived tickets would then hide just what was asked for. `lanes` is what the columns of a board are grouped
    by, before the order that the query or the board gives them.
    """

    test: Test
    sort: tuple[Sort, ...] = ()
    mentions_archived: bool = False
    lanes: Sort | None = None
