"""The tickets a ticket is linked to, as a part of it."""

from __future__ import annotations

from helpdesk_tui.domain.ticket import TicketDetail
from helpdesk_tui.tui.widgets.ticket_parts import CATEGORY_STYLES, Part, Reader, facts


def related(detail: TicketDetail, width: int, reader: Reader) -> Part | None:
    """How it is related, to which ticket, and whether that is done; None without links."""
    if not detail.links:
        return None
    rows = [
        (f"#{link.number}", ((CATEGORY_STYLES.get(link.category, ""), f"{link.relation}: {link.title}"),))
        for link in detail.links
    ]
    return Part("related", "Related", facts(rows, width), hint=reader.hint("link"))
