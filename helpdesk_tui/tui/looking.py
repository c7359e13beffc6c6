"""What the board asks the desk for at once, and what it gets: run beside the screen, never on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from helpdesk_tui.tui.widgets.lanes import Lane
from helpdesk_tui.tui.widgets.pages import PAGE

if TYPE_CHECKING:
    from helpdesk_tui.desk.boards import BoardState, ColumnState, Question
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.domain.people import Face
    from helpdesk_tui.domain.ticket import Card

MINE = 0
"""The id of the board that is none: the tickets of somebody who asks for help (`requests.MINE`)."""


class Place(Struct, frozen=True):
    """Where a column stands on the screen: its cursor, the ticket under it, its first card, how many may be seen."""

    column_id: int
    cursor: int
    number: int | None
    top: int
    seen: int


class Wish(Struct, frozen=True):
    """What to look at. `board_id` None: the first board. `follow` is the ticket the board's cursor is on."""

    board_id: int | None
    text: str
    lane: Lane = Lane.NONE
    places: tuple[Place, ...] = ()
    follow: int | None = None
    faces: bool = False
    """Whether the avatars of the team are wanted too."""


class Look(Struct, frozen=True):
    """The board as it stands. `cursors` says per column where the ticket under its cursor is now, None: it is gone.

    `pages` are cards by column and first index. `active` is the column where the followed ticket stands.
    """

    wish: Wish
    question: Question
    state: BoardState
    pages: Mapping[int, Mapping[int, Sequence[Card]]]
    cursors: Mapping[int, int | None]
    active: int | None
    now: datetime
    faces: Mapping[str, Face] | None = None


def look(desk: Desk, wish: Wish) -> Look:
    """Everything the board needs to show what was wished for. LanguageError if its text is not a query."""
    question = ask(desk, wish)
    state = _reading(question).read(desk, question, PAGE)
    places = {place.column_id: place for place in wish.places}
    cursors: dict[int, int | None] = {}
    active: int | None = None
    if wish.follow is not None:
        found = _stands(desk, question, state, wish.follow)
        if found is not None:
            active, cursors[found[0]] = found[0], found[1]
    pages: dict[int, dict[int, Sequence[Card]]] = {}
    for column in state.columns:
        key = column.column.id
        place = places.get(key)
        if key not in cursors:
            cursors[key] = _cursor(desk, question, state, place)
        pages[key] = _pages(desk, question, column, place, cursors[key])
    return Look(wish, question, state, pages, cursors, active, desk.clock.now(), _faces(desk) if wish.faces else None)


def _faces(desk: Desk) -> Mapping[str, Face]:
    from helpdesk_tui.desk import faces

    return faces.faces(desk)


def ask(desk: Desk, wish: Wish) -> Question:
    """The question behind a wish."""
    from helpdesk_tui.desk import boards

    query = desk.ask(wish.text)
    if not desk.actor.on_team:
        return boards.Question(MINE, query)
    if wish.lane is not Lane.NONE:
        from helpdesk_tui.language.nodes import Sort

        query = replace(query, lanes=Sort(wish.lane.field, descending=wish.lane is Lane.PRIORITY))
    board_id = wish.board_id
    if not board_id:
        known = boards.all_boards(desk)
        if not known:  # others work on all of them: what is left is what one asked for oneself
            return boards.Question(MINE, desk.ask(wish.text))
        works_on = (board.id for board in known if desk.actor.role_on(board.id).on_team)
        board_id = next(works_on, known[0].id)
    return boards.Question(board_id, query)


def is_mine(question: Question) -> bool:
    """Whether it asks for the tickets of somebody who asks for help, not for a board."""
    return question.board_id == MINE


def _reading(question: Question) -> ModuleType:
    """What answers the question: `boards`, or `requests`, which has the same functions."""
    from helpdesk_tui.desk import boards

    if not is_mine(question):
        return boards
    from helpdesk_tui.desk import requests

    return requests


def page(desk: Desk, question: Question, column_id: int, offsets: Sequence[int]) -> dict[int, Sequence[Card]]:
    """Pages of a column that are not at hand."""
    reading = _reading(question)
    return {offset: reading.cards(desk, question, column_id, offset, PAGE) for offset in offsets}


def neighbour(desk: Desk, question: Question, number: int, by: int) -> int | None:
    """The ticket so many places further in its column; None past an end or where it is not shown."""
    reading = _reading(question)
    found = reading.position(desk, question, number)
    if found is None or found[1] + by < 0:
        return None
    cards: Sequence[Card] = reading.cards(desk, question, found[0], found[1] + by, 1)
    return cards[0].number if cards else None


def _stands(desk: Desk, question: Question, state: BoardState, number: int) -> tuple[int, int] | None:
    """The column and the index in it at which a ticket stands; the desk is asked only if it may be further down."""
    found = _found(state, number)
    if found is not None or all(column.shown <= len(column.first) for column in state.columns):
        return found
    place: tuple[int, int] | None = _reading(question).position(desk, question, number)
    return place


def _found(state: BoardState, number: int) -> tuple[int, int] | None:
    for column in state.columns:
        for index, card in enumerate(column.first):
            if card.number == number:
                return column.column.id, index
    return None


def _cursor(desk: Desk, question: Question, state: BoardState, place: Place | None) -> int | None:
    """Where the ticket under a column's cursor stands now, 0 for a column not seen before."""

    if place is None or place.number is None:
        return 0 if place is None else None
    found = _stands(desk, question, state, place.number)
    return found[1] if found is not None and found[0] == place.column_id else None


def _pages(
    desk: Desk, question: Question, column: ColumnState, place: Place | None, cursor: int | None
) -> dict[int, Sequence[Card]]:
    """The pages for what will be seen: from where the column was, moved along with its cursor."""
    found: dict[int, Sequence[Card]] = {0: column.first}
    if cursor is None:
        cursor = 0 if place is None else min(place.cursor, max(0, column.shown - 1))
    seen = 0 if place is None else place.seen
    top = 0 if place is None or not place.top else max(0, place.top + cursor - place.cursor)
    for first, last in ((top, top + seen), (cursor - seen, cursor + seen)):
        first, last = max(0, first), min(last, column.shown - 1)
        wanted = [offset for offset in range(first - first % PAGE, last + 1, PAGE) if offset not in found]
        found |= page(desk, question, column.column.id, wanted)
    return found
