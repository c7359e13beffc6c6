"""What may ask for the same as the title being typed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList

SHOWN = 3
"""Tickets shown: the likeliest."""


class Likely(Vertical):
    """A few tickets under a heading; nothing, and no room taken, without any. A click chooses one."""

    DEFAULT_CSS = "Likely { height: auto; margin-bottom: 1; }"

    def compose(self) -> ComposeResult:
        yield Static(Content("Perhaps it is there already: ctrl+o opens the first."), classes="name")
        yield ChoiceList()

    def on_mount(self) -> None:
        self.display = False

    def show(self, cards: Sequence[Card]) -> None:
        """Show these tickets, or nothing."""
        choices = [
            Choice(card.number, f"#{card.number} {card.title}", " · ".join(filter(None, (card.column, card.assignee))))
            for card in cards[:SHOWN]
        ]
        found = self.query_one(ChoiceList)
        if choices != found.choices:
            found.styles.height = len(choices)
            found.show_choices(choices)
        self.display = bool(choices)

    @property
    def first(self) -> int | None:
        """The number of the likeliest, None without any."""
        choice = self.query_one(ChoiceList).choice
        return None if choice is None or not self.display else int(choice.value)
