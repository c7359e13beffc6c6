"""Figures as one HTML page with pictures: it needs nothing besides, runs nothing, and prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from helpdesk_tui.domain import figure_words as words
from helpdesk_tui.domain.figures import IN_GENERAL, MEANINGS, Dimension, Durations, Figure, Figures, Group
from helpdesk_tui.domain.text import clean
from helpdesk_tui.exchange import figures_charts as charts
from helpdesk_tui.exchange import figures_tables
from helpdesk_tui.exchange.figures_charts import Series
from helpdesk_tui.exchange.figures_tables import Sheet

DAYS = 120
"""Days that are still drawn one by one."""

HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --line: #8884; }}
body {{ font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.5rem; }} h2 {{ font-size: 1.1rem; margin: 1.8rem 0 .4rem; }}
table {{ border-collapse: collapse; }} .wide {{ overflow-x: auto; }}
th, td {{ padding: .2rem .8rem .2rem 0; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }}
th.n, td.n {{ text-align: right; font-variant-numeric: tabular-nums; }}
.overview td {{ white-space: normal; }}
svg {{ width: 100%; max-width: 46rem; height: auto; font-size: 11px; }}
svg text {{ fill: currentColor; }} svg .g {{ stroke: var(--line); }}
dt {{ font-weight: 600; margin-top: .6rem; }} dd {{ margin: 0; }}
footer {{ margin: 2rem 0; color: #777; }}
@media print {{ h2 {{ break-after: avoid; }} svg, table {{ break-inside: avoid; }} }}
</style>
</head>
<body>
"""


def text(figures: Figures, groups: Mapping[Dimension, Iterable[Group]], query: str) -> str:
    """The whole page."""
    there = {by: list(those) for by, those in groups.items()}
    title = f"Figures, {words.days(figures.period)}"
    parts = [
        HEAD.format(title=plain(title)),
        f"<h1>{plain(title)}</h1>\n<p>{f'Tickets: <code>{plain(query)}</code>' if query else 'All tickets.'}</p>\n",
        table(figures_tables.overview(figures), "overview"),
        *_pictures(figures),
        *(f"<h2>{plain(sheet.title)}</h2>\n{table(sheet)}" for sheet in figures_tables.sheets(figures, there)),
        f"<h2>What they mean</h2>\n<p>{plain(IN_GENERAL)}</p>\n<dl>\n",
        *(f"<dt>{plain(figure.called)}</dt><dd>{plain(MEANINGS[figure])}</dd>\n" for figure in Figure),
        "</dl>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def plain(outside: str) -> str:
    """A text from outside, so that nothing in it is HTML."""
    return escape(clean(outside))


def table(sheet: Sheet, kind: str = "") -> str:
    """A table."""
    heads = "".join(f"<th{_side(sheet, place)}>{plain(head)}</th>" for place, head in enumerate(sheet.heads))
    rows = "".join(
        f"<tr>{''.join(f'<td{_side(sheet, place)}>{plain(cell)}</td>' for place, cell in enumerate(row))}</tr>\n"
        for row in sheet.rows
    )
    more = f"<p>and {sheet.more:,} more</p>\n" if sheet.more else ""
    named = f' class="{kind}"' if kind else ""
    return f'<div class="wide"><table{named}>\n<tr>{heads}</tr>\n{rows}</table></div>\n{more}'


def _side(sheet: Sheet, place: int) -> str:
    return ' class="n"' if place >= sheet.numbers else ""


def _pictures(figures: Figures) -> Iterator[str]:
    days = [words.day(day) for day in figures.days]
    ages = figures.backlog.ages
    people = [one for one in figures.load.people if one.open][: figures_tables.GROUPS]
    drawn = {
        "Created and done": _came_and_went(figures),
        "Backlog": charts.lines("Open tickets at the end of each day", days, [Series("open", figures.backlog.days)]),
        **dict(_flows(figures, days)),
        "First reply time, by week": _weekly("First reply time in business hours", figures.first_reply),
        "Resolution time, by week": _weekly("Resolution time in business hours", figures.resolution),
        "Age of the backlog": charts.bars(
            "Open tickets by age", [one.name for one in ages], [Series("open", [one.count for one in ages])]
        ),
        "Load": charts.bars(
            "Open tickets by agent",
            [one.name if one.id is not None else "(nobody)" for one in people],
            [
                Series("open, in time", [one.open - one.late for one in people]),
                Series("late", [one.late for one in people]),
            ],
        ),
    }
    yield from (f"<h2>{plain(title)}</h2>\n{picture}\n" for title, picture in drawn.items() if picture)


def _flows(figures: Figures, days: list[str]) -> Iterator[tuple[str, str]]:
    """A picture for each board, with its columns. The last, which is for what is done, lies at the bottom: it grows."""
    boards: dict[str, list[Series]] = {}
    for one in figures.flow.columns:
        if any(one.days):
            boards.setdefault(one.board, []).insert(0, Series(one.column, one.days))
    for board, columns in boards.items():
        title = f"Cumulative flow: {board}" if len(boards) > 1 else "Cumulative flow"
        yield title, charts.layers(f"Tickets on each column of {board} at the end of each day", days, columns)


def _came_and_went(figures: Figures) -> str:
    """By day, or by week where days would be too many to tell apart."""
    marks, flow = [words.day(day) for day in figures.days], figures.flow
    created, done, by = list(flow.created), list(flow.closed), "day"
    if len(marks) > DAYS:
        starts = [0, *(place for place, day in enumerate(figures.days) if place and not day.weekday())]
        ends = [*starts[1:], len(marks)]
        created, done = ([sum(of[a:b]) for a, b in zip(starts, ends, strict=True)] for of in (created, done))
        marks, by = [marks[start] for start in starts], "week"
    return charts.lines(f"Tickets created and done by {by}", marks, [Series("created", created), Series("done", done)])


def _weekly(title: str, durations: Durations) -> str:
    weeks = durations.weeks
    return charts.lines(
        title,
        [words.day(week.monday) for week in weeks],
        [
            Series("median", [_hours(week.spread.median) for week in weeks]),
            Series("p90", [_hours(week.spread.p90) for week in weeks]),
        ],
        "h",
    )


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 3600
