"""The tickets behind a figure: whoever doubts it, or wants to do something about it, looks at those."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpdesk_tui.domain.figure_facts import Amounts, Facts
from helpdesk_tui.domain.figures import AGES, WELL, Dimension, Figure, Period
from helpdesk_tui.domain.figuring import Span, aged, open_at, time_on

FIRST_REPLY, RESOLUTION = Figure.FIRST_REPLY.value, Figure.RESOLUTION.value
"""The parts of `sla_kept`."""


def numbers(facts: Facts, period: Period, figure: Figure, part: str = "") -> list[int]:
    """The numbers of the tickets that a figure counts, the most telling first.

    Of amounts of time the longest, of a share those that are meant: for `sla_kept` those that missed a promise, for
    `reopen` those that were opened again, for `satisfaction` those rated, the worst first. A `part` narrows it: of
    `sla_kept` one clock (`first_reply`, `resolution`), of `backlog` an age by its name, of `time_in_column` and `flow`
    a column's id, of `throughput` and `load` a group as in `agent:7`, `label:3`, `organization:`, `kind:incident`,
    without a value those that have none. What is no part of the figure is behind no ticket.
    """
    span = Span(facts, period)
    return [facts.tickets.numbers[place] for place in _places(facts, span, figure, part)]


def _places(facts: Facts, span: Span, figure: Figure, part: str) -> Iterable[int]:
    tickets = facts.tickets
    here = facts.closed.within(span.start, span.end)
    closed = facts.closed.ticket[here]
    match figure:
        case Figure.FIRST_REPLY:
            replied = facts.replied.within(span.start, span.end)
            return _longest(facts.replied.ticket[replied], facts.first_replies[replied])
        case Figure.RESOLUTION:
            return _longest(closed, facts.resolutions[here])
        case Figure.LEAD_TIME:
            return _longest(closed, facts.lead_times[here])
        case Figure.CYCLE_TIME:
            return _longest(closed, facts.cycle_times[here])
        case Figure.SLA_KEPT:
            return [place for place in reversed(closed) if _missed(facts, place, part)]
        case Figure.FIRST_CONTACT:
            return [p for p in reversed(closed) if tickets.replies[p] == 1 and not tickets.reopened_soon[p]]
        case Figure.REOPEN:
            return _reopened(facts, span)
        case Figure.SATISFACTION:
            rated = [(rating, place) for place in closed if (rating := tickets.rating[place]) is not None]
            return [place for rating, place in sorted(rated) if part != "well" or rating >= WELL]
        case Figure.BACKLOG:
            return _aged(facts, span, part)
        case Figure.TIME_IN_COLUMN:
            spent = time_on(facts, span, _number(part))
            return sorted(spent, key=lambda place: -spent[place])
        case Figure.FLOW:
            return _standing(facts, span, _number(part))
        case Figure.THROUGHPUT:
            return [place for place in reversed(closed) if _in_group(facts, place, part)]
        case Figure.LOAD:
            return [place for place in facts.open_now if _in_group(facts, place, part)]


def _longest(places: Sequence[int], amounts: Amounts) -> list[int]:
    found = [(taken, place) for taken, place in zip(amounts, places, strict=True) if taken is not None]
    return [place for _, place in sorted(found, reverse=True)]


def _missed(facts: Facts, place: int, part: str) -> bool:
    first, last = facts.tickets.replied_missed[place], facts.tickets.resolved_missed[place]
    return bool((first and part != RESOLUTION) or (last and part != FIRST_REPLY))


def _reopened(facts: Facts, span: Span) -> list[int]:
    return [
        place
        for place, times in facts.done_and_left.items()
        if any(left is not None and span.start <= entered < span.end for entered, left in times)
    ]


def _aged(facts: Facts, span: Span, part: str) -> Sequence[int]:
    least, most = next(((least, most) for name, least, most in AGES if name == part), (0, None))
    there = open_at(facts, span.end)
    return there[aged([facts.tickets.created[place] for place in there], span.end, least, most)]


def _standing(facts: Facts, span: Span, column: int) -> list[int]:
    """The tickets that stood on a column when the period ended."""
    stays = facts.stays.get(column)
    if stays is None or not span.days:
        return []
    return [
        place
        for place, since, until in zip(stays.ticket, stays.since, stays.until, strict=True)
        if since < span.end and (until is None or span.end <= until)
    ]


def _number(part: str) -> int:
    return int(part) if part.isascii() and part.isdigit() else 0


def _in_group(facts: Facts, place: int, part: str) -> bool:
    by, _, wanted = part.partition(":")
    tickets = facts.tickets
    if by == Dimension.LABEL:
        if wanted:
            return place in facts.labelled.get(_number(wanted), ())
        return not any(place in places for places in facts.labelled.values())
    if by == Dimension.KIND:
        return tickets.kind[place] == wanted
    if by == Dimension.AGENT:
        return (tickets.agent[place] or 0) == _number(wanted)
    if by == Dimension.ORGANIZATION:
        return (tickets.organization[place] or 0) == _number(wanted)
    return True
