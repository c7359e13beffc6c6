"""The verbs for tickets: what their help says and which options they take."""

from __future__ import annotations

from helpdesk_tui.cli.catalog.related import ANYWAY
from helpdesk_tui.cli.verb import JSON, Option, Verb

ADD = Verb(
    name="add",
    summary="create a ticket",
    runs="add:run",
    usage="TITLE… [TERM…] [-]",
    about="""\
Creates a ticket and prints its number. The terms are a change: labels,
priority, due date, assignee and so on.

The description comes from --description, or from standard input when
something is sent there; a last word `-` waits for it. In a shell loop that
reads from a pipe, give `</dev/null`, or the pipe's next lines become the
description.""",
    examples=(
        'helpdesk add "Printer is dead" +printer priority:high due:tomorrow',
        'journalctl -u cups -n 50 | helpdesk add "Printer is dead" assignee:bob -',
        'helpdesk add --json "VPN drops" requester:"Anna Kask" | jq .number',
    ),
    options=(
        Option("--description", "The description; `-` reads it from standard input.", "TEXT"),
        JSON,
    ),
    words="title",
)

LIST = Verb(
    name="list",
    summary="list the tickets that match a query",
    runs="listing:run",
    usage="[QUERY…]",
    about="""\
Lists the tickets that match the query, or all of them. The words are one
query, as in the filter line of the board; quotes in it need quotes around
it, because the shell takes off one pair.""",
    examples=(
        "helpdesk list is:open assignee:me",
        "helpdesk list 'label:vpn,network \"cannot connect\" sort:-updated'",
        "helpdesk list is:late --json | jq '.[].title'",
    ),
    options=(
        Option("--count", "Print only how many tickets match."),
        Option("--limit", "At most N tickets; 0 for all. Default 50.", "N"),
        Option("--offset", "Leave out the first N.", "N"),
        Option("--view", "Use the saved query of that name.", "NAME"),
        JSON,
    ),
    words="query",
)

SHOW = Verb(
    name="show",
    summary="show one ticket",
    runs="show:run",
    usage="NUMBER",
    about="Shows one ticket: fields, description, checklist, conversation, files, links.",
    examples=("helpdesk show 142", "helpdesk show 142 --history", "helpdesk show 142 --json"),
    options=(Option("--history", "Show also all that ever happened to it (JSON always does)."), JSON),
    words="number",
)

CHANGE = Verb(
    name="change",
    summary="change one ticket, or all that match a query",
    runs="change:run_change",
    usage="NUMBER…|QUERY TERM…",
    about="""\
Changes the tickets of those numbers, or all that match the query (one word:
put it in quotes). All of it is one step: done or refused as a whole, and
taken back by one `helpdesk undo`.""",
    examples=(
        "helpdesk change 142 priority:high assignee:bob due:'fri 17:00'",
        "helpdesk change 'is:open label:vpn' +network -vpn",
        "helpdesk change is:done archive --dry-run",
    ),
    options=(
        Option("--dry-run", "Show which tickets would change, and change none."),
        Option("--yes", "Do not ask before changing many tickets."),
        ANYWAY,
    ),
    words="change",
)

MOVE = Verb(
    name="move",
    summary="move tickets to a column",
    runs="change:run_move",
    usage="NUMBER… COLUMN",
    about="Moves tickets to a column of their board: its name, or todo, doing or done.",
    examples=("helpdesk move 142 doing", "helpdesk move 142 143 'Waiting room'"),
    options=(ANYWAY,),
    words="column",
)

REPLY = Verb(
    name="reply",
    summary="write to the requester",
    runs="speak:run_reply",
    usage="NUMBER [TEXT]",
    about="Writes to the requester. Without a text, standard input is read.",
    examples=('helpdesk reply 142 "It prints again."', "helpdesk reply 142 <answer.txt"),
    words="number",
)

NOTE = Verb(
    name="note",
    summary="write a note that only the team sees",
    runs="speak:run_note",
    usage="NUMBER [TEXT]",
    about="Writes a note that only the team sees. Without a text, standard input is read.",
    examples=('helpdesk note 142 "Toner is ordered."', "dmesg | tail | helpdesk note 142"),
    words="number",
)

CHECK = Verb(
    name="check",
    summary="add or tick steps of a checklist",
    runs="check:run",
    usage="NUMBER [TEXT] | NUMBER --done N | NUMBER --undo N",
    about="""\
Adds a step to the checklist of a ticket, or ticks its N-th step, counted as
`helpdesk show` lists them. Without a text the steps are read from standard
input, one a line; `# Name` begins a checklist of that name.""",
    examples=(
        'helpdesk check 142 "Order toner"',
        "helpdesk check 142 --done 2",
        "helpdesk check 142 < steps.txt",
    ),
    options=(
        Option("--list", "Add the step to the checklist of this name.", "NAME"),
        Option("--done", "Tick the N-th step.", "N"),
        Option("--undo", "Take the tick off the N-th step.", "N"),
    ),
    words="number",
)

UNDO = Verb(
    name="undo",
    summary="take back your last change",
    runs="undo:run_undo",
    usage="""
  undo --list NUMBER
  undo --step ID""",
    about="""\
Takes back your last change, the one before it when called again, and so on.
It is refused, with the reason, when somebody has changed the same thing since.

An admin takes back what others did too: --list shows the latest steps on a
ticket, --step takes one of them back.""",
    examples=("helpdesk undo", "helpdesk undo --list 142", "helpdesk undo --step 1207"),
    options=(
        Option("--list", "List the latest steps on a ticket."),
        Option("--step", "Take back this step, whoever did it.", "ID"),
        JSON,
    ),
)

REDO = Verb(
    name="redo",
    summary="do again what undo took back",
    runs="undo:run_redo",
    usage="",
    about="Does again what `helpdesk undo` took back.",
    examples=("helpdesk redo",),
)

VERBS = (ADD, LIST, SHOW, CHANGE, MOVE, REPLY, NOTE, CHECK, UNDO, REDO)
