"""What a shell's line is completed with: the names the desk knows, and the fixed words of the verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from helpdesk_tui.cli.words import number
from helpdesk_tui.domain import periods
from helpdesk_tui.domain.file_names import size_in_words
from helpdesk_tui.domain.ticket import RATINGS

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk

TICKETS = 50
"""How many tickets are offered where a number is wanted: the ones touched last."""


class Offer(NamedTuple):
    """The whole word that could stand there, and a hint to it."""

    word: str
    hint: str = ""


def columns_of(desk: Desk, board: str) -> Iterator[Offer]:
    """The columns of one board."""
    from helpdesk_tui.desk.boards import board_named

    return (Offer(column.name, column.category.value) for column in board_named(desk, board).columns)


def files_of(desk: Desk, ticket: str) -> Iterator[Offer]:
    """The files of one ticket."""
    from helpdesk_tui.desk.files import files

    for file in files(desk, number(ticket)):
        yield Offer(file.name, size_in_words(file.size))


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


def _agents(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.people import agents

    return (Offer(person.short, person.name if person.login else "") for person in agents(desk))


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


def _settings(desk: Desk) -> Iterator[Offer]:
    from helpdesk_tui.desk.settings import in_words

    return (Offer(name, value) for name, value in in_words(desk).items())


def _moments() -> Iterator[Offer]:
    from helpdesk_tui.domain.rules import MEANINGS, When

    yield from (Offer(moment.value, meaning) for moment, meaning in MEANINGS.items() if moment is not When.SCHEDULE)
    yield from map(Offer, ("daily 07:00", "weekdays 08:00", "first monday 09:00", "monthly 1 09:00", "hourly"))


def _zones() -> Iterator[Offer]:
    from zoneinfo import available_timezones

    return map(Offer, sorted(available_timezones()))


def _countries() -> Iterator[Offer]:
    from helpdesk_tui.desk.public_days import countries

    return (Offer(code, name) for code, name in sorted(countries().items()))


FIXED: dict[str, Callable[[], Iterator[Offer]]] = {
    "period": lambda: map(Offer, periods.OFFERED),
    "moment": _moments,
    "zone": _zones,
    "country": _countries,
    "column action": lambda: map(Offer, ("add", "rename", "category", "color", "limit", "move", "remove")),
    "member action": lambda: map(Offer, ("list", "add", "remove", "only")),
    "category": lambda: map(Offer, ("todo", "doing", "done")),
    "rating": lambda: map(Offer, map(str, RATINGS)),
    "role": lambda: map(Offer, ("admin", "agent", "viewer", "requester")),
}
"""What is the same on every desk, by what the word is about."""

OF_DESK: dict[str, Callable[[Desk], Iterator[Offer]]] = {
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
    "agent": _agents,
    "org": _organizations,
    "policy": _policies,
    "calendar": _calendars,
    "rule": _rules,
    "shipped rule": _shipped_rules,
}
"""What the desk knows, by what the word is about."""
