"""What the keys do to cards on the board: move, reorder, open. Pickers and words are those of every ticket screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk_tui.tui.looking import neighbour
from helpdesk_tui.tui.screens.board_base import BoardBase
from helpdesk_tui.tui.screens.day_work import DayWork, open_taken
from helpdesk_tui.tui.widgets.column import ColumnView

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.ticket_detail import TicketDetail


class BoardCards(DayWork, BoardBase):
    """Mixin: moving cards with keys and mouse, and opening them."""

    # Moving

    def action_card_left(self) -> None:
        self._shift(-self._times("card_left"))

    def action_card_right(self) -> None:
        self._shift(self._times("card_right"))

    def _times(self, action: str) -> int:
        """How many presses of its key this move stands for: those that came while the one before was being made."""
        again: int = self.app.pressed_again(action)
        return 1 + again

    def _shift(self, by: int) -> None:
        """Move the chosen cards so many columns on from where each stands when its turn comes."""
        numbers = self.chosen()
        if not numbers:
            self.say("There is no card here to move.", "bad")
            return

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import tickets

            return tickets.shift(desk, numbers, by)

        self.do(work)

    def action_card_up(self) -> None:
        self._reorder(-self._times("card_up"))

    def action_card_down(self) -> None:
        self._reorder(self._times("card_down"))

    def _reorder(self, by: int) -> None:
        card = self.card
        if card is None:
            return
        number, question = card.number, self.seen.question

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import ordering

            return ordering.reorder(desk, number, by, question)

        self.do(work)

    # The mouse

    def on_mouse_column_pointed(self, message: ColumnView.Pointed) -> None:
        """A click puts the cursor on a card, a double click opens it."""
        column = next((one for one in self.columns if one is message.column), None)
        if column is None:
            return
        self.activate(self.columns.index(column))
        column.go(min(message.index, max(0, column.pages.total - 1)))
        self.cursor_moved()
        if message.opens:
            self.action_open()

    def on_mouse_column_tabbed(self, message: ColumnView.Tabbed) -> None:
        self.activate(message.place)
        self.cursor_moved()

    def on_mouse_column_dragged(self, message: ColumnView.Dragged) -> None:
        """Shows where a dragged card would land; let go there, it moves."""
        target = next((one for one in self.columns if one.display and one.region.contains(message.x, message.y)), None)
        if target is message.column:
            target = None
        for column in self.columns:
            lands = column is target and not message.dropped
            if column.drop_target != lands:
                column.drop_target = lands
                column.redraw()
        numbers = self.chosen()
        if target is None or not numbers:
            self.say("")
        elif message.dropped:
            self.move(numbers, target.column_id)
        else:
            what = f"#{numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} cards"
            self.say(f"{what} to {target.heads[target.place].column.name}: let go to move")

    # Opening

    def action_open(self, section: str = "") -> None:
        from helpdesk_tui.tui.screens.ticket import TicketScreen

        card = self.card
        if card is None:
            self.say("There is no card here. n writes a new ticket.", "bad")
            return
        screen = TicketScreen(card.number, card=card, neighbours=self._neighbour, section=section)
        self.app.push_screen(screen, self.put_cursor_on)

    def _neighbour(self, desk: Desk, number: int, by: int) -> int | None:
        return neighbour(desk, self.seen.question, number, by)

    def put_cursor_on(self, number: int | None) -> None:
        """Back from a ticket: the cursor goes to it, as far as it is shown."""
        if number is not None and (self.card is None or self.card.number != number):
            self.find_card(number)
        else:
            self.look()

    def back_from(self, number: int | None) -> None:
        self.put_cursor_on(number)

    def go_to_taken(self, found: tuple[int, Outcome]) -> None:
        open_taken(self, found, self.put_cursor_on)

    def look_again(self) -> None:
        self.look()

    def action_checklist(self) -> None:
        self.action_open("checklist")

    def action_edit(self) -> None:
        card = self.card
        if card is None:
            return
        number = card.number

        def work(desk: Desk) -> TicketDetail:
            from helpdesk_tui.desk import tickets

            return tickets.open_ticket(desk, number)

        def edit(detail: TicketDetail) -> None:
            from helpdesk_tui.tui.screens.edit import Edit

            self.offer(Edit(detail), self.applied)

        self.ask(work, edit, self.failed, hold=True)
