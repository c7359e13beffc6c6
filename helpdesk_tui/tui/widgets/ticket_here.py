"""Who else has the ticket open, as rows among its people."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.tui.widgets.ticket_parts import Fact, Reader


def here(detail: TicketDetail, reader: Reader) -> Iterator[Fact]:  # noqa: ARG001 - every part is given its reader
    """A row for all who are here, and what they are writing; none when nobody is."""
    if detail.here:
        said = (f"{one.name} (writing {one.writing})" if one.writing else one.name for one in detail.here)
        yield "Here now", (("good", ", ".join(said)),)
