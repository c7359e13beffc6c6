"""The verbs for the desk itself: what their help says and which options they take."""

from __future__ import annotations

from helpdesk_tui.cli.verb import JSON, Option, Verb

LABEL = Verb(
    name="label",
    summary="list, add, rename, colour and remove labels",
    runs="label:run",
    usage="""[list]
  label add NAME [COLOUR]
  label rename OLD NEW
  label color NAME [COLOUR]
  label remove NAME""",
    about="Lists labels, and changes them on all tickets at once. Without a colour,\none follows from the name.",
    examples=("helpdesk label", "helpdesk label rename vpn remote-access", "helpdesk label color vpn blue"),
    options=(JSON,),
    actions=("list", "add", "rename", "color", "remove"),
    words="label",
)

VIEW = Verb(
    name="view",
    summary="list, save, show and remove saved queries",
    runs="view:run",
    usage="""[list]
  view show NAME
  view save NAME QUERY…
  view remove NAME""",
    about="Lists, shows, saves and removes saved queries; `helpdesk list --view NAME`\nuses one.",
    examples=("helpdesk view save mine 'is:open assignee:me sort:due'", "helpdesk list --view mine"),
    options=(Option("--own", "Save it for yourself, not for the whole team."), JSON),
    actions=("list", "show", "save", "remove"),
    words="view",
)

CONFIG = Verb(
    name="config",
    summary="list and change the settings of the desk",
    runs="settings:run",
    usage="""[list]
  config get NAME
  config set NAME VALUE…
  config reset NAME""",
    about="""\
Lists and changes the settings of the desk: the kinds of work, the priority
that impact and urgency propose, the largest file. `reset` goes back to the
default. Only admins may change them.""",
    examples=(
        "helpdesk config",
        "helpdesk config set kinds incident, request, problem, task, change",
        "helpdesk config set file_limit_mb 50",
    ),
    options=(JSON,),
    actions=("list", "get", "set", "reset"),
    words="setting",
)

VERBS = (LABEL, VIEW, CONFIG)
