"""What time alone changes about a query: between two moments at which it was bound, some bounds have moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from helpdesk_tui.language.bound import AllOf, AnyOf, Opposite, Test, Within

Span = tuple[str, datetime, datetime]
"""A field that holds a moment, and from when up to when, exclusively."""


def shifted(before: Test, after: Test) -> frozenset[Span] | None:
    """The moments over which a bound of the query has gone from the one to the other.

    A ticket of which nothing has changed answers both alike unless it has such a moment. None where they differ in
    more than time: names stand for something else by now.
    """
    try:
        return frozenset(_moved(before, after))
    except ValueError:
        return None


def _moved(before: Test, after: Test) -> Iterator[Span]:
    match before, after:
        case (AllOf(ones), AllOf(others)) | (AnyOf(ones), AnyOf(others)) if len(ones) == len(others):
            yield from _all_moved(ones, others)
        case Opposite(one), Opposite(other):
            yield from _moved(one, other)
        case Within(field, start, end), Within(same, later_start, later_end) if field == same:
            yield from _bound_moved(field, start, later_start)
            yield from _bound_moved(field, end, later_end)
        case _:
            if before != after:
                raise ValueError("not the same question")


def _all_moved(ones: Iterable[Test], others: Iterable[Test]) -> Iterator[Span]:
    for one, other in zip(ones, others, strict=True):
        yield from _moved(one, other)


def _bound_moved(field: str, before: datetime | None, after: datetime | None) -> Iterator[Span]:
    if before is not None and after is not None:
        if before != after:
            yield field, min(before, after), max(before, after)
    elif before is not after:
        raise ValueError("an open bound is none any more")
