"""Figures as tables of words: what a report shows in the terminal, in Markdown and in HTML, the same in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from helpdesk_tui.domain import figure_words as words
from helpdesk_tui.domain.figures import Dimension, Figure, Figures, Group
from helpdesk_tui.domain.text import clean

WEEKS = 13
"""How many weeks a table shows at most: the latest, and where there are more, the latest in which anything happened."""

GROUPS = 15
"""How many agents, labels, … a table shows at most: those with the most tickets."""

_LIMIT = 60
"""Characters of a name in a table."""


class Sheet(Struct, frozen=True):
    """A table: `numbers` says from which column on there are numbers, which stand to the right."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: int = 1
    more: int = 0
    """How many rows are left out."""


def overview(figures: Figures) -> Sheet:
    """Every figure in one line."""
    rows = [(figure.called, words.headline(figures, figure)) for figure in Figure]
    return Sheet("Overview", ("figure", ""), rows, numbers=2)


def sheets(figures: Figures, groups: Mapping[Dimension, Iterable[Group]]) -> list[Sheet]:
    """The tables behind the overview; those with nothing in them are left out."""
    found = [_weeks(figures), _ages(figures), _columns(figures), _load(figures)]
    found += [_group(by, list(those)) for by, those in groups.items()]
    return [sheet for sheet in found if sheet.rows]


def _weeks(figures: Figures) -> Sheet:
    rows: list[Sequence[str]] = []
    busy: list[Sequence[str]] = []
    first = figures.days[0] if figures.days else None
    flow, backlog = figures.flow, figures.backlog.days
    for reply, solved in zip(figures.first_reply.weeks, figures.resolution.weeks, strict=True):
        assert first is not None  # there are weeks
        start = max(0, (reply.monday - first).days)
        end = min(len(figures.days), (reply.monday + timedelta(days=7) - first).days)
        created, closed = sum(flow.created[start:end]), sum(flow.closed[start:end])
        rows.append(
            (
                words.day(reply.monday),
                f"{created:,}",
                f"{closed:,}",
                f"{backlog[end - 1]:,}",
                words.amount(reply.spread.median, business=True),
                words.amount(reply.spread.p90, business=True),
                words.amount(solved.spread.median, business=True),
                words.amount(solved.spread.p90, business=True),
            )
        )
        if created or closed or reply.spread.count:
            busy.append(rows[-1])
    shown = rows if len(rows) <= WEEKS else busy
    heads = ("week of", "created", "done", "open", "reply", "p90", "resolution", "p90")
    return Sheet("By week", heads, shown[-WEEKS:], more=len(rows) - len(shown[-WEEKS:]))


def _ages(figures: Figures) -> Sheet:
    rows = [(one.name, f"{one.count:,}") for one in figures.backlog.ages if figures.backlog.count]
    return Sheet("Age of the backlog", ("age", "open"), rows)


def _columns(figures: Figures) -> Sheet:
    several = len({one.board for one in figures.time_in_column}) > 1
    rows = [
        (
            clean(f"{one.board} / {one.column}" if several else one.column, limit=_LIMIT),
            f"{one.spread.count:,}",
            words.amount(one.spread.median),
            words.amount(one.spread.p90),
            words.amount(one.total),
        )
        for one in figures.time_in_column
    ]
    return Sheet("Time in column", ("column", "tickets", "median", "p90", "in all"), rows)


def _load(figures: Figures) -> Sheet:
    rows = [
        (
            clean(one.name, limit=_LIMIT) if one.id is not None else "(nobody)",
            f"{one.open:,}",
            f"{one.late:,}",
            "" if one.capacity is None else f"{one.capacity:,}",
        )
        for one in figures.load.people
    ]
    return Sheet("Load", ("agent", "open", "late", "at once"), rows[:GROUPS], more=max(0, len(rows) - GROUPS))


def _group(by: Dimension, groups: Sequence[Group]) -> Sheet:
    rows = [
        (
            clean(group.name, limit=_LIMIT) or "(none)",
            f"{group.closed:,}",
            words.amount(group.first_reply.median, business=True),
            words.amount(group.resolution.median, business=True),
            words.amount(group.resolution.p90, business=True),
        )
        for group in groups[:GROUPS]
    ]
    if all(group.id is None and not group.name for group in groups):
        rows = []  # nothing is told apart by it
    heads = (by.value, "closed", "reply", "resolution", "p90")
    return Sheet(f"Closed by {by.value}", heads, rows, more=max(0, len(groups) - GROUPS))
