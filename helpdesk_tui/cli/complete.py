"""`helpdesk complete`: what could stand at the cursor of a shell's line. Silent when anything is wrong."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.registry import VERBS
from helpdesk_tui.cli.shell_line import Typed, split
from helpdesk_tui.cli.verb import EVERYWHERE, Option, Verb
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import HelpdeskError

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.language.complete import Completion

TICKETS = 50
"""How many tickets are offered where a number is wanted: the ones touched last."""


class Offer(NamedTuple):
    """The whole word that could stand there, and a hint to it."""

    word: str
    hint: str = ""


def run(call: Call) -> int:
    """Print one possibility a line: what to insert, a tab, a hint."""
    (shell,) = call.expect(1, 1)
    typed = split(call.text("--line") or "")
    try:
        found = [offer for offer in offers(call, typed) if offer.word.startswith(typed.current)]
    except HelpdeskError:
        return NOTHING
    for offer in found:
        if clean(offer.word) == offer.word:
            call.out.line(f"{_insertion(shell, typed, offer.word)}\t{clean(offer.hint, limit=60)}")
    return DONE if found else NOTHING


def offers(call: Call, typed: Typed) -> Iterator[Offer]:
    """Everything that could stand where the cursor is."""
    before = list(typed.words[1:])
    name = _take_verb(before)
    if name is None:
        yield from (Offer(verb.name, verb.summary) for verb in VERBS.values())
        yield from _options(EVERYWHERE)
        return
    verb = VERBS.get(name)
    if verb is None:
        return
    known = {option.name: option for option in (*verb.options, *EVERYWHERE)}
    awaiting = known.get(before[-1]) if before else None
    if awaiting is not None and awaiting.value:
        yield from map(Offer, awaiting.choices)
        return
    if typed.current.startswith("--"):
        yield from _options(tuple(known.values()))
        return
    words = _words(before, known)
    if verb.actions and not words:
        yield from map(Offer, verb.actions)
        return
    yield from _of_words(call, verb, words, typed.current)


def _take_verb(before: list[str]) -> str | None:
    """The verb, with everything up to it taken off `before`; None if it is not there yet."""
    while before:
        word = before.pop(0)
        if not word.startswith("-"):
            return word
        if word == "--desk" and before:
            before.pop(0)
    return None


def _options(known: tuple[Option, ...]) -> Iterator[Offer]:
    return (Offer(option.name, option.help) for option in known)


def _words(before: list[str], known: dict[str, Option]) -> list[str]:
    """What is typed already, without the options and their values."""
    words: list[str] = []
    rest = iter(before)
    for word in rest:
        option = known.get(word)
        if option is None:
            words.append(word)
        elif option.value:
            next(rest, None)
    return words


def _of_words(call: Call, verb: Verb, words: list[str], current: str) -> Iterator[Offer]:
    if verb.name in {"view", "label"} and len(words) == 1 and words[0] not in {"list", "save", "add"}:
        yield from _names(call.desk, verb.name)
        return
    if verb.name == "view" and words[:1] == ["save"] and len(words) > 1:
        yield from _language(call, "query", words[2:], current)
        return
    match verb.words:
        case "query":
            yield from _language(call, "query", words[1:] if verb.actions else words, current)
        case "change" if not words:
            yield from _language(call, "query", words, current)
            yield from _tickets(call.desk)
        case "change":
            numbers = len(list(takewhile(str.isdigit, words)))
            yield from _language(call, "change", words[numbers or 1 :], current)
        case "title" if words:
            yield from _language(call, "change", [], current)
        case "column":
            if words:
                yield from _columns(call.desk)
            yield from _tickets(call.desk)
        case "number" if not words:
            yield from _tickets(call.desk)


def _language(call: Call, which: str, words: list[str], current: str) -> Iterator[Offer]:
    from helpdesk_tui.desk.completing import complete_change, complete_query

    ask: Callable[[Desk, str, int], list[Completion]] = complete_query if which == "query" else complete_change
    text = " ".join([*words, current])
    begins = len(text) - len(current)
    for found in ask(call.desk, text, len(text)):
        if found.start >= begins:
            yield Offer(text[begins : found.start] + found.insert, found.hint)


def _tickets(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.tickets import find

    for card in find(desk, desk.ask("is:open sort:-updated"), limit=TICKETS):
        yield Offer(str(card.number), card.title)


def _columns(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.boards import all_boards

    names = {column.name: board.name for board in all_boards(desk) for column in board.columns}
    yield from (Offer(name, board) for name, board in names.items())
    yield from map(Offer, ("todo", "doing", "done"))


def _names(desk: Desk, noun: str) -> Iterator[Offer]:
    if noun == "view":
        from helpdesk_tui.desk.views import views

        yield from (Offer(view.name, view.query) for view in views(desk))
    else:
        from helpdesk_tui.desk.labels import labels

        yield from (Offer(label.name, label.color) for label in labels(desk))


def _insertion(shell: str, typed: Typed, word: str) -> str:
    """The word as that shell must be given it: fish quotes by itself, bash keeps what stands before its last break."""
    if shell == "fish":
        return word
    if typed.quote:
        return word if typed.quote == "'" else word.replace("\\", "\\\\").replace('"', '\\"')
    if shell == "bash":
        word = word[typed.broken :]
    return shlex.quote(word) if word else word
