"""The sections of a ticket from the keyboard: from one to the next, and what enter does in each."""

from __future__ import annotations

from helpdesk_tui.tui.screens.ticket_work import TicketWork
from helpdesk_tui.tui.widgets.ticket_body import TicketBody, TicketSide

CHANGES = {
    "description": "edit",
    "checklist": "step_add",
    "conversation": "reply",
    "history": "history",
    "people": "assign",
    "work": "change_line",
    "files": "files",
    "related": "link",
    "time": "time",
}
"""The action that changes a section as a whole, or shows more of it."""


class SectionWork(TicketWork):
    """Mixin for the ticket screen."""

    def names_key_of(self, action: str) -> bool:
        """Whether this person has that action here."""
        raise NotImplementedError

    def action_section_next(self) -> None:
        self._step_section(1)

    def action_section_previous(self) -> None:
        self._step_section(-1)

    def _step_section(self, by: int) -> None:
        body = self.query_one(TicketBody)
        beside = self.query_one(TicketSide).sections if self.has_class("-wide") else []
        names = [*body.sections(), *beside]
        if names:
            at = names.index(body.section) if body.section in names else -1
            body.go_to(names[(at + by) % len(names)])

    def on_ticket_body_marked(self, message: TicketBody.Marked) -> None:
        self.query_one(TicketSide).go_to(message.section)

    def change_section(self) -> None:
        """Do what changes the section that is marked, where this person may."""
        action = CHANGES.get(self.query_one(TicketBody).section, "")
        if self.names_key_of(action):
            getattr(self, f"action_{action}")()
