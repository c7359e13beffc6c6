"""The verbs for files and shells: what their help says and which options they take."""

from __future__ import annotations

from helpdesk_tui.cli.verb import Option, Verb

IMPORT = Verb(
    name="import",
    summary="read tickets from a file",
    runs="importing:run",
    usage="log|csv|json FILE [--map MAP]",
    about="""\
Reads a file into the desk, all of it or nothing, after a backup.

  log    a history of events (CSV); the map says which column is which and what
         each activity means
  csv    a plain list of tickets; the map says which column is which, without
         one the heads are the names of fields
  json   what `helpdesk export json` wrote

It can be run again without doubling anything, and tells what it left out and
why.""",
    examples=("helpdesk import log history.csv --map history.toml", "helpdesk import json desk.json"),
    options=(Option("--map", "A TOML file that says what the columns mean.", "MAP"),),
    actions=("log", "csv", "json"),
    words="file",
)

EXPORT = Verb(
    name="export",
    summary="write tickets to a file",
    runs="exporting:run",
    usage="json|csv [QUERY…]",
    about="""\
Writes the tickets that match the query, or all of them; JSON without a query
is the whole desk with its archive and its history. A CSV cell that a
spreadsheet would take for a formula gets a leading `'`, unless --raw is given;
JSON is exact and can be imported again.""",
    examples=("helpdesk export json -o desk.json", "helpdesk export csv 'is:done closed>-30d' >done.csv"),
    options=(
        Option("--output", "A new file to write, instead of standard output; also -o.", "FILE"),
        Option("--raw", "CSV with every cell exactly as it is."),
    ),
    actions=("json", "csv"),
    words="query",
)

DEMO = Verb(
    name="demo",
    summary="open a lively desk in a throw-away file",
    runs="demo:run",
    usage="",
    about="""\
Opens the board on a desk full of tickets, in a file that is removed
afterwards. With --fill it fills the file of --desk with made-up tickets
instead, and ends.""",
    examples=("helpdesk demo", "helpdesk --desk big.db demo --fill --tickets 100000 --seed 7"),
    options=(
        Option("--fill", "Fill the desk of --desk and end."),
        Option("--tickets", "How many tickets.", "N"),
        Option("--seed", "The same seed makes the same tickets.", "N"),
        Option("--open-share", "The share of open tickets, from 0 to 1.", "X"),
        Option("--ascii", "Draw the board in plain ASCII."),
    ),
)

COMPLETION = Verb(
    name="completion",
    summary="print the completion script of a shell",
    runs="completion:run",
    usage="bash|zsh|fish",
    about="Prints the completion script of a shell.",
    examples=(
        "helpdesk completion bash >~/.local/share/bash-completion/completions/helpdesk",
        'helpdesk completion zsh >"${fpath[1]}/_helpdesk"',
        "helpdesk completion fish >~/.config/fish/completions/helpdesk.fish",
    ),
    actions=("bash", "zsh", "fish"),
)

COMPLETE = Verb(
    name="complete",
    summary="say what could stand at the cursor of a shell's line",
    runs="complete:run",
    usage="bash|zsh|fish --line LINE",
    about="Called by the completion scripts. Prints one possibility a line, with a hint behind a tab.",
    options=(Option("--line", "The shell's line up to the cursor.", "LINE"),),
    actions=("bash", "zsh", "fish"),
)
"""Hidden: it is for scripts only."""

VERBS = (IMPORT, EXPORT, DEMO, COMPLETION)
