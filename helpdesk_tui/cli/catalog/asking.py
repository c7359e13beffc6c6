"""The verbs with which whoever asked says how it went: what their help says."""

from __future__ import annotations

from helpdesk_tui.cli.verb import Verb

CONFIRM = Verb(
    name="confirm",
    summary="say that your ticket is solved",
    runs="asking:run_confirm",
    usage="NUMBER",
    about="""\
Says that what you asked for is solved: an open ticket is done with that, of
one that is done it is noted. For those who ask for help; the team closes with
`helpdesk move NUMBER done`. How it went is said with `helpdesk rate`.""",
    examples=("helpdesk confirm 142",),
    words="number",
)

REOPEN = Verb(
    name="reopen",
    summary="say that a ticket is not solved",
    runs="asking:run_reopen",
    usage="NUMBER [WHY]",
    about="""\
Opens a ticket again that is done or put away. What is still wrong is sent to
the team as a reply, in the same step; `-` reads it from standard input.
Several at once: `helpdesk change 142 143 reopen`.""",
    examples=("helpdesk reopen 142", 'helpdesk reopen 142 "It jams again."', "helpdesk reopen 142 - <what.txt"),
    words="closed",
)

RATE = Verb(
    name="rate",
    summary="say how it went with your ticket",
    runs="asking:run_rate",
    usage="NUMBER 1..5",
    about="""\
Says how it went, from 1 (very badly) to 5 (very well), once the ticket is
solved; said again, the last counts. Only who asked says it.""",
    examples=("helpdesk rate 142 5",),
    words="rating",
)

VERBS = (CONFIRM, REOPEN, RATE)
