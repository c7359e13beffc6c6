"""What of the command line is open to those who come in through the gate: a list of what is allowed.

A verb, an action or an option that is not named here is closed. Open what reads and writes nothing but the desk and
the standard streams, and nothing else: see `seal` for what happens to the rest.
"""

from __future__ import annotations

from typing import NamedTuple


class Opened(NamedTuple):
    """The actions and options of a verb that are open; where its words mean something else inside, what its help says.

    `actions` is for the verbs that have any.
    """

    options: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    usage: str = ""
    about: str = ""
    examples: tuple[str, ...] = ()


_JSON = ("--json",)
_EDITED = ("list", "show", "add", "edit", "remove", "use")

OPENED: dict[str, Opened] = {
    "add": Opened(("--description", "--json")),
    "list": Opened(("--count", "--limit", "--offset", "--view", "--json")),
    "show": Opened(("--history", "--json")),
    "change": Opened(("--dry-run", "--yes", "--anyway")),
    "move": Opened(("--anyway",)),
    "reply": Opened(),
    "note": Opened(),
    "confirm": Opened(),
    "reopen": Opened(),
    "rate": Opened(),
    "check": Opened(("--list", "--done", "--undo")),
    "undo": Opened(("--list", "--step", "--json")),
    "redo": Opened(),
    "attach": Opened(
        usage="NUMBER NAME <DATA",
        about="""\
Attaches what comes on standard input to a ticket, under that name. Who sees
the ticket sees its files: for secrets of the team, name in a note where they
are kept. A name that the ticket has already gets a number, as in `log (2).txt`.""",
        examples=("ssh desk@host attach 142 log.txt <log.txt",),
    ),
    "files": Opened(
        ("--get", "--remove", "--json"),
        usage="NUMBER\n  files NUMBER --get NAME >FILE\n  files NUMBER --remove NAME",
        about="""\
Lists the files of a ticket. --get writes one of them to standard output. A
file is named as the list names it, or by its place in the list.""",
        examples=("ssh desk@host files 142", "ssh desk@host files 142 --get log.txt >log.txt"),
    ),
    "time": Opened(("--start", "--stop", "--drop", "--json")),
    "watch": Opened(),
    "unwatch": Opened(),
    "notices": Opened(("--all", "--keep", "--json")),
    "day": Opened(("--take", "--json")),
    "link": Opened(),
    "unlink": Opened(),
    "merge": Opened(("--into", "--dry-run")),
    "split": Opened(("--comment", "--title", "--json")),
    "clone": Opened(_JSON),
    "canned": Opened(
        ("--language", "--change", "--name", "--dry-run", "--anyway", "--json"), (*_EDITED, "placeholders")
    ),
    "template": Opened(("--title", "--questions", "--steps", "--change", "--for", "--name", "--json"), _EDITED),
    "signature": Opened(("--none",)),
    "label": Opened(_JSON, ("list", "add", "rename", "color", "remove")),
    "view": Opened(("--own", "--json"), ("list", "show", "save", "remove")),
    "board": Opened(
        (
            *("--template", "--category", "--limit", "--hard", "--soft", "--color", "--into", "--all", "--anyway"),
            *_JSON,
        ),
        (
            *("list", "templates", "add", "rename", "move", "archive", "unarchive", "remove", "archive-after"),
            *("archive-old", "column", "limit", "member"),
        ),
    ),
    "user": Opened(
        (
            *("--name", "--login", "--mail", "--role", "--org", "--skills", "--languages", "--zone", "--capacity"),
            *("--away-from", "--away-until", "--here", "--color", "--initials", "--no-account", "--hand-over"),
            *("--all", "--yes", "--json"),
        ),
        ("list", "show", "add", "edit", "deactivate", "reactivate", "hand-over", "merge", "export", "erase"),
        about="""\
People are known by the login with which they come in through the gate; without
one, by name and mail alone. No account of the machine is asked after here.

`deactivate` lets somebody in no more, at once; their open tickets go to
--hand-over, or stay and are told of; `hand-over` gives them to somebody at any
time. `merge` makes two people who are one into one. `export` prints everything
the desk keeps of somebody; `erase` takes a requester's name, texts and files
away for good and keeps the figures.""",
    ),
    "org": Opened(("--name", "--domains", "--shares", "--json"), ("list", "add", "edit", "merge", "remove")),
    "policy": Opened(
        ("--name", "--query", "--calendar", "--critical", "--high", "--normal", "--low", "--json"),
        ("list", "show", "add", "change", "move", "remove", "try"),
    ),
    "calendar": Opened(
        ("--name", "--hours", "--zone", "--country", "--region", "--closed", "--json"),
        ("list", "show", "add", "change", "remove", "countries"),
    ),
    "rule": Opened(
        ("--when", "--if", "--then", "--every", "--name", "--off", "--shipped", "--limit", "--json"),
        (
            *("list", "show", "add", "change", "move", "on", "off", "remove", "try", "log"),
            *("shipped", "moments"),
        ),
    ),
    "config": Opened(_JSON, ("list", "get", "set", "reset")),
    "export": Opened(
        ("--raw",),
        ("json", "csv"),
        about="""\
Writes the tickets that match the query, or all of them, to standard output. A
CSV cell that a spreadsheet would take for a formula gets a leading `'`, unless
--raw is given; JSON is exact and can be imported again.""",
        examples=("ssh desk@host export csv is:done >done.csv",),
    ),
    "report": Opened(
        ("--period", "--day", "--format", "--json"),
        usage="[QUERY…] [--period PERIOD] [--format FORMAT]\n  report daily [--day DAY]",
        examples=("ssh desk@host report --period 30d", "ssh desk@host report --format html >figures.html"),
    ),
    "complete": Opened(("--line",), ("bash", "zsh", "fish")),
}
