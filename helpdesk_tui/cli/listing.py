"""`helpdesk list`."""

from __future__ import annotations

from helpdesk_tui.cli import shapes
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.cards import write_cards
from helpdesk_tui.desk import tickets, views
from helpdesk_tui.errors import UsageError

PAGE = 50


def run(call: Call) -> int:
    """List the tickets that match the query, or count them."""
    limit = call.whole("--limit", PAGE)
    offset = call.whole("--offset", 0)
    text = _query(call)
    with call.reading(text):
        query = call.desk.ask(text)
    if call.has("--count"):
        matching = tickets.count(call.desk, query)
        call.out.line(str(matching))
        return DONE if matching else NOTHING
    found = tickets.find(call.desk, query, limit=limit + 1 if limit else None, offset=offset)
    shown = found[:limit] if limit else found
    now = call.desk.clock.now()
    if call.has("--json"):
        call.out.json_list(shapes.card(card, now) for card in shown)
    elif shown:
        write_cards(call.out, shown, now, call.desk.zone)
    else:
        call.say("No ticket matches." if not offset else "No more tickets match.")
    if len(shown) < len(found) and not call.has("--limit"):
        call.say(f"Only the first {limit} are shown: `--limit 0` shows all, `--offset {offset + limit}` the next.")
    return DONE if shown else NOTHING


def _query(call: Call) -> str:
    """The query typed, or the one of `--view`."""
    text = " ".join(call.words)
    name = call.text("--view")
    if name is None:
        return text
    if text:
        raise UsageError("`--view` names the query; there cannot be a second one.", "Leave out one of the two.")
    return views.find(call.desk, name).query
