"""Reading boards for the screen: counts, pages of cards, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from msgspec import Struct

from helpdesk_tui.clock import whole_milliseconds
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.board import Board, Column
from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.domain.words import fold
from helpdesk_tui.errors import NotFound, UsageError
from helpdesk_tui.language.asking import Asking
from helpdesk_tui.language.bound import Always, Bound
from helpdesk_tui.store import card_page, directory, standing
from helpdesk_tui.store import cards as store_cards
from helpdesk_tui.store import news as news_since
from helpdesk_tui.store.cards import Condition, Shown
from helpdesk_tui.store.standing import Standing
from helpdesk_tui.store.unit_of_work import Unit

NEWS_LIMIT = 1000
"""Touched tickets that are named one by one; beyond, everything counts as changed."""

_STRUCTURE = {"board", "column", "label", "person", "view", "organization"}


class Question(Struct, frozen=True):
    """What a board on screen asks: which board, and which of its tickets."""

    board_id: int
    query: Bound


class ColumnState(Struct, frozen=True):
    """A column as it stands: `shown` match the question, `total` are all on it (what its limit counts)."""

    column: Column
    shown: int
    total: int
    late: int
    first: tuple[Card, ...]


class BoardState(Struct, frozen=True):
    """A board as it stands at one moment. `late` and `due_today` count the whole board, whatever is asked."""

    board: Board
    columns: tuple[ColumnState, ...]
    shown: int
    total: int
    late: int
    due_today: int
    last_event_id: int


class News(Struct, frozen=True):
    """What was recorded since an event. `numbers` None: too many to name."""

    last_event_id: int
    numbers: tuple[int, ...] | None
    structure_changed: bool


def all_boards(desk: Desk, *, archived: bool = False) -> tuple[Board, ...]:
    """Every board that is there for the acting person, in order; `archived` ones only where they are asked for."""
    with desk.store.reading() as unit:
        return directory.boards(unit, store_cards.known_board(desk.actor), archived=archived)


def read(desk: Desk, question: Question, page: int = 50) -> BoardState:
    """Everything a first paint needs, at one moment. NotFound if the board is gone."""
    asking = desk.asking()
    with desk.store.reading() as unit:
        board = _board(unit, desk, question.board_id)
        standings = standing.by_column(unit, desk.actor, board, asking.now, _today(desk, asking.now))
        shown = _shown(unit, desk, question.query, board, asking, standings, page)
        first = {
            card.number: card
            for card in card_page.cards(unit, [number for one in shown.values() for number in one.first], desk.actor)
        }
        states = [
            ColumnState(
                column, one.count, standings[column.id].total, one.late, tuple(first[number] for number in one.first)
            )
            for column in board.columns
            for one in [shown.get(column.id, Shown(0, 0, ()))]
        ]
        return BoardState(
            board=board,
            columns=tuple(states),
            shown=sum(one.count for one in shown.values()),
            total=sum(one.total for one in standings.values()),
            late=sum(one.late for one in standings.values()),
            due_today=sum(one.due_today for one in standings.values()),
            last_event_id=news_since.last_event_id(unit),
        )


def _shown(
    unit: Unit,
    desk: Desk,
    query: Bound,
    board: Board,
    asking: Asking,
    standings: dict[int, Standing],
    page: int,
) -> dict[int, Shown]:
    """What a query leaves of each column, by the cheapest way there is to it."""
    wanted = selected(desk, query, asking)
    if store_cards.has_text(query):
        return store_cards.shown_at_once(unit, wanted, board.columns, query, desk.actor, asking.now, page)
    if query.test == Always():
        counts = {column_id: (one.total, one.late) for column_id, one in standings.items()}
    else:
        counts = store_cards.shown_by_column(unit, wanted, [column.id for column in board.columns], asking.now)
    return {
        column.id: Shown(*counts[column.id], tuple(_numbers(unit, desk, wanted, column, query, 0, page)))
        for column in board.columns
        if column.id in counts
    }


def cards(desk: Desk, question: Question, column_id: int, offset: int, limit: int) -> list[Card]:
    """One page of a column."""
    with desk.store.reading() as unit:
        board = _board(unit, desk, question.board_id)
        wanted = selected(desk, question.query, desk.asking())
        return _page(unit, desk, wanted, board.column(column_id), question.query, offset, limit)


def position(desk: Desk, question: Question, number: int) -> tuple[int, int] | None:
    """The column and the index in it at which a ticket stands now; None if the question does not select it."""
    with desk.store.reading() as unit:
        board = _board(unit, desk, question.board_id)
        wanted = selected(desk, question.query, desk.asking())
        place = store_cards.place(unit, wanted, number)
        if place is None or all(column.id != place.column_id for column in board.columns):
            return None
        column = board.column(place.column_id)
        index = store_cards.index_in_column(unit, wanted, number, place, column, question.query, desk.actor)
        return place.column_id, index


def all_numbers(desk: Desk, question: Question, column_id: int | None = None) -> list[int]:
    """The numbers of everything the question selects on the board, or on one column, column by column in order."""
    with desk.store.reading() as unit:
        board = _board(unit, desk, question.board_id)
        wanted = selected(desk, question.query, desk.asking())
        return [
            number
            for column in board.columns
            if column_id is None or column.id == column_id
            for number in store_cards.numbers(
                unit,
                wanted & store_cards.on_column(column.id),
                store_cards.board_order(column, question.query, desk.actor),
                None,
            )
        ]


def news(desk: Desk, since: int) -> News:
    """What was recorded after the event `since`, by whoever, on tickets the acting person may see."""
    with desk.store.reading() as unit:
        newest, tickets, entities = news_since.touched_since(unit, since, NEWS_LIMIT, desk.actor)
    named = tuple(sorted(tickets)) if len(tickets) < NEWS_LIMIT else None
    return News(newest, named, bool(entities & _STRUCTURE))


def changed(desk: Desk) -> bool:
    """Whether another connection committed since the last call; microseconds, to be called from one thread."""
    return desk.watch.changed()


def _boards(unit: Unit, desk: Desk) -> tuple[Board, ...]:
    return directory.boards(unit, store_cards.known_board(desk.actor))


def _board(unit: Unit, desk: Desk, board_id: int) -> Board:
    for board in _boards(unit, desk):
        if board.id == board_id:
            return board
    raise NotFound("There is no such board.", "It may have been removed; `helpdesk board list` shows them.")


def selected(desk: Desk, query: Bound, asking: Asking) -> Condition:
    """The tickets, on whichever board, that a query selects for the acting person."""
    return store_cards.selected(query, asking, desk.actor)


def _page(
    unit: Unit, desk: Desk, wanted: Condition, column: Column, query: Bound, offset: int, limit: int
) -> list[Card]:
    return card_page.cards(unit, _numbers(unit, desk, wanted, column, query, offset, limit), desk.actor)


def _numbers(
    unit: Unit, desk: Desk, wanted: Condition, column: Column, query: Bound, offset: int, limit: int
) -> list[int]:
    order = store_cards.board_order(column, query, desk.actor)
    return store_cards.numbers(unit, wanted & store_cards.on_column(column.id), order, limit, offset)


def _today(desk: Desk, now: datetime) -> tuple[datetime, datetime]:
    """The bounds of the reader's own day, in UTC."""
    day = now.astimezone(desk.zone).date()
    start = datetime.combine(day, time(), desk.zone)
    end = datetime.combine(day + timedelta(days=1), time(), desk.zone)
    return whole_milliseconds(start), whole_milliseconds(end)


def board_named(desk: Desk, name: str, *, archived: bool = False) -> Board:
    """The board of that name, an `archived` one only if it may be. UsageError with the names if there is none."""
    known: Sequence[Board] = all_boards(desk, archived=archived)
    for board in known:
        if fold(board.name) == fold(name):
            return board
    raise UsageError(f"There is no board {name!r}.", f"Boards: {', '.join(board.name for board in known)}.")
