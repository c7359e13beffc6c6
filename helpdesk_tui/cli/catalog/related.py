"""The verbs that tie tickets together or apart: what their help says and which options they take."""

from __future__ import annotations

from helpdesk_tui.cli.verb import JSON, Option, Verb

LINK = Verb(
    name="link",
    summary="link tickets to another",
    runs="link:run_link",
    usage="NUMBER… [HOW] NUMBER",
    about="""\
Links tickets to another; both show it. HOW is one of

  relates-to (when nothing is said), blocks, blocked-by, duplicates,
  duplicated-by, parent-of, child-of

Closing a ticket that is blocked by an open one is asked about first.""",
    examples=("helpdesk link 142 blocks 98", "helpdesk link 142 143 child-of 98", "helpdesk link 142 98"),
    words="link",
)

UNLINK = Verb(
    name="unlink",
    summary="take links between tickets away",
    runs="link:run_unlink",
    usage="NUMBER… [HOW] NUMBER",
    about="Takes the links between tickets and another away: all, or those of one kind.",
    examples=("helpdesk unlink 142 98", "helpdesk unlink 142 blocked-by 98"),
    words="link",
)

MERGE = Verb(
    name="merge",
    summary="make tickets part of another",
    runs="merge:run_merge",
    usage="NUMBER… --into NUMBER",
    about="""\
Makes tickets part of another: what was said, attached, logged and still to do
goes there in its order, who watched them watches it. They are closed and
point to it. One step, taken back by one `helpdesk undo`.""",
    examples=("helpdesk merge 142 --into 98", "helpdesk merge 142 143 --into 98 --dry-run"),
    options=(
        Option("--into", "The ticket they become part of.", "NUMBER"),
        Option("--dry-run", "Show what would go there, and merge nothing."),
    ),
    words="numbers",
)

SPLIT = Verb(
    name="split",
    summary="give something that was said its own ticket",
    runs="merge:run_split",
    usage="NUMBER --comment N",
    about="""\
Takes the N-th reply or note out of a ticket into a new one, with its files,
links the two, and prints the new number. `helpdesk show` counts them.""",
    examples=("helpdesk split 142 --comment 3", 'helpdesk split 142 --comment 3 --title "The scanner too"'),
    options=(
        Option("--comment", "Which reply or note, counted from 1.", "N"),
        Option("--title", "The new title; else the first line of what was said.", "TEXT"),
        JSON,
    ),
    words="number",
)

CLONE = Verb(
    name="clone",
    summary="make a new ticket like another",
    runs="merge:run_clone",
    usage="NUMBER",
    about="""\
Makes a ticket with the same texts, fields, labels, checklist and files, links
the two, and prints the new number. Nothing that was said or done is copied.""",
    examples=("helpdesk clone 142",),
    options=(JSON,),
    words="number",
)

ANYWAY = Option("--anyway", "Close also what waits for a ticket that is still open.")

VERBS = (LINK, UNLINK, MERGE, SPLIT, CLONE)
