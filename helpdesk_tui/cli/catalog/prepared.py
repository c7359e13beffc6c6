"""The verbs for prepared texts: what their help says and which options they take."""

from __future__ import annotations

from helpdesk_tui.cli.catalog.related import ANYWAY
from helpdesk_tui.cli.verb import JSON, Option, Verb

_LANGUAGES = ("en", "et", "he", "fa", "pl", "ro")

CANNED = Verb(
    name="canned",
    summary="list, write and say canned replies",
    runs="canned:run",
    usage="""[list]
  canned show NAME
  canned add NAME [TEXT]
  canned edit NAME [TEXT] [--name NEW]
  canned remove NAME
  canned use NUMBER… NAME
  canned placeholders""",
    about="""\
Canned replies are prepared answers; `use` says one to the requesters of these
tickets, in the language of each, and applies its change in the same step.
Without a text, standard input is read. {requester.first_name} and the like
are filled in; `canned placeholders` lists them.""",
    examples=(
        'helpdesk canned add "On it" "Hello {requester.first_name|there}, we are on it." --change to:doing',
        "helpdesk canned add 'On it' --language et <on-it.et.txt",
        "helpdesk canned use 142 'On it' --dry-run",
    ),
    options=(
        Option("--language", "The language it is in, or is to be said in.", "LANGUAGE", _LANGUAGES),
        Option("--change", "What it changes besides: a change, in one word.", "CHANGE"),
        Option("--name", "Its new name.", "NAME"),
        Option("--dry-run", "Show what would be said, and say nothing."),
        ANYWAY,
        JSON,
    ),
    actions=("list", "show", "add", "edit", "remove", "use", "placeholders"),
    words="canned",
)

TEMPLATE = Verb(
    name="template",
    summary="list, write and use templates of tickets",
    runs="template:run",
    usage="""[list]
  template show NAME
  template add NAME [DESCRIPTION]
  template edit NAME [DESCRIPTION] [--name NEW]
  template remove NAME
  template use NAME [ANSWER…]""",
    about="""\
Templates are prepared tickets. `use` makes one: its questions are answered in
their order, and asked where somebody sits at the keyboard; "" leaves one out,
and `-` reads one of several lines from standard input.

Questions are written one a line, `*` behind those that must be answered and
choices in brackets: `Which floor? [1, 2, 3] *`, `Urgent? [yes/no]`, or several
lines: `What happened? [long text]`. Steps are one a line too, under `# Name`
on a checklist of that name.""",
    examples=(
        "helpdesk template use 'New colleague' 'Mart, in sales' 'next monday' laptop",
        "helpdesk template add Printer --questions 'Which one? *' --change '+printer kind:incident'",
        "helpdesk template edit Printer --for requesters",
    ),
    options=(
        Option("--title", "The title of its tickets, or of the ticket that is made.", "TITLE"),
        Option("--questions", "What is asked, one a line.", "LINES"),
        Option("--steps", "The checklist, one step a line.", "LINES"),
        Option("--change", "What is changed on its tickets besides.", "CHANGE"),
        Option("--for", "Who may use it.", "WHOM", ("team", "requesters")),
        Option("--name", "Its new name.", "NAME"),
        JSON,
    ),
    actions=("list", "show", "add", "edit", "remove", "use"),
    words="template",
)

SIGNATURE = Verb(
    name="signature",
    summary="show or set what your replies end with",
    runs="signature:run",
    usage="[TEXT]",
    about="""\
Shows what your replies end with, or sets it. `-` reads it from standard
input; --none takes it away.""",
    examples=("helpdesk signature", 'helpdesk signature "Bob Builder, IT, floor 2"', "helpdesk signature - <sig.txt"),
    options=(Option("--none", "End replies without a signature."),),
)

VERBS = (CANNED, TEMPLATE, SIGNATURE)
