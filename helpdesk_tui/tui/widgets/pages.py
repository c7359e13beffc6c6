"""The cards of one column that are at hand: pages around what is looked at, out of however many there are."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence

from helpdesk_tui.domain.ticket import Card

PAGE = 25
"""Cards of a page."""

KEPT = 16
"""Pages that are kept."""


class Pages:
    """A column of `total` cards of which some pages are known, by their first index."""

    def __init__(self) -> None:
        self.total = 0
        self._pages: OrderedDict[int, Sequence[Card]] = OrderedDict()

    def renew(self, total: int, pages: Mapping[int, Sequence[Card]]) -> None:
        """Forget everything for these pages of a column that now has `total` cards."""
        self.total = total
        self._pages = OrderedDict(pages)

    def add(self, offset: int, cards: Sequence[Card]) -> None:
        """A page has come; the one least recently looked at goes if there are too many."""
        self._pages[offset] = cards
        self._pages.move_to_end(offset)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)

    def get(self, index: int) -> Card | None:
        """The card of that index, None if it is not at hand."""
        offset = index - index % PAGE
        page = self._pages.get(offset)
        if page is None or not 0 <= index - offset < len(page):
            return None
        return page[index - offset]

    def touch(self, index: int) -> None:
        """Note that the page around `index` is being looked at."""
        offset = index - index % PAGE
        if offset in self._pages:
            self._pages.move_to_end(offset)

    def missing(self, first: int, last: int) -> list[int]:
        """The offsets of the pages needed for the cards from `first` to `last` that are not at hand."""
        first, last = max(0, first), min(last, self.total - 1)
        return [offset for offset in range(first - first % PAGE, last + 1, PAGE) if offset not in self._pages]

    def index_of(self, number: int) -> int | None:
        """Where a ticket stands, if its card is at hand."""
        return next((index for index, card in self.known() if card.number == number), None)

    def known(self) -> Iterator[tuple[int, Card]]:
        """Every card at hand with its index."""
        for offset, page in self._pages.items():
            for at, card in enumerate(page):
                yield offset + at, card
