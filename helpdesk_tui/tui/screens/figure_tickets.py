"""The tickets behind a figure: those it counts, the most telling first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from helpdesk_tui.domain.figure_words import amount
from helpdesk_tui.domain.figures import Figure, Period
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.figure_cells import BUSINESS
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.figures import Facts
    from helpdesk_tui.domain.ticket import Card

MOST = 500
"""Tickets that are listed: the most telling ones."""


class Behind(Struct, frozen=True):
    """Which tickets: those that the figure, or that part of it, counts in the period. `name` is for people."""

    facts: Facts
    period: Period
    figure: Figure
    part: str = ""
    name: str = ""

    @property
    def called(self) -> str:
        """How the list is headed."""
        return f"{self.figure.called}: {self.name}" if self.name else self.figure.called


class FigureTickets(Pick):
    """Opens what is chosen over itself, so that the next one of the list is a key away."""

    HINT = (("enter", "open"), ("esc", "leave"))
    WIDTH = "-wide"

    def __init__(self, behind: Behind) -> None:
        super().__init__(behind.called, prompt="a title, a name", empty="No ticket is behind that.")
        self._behind = behind
        self._numbers: list[int] = []
        self._count = 0

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import figures, tickets

        one = self._behind
        numbers = figures.tickets(one.facts, one.period, one.figure, one.part)
        self._count, numbers = len(numbers), numbers[:MOST]
        if not numbers:
            return []
        asked = replace(desk.ask(f"number:{','.join(map(str, numbers))}"), mentions_archived=True)
        cards = {card.number: card for card in tickets.find(desk, asked, limit=None)}
        took = _amounts(one)
        # Somebody may have removed one of them since the figures were read.
        found = [_choice(cards[number], took.get(number), one) for number in numbers if number in cards]
        self._numbers = [choice.value for choice in found]
        return found

    def _loaded(self, choices: Sequence[Choice]) -> None:
        count = f"{self._count:,}" if self._count <= MOST else f"the first {MOST:,} of {self._count:,}"
        self.box_title(f"{self._behind.called} ({count})")
        super()._loaded(choices)

    def box_title(self, text: str) -> None:
        """Head the box with that."""
        from textual.content import Content

        from helpdesk_tui.domain.text import clean

        self.query_one(".sheet").border_title = Content(self.drawable(clean(text, limit=200)))

    def chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        from helpdesk_tui.tui.screens.ticket import TicketScreen

        self.app.push_screen(TicketScreen(choice.value, neighbours=self._neighbour), self._back_from)

    def _neighbour(self, _desk: Desk, number: int, by: int) -> int | None:
        at = self._numbers.index(number) + by
        return self._numbers[at] if 0 <= at < len(self._numbers) else None

    def _back_from(self, number: int | None) -> None:
        """The cursor goes to the ticket that was open last."""
        shown = [choice.value for choice in self.list.choices]
        if number in shown:
            self.list.go(shown.index(number) - self.list.cursor)


def _amounts(behind: Behind) -> dict[int, int | None]:
    """By number how many milliseconds a ticket took, where the figure is about that."""
    tickets = behind.facts.tickets
    ends, begins = {
        Figure.FIRST_REPLY: (tickets.replied_used, None),
        Figure.RESOLUTION: (tickets.resolved_used, None),
        Figure.LEAD_TIME: (tickets.closed, tickets.created),
        Figure.CYCLE_TIME: (tickets.closed, tickets.doing),
    }.get(behind.figure, (None, None))
    if ends is None:
        return {}
    if begins is None:
        return dict(zip(tickets.numbers, ends, strict=True))
    return {
        number: None if end is None or begin is None else end - begin
        for number, end, begin in zip(tickets.numbers, ends, begins, strict=True)
    }


def _choice(card: Card, took: int | None, behind: Behind) -> Choice:
    words = "" if took is None else amount(took / 1000, business=behind.figure in BUSINESS)
    rated = f"rated {card.rating}" if behind.figure is Figure.SATISFACTION and card.rating else ""
    note = " · ".join(part for part in (card.column, card.assignee or "nobody", rated or words) if part)
    return Choice(card.number, f"#{card.number} {card.title}", note)
