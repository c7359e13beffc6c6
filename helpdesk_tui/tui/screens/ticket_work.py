"""What can be done to tickets from the keyboard, the same on the board and in the ticket.

A screen that mixes this in says which tickets are meant; the pickers, the desk's verbs and what is said afterwards are
here. Everything of the desk is imported when it is first needed: a board paints before the store is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.errors import Conflict, HelpdeskError, NeedsYes
from helpdesk_tui.tui.screens.field_work import FieldWork

if TYPE_CHECKING:
    from textual import events

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.ticket import Card
    from helpdesk_tui.language.terms import Term


class TicketWork(FieldWork):
    """Mixin for a screen that shows tickets."""

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
        undo = " · u undoes" if outcome.change_set is not None else ""
        self.say(f"{outcome.said}{undo}" if not outcome.warnings else f"{outcome.said} · {' '.join(outcome.warnings)}",
                 "bad" if outcome.warnings else "good")  # fmt: skip
        self.changed(outcome)

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

    # Fields

    def action_priority(self) -> None:
        from helpdesk_tui.tui.screens.pickers import PriorityPick

        card = self.at_hand()
        self.offer_change(PriorityPick(self.heading("Priority of"), None if card is None else card.priority))

    def action_status(self) -> None:
        from helpdesk_tui.tui.screens.pickers import StatusPick

        card = self.at_hand()
        self.offer_change(StatusPick(self.heading("Status of"), None if card is None else card.status))

    def action_due(self) -> None:
        from helpdesk_tui.tui.screens.pickers import DuePick

        card = self.at_hand()
        self.offer_change(DuePick(self.heading("Due date of"), None if card is None else card.due))

    def action_assign(self) -> None:
        from helpdesk_tui.tui.screens.pickers import AssigneePick

        card = self.at_hand()
        self.offer_change(AssigneePick(self.heading("Assign"), None if card is None else card.assignee))

    def action_take(self) -> None:
        numbers = self.chosen()

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import tickets
            from helpdesk_tui.language.terms import SetField

            return tickets.change(desk, numbers, [SetField("assignee", desk.actor.id)])

        if numbers:
            self.do(work)

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

        if number is not None:
            self.app.push_screen(TicketScreen(number), self.back_from)

    def back_from(self, number: int | None) -> None:
        """Back from a ticket that was opened over this screen."""

    def action_labels(self) -> None:
        from helpdesk_tui.tui.screens.pick_labels import LabelsPick

        self.offer_change(LabelsPick(self.heading("Labels of"), self.chosen()))

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

    def action_reply(self) -> None:
        self.speak(Speech.REPLY)

    def action_note(self) -> None:
        self.speak(Speech.NOTE)

    def speak(self, speech: Speech, text: str = "") -> None:
        """Open the editor of a reply or a note for the one chosen ticket; `text` is put behind the draft there is."""
        from helpdesk_tui.tui.screens.text_entry import TextEntry

        numbers = self.chosen()
        if len(numbers) != 1:
            self.say("Write to one ticket at a time; the change line (:) can write to many.", "bad")
            return
        (number,) = numbers
        reply = speech is Speech.REPLY
        says = "The requester will read this." if reply else "Only the team will read this."
        heading = f"{'Reply to the requester of' if reply else 'Note for the team on'} #{number}"
        entry = TextEntry(heading, f"{speech.value} {number}", text=text, added=True, says=says)
        self.offer(entry, lambda body: self.send(speech, number, body))

    def send(self, speech: Speech, number: int, body: str, about: str = "", change: str = "") -> None:
        """Say it on that ticket; the draft `about` it (that of this ticket) is dropped only once it has been said.

        `change` is what a canned reply does besides, in the same step.
        """
        about = about or f"{speech.value} {number}"

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import canned, conversation

            if change:
                return canned.say(desk, number, body, change)
            return (conversation.reply if speech is Speech.REPLY else conversation.note)(desk, number, body)

        def sent(outcome: Outcome) -> None:
            from helpdesk_tui.tui.drafts import drafts_of

            drafts_of(self.app).drop(about)
            self.applied(outcome)

        def refused(error: HelpdeskError) -> None:
            if isinstance(error, NeedsYes) and self.is_current:
                from helpdesk_tui.tui.screens.related import ask_first

                ask_first(self, error.message, lambda: self.ask(lambda desk: work(desk.insisting()), sent, refused))
                return
            self.failed(error)
            if isinstance(error, Conflict):
                self.ask(lambda desk: _merged_into(desk, number), elsewhere, self.failed, hold=True)

        def elsewhere(there: int | None) -> None:
            from helpdesk_tui.tui.screens.confirm import Confirm

            if there is not None:
                question = f"#{number} was merged into #{there} meanwhile. Your {speech.value} is kept as a draft."
                ask = Confirm(f"#{number} is part of #{there} now", question, f"send it to #{there}")
                self.offer(ask, lambda _: self.send(speech, there, body, about, change))

        self.ask(work, sent, refused)

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


def _merged_into(desk: Desk, number: int) -> int | None:
    from helpdesk_tui.desk import tickets

    return tickets.open_ticket(desk, number).merged_into
