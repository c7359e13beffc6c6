"""The ticket under the cursor, beside or below the board."""

from __future__ import annotations

from datetime import datetime, tzinfo
from itertools import chain

from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.tui.widgets.drawing import Drawing
from helpdesk_tui.tui.widgets.growing import GrowingView
from helpdesk_tui.tui.widgets.lines import Line
from helpdesk_tui.tui.widgets.ticket_lines import body, head
from helpdesk_tui.tui.widgets.ticket_parts import Reader


class Preview(GrowingView, can_focus=False):
    """Reads like the ticket screen, and has no keys: enter opens the ticket, the wheel scrolls."""

    def __init__(self) -> None:
        super().__init__(id="preview")
        self._shown: tuple[TicketDetail, Reader] | None = None

    def show_ticket(self, detail: TicketDetail, now: datetime, zone: tzinfo, *, asks: bool = False) -> None:
        """Show this ticket, from its top unless it is the one shown already."""
        same = self._shown is not None and self._shown[0].card.number == detail.card.number
        self._shown = (detail, Reader(now.replace(second=0, microsecond=0), zone, asks=asks))
        self._draw(from_top=not same)

    def clear(self) -> None:
        self._shown = None
        self._draw(from_top=True)

    def on_resize(self) -> None:
        self._draw(from_top=False)

    def _draw(self, *, from_top: bool) -> None:
        width = self.scrollable_content_region.width
        if self._shown is None:
            self.show_drawing(Drawing(iter([Line((("dim", " No ticket under the cursor."),))])), from_top=True)
        elif width > 4:
            detail, reader = self._shown
            title = head(detail.card, width, 4, reader)
            lines = chain(title, body(detail, width, reader, with_side=True))
            self.show_drawing(Drawing(lines), from_top=from_top)
