"""The verbs for people at work: what their help says and which options they take."""

from __future__ import annotations

from helpdesk_tui.cli.verb import JSON, Option, Verb

TIME = Verb(
    name="time",
    summary="log the time worked, by hand or with a timer",
    runs="time:run",
    usage="""[NUMBER [MINUTES]]
  time NUMBER --start
  time [[NUMBER] MINUTES] --stop
  time --drop""",
    about="""\
Logs minutes worked on a ticket, as in 25m, 1h30m or 90. Without minutes, it
shows who has worked on the ticket and how long; without a ticket, the timer
that is running.

--start begins to time the work on a ticket, --stop logs what the timer
measured, or the minutes given instead. One timer runs at a time.""",
    examples=(
        "helpdesk time 142 25m",
        "helpdesk time 142 --start",
        "helpdesk time --stop",
        "helpdesk time 142 --json | jq .minutes",
    ),
    options=(
        Option("--start", "Time the work on the ticket from now on."),
        Option("--stop", "Stop the timer and log the time."),
        Option("--drop", "Forget the timer, and log nothing."),
        JSON,
    ),
    words="number",
)

WATCH = Verb(
    name="watch",
    summary="be told what happens to tickets",
    runs="watch:run_watch",
    usage="NUMBER…",
    about="""\
Watches tickets: what others do there comes up in `helpdesk notices`, and is
counted on the board. To have somebody else watch: `helpdesk change 142
watch:bob`.""",
    examples=("helpdesk watch 142", "helpdesk watch 142 143"),
    words="numbers",
)

UNWATCH = Verb(
    name="unwatch",
    summary="stop watching tickets",
    runs="watch:run_unwatch",
    usage="NUMBER…",
    about="Stops watching tickets.",
    examples=("helpdesk unwatch 142",),
    words="numbers",
)

NOTICES = Verb(
    name="notices",
    summary="list what others did on your tickets since you last looked",
    runs="notices:run",
    usage="",
    about="""\
Lists what others did, since you last looked, on the tickets that you work
on, asked for or watch, and where somebody named you (@you). The next call
lists what came after; the exit code is 1 when there was nothing.""",
    examples=("helpdesk notices", "helpdesk notices --keep --json | jq '.[].number'"),
    options=(
        Option("--all", "List those already seen as well."),
        Option("--keep", "Leave them new: list them the next time too."),
        JSON,
    ),
)

DAY = Verb(
    name="day",
    summary="list what wants you now, and take the next best ticket",
    runs="day:run",
    usage="[--take]",
    about="""\
Lists what waits for your word, what of yours is late, at risk, due today and
begun, and which tickets are next: yours or nobody's, in the order in which
--take takes them, with the reasons. First the escalated and the critical
ones, then what is late, at risk, due today; among those the higher priority,
then what is due sooner, then the older.

--take assigns the first of them to you and begins it.""",
    examples=(
        "helpdesk day",
        "helpdesk day --take",
        "helpdesk day --json | jq '.[] | select(.part == \"late\") | .number'",
    ),
    options=(Option("--take", "Take the next best ticket: it is yours, and begun."), JSON),
)

VERBS = (TIME, WATCH, UNWATCH, NOTICES, DAY)
