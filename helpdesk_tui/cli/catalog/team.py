"""The verbs for the people of the desk and their organizations: what their help says and which options they take."""

from __future__ import annotations

from helpdesk_tui.cli.verb import JSON, Option, Verb

ROLES = ("admin", "agent", "viewer", "requester")

USER = Verb(
    name="user",
    summary="list the people and what they do now, add, change and let them go",
    runs="user:run",
    usage="""[list [NAME] [--role ROLE] [--all]]
  user show LOGIN
  user add [LOGIN] [--name NAME] [--mail MAIL] [--role ROLE] [--org NAME] …
  user edit LOGIN [--name NAME] [--role ROLE] [--away-until DATE] …
  user deactivate LOGIN [--hand-over LOGIN]
  user reactivate LOGIN
  user hand-over LOGIN TO
  user merge LOGIN INTO
  user import FILE|-
  user export LOGIN
  user erase LOGIN --yes""",
    about="""\
People are known by their account of the operating system. `add` takes the
login of one; --no-account is for those who come by the gate or whose account
is made later; without a login somebody is known by name and mail alone.
Where a LOGIN is wanted, the full name or the mail address does as well.

`import` reads a CSV with the columns login, name, mail, role, organization,
skills, languages, zone, capacity: all of its people are taken in, or nobody.

`deactivate` lets somebody in no more, at once; their open tickets go to
--hand-over, or stay and are told of; `hand-over` gives them to somebody at any
time. `merge` makes two people who are one into one. `export` prints everything
the desk keeps of somebody; `erase` takes a requester's name, texts and files
away for good and keeps the figures; the desk's file is written anew for it, and
who changes something waits meanwhile.""",
    examples=(
        "helpdesk user add alice --role agent --mail alice@example.org",
        "helpdesk user add --name 'Rita Rohtla' --mail rita@acme.example --org Acme",
        "helpdesk user edit alice --skills printers,vpn --away-until '1 Dec'",
        "helpdesk user deactivate bob --hand-over alice",
        "helpdesk user list --json | jq '.[] | select(.open > 10) | .login'",
        "helpdesk user export rita > rita.json",
    ),
    options=(
        Option("--name", "The full name.", "NAME"),
        Option("--login", "The account they come in with; '' for none (edit).", "LOGIN"),
        Option("--mail", "The mail address.", "MAIL"),
        Option("--role", "What they may do on the desk.", "ROLE", ROLES),
        Option("--org", "The organization they belong to; '' for none.", "NAME"),
        Option("--skills", "What they can do, with commas between.", "WORDS"),
        Option("--languages", "The languages they answer in: en,et.", "TAGS"),
        Option("--zone", "Their time zone, as Europe/Tallinn.", "ZONE"),
        Option("--capacity", "Open tickets they work on at once; 0 for no limit.", "N"),
        Option("--away-from", "Away from then.", "DATE"),
        Option("--away-until", "Back then.", "DATE"),
        Option("--here", "Not away any more."),
        Option("--color", "The colour of their avatar.", "COLOR"),
        Option("--initials", "What their avatar says.", "LETTERS"),
        Option("--no-account", "The login is no account of this machine (add)."),
        Option("--hand-over", "Who gets their open tickets (deactivate).", "LOGIN"),
        Option("--all", "List the deactivated too."),
        Option("--yes", "It is meant (erase)."),
        JSON,
    ),
    actions=(
        "list",
        "show",
        "add",
        "edit",
        "deactivate",
        "reactivate",
        "hand-over",
        "merge",
        "import",
        "export",
        "erase",
    ),
    words="user",
)

ORG = Verb(
    name="org",
    summary="list, add, change, merge and remove organizations",
    runs="org:run",
    usage="""[list]
  org add NAME [--domains DOMAIN,…] [--shares yes|no]
  org edit NAME [--name NEW] [--domains DOMAIN,…] [--shares yes|no]
  org remove NAME
  org merge NAME INTO""",
    about="""\
Those who need help together. Who is added with a mail address of one of its
domains belongs to it. Where it shares, each of its people sees the tickets of
all; otherwise each sees their own. One with people or open tickets stays.
`merge` makes two organizations that are one so: the people, tickets and
domains of NAME are INTO's from then on, and the name of NAME leads there.""",
    examples=(
        "helpdesk org add Acme --domains acme.example,acme.test",
        "helpdesk org edit Acme --shares yes",
        "helpdesk org merge 'Acme Ltd' Acme",
        "helpdesk org list --json | jq '.[].name'",
    ),
    options=(
        Option("--name", "What it is called from now on.", "NAME"),
        Option("--domains", "Mail domains of its people, with commas; '' for none.", "DOMAINS"),
        Option("--shares", "Whether each of its people sees the tickets of all.", "yes|no", ("yes", "no")),
        JSON,
    ),
    actions=("list", "add", "edit", "remove", "merge"),
    words="org",
)

VERBS = (USER, ORG)
