"""The verbs for service levels: what their help says and which options they take."""

from __future__ import annotations

from helpdesk_tui.cli.verb import JSON, Option, Verb

POLICY = Verb(
    name="policy",
    summary="list and change what is promised: the service levels",
    runs="policy:run",
    usage="""[list]
  policy show NAME
  policy add NAME [--query QUERY] [--calendar NAME] --high 4h/16h …
  policy change NAME [--name NEW] [--query QUERY] [--high 4h/16h] …
  policy move NAME PLACE
  policy remove NAME
  policy try QUERY…""",
    about="""\
A policy promises, for each priority, a first reply and a resolution within an
amount of business time, counted by its calendar. Policies are tried in order:
the first whose query selects a ticket serves it, and one without a query
serves every ticket. A query says what a ticket is, never `me` or `today`.

A target is written as 4h/16h: the first reply, then the resolution; 30m, 1h
30m and 2d (business days of the calendar) work too, `none` promises nothing.
After a change the clocks of all tickets are worked out anew from their
history. `try` says how many open tickets a query would serve.""",
    examples=(
        "helpdesk policy",
        "helpdesk policy try 'org:Acme priority>=high'",
        "helpdesk policy add Gold --query org:Acme --critical 30m/4h --high 1h/8h",
        "helpdesk policy change Standard --low none",
        "helpdesk policy move Gold 1",
        "helpdesk policy list --json | jq '.[] | {name, open}'",
    ),
    options=(
        Option("--name", "A new name.", "NAME"),
        Option("--query", "Which tickets it serves; empty: all.", "QUERY"),
        Option("--calendar", "By which business time is counted.", "CALENDAR"),
        Option("--critical", "First reply and resolution.", "FIRST/LAST"),
        Option("--high", "First reply and resolution.", "FIRST/LAST"),
        Option("--normal", "First reply and resolution.", "FIRST/LAST"),
        Option("--low", "First reply and resolution.", "FIRST/LAST"),
        JSON,
    ),
    actions=("list", "show", "add", "change", "move", "remove", "try"),
    words="policy",
)

CALENDAR = Verb(
    name="calendar",
    summary="list and change the opening hours that service levels count by",
    runs="calendar:run",
    usage="""[list]
  calendar show NAME
  calendar add NAME --hours 'mon-fri 8:00-18:00' [--zone ZONE] …
  calendar change NAME [--name NEW] [--hours HOURS] [--country CODE] …
  calendar remove NAME
  calendar countries [CODE]""",
    about="""\
A calendar has opening hours in a time zone, and days on which it is closed:
the public holidays of a country, or of a region of it, and days of its own.
A span may go over midnight; clock changes are counted right.

Holidays are written down when they are chosen, so that clocks are the same
everywhere. `countries` lists the codes, with CODE the regions of one. A
calendar that a policy counts by cannot be removed.""",
    examples=(
        "helpdesk calendar add Tallinn --hours 'mon-fri 9:00-17:00' --country EE",
        "helpdesk calendar change Tallinn --hours 'mon-fri 9:00-17:00, sat 10:00-14:00'",
        "helpdesk calendar add Nights --hours 'daily 22:00-6:00'",
        "helpdesk calendar change Tallinn --closed 2026-12-28..2026-12-31",
        "helpdesk calendar show Tallinn",
        "helpdesk calendar countries DE",
    ),
    options=(
        Option("--name", "A new name.", "NAME"),
        Option("--hours", "When it is open in a week.", "HOURS"),
        Option("--zone", "Its time zone; a new one has this machine's.", "ZONE"),
        Option("--country", "Whose public holidays close it; empty: none.", "CODE"),
        Option("--region", "A region of the country; empty: none.", "CODE"),
        Option("--closed", "Closed days of its own; empty: none.", "DAYS"),
        JSON,
    ),
    actions=("list", "show", "add", "change", "remove", "countries"),
    words="calendar",
)

VERBS = (POLICY, CALENDAR)
