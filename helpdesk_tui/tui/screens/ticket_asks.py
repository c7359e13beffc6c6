"""What the work on tickets asks of the screen that shows them, and how it tells what came of it.

Everything of the desk is imported when it is first needed: a board paints before the store is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from helpdesk_tui.errors import HelpdeskError, NeedsYes
from helpdesk_tui.tui.asks import Asks

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.ticket import Card
    from helpdesk_tui.language.terms import Term


class TicketAsks(Asks):
    """Mixin for a screen that shows tickets: it says which are meant, and where things are told."""

    scope: str
    """Whose part of the keymap the screen has."""

    # What the screen says of itself

    def chosen(self) -> tuple[int, ...]:
        """The numbers of the tickets an action is for: the marked ones, else the one under the cursor."""
        raise NotImplementedError

    def at_hand(self) -> Card | None:
        """The one ticket that is meant, None where several are: its values are shown as the current ones."""
        raise NotImplementedError

    def changed(self, outcome: Outcome) -> None:
        """The desk has changed something: show it."""
        raise NotImplementedError

    def say(self, text: str, tone: str = "good") -> None:
        """Tell in one line what happened; `tone` is "good" or "bad"."""
        raise NotImplementedError

    def board_id(self) -> int | None:
        """The board new tickets land on."""
        card = self.at_hand()
        return None if card is None else card.board_id

    # Telling

    def heading(self, verb: str) -> str:
        """ "Assign #142", "Assign 12 tickets"."""
        numbers = self.chosen()
        return f"{verb} #{numbers[0]}" if len(numbers) == 1 else f"{verb} {len(numbers)} tickets"

    def applied(self, outcome: Outcome) -> None:
        """Say what was done and what to know about it, and show it."""
        self.tell(outcome)
        self.changed(outcome)

    def tell(self, outcome: Outcome) -> None:
        """Say what was done and what to know about it."""
        undo = " · u undoes" if outcome.change_set is not None else ""
        self.say(f"{outcome.said}{undo}" if not outcome.warnings else f"{outcome.said} · {' '.join(outcome.warnings)}",
                 "bad" if outcome.warnings else "good")  # fmt: skip

    def failed(self, error: HelpdeskError) -> None:
        self.say(str(error), "bad")

    def do(self, work: Callable[[Desk], Outcome]) -> None:
        """Let the desk do it, then tell; what good sense speaks against is asked about first."""
        self.ask(work, self.applied, lambda error: self.refused(error, work))

    def refused(self, error: HelpdeskError, work: Callable[[Desk], Outcome]) -> None:
        """Tell why it was not done, or ask whether it is meant and do it then."""
        if isinstance(error, NeedsYes) and self.is_current:
            from helpdesk_tui.tui.screens.related import ask_first

            ask_first(self, error.message, lambda: self.do(lambda desk: work(desk.insisting())))
        else:
            self.failed(error)

    def change(self, numbers: Sequence[int], terms: Sequence[Term]) -> None:
        """Apply these terms to these tickets; nothing for none of either."""
        if not terms or not numbers:
            return

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import tickets

            return tickets.change(desk, numbers, terms)

        self.do(work)

    def offer_change(self, picker: Any) -> None:
        """Open a picker of terms for the chosen tickets: these, whatever the cursor is on by the time it closes."""
        numbers = self.chosen()
        self.offer(picker, lambda terms: self.change(numbers, terms))

    def offer(self, screen: Any, then: Callable[[Any], None]) -> None:
        """Open a modal for the chosen tickets; nothing where there are none, or when it is left."""
        if not self.chosen():
            self.say("There is no ticket here. n makes one.", "bad")
            return
        if self.is_current:  # an answer that came late must not open over something else
            self.app.push_screen(screen, lambda value: None if value is None else then(value))
