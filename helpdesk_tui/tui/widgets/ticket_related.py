"""The tickets a ticket has to do with, as a part of it."""

from __future__ import annotations

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.tui.widgets.ticket_parts import CATEGORY_STYLES, Fact, Part, Reader, facts


def related(detail: TicketDetail, width: int, reader: Reader) -> Part | None:
    """What it was merged into, and how it is linked to which ticket, whether that is done and what holds it up.

    None where there is nothing of this.
    """
    rows: list[Fact] = []
    into = detail.merged_into
    if into is not None:
        title = next((f": {link.title}" for link in detail.links if link.number == into), "")
        rows.append((f"#{into}", (("warn", f"merged into{title}"),)))
    waits = detail.card.closed is None
    for link in detail.links:
        if link.number == into:
            continue
        holds_up = waits and link.relation == "blocked by" and link.category is not Category.DONE
        style = "bad" if holds_up else CATEGORY_STYLES.get(link.category, "")
        rows.append((f"#{link.number}", ((style, f"{link.relation}: {link.title}"),)))
    return Part("related", "Related", facts(rows, width), hint=reader.hint("link")) if rows else None
