"""`helpdesk complete`: what could stand at the cursor of a shell's line. Silent when anything is wrong."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from helpdesk_tui.cli import complete_subject
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.complete_offers import FIXED, OF_DESK, Offer, columns_of, files_of
from helpdesk_tui.cli.shell_line import Typed, split
from helpdesk_tui.cli.verb import Option
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import HelpdeskError

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.language.complete import Completion


def run(call: Call) -> int:
    """Print one possibility a line: what to insert, a tab, a hint."""
    (shell,) = call.expect(1, 1)
    typed = split(call.text("--line") or "")
    try:
        found = list(offers(call, typed))
    except HelpdeskError:
        return NOTHING
    for offer in found:
        if clean(offer.word) == offer.word:
            call.out.line(f"{_insertion(shell, typed, offer.word)}\t{clean(offer.hint, limit=60)}")
    return DONE if found else NOTHING


def offers(call: Call, typed: Typed) -> Iterator[Offer]:
    """Everything that could stand where the cursor is and begins as the word there does."""

    def fitting(known: Iterable[Offer]) -> Iterator[Offer]:
        return (offer for offer in known if offer.word.startswith(typed.current))

    before = list(typed.words[1:])
    name = _take_verb(before)
    if name is None:
        yield from fitting(Offer(verb.name, verb.summary) for verb in call.offered.verbs.values())
        yield from fitting(_options(call.offered.everywhere))
        return
    verb = call.offered.verbs.get(name)
    if verb is None:
        return
    known = {option.name: option for option in (*verb.options, *call.offered.everywhere)}
    awaiting = known.get(before[-1]) if before else None
    if awaiting is not None and awaiting.value:
        yield from fitting(map(Offer, awaiting.choices))
        subject, so_far = complete_subject.of_option(awaiting, _words(before[:-1], known))
    elif typed.current.startswith("--"):
        yield from fitting(_options(tuple(known.values())))
        return
    else:
        words = _words(before, known)
        if verb.actions and not words:
            yield from fitting(map(Offer, verb.actions))
            return
        subject, so_far = complete_subject.of_word(verb, words)
    if subject in {"query", "change", "rule change"}:
        yield from _language(call.desk, subject, so_far, typed.current)
    else:
        yield from fitting(_about(call, subject, so_far))


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


def _about(call: Call, subject: str, so_far: list[str]) -> Iterator[Offer]:
    if subject in FIXED:
        return FIXED[subject]()
    if subject in OF_DESK:
        return OF_DESK[subject](call.desk)
    if subject == "column of":
        return columns_of(call.desk, so_far[0])
    if subject == "file of":
        return files_of(call.desk, so_far[0])
    return iter(())


def _language(desk: Desk, which: str, words: list[str], current: str) -> Iterator[Offer]:
    from helpdesk_tui.desk.completing import complete_change, complete_query, complete_rule

    known = {"query": complete_query, "change": complete_change, "rule change": complete_rule}
    ask: Callable[[Desk, str, int], list[Completion]] = known[which]
    text = " ".join([*words, current])
    begins = len(text) - len(current)
    for found in ask(desk, text, len(text)):
        if found.start >= begins:
            yield Offer(text[begins : found.start] + found.insert, found.hint)


def _insertion(shell: str, typed: Typed, word: str) -> str:
    """The word as that shell must be given it: fish quotes by itself, bash keeps what stands before its last break."""
    if shell == "fish":
        return word
    if typed.quote:
        return word if typed.quote == "'" else word.replace("\\", "\\\\").replace('"', '\\"')
    if shell == "bash":
        word = word[typed.broken :]
    return shlex.quote(word) if word else word
