"""What whoever asked for help says of their ticket: that it is solved, that it is not, how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk_tui.domain.ticket import RATINGS
from helpdesk_tui.tui.screens.ticket_asks import TicketAsks

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.ticket import Card


_OF_A_TICKET = frozenset({"open", "reply", "files", "confirm_solved", "not_solved", "rate"})


def useless_on(card: Card | None, me: str) -> frozenset[str]:
    """The actions that have nothing to do to this ticket as it stands; `me` is what a card calls who looks at it."""
    if card is None:
        return _OF_A_TICKET
    if card.closed is None:
        return frozenset({"rate"} if card.archived else {"rate", "not_solved"})
    return frozenset() if card.requester == me else frozenset({"rate"})


class RequestWork(TicketAsks):
    """Mixin for a screen that shows tickets to those who asked."""

    def _one(self) -> Card | None:
        """The ticket that is meant; None, which is told, where there is none."""
        card = self.at_hand()
        if card is None:
            self.say("There is no ticket here. n asks for help.", "bad")
        return card

    def action_confirm_solved(self) -> None:
        card = self._one()
        if card is None:
            return
        number = card.number

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import requests

            return requests.confirm_solved(desk, number)

        def done(outcome: Outcome) -> None:
            self.applied(outcome)
            self._ask_how_it_went(card)

        self.ask(work, done, self.failed, hold=True)

    def action_not_solved(self) -> None:
        card = self._one()
        if card is None:
            return
        if card.closed is None and not card.archived:
            self.say("It is open: r writes to the team.", "bad")
            return
        from helpdesk_tui.tui.screens.text_entry import TextEntry

        says = "The team reads it, and takes it up again."
        about = f"reopen {card.number}"
        entry = TextEntry(f"What is still wrong with #{card.number}?", about, may_be_empty=True, says=says)
        self.offer(entry, lambda text: self._reopen(card.number, text, about))

    def _reopen(self, number: int, text: str, about: str) -> None:
        from helpdesk_tui.tui.drafts import drafts_of

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import requests

            return requests.reopen(desk, number, text.strip())

        def done(outcome: Outcome) -> None:
            drafts_of(self.app).drop(about)
            self.applied(outcome)

        self.ask(work, done, self.failed, hold=True)

    def action_rate(self) -> None:
        card = self._one()
        if card is None:
            return
        if card.closed is None:
            self.say("It is not solved yet: then you say how it went.", "bad")
        elif not self._ask_how_it_went(card):
            self.say("Only who asked says how it went.", "bad")

    def _ask_how_it_went(self, card: Card) -> bool:
        """Five stars to one; False where a colleague asked."""
        desk = self.app.gateway.desk
        if desk is None or card.requester != desk.actor.name:
            return False
        from helpdesk_tui.tui.screens.pick import Pick
        from helpdesk_tui.tui.widgets.picker import Choice

        choices = [
            Choice(stars, f"{stars} {words}", "★" * stars, current=stars == card.rating)
            for stars, words in RATINGS.items()
        ]
        self.offer(Pick(f"How did it go with #{card.number}?", choices), lambda stars: self._rate(card.number, stars))
        return True

    def _rate(self, number: int, stars: int) -> None:
        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import requests

            return requests.rate(desk, number, stars)

        self.do(work)
