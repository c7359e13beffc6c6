"""Replies and notes from the keyboard: written, sent, and kept where they could not be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.errors import Conflict, HelpdeskError, NeedsYes, NotAllowed
from helpdesk_tui.tui.actions import ASKING
from helpdesk_tui.tui.screens.ticket_asks import TicketAsks

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome


class SpeechWork(TicketAsks):
    """Mixin for a screen that shows tickets."""

    permits: Callable[[Act], bool]

    def action_reply(self) -> None:
        self.speak(Speech.REPLY)

    def action_note(self) -> None:
        self.speak(Speech.NOTE)

    def speak(
        self, speech: Speech, text: str = "", *, change: str = "", canned: str = "", says: Sequence[str] = ()
    ) -> None:
        """Open the editor of a reply or a note for the one chosen ticket; `text` is put behind the draft there is.

        `change` is what a canned reply does besides, `canned` its name, `says` what else to know about it.
        """
        from helpdesk_tui.tui.screens.reply_entry import ReplyEntry
        from helpdesk_tui.tui.screens.text_entry import TextEntry

        numbers = self.chosen()
        if len(numbers) != 1:
            self.say("Write to one ticket at a time; the change line (:) can write to many.", "bad")
            return
        (number,) = numbers
        reply = speech is Speech.REPLY
        reader = "The requester will read this." if reply else "Only the team will read this."
        heading = f"{'Reply to the requester of' if reply else 'Note for the team on'} #{number}"
        if self.scope in ASKING:
            reader, heading = "Those who help you will read this.", f"Reply on #{number}"
        entry = (ReplyEntry if reply and self.permits(Act.USE_CANNED) else TextEntry)(
            heading,
            f"{speech.value} {number}",
            text=text,
            added=True,
            says=" ".join((reader, *says)),
            change=change,
            canned=canned,
        )
        self.offer(entry, lambda body: self.send(speech, number, body, change=entry.change, canned=entry.canned))

    def send(self, speech: Speech, number: int, body: str, about: str = "", change: str = "", canned: str = "") -> None:
        """Say it on that ticket; the draft `about` it (that of this ticket) is dropped only once it has been said.

        `change` is what a canned reply does besides, in the same step; `canned` its name.
        """
        about = about or f"{speech.value} {number}"

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import canned as prepared
            from helpdesk_tui.desk import conversation

            if change or canned:
                return prepared.say(desk, number, body, change, canned)
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
            if isinstance(error, NotAllowed):
                self.say(f"Kept as a draft, not sent. {error.message}", "bad")
            if isinstance(error, Conflict):
                self.ask(lambda desk: _merged_into(desk, number), elsewhere, self.failed, hold=True)

        def elsewhere(there: int | None) -> None:
            from helpdesk_tui.tui.screens.confirm import Confirm

            if there is not None:
                question = f"#{number} was merged into #{there} meanwhile. Your {speech.value} is kept as a draft."
                ask = Confirm(f"#{number} is part of #{there} now", question, f"send it to #{there}")
                self.offer(ask, lambda _: self.send(speech, there, body, about, change, canned))

        self.ask(work, sent, refused)


def _merged_into(desk: Desk, number: int) -> int | None:
    from helpdesk_tui.desk import tickets

    return tickets.open_ticket(desk, number).merged_into
