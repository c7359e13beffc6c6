"""Prepared texts from the keyboard: canned replies, tickets from templates, one's signature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.tui.screens.ticket_work import TicketWork

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.canned import Filled
    from helpdesk_tui.domain.template import Template


class PreparedWork(TicketWork):
    """Mixin for a screen that shows tickets."""

    def action_canned(self) -> None:
        """Choose a canned reply: into the reply's editor, or, for several tickets, said on each after a question."""
        from helpdesk_tui.tui.screens.canned import CannedPick

        numbers = self.chosen()
        self.offer(CannedPick(self.heading("Canned reply for"), numbers), lambda filled: self._canned(numbers, filled))

    def _canned(self, numbers: Sequence[int], filled: Filled) -> None:
        from helpdesk_tui.tui.screens.confirm import Confirm

        if len(numbers) == 1:
            self._edit_canned(filled)
            return
        name, change = filled.canned.name, filled.canned.change
        also = f" Each is changed too: {change}." if change else ""
        question = f"The requesters of {len(numbers)} tickets will read “{name}”, filled for each of them.{also}"

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import canned

            return canned.use(desk, numbers, name)

        self.offer(Confirm(self.heading("Reply to"), question, "reply"), lambda _: self.do(work))

    def _edit_canned(self, filled: Filled) -> None:
        from helpdesk_tui.tui.screens.canned import to_know

        one = filled.canned
        self.speak(
            Speech.REPLY, clean(filled.text, lines=True), change=one.change, canned=one.name, says=to_know(filled)
        )

    def action_new_from_template(self) -> None:
        """Choose a template, answer its questions, and make the ticket."""
        from helpdesk_tui.tui.screens.templates import TemplatePick

        self.app.push_screen(TemplatePick(), self._template)

    def _template(self, template: Template | None) -> None:
        from helpdesk_tui.tui.screens.templates import FromTemplate

        if template is not None:
            self.app.push_screen(
                FromTemplate(template, self.board_id()),
                lambda outcome: None if outcome is None else self.applied(outcome),
            )

    def action_signature(self) -> None:
        """Write what one's replies end with."""

        def work(desk: Desk) -> str:
            from helpdesk_tui.desk import people

            return people.signature(desk)

        self.ask(work, self._edit_signature, self.failed, hold=True)

    def _edit_signature(self, signature: str) -> None:
        from helpdesk_tui.tui.drafts import drafts_of
        from helpdesk_tui.tui.screens.text_entry import TextEntry

        def save(text: str | None) -> None:
            def work(desk: Desk) -> Outcome:
                from helpdesk_tui.desk import people

                return people.set_signature(desk, text or "")

            def saved(outcome: Outcome) -> None:
                drafts_of(self.app).drop("signature")
                self.applied(outcome)

            if text is not None:
                self.ask(work, saved, self.failed)

        says = "It is put under every reply of yours, never under a note."
        entry = TextEntry(
            "Your signature", "signature", text=clean(signature, lines=True), may_be_empty=True, says=says, does="save"
        )
        self.app.push_screen(entry, save)
