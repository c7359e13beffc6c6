"""My day and the next best ticket, from any screen that shows tickets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from helpdesk_tui.tui.screens.ticket_asks import TicketAsks

if TYPE_CHECKING:
    from textual.screen import Screen

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome


class DayWork(TicketAsks):
    """Mixin for the board and the ticket."""

    def action_day(self) -> None:
        from helpdesk_tui.tui.screens.day import DayPick

        self.app.push_screen(DayPick(), lambda _left: self.look_again())

    def look_again(self) -> None:
        """My day was left: tickets may have been worked on there."""
        raise NotImplementedError

    def action_take_next(self) -> None:
        self.ask(take, self.go_to_taken, self.failed, hold=True)

    def go_to_taken(self, found: tuple[int, Outcome]) -> None:
        """A ticket is mine and begun: show it."""
        raise NotImplementedError


def take(desk: Desk) -> tuple[int, Outcome]:
    """Take the next best ticket."""
    from helpdesk_tui.desk import day

    return day.take_next(desk)


def open_taken(over: Screen[Any], found: tuple[int, Outcome], then: Callable[[int | None], None] | None = None) -> None:
    """Open the ticket that was taken over that screen, and tell there what was done."""
    from helpdesk_tui.tui.screens.ticket import TicketScreen

    number, outcome = found
    ticket = TicketScreen(number)
    over.app.push_screen(ticket, then)
    ticket.call_after_refresh(ticket.tell, outcome)
