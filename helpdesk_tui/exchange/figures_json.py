"""Figures as JSON. Its fields are stable: some may be added, none is renamed or changes its meaning.

Each figure is an object with a `count`; amounts of time have `median_seconds` and `p90_seconds`, shares a `rate` from 0
to 1, series their `points`. What cannot be said, because there is no ticket to say it of, is null.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from helpdesk_tui.domain.figures import Dimension, Durations, Figure, Figures, Group, Share, Spread, Standing

Shape = dict[str, Any]


def shape(figures: Figures, groups: Mapping[Dimension, Iterable[Group]], query: str) -> Shape:
    """All figures of a period, by name, with what they are of.

    | field | |
    | --- | --- |
    | period | `said` as it was asked for, `first` and `last` day |
    | query | which tickets, "" for all |
    | first_reply, resolution, lead_time, cycle_time | `points` by week |
    | sla_kept | with `first_reply` and `resolution` by themselves |
    | first_contact, reopen | a share |
    | satisfaction | of the ratings; `answer_rate` of `closed` tickets |
    | backlog | tickets open; `ages`; `points` by day |
    | time_in_column | `columns`; the object itself is of all of them together |
    | flow | tickets created; `points` by day, with `columns` in order of the names in `columns` |
    | throughput | tickets closed; `points` by day, `weeks`, `by` agent, label, organization and kind |
    | load | tickets open now, how many `late`, by `people` |
    """
    period = figures.period
    found: dict[Figure, Shape] = {
        Figure.FIRST_REPLY: _durations(figures.first_reply),
        Figure.RESOLUTION: _durations(figures.resolution),
        Figure.SLA_KEPT: {
            **_share(figures.sla_kept.both),
            "first_reply": _share(figures.sla_kept.first_reply),
            "resolution": _share(figures.sla_kept.resolution),
        },
        Figure.FIRST_CONTACT: _share(figures.first_contact),
        Figure.REOPEN: _share(figures.reopen),
        Figure.SATISFACTION: {
            **_share(figures.satisfaction.well),
            "closed": figures.satisfaction.answered.count,
            "answer_rate": figures.satisfaction.answered.rate,
        },
        Figure.BACKLOG: {
            "count": figures.backlog.count,
            "ages": [{"age": one.name, "count": one.count} for one in figures.backlog.ages],
            "points": [
                {"day": day.isoformat(), "open": count}
                for day, count in zip(figures.days, figures.backlog.days, strict=True)
            ],
        },
        Figure.LEAD_TIME: _durations(figures.lead_time),
        Figure.CYCLE_TIME: _durations(figures.cycle_time),
        Figure.TIME_IN_COLUMN: {
            **_spread(figures.on_any_column),
            "columns": [
                {"board": one.board, "column": one.column, **_spread(one.spread), "total_seconds": _rounded(one.total)}
                for one in figures.time_in_column
            ],
        },
        Figure.FLOW: _flow(figures),
        Figure.THROUGHPUT: _throughput(figures, groups),
        Figure.LOAD: {
            "count": figures.load.open,
            "late": figures.load.late,
            "people": [
                {"agent": one.name or None, "open": one.open, "late": one.late, "capacity": one.capacity}
                for one in figures.load.people
            ],
        },
    }
    return {
        "period": {"said": period.said, "first": period.first.isoformat(), "last": period.last.isoformat()},
        "query": query,
        **{figure.value: found[figure] for figure in Figure},
    }


def text(figures: Figures, groups: Mapping[Dimension, Iterable[Group]], query: str) -> str:
    """The same as a file."""
    return json.dumps(shape(figures, groups, query), ensure_ascii=False, indent=2) + "\n"


def _rounded(number: float | None) -> float | int | None:
    """To a millionth of a second; whole numbers as such."""
    if number is None:
        return None
    kept = round(number, 6)
    return int(kept) if kept == int(kept) else kept


def _spread(one: Spread) -> Shape:
    return {"count": one.count, "median_seconds": _rounded(one.median), "p90_seconds": _rounded(one.p90)}


def _durations(found: Durations) -> Shape:
    points = [{"week": week.monday.isoformat(), **_spread(week.spread)} for week in found.weeks]
    return {**_spread(found.spread), "points": points}


def _share(one: Share) -> Shape:
    return {"count": one.count, "part": one.part, "rate": one.rate}


def _flow(figures: Figures) -> Shape:
    flow = figures.flow
    names = _names(flow.columns)
    points = [
        {
            "day": day.isoformat(),
            "created": flow.created[place],
            "closed": flow.closed[place],
            "reopened": flow.reopened[place],
            "columns": {name: one.days[place] for name, one in zip(names, flow.columns, strict=True)},
        }
        for place, day in enumerate(figures.days)
    ]
    return {
        "count": sum(flow.created),
        "closed": sum(flow.closed),
        "reopened": sum(flow.reopened),
        "columns": [{"name": name, "board": one.board} for name, one in zip(names, flow.columns, strict=True)],
        "points": points,
    }


def _names(columns: Iterable[Standing]) -> list[str]:
    """The columns' names; where two boards have the same one, the board's with it, and a number if need be."""
    there = list(columns)
    several = len({one.board for one in there}) > 1
    names: dict[str, None] = {}
    for one in there:
        name = wanted = f"{one.board} / {one.column}" if several else one.column
        while name in names:
            name = f"{wanted} #{one.column_id}" if name == wanted else f"{name}'"
        names[name] = None
    return list(names)


def _throughput(figures: Figures, groups: Mapping[Dimension, Iterable[Group]]) -> Shape:
    found = figures.throughput
    return {
        "count": found.count,
        "points": [
            {"day": day.isoformat(), "closed": count} for day, count in zip(figures.days, found.days, strict=True)
        ],
        "weeks": [{"week": monday.isoformat(), "closed": count} for monday, count in found.weeks],
        "by": {
            by.value: [
                {
                    "name": group.name or None,
                    "count": group.closed,
                    "first_reply": _spread(group.first_reply),
                    "resolution": _spread(group.resolution),
                }
                for group in those
            ]
            for by, those in groups.items()
        },
    }
