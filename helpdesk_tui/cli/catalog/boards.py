"""The verb for boards, their columns and their members: what its help says and which options it takes."""

from __future__ import annotations

from helpdesk_tui.cli.verb import JSON, Option, Verb

ROLES = ("admin", "agent", "viewer", "requester")
CATEGORIES = ("todo", "doing", "done")
TEMPLATES = ("plain", "support", "single", "changes")

BOARD = Verb(
    name="board",
    summary="list boards and change them, their columns and their members",
    runs="board:run",
    usage="""[list] [--all]
  board templates
  board add NAME [--template TEMPLATE]
  board rename OLD NEW
  board move NAME PLACE
  board archive NAME
  board unarchive NAME
  board remove NAME
  board archive-after NAME DAYS|none
  board archive-old
  board column add BOARD NAME [--category CATEGORY] [--limit N] …
  board column rename BOARD OLD NEW
  board column category BOARD COLUMN todo|doing|done
  board column color BOARD COLUMN COLOR|none
  board column limit BOARD COLUMN N|none [--hard|--soft]
  board column move BOARD COLUMN PLACE
  board column remove BOARD COLUMN [--into OTHER]
  board limit BOARD COLUMN N|none [--hard|--soft]
  board member list BOARD
  board member add BOARD LOGIN [ROLE]
  board member remove BOARD LOGIN
  board member only BOARD yes|no""",
    about="""\
Lists the boards, with the WIP limits of their columns, and changes them. A
soft limit warns, a hard one (written `4!`) takes no card more.

A member has a role on one board, higher or lower than on the desk; with
`member only` nobody but the members and the admins of the desk works there.
An archived board takes its tickets along: `is:archived` finds them, and they
come back with it. `archive-old` puts away what has been done for as many days
as its board says; open boards do that by themselves, cron can.""",
    examples=(
        "helpdesk board",
        "helpdesk board add 'Change requests' --template changes",
        "helpdesk board column add 'IT Support' Review --category doing --limit 4",
        "helpdesk board limit 'IT Support' Doing 6 --hard",
        "helpdesk board member add 'Change requests' alice admin",
        "helpdesk board list --json | jq '.[] | {name, open}'",
    ),
    options=(
        Option("--template", "What a new board begins with.", "TEMPLATE", TEMPLATES),
        Option("--category", "What being in the column means.", "CATEGORY", CATEGORIES),
        Option("--limit", "The WIP limit of a new column.", "N"),
        Option("--hard", "The limit takes no card more."),
        Option("--soft", "The limit only warns."),
        Option("--color", "The colour of a new column.", "COLOR"),
        Option("--into", "Where the tickets of a removed column go, if it has any.", "COLUMN"),
        Option("--all", "List the archived boards too."),
        Option("--anyway", "Close what waits for open tickets too."),
        JSON,
    ),
    actions=(
        *("list", "templates", "add", "rename", "move", "archive", "unarchive", "remove", "archive-after"),
        *("archive-old", "column", "limit", "member"),
    ),
    words="board",
)

VERBS = (BOARD,)
