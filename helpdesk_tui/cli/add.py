"""`helpdesk add`."""

from __future__ import annotations

from helpdesk_tui.cli import shapes, stdin
from helpdesk_tui.cli.call import Call
from helpdesk_tui.cli.verb import JSON, Option, Verb
from helpdesk_tui.cli.words import change_text, split_title
from helpdesk_tui.desk import tickets
from helpdesk_tui.language.changes import bind_change, parse_change


def run(call: Call) -> int:
    """Create a ticket and print its number."""
    call.expect(1)
    waiting = call.words[-1] == "-" and len(call.words) > 1
    title, words = split_title(call.words[:-1] if waiting else call.words)
    text = change_text(words)
    with call.reading(text):
        change = parse_change(text)  # before the text is read, so that a wrong word is told at once
        terms = bind_change(change, call.desk.asking())
    new = tickets.NewTicket(title=title, description=_description(call, waiting))
    outcome = tickets.create(call.desk, new, terms)
    call.report(outcome)
    (number,) = outcome.numbers
    if call.has("--json"):
        card = tickets.open_ticket(call.desk, number).card
        call.out.json(shapes.card(card, call.desk.clock.now()))
    else:
        call.out.line(f"#{number}")
    return 0


def _description(call: Call, waiting: bool) -> str:
    given = call.text("--description")
    if waiting or given == "-":
        return stdin.awaited()
    if given is not None:
        return given
    text, silent = stdin.offered()
    if silent:
        call.say("Standard input is open but silent, so no description was read; `-` waits for it.")
    return text


ADD = Verb(
    usage="TITLE… [TERM…] [-]",
    about="""\
Creates a ticket and prints its number. The terms are a change: labels, priority, due date, assignee and so on.
The description comes from --description, or from standard input when something is sent there (a last word `-` waits
for it).
In a shell loop that reads from a pipe, give `</dev/null`, or the pipe's next lines become the description.""",
    examples=(
        'helpdesk add "Printer is dead" +printer priority:high due:tomorrow',
        'journalctl -u cups -n 50 | helpdesk add "Printer is dead" assignee:bob -',
        'helpdesk add --json "VPN drops" requester:"Anna Kask" | jq .number',
    ),
    run=run,
    options=(
        Option("--description", "The description; `-` reads it from standard input.", "TEXT"),
        JSON,
    ),
    words="title",
)
