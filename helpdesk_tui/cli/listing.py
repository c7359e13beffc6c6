"""`helpdesk list`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.cards import write_cards
from helpdesk_tui.desk import finding
from helpdesk_tui.domain.ticket import Card
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
        matching = finding.count(call.desk, query)
        call.out.line(str(matching))
        return DONE if matching else NOTHING
    pages = _Pages(finding.pages(call.desk, query, limit=limit + 1 if limit else None, offset=offset), limit)
    first = next(pages, [])
    now = call.desk.clock.now()
    if call.has("--json"):
        from helpdesk_tui.cli import shapes

        call.out.json_list(shapes.card(card, now) for page in chain([first], pages) for card in page)
    elif first:
        write_cards(call.out, first, now, call.desk.zone, pages)
    else:
        call.say("No ticket matches." if not offset else "No more tickets match.")
    if pages.more and not call.has("--limit"):
        call.say(f"Only the first {limit} are shown: `--limit 0` shows all, `--offset {offset + limit}` the next.")
    return DONE if first else NOTHING


class _Pages:
    """Pages of cards up to a limit (0: none), and whether there would have been `more`."""

    def __init__(self, pages: Iterator[list[Card]], limit: int) -> None:
        self._pages = pages
        self._left = limit or None
        self.more = False

    def __iter__(self) -> Iterator[list[Card]]:
        return self

    def __next__(self) -> list[Card]:
        page = next(self._pages)
        if self._left is None:
            return page
        self.more = len(page) > self._left
        shown = page[: self._left]
        self._left -= len(shown)
        if not shown:
            raise StopIteration
        return shown


def _query(call: Call) -> str:
    """The query typed, or the one of `--view`."""
    text = " ".join(call.words)
    name = call.text("--view")
    if name is None:
        return text
    if text:
        raise UsageError("`--view` names the query; there cannot be a second one.", "Leave out one of the two.")
    from helpdesk_tui.desk import views

    return views.find(call.desk, name).query
