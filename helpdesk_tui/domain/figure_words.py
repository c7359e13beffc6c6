"""Figures in words, the same in the terminal, in every report and on the screen."""

from __future__ import annotations

from datetime import date

from helpdesk_tui.domain.day_names import MONTHS
from helpdesk_tui.domain.figures import Aged, Figure, Figures, Period, Share, Spread

NONE = "none"
"""What is said of no tickets."""


def amount(seconds: float | None, *, business: bool = False) -> str:
    """A length of time, short: `42s`, `12m`, `3h 05m`, `6d 07h`. Business time is hours alone, `130h`: whose days?"""
    if seconds is None:
        return NONE
    whole = round(seconds)
    if whole < 60:
        return f"{whole}s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes}m"
    hours = round(seconds / 3600)
    if business and seconds >= 100 * 3600:
        return f"{hours:,}h"
    if business or minutes < 48 * 60:
        return f"{minutes // 60}h {minutes % 60:02}m"
    return f"{hours // 24:,}d {hours % 24:02}h"


def percent(rate: float | None) -> str:
    """A share as `93%`; only what is all of them is 100%, and only what is none is 0%."""
    if rate is None:
        return NONE
    return f"{min(99, max(1, round(rate * 100)))}%" if 0 < rate < 1 else f"{rate:.0%}"


def share(one: Share) -> str:
    """As `93% (28 of 30)`."""
    return f"{percent(one.rate)} ({one.part:,} of {one.count:,})" if one.count else NONE


def tickets(count: int) -> str:
    """As `1 ticket`."""
    return f"{count:,} ticket{'' if count == 1 else 's'}"


def spread(one: Spread, *, business: bool = False) -> str:
    """As `median 2h 10m, p90 8h 00m (412 tickets)`."""
    if not one.count:
        return NONE
    half, most = amount(one.median, business=business), amount(one.p90, business=business)
    return f"median {half}, p90 {most} ({tickets(one.count)})"


def day(at: date) -> str:
    """As `25 Aug 2026`."""
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def days(period: Period) -> str:
    """As `25 Aug 2026 - 22 Nov 2026`."""
    return day(period.first) if period.first == period.last else f"{day(period.first)} - {day(period.last)}"


def ages(found: tuple[Aged, ...]) -> str:
    """As `< 1 day: 3, 1-7 days: 9`, without the ages that no ticket has."""
    return ", ".join(f"{one.name}: {one.count:,}" for one in found if one.count)


def headline(figures: Figures, figure: Figure) -> str:
    """What there is to say of a figure in one line."""
    match figure:
        case Figure.FIRST_REPLY:
            return spread(figures.first_reply.spread, business=True)
        case Figure.RESOLUTION:
            return spread(figures.resolution.spread, business=True)
        case Figure.LEAD_TIME:
            return spread(figures.lead_time.spread)
        case Figure.CYCLE_TIME:
            return spread(figures.cycle_time.spread)
        case Figure.TIME_IN_COLUMN:
            parts = [f"{one.column} {amount(one.spread.median)}" for one in figures.time_in_column]
            return f"median {', '.join(parts)}" if parts else NONE
        case Figure.SLA_KEPT:
            return _kept(figures)
        case Figure.FIRST_CONTACT:
            return share(figures.first_contact)
        case Figure.REOPEN:
            return share(figures.reopen)
        case Figure.SATISFACTION:
            return _satisfaction(figures)
        case Figure.BACKLOG:
            count, older = figures.backlog.count, ages(figures.backlog.ages)
            return f"{count:,} open ({older})" if count else NONE
        case Figure.FLOW:
            flow = figures.flow
            came, went, back = sum(flow.created), sum(flow.closed), sum(flow.reopened)
            return f"{came:,} created, {went:,} done, {back:,} opened again" if came or went or back else NONE
        case Figure.THROUGHPUT:
            return f"{tickets(figures.throughput.count)} closed" if figures.throughput.count else NONE
        case Figure.LOAD:
            load = figures.load
            return f"{load.open:,} open, {load.late:,} late" if load.open else NONE


def _kept(figures: Figures) -> str:
    kept = figures.sla_kept
    if not kept.both.count:
        return NONE
    first, last = percent(kept.first_reply.rate), percent(kept.resolution.rate)
    return f"{share(kept.both)}; first reply {first}, resolution {last}"


def _satisfaction(figures: Figures) -> str:
    found = figures.satisfaction
    return f"{share(found.well)}; {percent(found.answered.rate)} answered" if found.well.count else NONE
