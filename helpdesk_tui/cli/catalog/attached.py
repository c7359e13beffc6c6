"""The verbs for files on tickets: what their help says and which options they take."""

from __future__ import annotations

from helpdesk_tui.cli.verb import JSON, Option, Verb

ATTACH = Verb(
    name="attach",
    summary="attach files to a ticket",
    runs="attach:run",
    usage="""NUMBER PATH…
  attach NUMBER NAME [-] <DATA""",
    about="""\
Attaches files to a ticket. Who sees the ticket sees its files: for secrets
of the team, name in a note where they are kept.

A word that is no file here is the name for what comes on standard input; a
last word `-` says so even where there is a file of that name. A name that the
ticket has already gets a number, as in `log (2).txt`.""",
    examples=(
        "helpdesk attach 142 /var/log/cups/error_log scan.pdf",
        "journalctl -u cups | helpdesk attach 142 cups.txt",
        "ssh desk@host attach 142 log.txt <log.txt",
    ),
    words="number",
)

GET = Option("--get", "Write what is in that file to standard output.", "NAME")
REMOVE = Option("--remove", "Take that file off the ticket.", "NAME")

FILES = Verb(
    name="files",
    summary="list, read, save and remove the files of a ticket",
    runs="files:run",
    usage="""NUMBER
  files NUMBER --get NAME >FILE
  files NUMBER --save FOLDER [NAME…]
  files NUMBER --remove NAME""",
    about="""\
Lists the files of a ticket. --get writes one of them to standard output,
--save writes those named, or all, into a folder: nothing there is overwritten.
A file is named as the list names it, or by its place in the list.""",
    examples=(
        "helpdesk files 142",
        "helpdesk files 142 --get error_log | less",
        "helpdesk files 142 --save ~/Downloads",
    ),
    options=(
        GET,
        Option("--save", "Write the files named, or all, into this folder.", "FOLDER"),
        REMOVE,
        JSON,
    ),
    words="number",
)

VERBS = (ATTACH, FILES)
