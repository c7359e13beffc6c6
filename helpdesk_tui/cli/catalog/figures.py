"""The verb for figures: what its help says and which options it takes."""

from __future__ import annotations

from helpdesk_tui.cli.verb import JSON, Option, Verb

FORMATS = ("text", "json", "csv", "markdown", "html")

REPORT = Verb(
    name="report",
    summary="tell how the desk is doing, in figures",
    runs="report:run",
    usage="""[QUERY…] [--period PERIOD] [--format FORMAT] [-o FILE]
  report daily [--day DAY]""",
    about="""\
Tells how the desk is doing, over all tickets or those that match the query:
times to first reply and to resolution, service levels kept, solved at the
first contact, reopened, satisfaction, backlog, lead and cycle time, time in
each column, flow, throughput and load. --format markdown and html say what
each of them means, to the letter; html has pictures.

A period is `90d` (which it is when none is given), `12w`, `today`,
`this month`, `last quarter`, `2026`, `2026-03`, `2026-03-01..2026-03-31`,
`2026-03..` or `all`.

`report daily` tells who worked on what on a day (yesterday, when none is
named), what came in, what is late and what is stuck.""",
    examples=(
        "helpdesk report",
        "helpdesk report 'label:vpn' --period 'last month'",
        "helpdesk report --period all --format html -o figures.html",
        "helpdesk report daily",
    ),
    options=(
        Option("--period", "Which days the figures are about.", "PERIOD"),
        Option("--day", "Which day `report daily` is about.", "DAY"),
        Option("--format", "How it is written: text, json, csv, markdown or html.", "FORMAT", FORMATS),
        Option("--output", "A new file to write, instead of standard output; also -o.", "FILE"),
        JSON,
    ),
    words="query",
)

VERBS = (REPORT,)
