"""`helpdesk complete`: what could stand at the cursor of a shell's line. Silent when anything is wrong."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from helpdesk_tui.cli import catalog_attached
from helpdesk_tui.cli.call import DONE, NOTHING, Call
from helpdesk_tui.cli.shell_line import Typed, split
from helpdesk_tui.cli.verb import Option, Verb
from helpdesk_tui.cli.words import leading_numbers, number
from helpdesk_tui.domain import periods
from helpdesk_tui.domain.file_names import size_in_words
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import RATINGS
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
        if awaiting.value == "LOGIN":
            yield from fitting(_people(call.desk))
        if awaiting.value == "PERIOD":
            yield from fitting(map(Offer, periods.OFFERED))
        if awaiting.name == "--org":
            yield from fitting(_organizations(call.desk))
        if awaiting.value == "CALENDAR":
            yield from fitting(_calendars(call.desk))
        if awaiting.value == "ZONE":
            yield from fitting(_zones())
        if awaiting.name == "--country":
            yield from fitting(_countries())
        if awaiting.value == "QUERY":
            yield from _language(call, "query", [], typed.current)
        if awaiting.value == "WHEN":
            yield from fitting(_moments())
        if awaiting.name == "--then":
            yield from _language(call, "rule", [], typed.current)
        if awaiting.value == "NUMBER":
            yield from fitting(_tickets(call.desk))
        if awaiting in {catalog_attached.GET, catalog_attached.REMOVE}:
            yield from fitting(_files(call.desk, _words(before[:-1], known)))
        return
    if typed.current.startswith("--"):
        yield from fitting(_options(tuple(known.values())))
        return
    words = _words(before, known)
    if verb.actions and not words:
        yield from fitting(map(Offer, verb.actions))
        return
    about, so_far = _subject(verb, words)
    if about in {"query", "change"}:
        yield from _language(call, about, so_far, typed.current)
    if about in _WORDS:
        yield from fitting(map(Offer, _WORDS[about]))
    if about == "column of":
        yield from fitting(_columns_of(call.desk, so_far[0]))
    if about in _NAMES:
        yield from fitting(_NAMES[about](call.desk))


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


def _subject(verb: Verb, words: list[str]) -> tuple[str, list[str]]:
    """What the next word is about, and which of the words before belong to the same query or change."""
    match verb.words, words:
        case "query", _:
            return "query", words[1:] if verb.actions else words
        case "change", []:
            return "query", []
        case "change", _:
            return "change", words[len(leading_numbers(words)) or 1 :]
        case "title", [_, *_]:
            return "change", []
        case "rating", []:
            return "own closed", []
        case "rating", [_]:
            return "rating", []
        case "closed", []:
            return "closed", []
        case "column", [_, *_]:
            return "column", []
        case "link", [] | [_, _, *_]:
            return "number", []
        case "link", [_]:
            return "tie", []
        case "numbers", _:
            return "number", []
        case (("number" | "column"), []):
            return "number", []
        case "view", ["save", _, *query]:
            return "query", query
        case "view", [("show" | "remove")]:
            return "view", []
        case "board", [("rename" | "move" | "archive" | "remove" | "archive-after" | "limit")]:
            return "board", []
        case "board", ["unarchive"]:
            return "archived board", []
        case "board", ["column"]:
            return "column action", []
        case "board", ["member"]:
            return "member action", []
        case "board", ["column" | "member", _]:
            return "board", []
        case "board", ["limit", board] | [
            "column",
            ("rename" | "category" | "color" | "limit" | "move" | "remove"),
            board,
        ]:
            return "column of", [board]
        case "board", ["column", "category", _, _]:
            return "category", []
        case "board", ["member", ("add" | "remove"), _]:
            return "user", []
        case "board", ["member", "add", _, _]:
            return "role", []
        case "setting", [("get" | "set" | "reset")]:
            return "setting", []
        case "user", [("list" | "show" | "edit" | "deactivate" | "reactivate" | "merge" | "export" | "erase")]:
            return "user", []
        case "user", ["merge", _]:
            return "user", []
        case "org", [("edit" | "remove")]:
            return "org", []
        case "policy", [("show" | "change" | "move" | "remove")]:
            return "policy", []
        case "policy", ["try", *query]:
            return "query", query
        case "rule", [("show" | "change" | "move" | "on" | "off" | "remove" | "try" | "log")]:
            return "rule", []
        case "rule", ["add"]:
            return "shipped rule", []
        case "calendar", [("show" | "change" | "remove")]:
            return "calendar", []
        case "calendar", ["countries"]:
            return "country", []
        case "label", [("rename" | "color" | "remove")]:
            return "label", []
        case (("canned" | "template"), [("show" | "edit" | "remove")]):
            return verb.words, []
        case "template", ["use"]:
            return "template", []
        case "canned", ["use"]:
            return "number", []
        case "canned", ["use", *_]:
            return "canned", []
    return "", []


def _language(call: Call, which: str, words: list[str], current: str) -> Iterator[Offer]:
    from helpdesk_tui.desk.completing import complete_change, complete_query, complete_rule

    known = {"query": complete_query, "change": complete_change, "rule": complete_rule}
    ask: Callable[[Desk, str, int], list[Completion]] = known[which]
    text = " ".join([*words, current])
    begins = len(text) - len(current)
    for found in ask(call.desk, text, len(text)):
        if found.start >= begins:
            yield Offer(text[begins : found.start] + found.insert, found.hint)


def _tickets(desk: Desk, which: str = "is:open") -> Iterator[Offer]:
    from helpdesk_tui.desk.tickets import find

    for card in find(desk, desk.ask(f"{which} sort:-updated"), limit=TICKETS):
        yield Offer(str(card.number), card.title)


def _closed(desk: Desk) -> Iterator[Offer]:
    return _tickets(desk, "(is:done or is:archived)")


def _own_closed(desk: Desk) -> Iterator[Offer]:
    return _tickets(desk, "is:done requester:me")


def _ties(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.domain.related import TIES

    yield from (Offer(word, tie.words) for word, tie in TIES.items())
    yield from _tickets(desk)


def _columns(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.boards import all_boards

    names = {column.name: board.name for board in all_boards(desk) for column in board.columns}
    yield from (Offer(name, board) for name, board in names.items())
    yield from map(Offer, ("todo", "doing", "done"))


def _columns_of(desk: Desk, board: str) -> Iterator[Offer]:
    from helpdesk_tui.desk.boards import board_named

    return (Offer(column.name, column.category.value) for column in board_named(desk, board).columns)


def _boards(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.boards import all_boards

    return (Offer(board.name) for board in all_boards(desk))


def _archived_boards(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.boards import all_boards

    return (Offer(board.name) for board in all_boards(desk, archived=True) if board.archived_at is not None)


def _views(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.views import views

    return (Offer(view.name, view.query) for view in views(desk))


def _labels(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.labels import labels

    return (Offer(label.name, label.color) for label in labels(desk))


def _files(desk: Desk, words: list[str]) -> Iterator[Offer]:
    from helpdesk_tui.desk.files import files

    for file in files(desk, number(words[0])) if words else ():
        yield Offer(file.name, size_in_words(file.size))


def _canned(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.canned import canned

    names = {one.name: one.change for one in reversed(canned(desk))}
    return (Offer(name, change) for name, change in sorted(names.items()))


def _templates(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.templates import templates

    return (Offer(template.name, template.title) for template in templates(desk))


def _people(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.people import everybody

    return (Offer(person.short, person.name if person.login else "") for person in everybody(desk))


def _organizations(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.organizations import uses

    return (Offer(one.organization.name) for one in uses(desk))


def _policies(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.policies import uses

    return (Offer(one.policy.name, one.policy.query) for one in uses(desk))


def _calendars(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.calendars import uses

    return (Offer(one.calendar.name, one.calendar.zone) for one in uses(desk))


def _rules(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.rules import rules

    return (Offer(rule.name, rule.when) for rule in rules(desk))


def _shipped_rules(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.rules import shipped

    return (Offer(one.wording.name, one.about) for one in shipped(desk) if not one.added)


def _moments() -> Iterator[Offer]:
    from helpdesk_tui.domain.rules import MEANINGS, When

    yield from (Offer(moment.value, meaning) for moment, meaning in MEANINGS.items() if moment is not When.SCHEDULE)
    yield from map(Offer, ("daily 07:00", "weekdays 08:00", "first monday 09:00", "monthly 1 09:00", "hourly"))


def _zones() -> Iterator[Offer]:
    from zoneinfo import available_timezones

    return map(Offer, sorted(available_timezones()))


def _countries(_desk: Desk | None = None) -> Iterator[Offer]:
    from helpdesk_tui.desk.public_days import countries

    return (Offer(code, name) for code, name in sorted(countries().items()))


def _settings(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.settings import in_words

    return (Offer(name, value) for name, value in in_words(desk).items())


_WORDS = {
    "column action": ("add", "rename", "category", "color", "limit", "move", "remove"),
    "member action": ("list", "add", "remove", "only"),
    "category": ("todo", "doing", "done"),
    "rating": tuple(map(str, RATINGS)),
    "role": ("admin", "agent", "viewer", "requester"),
}
_NAMES: dict[str, Callable[[Desk], Iterator[Offer]]] = {
    "number": _tickets,
    "closed": _closed,
    "own closed": _own_closed,
    "tie": _ties,
    "column": _columns,
    "board": _boards,
    "archived board": _archived_boards,
    "view": _views,
    "label": _labels,
    "canned": _canned,
    "template": _templates,
    "setting": _settings,
    "user": _people,
    "org": _organizations,
    "policy": _policies,
    "calendar": _calendars,
    "country": _countries,
    "rule": _rules,
    "shipped rule": _shipped_rules,
}


def _insertion(shell: str, typed: Typed, word: str) -> str:
    """The word as that shell must be given it: fish quotes by itself, bash keeps what stands before its last break."""
    if shell == "fish":
        return word
    if typed.quote:
        return word if typed.quote == "'" else word.replace("\\", "\\\\").replace('"', '\\"')
    if shell == "bash":
        word = word[typed.broken :]
    return shlex.quote(word) if word else word
