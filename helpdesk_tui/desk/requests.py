"""The desk as whoever asks for help sees it: their tickets by how they stand, and what they may say of them."""

from __future__ import annotations

from msgspec.structs import replace

from helpdesk_tui.desk import applying, conversation
from helpdesk_tui.desk.boards import BoardState, ColumnState, Question, selected
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import working
from helpdesk_tui.domain.board import Board, Category, Column
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket import RATINGS, Card, Speech, Standing
from helpdesk_tui.errors import NotAllowed, UsageError
from helpdesk_tui.language.bound import Always
from helpdesk_tui.language.terms import MoveTo, Reopen
from helpdesk_tui.store import card_page, news, requests
from helpdesk_tui.store import cards as store_cards
from helpdesk_tui.store.cards import Condition
from helpdesk_tui.store.unit_of_work import Unit

MINE = 0
"""The board that none is: all the tickets a person may see, by how they stand for whoever asked."""

_CATEGORIES = {
    Standing.WAITING: Category.TODO,
    Standing.WORKED_ON: Category.DOING,
    Standing.SOLVED: Category.DONE,
}
_COLUMNS = {
    -at: (standing, Column(-at, MINE, standing.value.capitalize(), _CATEGORIES[standing]))
    for at, standing in enumerate(Standing, start=1)
}
BOARD = Board(MINE, "My tickets", tuple(column for _, column in _COLUMNS.values()))

BEST = max(RATINGS)


# Reading, as `boards` does


def read(desk: Desk, question: Question, page: int = 50) -> BoardState:
    """Everything a first paint needs, at one moment."""
    asking = desk.asking()
    with desk.store.reading() as unit:
        wanted = selected(desk, question.query, asking)
        counts = requests.counts(unit, wanted)
        states = [
            ColumnState(column, counts[standing], counts[standing], 0, tuple(_page(unit, desk, question, key, 0, page)))
            for key, (standing, column) in _COLUMNS.items()
        ]
        shown = sum(counts.values())
        total = shown if question.query.test == Always() else store_cards.count(unit, _all(desk))
        return BoardState(BOARD, tuple(states), shown, total, 0, 0, news.last_event_id(unit))


def cards(desk: Desk, question: Question, column_id: int, offset: int, limit: int) -> list[Card]:
    """One page of a column."""
    with desk.store.reading() as unit:
        return _page(unit, desk, question, column_id, offset, limit)


def position(desk: Desk, question: Question, number: int) -> tuple[int, int] | None:
    """The column and the index in it at which a ticket stands now; None if the question does not select it."""
    with desk.store.reading() as unit:
        for column_id in _COLUMNS:
            found = _numbers(unit, desk, question, column_id, 0, None)
            if number in found:
                return column_id, found.index(number)
    return None


def _page(unit: Unit, desk: Desk, question: Question, column_id: int, offset: int, limit: int) -> list[Card]:
    numbers = _numbers(unit, desk, question, column_id, offset, limit)
    if not numbers:
        return []
    found = card_page.cards(unit, numbers, desk.actor)
    answers, fresh = requests.answers(unit, numbers), requests.with_news(unit, numbers, desk.actor)
    return [
        replace(
            card,
            unread=card.number in fresh,
            answered=answer.at if (answer := answers.get(card.number)) is not None else None,
            answered_by=answer.by if answer is not None else "",
        )
        for card in found
    ]


def _numbers(unit: Unit, desk: Desk, question: Question, column_id: int, offset: int, limit: int | None) -> list[int]:
    standing = _COLUMNS[column_id][0]
    wanted = selected(desk, question.query, desk.asking()) & requests.in_standing(standing)
    return store_cards.numbers(unit, wanted, requests.order(standing, question.query), limit, offset)


def _all(desk: Desk) -> Condition:
    return selected(desk, desk.ask(""), desk.asking())


# What they may say


def confirm_solved(desk: Desk, number: int) -> Outcome:
    """Whoever asked says that it is solved: an open ticket is done with that."""
    with working(desk.insisting(), Act.CONFIRM) as work:  # what it waits for is the team's affair
        ticket = work.ticket(number)
        if ticket["closed_at"] is None:
            applying.apply(work, ticket, [MoveTo(Category.DONE)])
        work.tell(number, "confirmed solved")
        return work.commit(f"#{number}: solved, thank you")


def reopen(desk: Desk, number: int, why: str = "") -> Outcome:
    """Whoever asked says that it is not solved, and why. UsageError if it is open."""
    with working(desk, Act.REOPEN, *((Act.REPLY,) if why else ())) as work:
        ticket = work.ticket(number)
        applying.apply(work, ticket, [Reopen()])
        if why:
            conversation.add(work, number, Speech.REPLY, why)
        return work.commit(f"#{number}: open again")


def rate(desk: Desk, number: int, stars: int) -> Outcome:
    """Whoever asked says how it went, from 1 to `BEST`. UsageError for other numbers and while it is open."""
    if stars not in RATINGS:
        raise UsageError(f"{stars} is no rating.", f"Say from 1 (very badly) to {BEST} (very well).")
    with working(desk, Act.RATE) as work:
        ticket = work.ticket(number)
        if ticket["requester_id"] != desk.actor.id:
            raise NotAllowed("Only who asked says how it went.", "This ticket is a colleague's.")
        if ticket["closed_at"] is None:
            raise UsageError(f"#{number} is not solved yet.", "Say how it went once it is.")
        work.alter("ticket", ticket, {"rating": stars}, "rated")
        return work.commit(f"#{number}: {stars} of {BEST}, thank you")
