"""`helpdesk change` and `helpdesk move`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.cards import write_cards
from helpdesk_tui.cli.words import change_text, column_term, leading_numbers, numbers
from helpdesk_tui.desk import tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.errors import NeedsYes, UsageError
from helpdesk_tui.language.bind_change import bind_change
from helpdesk_tui.language.bound import Bound
from helpdesk_tui.language.changes import parse_change

MANY = 10
"""Tickets above which a person at the keyboard is asked first."""


def run_change(call: Call) -> int:
    """Change the tickets named, or all that match the query, in one step."""
    call.expect(2)
    named = leading_numbers(call.words)
    text = change_text(call.words[len(named) or 1 :])
    if not text.strip():
        raise UsageError("There is nothing to change them to.", f"Usage: {call.usage}")
    with call.reading(text):
        terms = bind_change(parse_change(text), call.desk.asking())
    if call.has("--dry-run"):
        return _show_only(call, _named(call, numbers(named)) if named else _matching(call), text)
    chosen = numbers(named) if named else tickets.numbers(call.desk, _query(call))
    if not chosen:
        call.say("No ticket matches.")
        return NOTHING
    if len(chosen) > MANY and not call.has("--yes") and not call.confirm(f"Change {len(chosen):,} tickets?"):
        call.say("Nothing was changed.")
        return NOTHING
    return call.report(meant(call, lambda desk: tickets.change(desk, chosen, terms)))


def meant(call: Call, work: Callable[[Desk], Outcome]) -> Outcome:
    """Do it; what good sense speaks against, only with `--anyway` or when a person at the keyboard says so."""
    try:
        return work(call.desk.insisting() if call.has("--anyway") else call.desk)
    except NeedsYes as question:
        if call.at_keyboard and call.confirm(f"{question.message} Close it anyway?"):
            return work(call.desk.insisting())
        raise NeedsYes(question.message, "Nothing was changed; `--anyway` closes it nevertheless.") from None


def _query(call: Call) -> Bound:
    with call.reading(call.words[0]):
        return call.desk.ask(call.words[0])


def _matching(call: Call) -> list[Card]:
    return tickets.find(call.desk, _query(call), limit=None)


def _named(call: Call, chosen: Sequence[int]) -> list[Card]:
    return [tickets.open_ticket(call.desk, number).card for number in chosen]


def _show_only(call: Call, cards: Sequence[Card], text: str) -> int:
    write_cards(call.out, cards, call.desk.clock.now(), call.desk.zone)
    call.say(f"{len(cards):,} ticket{'' if len(cards) == 1 else 's'} would get: {text}")
    return DONE if cards else NOTHING


def run_move(call: Call) -> int:
    """Move tickets to a column by its name or category."""
    *named, column = call.expect(2)
    chosen = numbers(named)
    text = column_term(column)
    with call.reading(text):
        terms = bind_change(parse_change(text), call.desk.asking())
    return call.report(meant(call, lambda desk: tickets.change(desk, chosen, terms)))
