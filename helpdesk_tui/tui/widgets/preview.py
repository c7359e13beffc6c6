"""The ticket under the cursor, beside or below the board."""

from __future__ import annotations

from datetime import datetime, tzinfo

from helpdesk_tui.domain.ticket import TicketDetail
from helpdesk_tui.tui.widgets.lines import Line, LineView
from helpdesk_tui.tui.widgets.ticket_lines import body, head
from helpdesk_tui.tui.widgets.ticket_parts import Reader


class Preview(LineView, can_focus=False):
    """Reads like the ticket screen, and has no keys: enter opens the ticket, the wheel scrolls."""

    def __init__(self) -> None:
        super().__init__(id="preview")
        self._shown: tuple[TicketDetail, Reader] | None = None

    def show_ticket(self, detail: TicketDetail, now: datetime, zone: tzinfo) -> None:
        """Show this ticket, from its top unless it is the one shown already."""
        same = self._shown is not None and self._shown[0].card.number == detail.card.number
        self._shown = (detail, Reader(now, zone))
        self._draw()
        if not same:
            self.scroll_to_line(0)

    def clear(self) -> None:
        self._shown = None
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        width = self.scrollable_content_region.width
        if self._shown is None:
            self.show_lines([Line((("dim", " No ticket under the cursor."),))])
        elif width > 4:
            detail, reader = self._shown
            title = head(detail.card, width, 4, reader)
            self.show_lines([*title, *body(detail, width, reader, with_side=True)])
