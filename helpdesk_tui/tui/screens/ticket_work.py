"""What can be done to tickets from the keyboard, the same on the board and in the ticket.

A screen that mixes this in says which tickets are meant; the pickers, the desk's verbs and what is said afterwards are
here. Everything of the desk is imported when it is first needed: a board paints before the store is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpdesk_tui.tui.screens.field_work import FieldWork
from helpdesk_tui.tui.screens.speech_work import SpeechWork

if TYPE_CHECKING:
    from textual import events

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome


class TicketWork(FieldWork, SpeechWork):
    """Mixin for a screen that shows tickets."""

    def action_watch(self) -> None:
        numbers = self.chosen()

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import tickets

            return tickets.watch(desk, numbers)

        if numbers:
            self.do(work)

    def action_time(self) -> None:
        from helpdesk_tui.tui.screens.time import TimePick

        self.offer(TimePick(self.heading("Time on"), self.chosen()), self.do)

    def action_notices(self) -> None:
        from helpdesk_tui.tui.screens.notices import NoticesPick

        self.app.push_screen(NoticesPick(), self.open_noticed)

    def open_noticed(self, number: int | None) -> None:
        """Go to the ticket that a notice is about."""
        from helpdesk_tui.tui.screens.ticket import TicketScreen

        if number:  # 0: about the whole desk
            self.app.push_screen(TicketScreen(number), self.back_from)

    def back_from(self, number: int | None) -> None:
        """Back from a ticket that was opened over this screen."""

    def action_archive(self) -> None:
        from helpdesk_tui.language.terms import Archive, Reopen

        card = self.at_hand()
        self.change(self.chosen(), [Reopen() if card is not None and card.archived else Archive()])

    # Places

    def action_card_done(self) -> None:
        from helpdesk_tui.domain.board import Category
        from helpdesk_tui.language.terms import MoveTo

        self.change(self.chosen(), [MoveTo(Category.DONE)])

    def action_move_to(self) -> None:
        from helpdesk_tui.tui.screens.views import MovePick

        card = self.at_hand()
        column, numbers = None if card is None else card.column_id, self.chosen()
        picker = MovePick(self.heading("Move"), self.board_id(), column)
        self.offer(picker, lambda column_id: self.move(numbers, column_id))

    def move(self, numbers: Sequence[int], column_id: int) -> None:
        """Move these tickets to that column."""

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import tickets

            return tickets.move(desk, numbers, column_id)

        self.do(work)

    # Words

    def action_new(self) -> None:
        from helpdesk_tui.tui.screens.create import Create

        self.app.push_screen(
            Create(self.board_id()), lambda outcome: None if outcome is None else self.applied(outcome)
        )

    def action_change_line(self) -> None:
        from helpdesk_tui.tui.screens.change_line import ChangeLine

        self.offer(ChangeLine(self.chosen()), self.applied)

    def action_files(self) -> None:
        from helpdesk_tui.tui.screens.files import show_files

        show_files(self)

    def on_paste(self, event: events.Paste) -> None:
        from helpdesk_tui.tui.screens.files import attach_pasted

        if attach_pasted(self, event.text):
            event.stop()

    # Other tickets

    def action_link(self) -> None:
        from helpdesk_tui.tui.screens import related

        related.link(self)

    def action_merge(self) -> None:
        from helpdesk_tui.tui.screens import related

        related.merge(self)

    def action_split(self) -> None:
        from helpdesk_tui.tui.screens import related

        related.split(self)

    def action_clone(self) -> None:
        from helpdesk_tui.tui.screens import related

        related.clone(self)

    # The rest

    def action_undo(self) -> None:
        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import undo

            return undo.undo(desk)

        self.ask(work, self._taken_back, self.failed, hold=True)

    def action_redo(self) -> None:
        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import undo

            return undo.redo(desk)

        self.ask(work, self._taken_back, self.failed, hold=True)

    def _taken_back(self, outcome: Outcome) -> None:
        self.say(outcome.said)
        self.changed(outcome)

    def action_copy(self) -> None:
        if numbers := self.chosen():
            text = " ".join(f"#{number}" for number in numbers)
            self.app.copy_to_clipboard(text)
            self.say(f"{text} copied")
