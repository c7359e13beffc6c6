"""Putting a card above or below its neighbours by hand."""

from __future__ import annotations

from helpdesk_tui.desk.boards import Question, selected
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.work import Work, no_such_ticket, working
from helpdesk_tui.domain.board import Category, Column
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.rank import between, known
from helpdesk_tui.language.bound import Bound
from helpdesk_tui.store import cards as store_cards
from helpdesk_tui.store import directory, values
from helpdesk_tui.store.cards import Condition
from helpdesk_tui.store.records import Stored


def reorder(desk: Desk, number: int, steps: int, question: Question) -> Outcome:
    """Move a card so many places up (negative) or down among the cards shown in its column, or as far as it can go.

    The column's order may forbid it; the outcome then says why and nothing changes.
    """
    with working(desk, Act.MOVE) as work:
        ticket = work.ticket(number)
        column = work.column(ticket["column_id"])
        if question.query.sort:
            return Outcome((), "The query sorts this board: remove `sort:` to order cards by hand")
        if question.query.lanes is not None:
            return Outcome((), "The board is in swimlanes: leave them with S to order cards by hand")
        if column.category is Category.DONE:
            return Outcome((), f"{column.name} shows the latest closed first, so cards there keep their place")
        wanted = selected(desk, question.query, desk.asking())
        index = _index(work, wanted, number, column, question.query)
        why = ""
        for fewer in range(steps, 0, -1 if steps > 0 else 1):
            neighbours = _neighbours(work, wanted, column, question.query, index, fewer)
            if neighbours is None:
                why = f"#{number} is at the {'top' if steps < 0 else 'end'} of {column.name} already"
                continue
            upper, lower = neighbours
            beside = upper if steps > 0 else lower
            if beside is None or beside.priority == ticket["priority"]:
                break
            why = f"{values.priority(beside.priority).word} cards stand apart: `p` changes the priority of #{number}"
        else:
            return Outcome((), why)
        rank = _rank_between(work, upper, lower, ticket)
        work.alter("ticket", ticket, {"rank": rank}, "ordered")
        return work.commit(f"#{number} moved {'up' if steps < 0 else 'down'}")


def _index(work: Work, wanted: Condition, number: int, column: Column, query: Bound) -> int:
    place = store_cards.place(work.unit, wanted, number)
    if place is None:
        raise no_such_ticket(number)
    return store_cards.index_in_column(work.unit, wanted, number, place, column, query, work.desk.actor)


def _neighbours(
    work: Work, wanted: Condition, column: Column, query: Bound, index: int, steps: int
) -> tuple[store_cards.Place | None, store_cards.Place | None] | None:
    """The cards between which a card at `index` comes to stand after `steps`; None if that is past an end."""
    target = index + steps
    here = wanted & store_cards.on_column(column.id)
    unit, order = work.unit, store_cards.board_order(column, query, work.desk.actor)
    if target < 0:
        return None
    upper_index = target if steps > 0 else target - 1
    found = store_cards.numbers(unit, here, order, 2 if upper_index >= 0 else 1, max(0, upper_index))
    places: list[store_cards.Place | None] = [store_cards.place(unit, here, number) for number in found]
    if steps > 0:
        return None if not places else (places[0], places[1] if len(places) > 1 else None)
    return (places[0], places[1]) if upper_index >= 0 else (None, places[0])


def _rank_between(work: Work, upper: store_cards.Place | None, lower: store_cards.Place | None, ticket: Stored) -> str:
    """A rank between two neighbours of the card's own priority; a neighbour of another priority is an open end."""
    low = known(upper.rank) if upper is not None and upper.priority == ticket["priority"] else None
    high = known(lower.rank) if lower is not None and lower.priority == ticket["priority"] else None
    if low is not None and high is not None and low >= high:  # twins, as an import or an undo may leave them
        high = directory.next_rank(work.unit, upper.column_id, upper.priority, low) if upper else None
    return between(low, high)
