"""The figures in the few cells that a list and a chart have, in the words of `domain.figure_words`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from helpdesk_tui.domain.figure_words import NONE, amount, headline, percent, tickets
from helpdesk_tui.domain.figures import Durations, Figure, Figures, Share, Spread

BUSINESS = frozenset({Figure.FIRST_REPLY, Figure.RESOLUTION})
"""The figures whose time is business time."""


def edge(*, business: bool) -> Callable[[float], str]:
    """How lengths of time read at the edge of a chart: `0`, `30m`, `4h`, `2d`."""

    def said(seconds: float) -> str:
        return amount(seconds, business=business).removesuffix(" 00m").removesuffix(" 00h") if seconds else "0"

    return said


def of(share: Share) -> str:
    """As `28 of 30`."""
    return f"{share.part:,} of {share.count:,}" if share.count else ""


def spread(one: Spread, room: int, *, business: bool) -> str:
    """Half of how many took how long, and nine of ten, as far as there is room."""
    if not one.count:
        return NONE
    half, most = amount(one.median, business=business), amount(one.p90, business=business)
    said = (
        f"median {half} · p90 {most} · {tickets(one.count)}",
        f"median {half} · p90 {most}",
        f"{half} · p90 {most}",
        half,
    )
    return next((text for text in said if len(text) <= room), "")


def in_short(figures: Figures, figure: Figure) -> tuple[str, str]:
    """What a figure comes to, and a word more where there is room for it; of no tickets "none", as a report says."""
    if headline(figures, figure) == NONE:
        return NONE, ""
    match figure:
        case Figure.FIRST_REPLY | Figure.RESOLUTION | Figure.LEAD_TIME | Figure.CYCLE_TIME:
            took, business = durations(figures, figure).spread, figure in BUSINESS
            more = f"p90 {amount(took.p90, business=business)}" if took.count else ""
            return amount(took.median, business=business), more
        case Figure.SLA_KEPT:
            return percent(figures.sla_kept.both.rate), of(figures.sla_kept.both)
        case Figure.FIRST_CONTACT:
            return percent(figures.first_contact.rate), of(figures.first_contact)
        case Figure.REOPEN:
            return percent(figures.reopen.rate), of(figures.reopen)
        case Figure.SATISFACTION:
            return percent(figures.satisfaction.well.rate), of(figures.satisfaction.well)
        case Figure.BACKLOG:
            return f"{figures.backlog.count:,}", "open"
        case Figure.TIME_IN_COLUMN:
            return _slowest(figures)
        case Figure.FLOW:
            flow = figures.flow
            return f"+{sum(flow.created):,}", f"−{sum(flow.closed) - sum(flow.reopened):,}"
        case Figure.THROUGHPUT:
            return f"{figures.throughput.count:,}", _a_day(figures.throughput.count, figures.days)
        case Figure.LOAD:
            late = figures.load.late
            return f"{figures.load.open:,}", f"{late:,} late" if late else ""


def durations(figures: Figures, figure: Figure) -> Durations:
    """How long that took; KeyError for a figure that is not about that."""
    return {
        Figure.FIRST_REPLY: figures.first_reply,
        Figure.RESOLUTION: figures.resolution,
        Figure.LEAD_TIME: figures.lead_time,
        Figure.CYCLE_TIME: figures.cycle_time,
    }[figure]


def _slowest(figures: Figures) -> tuple[str, str]:
    """The column on which half of the tickets stood the longest."""
    there = [one for one in figures.time_in_column if one.spread.median is not None]
    if not there:
        return NONE, ""
    most = max(there, key=lambda one: one.spread.median or 0)
    return amount(most.spread.median), most.column


def _a_day(count: int, days: Sequence[object]) -> str:
    return f"{count / len(days):.1f} a day" if count and days else ""
