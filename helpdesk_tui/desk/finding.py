"""Finding tickets: apart from changing them, which takes longer to load than a page of tickets takes to read."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.language.bound import Bound
from helpdesk_tui.store import card_page, cards


def pages(
    desk: Desk, query: Bound, *, limit: int | None = None, offset: int = 0, at_once: int = 500
) -> Iterator[list[Card]]:
    """The cards a query selects, in its order, so many at a time that however many there are, few are held.

    Which tickets they are is decided at once, what each says when its page is read: the desk is not held up meanwhile.
    """
    with desk.store.reading() as unit:
        condition = cards.selected(query, desk.asking(), desk.actor)
        found = cards.numbers(unit, condition, cards.list_order(query, desk.actor), limit, offset)
    for start in range(0, len(found), at_once):
        with desk.store.reading() as unit:
            page = card_page.cards(unit, found[start : start + at_once], desk.actor)
        yield page


def find(desk: Desk, query: Bound, *, limit: int | None = 50, offset: int = 0) -> list[Card]:
    """The cards a query selects, in its order. `limit` None: all."""
    with desk.store.reading() as unit:
        condition = cards.selected(query, desk.asking(), desk.actor)
        found = cards.numbers(unit, condition, cards.list_order(query, desk.actor), limit, offset)
        return [
            card
            for start in range(0, len(found), 500)
            for card in card_page.cards(unit, found[start : start + 500], desk.actor)
        ]


def numbers(desk: Desk, query: Bound) -> list[int]:
    """The numbers of all tickets a query selects, in its order."""
    with desk.store.reading() as unit:
        condition = cards.selected(query, desk.asking(), desk.actor)
        return cards.numbers(unit, condition, cards.list_order(query, desk.actor), None)


def count(desk: Desk, query: Bound) -> int:
    """How many tickets a query selects."""
    with desk.store.reading() as unit:
        return cards.count(unit, cards.selected(query, desk.asking(), desk.actor))
