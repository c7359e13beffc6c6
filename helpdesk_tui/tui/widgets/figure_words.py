"""The figures in the few cells a list has, and lengths of time as people say them. Of no tickets a figure is `none`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk_tui.domain.figures import Figure, Figures, Share, Spread

if TYPE_CHECKING:
    from collections.abc import Sequence

NONE = "none"
BUSINESS = frozenset({Figure.FIRST_REPLY, Figure.RESOLUTION})
"""The figures whose time is business time: that is said in hours, since a business day is no 24 of them."""

MINUTE, HOUR, DAY = 60, 3600, 86400


def length(seconds: float | None, *, business: bool = True) -> str:
    """A length of time in its two largest units: `40s`, `25m`, `3h 20m`, `4d 5h`. Business time has no days."""
    if seconds is None:
        return NONE
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole}s"
    minutes = round(seconds / MINUTE)
    if minutes < 60:
        return f"{minutes}m"
    if minutes < 48 * 60 or (business and minutes < 100 * 60):
        return f"{minutes // 60}h {minutes % 60:02}m" if minutes % 60 else f"{minutes // 60}h"
    hours = round(seconds / HOUR)
    if business:
        return f"{hours:,}h"
    return f"{hours // 24:,}d {hours % 24}h" if hours < 100 * 24 and hours % 24 else f"{round(hours / 24):,}d"


def business_length(seconds: float) -> str:
    """For the edge of a chart of business time."""
    return length(seconds) if seconds else "0"


def wall_length(seconds: float) -> str:
    """For the edge of a chart of time by the clock on the wall."""
    return length(seconds, business=False) if seconds else "0"


def percent(share: Share) -> str:
    """A share as `92%`; what is not quite all, or not quite nothing, is not said to be."""
    if share.rate is None:
        return NONE
    whole = round(share.rate * 100)
    if share.part < share.count and whole == 100:
        return ">99%"
    return "<1%" if share.part and not whole else f"{whole}%"


def of(share: Share) -> str:
    return f"{share.part:,} of {share.count:,}" if share.count else ""


def tickets(count: int) -> str:
    return f"{count:,} ticket" if count == 1 else f"{count:,} tickets"


def spread(one: Spread, room: int, *, business: bool) -> str:
    """Half of how many took how long, and nine of ten, as far as there is room."""
    if not one.count:
        return NONE
    half, most = length(one.median, business=business), length(one.p90, business=business)
    said = (
        f"median {half} · p90 {most} · {tickets(one.count)}",
        f"median {half} · p90 {most}",
        f"{half} · {most}",
        half,
    )
    return next((text for text in said if len(text) <= room), "")


def in_short(figures: Figures, figure: Figure) -> tuple[str, str]:
    """What a figure comes to, and a word more where there is room for it."""
    match figure:
        case Figure.FIRST_REPLY | Figure.RESOLUTION | Figure.LEAD_TIME | Figure.CYCLE_TIME:
            took, business = spread_of(figures, figure), figure in BUSINESS
            more = f"p90 {length(took.p90, business=business)}" if took.count else ""
            return length(took.median, business=business), more
        case Figure.SLA_KEPT:
            return percent(figures.sla_kept.both), of(figures.sla_kept.both)
        case Figure.FIRST_CONTACT:
            return percent(figures.first_contact), of(figures.first_contact)
        case Figure.REOPEN:
            return percent(figures.reopen), of(figures.reopen)
        case Figure.SATISFACTION:
            return percent(figures.satisfaction.well), of(figures.satisfaction.well)
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


def spread_of(figures: Figures, figure: Figure) -> Spread:
    """How long that took."""
    found = {
        Figure.FIRST_REPLY: figures.first_reply,
        Figure.RESOLUTION: figures.resolution,
        Figure.LEAD_TIME: figures.lead_time,
        Figure.CYCLE_TIME: figures.cycle_time,
    }
    return found[figure].spread


def _slowest(figures: Figures) -> tuple[str, str]:
    """The column on which half of the tickets stood the longest."""
    there = [one for one in figures.time_in_column if one.spread.median is not None]
    if not there:
        return NONE, ""
    most = max(there, key=lambda one: one.spread.median or 0)
    return length(most.spread.median, business=False), most.column


def _a_day(count: int, days: Sequence[object]) -> str:
    return f"{count / len(days):.1f} a day" if count and days else ""
