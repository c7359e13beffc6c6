"""The verbs for keeping a desk safe: what their help says and which options they take."""

from __future__ import annotations

from helpdesk_tui.cli.verb import JSON, Option, Verb

BACKUP = Verb(
    name="backup",
    summary="copy the desk while it is in use, and list the copies",
    runs="backup:run",
    usage="""[FILE]
  backup --list
  backup --daily""",
    about="""\
Copies the desk to a new file, or without FILE to the backups beside the desk.
Others may write on meanwhile; the copy is of one moment, and checked. Never
copy the file of a desk that is in use with `cp`.

A backup is also taken before every change of the schema and before a large
import, and once a day by whoever has a board open and by `helpdesk tick`; of
the daily ones the last 7 stay. --daily does that alone, and does nothing if
today has one.""",
    examples=("helpdesk backup", "helpdesk backup /mnt/stick/desk.db", "helpdesk backup --list"),
    options=(
        Option("--list", "List the backups beside the desk."),
        Option("--daily", "Take today's backup, unless there is one."),
        JSON,
    ),
    words="file",
)

RESTORE = Verb(
    name="restore",
    summary="put a backup in the place of the desk",
    runs="restore:run",
    usage="FILE [--yes]",
    about="""\
Checks the backup, brings it up if an older helpdesk made it, and puts it in
the place of the desk. What was there is kept among the backups. Boards that
are open notice, and close. FILE may be the name of a backup that
`helpdesk backup --list` shows.

For the admins of the desk and for the account that owns its file; of a desk
too damaged to be opened, for that account alone.""",
    examples=("helpdesk restore 20261122T081500-daily.db", "helpdesk restore /mnt/stick/desk.db --yes"),
    options=(Option("--yes", "Do not ask."), JSON),
    words="file",
)

DOCTOR = Verb(
    name="doctor",
    summary="check the desk and its surroundings, and say what to do",
    runs="doctor:run",
    usage="[--full] [--repair]",
    about="""\
Checks the desk's file, who may use it, whether it is whole, what it counts,
the search, the service levels, the disk, the backups, the clock, the time
zone and the terminal; and says in plain words how the desk is shared. A desk
that does not open is checked as far as that goes. Exits 0 if nothing is bad,
else 4.

--full looks at everything in a copy, which takes longer and some room.
--repair first makes wrong counts, a wrong search index (with --full in any
case) and wrong service levels anew, and gives what is beside the file the
rights of the file; for admins and the file's owner.""",
    examples=("helpdesk doctor", "helpdesk doctor --full --json"),
    options=(
        Option("--full", "Look through everything, in a copy."),
        Option("--repair", "Set counts, search, service levels and rights right first."),
        JSON,
    ),
)

COPY = Verb(
    name="copy",
    summary="copy the whole desk to another place, from or to PostgreSQL too",
    runs="copy:run",
    usage="FROM TO",
    about="""\
Copies a desk with all that is in it, its files and its history, to a new file
or to an empty database, and compares what arrived with what was sent. All of
it is copied or nothing. Each of the two is a file or the URL of a database,
as with --desk. For admins of the desk.""",
    examples=(
        "helpdesk copy ~/.local/share/helpdesk/desk.db postgresql+psycopg://helpdesk@db.example.org/helpdesk",
        "helpdesk copy postgresql+psycopg:///helpdesk desk.db",
    ),
    options=(JSON,),
    words="file",
)

VERBS = (BACKUP, RESTORE, DOCTOR, COPY)
