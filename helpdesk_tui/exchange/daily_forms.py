"""The daily report as Markdown, as HTML and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpdesk_tui.domain import daily as report
from helpdesk_tui.domain.daily import Daily, Said, Some
from helpdesk_tui.exchange import figures_html, figures_markdown


def markdown(daily: Daily, said: Said) -> str:
    """The whole report."""
    plain = figures_markdown.plain
    lines = [f"# {plain(report.title(daily))}"]
    for part in report.parts(daily, said):
        lines += ["", f"## {plain(part.title)}", ""]
        for entry, below in part.entries:
            lines += [f"- {plain(entry)}", *(f"  - {plain(one)}" for one in below)]
        if not part.entries:
            lines.append(part.nothing)
    return "\n".join(lines) + "\n"


def html(daily: Daily, said: Said) -> str:
    """The whole page."""
    title = figures_html.plain(report.title(daily))
    return (
        f"{figures_html.HEAD.format(title=title)}<h1>{title}</h1>\n{''.join(_sections(daily, said))}</body>\n</html>\n"
    )


def _sections(daily: Daily, said: Said) -> Iterator[str]:
    plain = figures_html.plain
    for part in report.parts(daily, said):
        yield f"<h2>{plain(part.title)}</h2>\n"
        if not part.entries:
            yield f"<p>{plain(part.nothing)}</p>\n"
            continue
        yield "<ul>\n"
        for entry, below in part.entries:
            inner = "".join(f"<li>{plain(one)}</li>" for one in below)
            yield f"<li>{plain(entry)}{f'<ul>{inner}</ul>' if inner else ''}</li>\n"
        yield "</ul>\n"


def shape(daily: Daily) -> dict[str, Any]:
    """The report as JSON: the day, who did what, and the tickets of each kind by number.

    | field | |
    | --- | --- |
    | day | the day it is about |
    | workers | `name`, `minutes` logged, `tickets` with their `number`, `title` and `deeds` |
    | came_in, closed, late, stuck | `count`, and the first of the tickets: `number`, `title`, `assignee` |
    """
    return {
        "day": daily.day.isoformat(),
        "workers": [
            {
                "name": one.name,
                "minutes": one.minutes,
                "tickets": [
                    {"number": ticket.number, "title": ticket.title, "deeds": list(ticket.deeds)}
                    for ticket in one.tickets
                ],
            }
            for one in daily.workers
        ],
        "came_in": _some(daily.came_in),
        "closed": _some(daily.closed),
        "late": _some(daily.late),
        "stuck": _some(daily.stuck),
    }


def _some(some: Some) -> dict[str, Any]:
    tickets = [{"number": card.number, "title": card.title, "assignee": card.assignee or None} for card in some.cards]
    return {"count": some.count, "tickets": tickets}
