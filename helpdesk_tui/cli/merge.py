"""`helpdesk merge`, `helpdesk split` and `helpdesk clone`."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk_tui.cli import shapes
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.words import number, numbers
from helpdesk_tui.desk import merging, tickets
from helpdesk_tui.desk.merging import Merging
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import NotFound, UsageError


def run_merge(call: Call) -> int:
    """Make tickets part of another; a person at the keyboard sees first what goes there."""
    chosen = numbers(call.expect(1))
    into = call.text("--into")
    if into is None:
        raise UsageError("Say which ticket they become part of: `--into NUMBER`.", f"Usage: {call.usage}")
    target = number(into)
    if call.has("--dry-run"):
        for line in _lines(merging.preview(call.desk, chosen, target)):
            call.out.line(line)
        return DONE
    if call.at_keyboard:
        for line in _lines(merging.preview(call.desk, chosen, target)):
            call.say(line)
        if not call.confirm(f"Merge into #{target}?"):
            call.say("Nothing was changed.")
            return NOTHING
    return call.report(merging.merge(call.desk, chosen, target))


def _lines(looked: Merging) -> Iterator[str]:
    yield f"Into #{looked.into} {clean(looked.title)} would go:"
    for one in looked.brought:
        yield f"  #{one.number} {clean(one.title)}: {one.in_words}"
    yield from looked.warnings


def run_split(call: Call) -> int:
    """Give a comment its own ticket, and print its number."""
    (word,) = call.expect(1, 1)
    ticket = number(word)
    if not call.has("--comment"):
        raise UsageError("Say what to split off: `--comment N`.", f"`helpdesk show {ticket}` counts what was said.")
    place = call.whole("--comment", 0, least=1)
    said = tickets.open_ticket(call.desk, ticket).conversation
    if place > len(said):
        raise NotFound(f"#{ticket} has no comment {place}.", f"`helpdesk show {ticket}` counts what was said.")
    return _print_new(call, merging.split(call.desk, ticket, said[place - 1].id, call.text("--title") or ""))


def run_clone(call: Call) -> int:
    """Make a ticket like another, and print its number."""
    (word,) = call.expect(1, 1)
    return _print_new(call, merging.clone(call.desk, number(word)))


def _print_new(call: Call, outcome: Outcome) -> int:
    call.report(outcome)
    made = outcome.made or 0
    if call.has("--json"):
        card = tickets.open_ticket(call.desk, made).card
        call.out.json(shapes.card(card, call.desk.clock.now()))
    else:
        call.out.line(f"#{made}")
    return DONE
