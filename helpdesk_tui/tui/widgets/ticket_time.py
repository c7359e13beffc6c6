"""The time worked on a ticket, as a part of it."""

from __future__ import annotations

from helpdesk_tui.domain.ticket_detail import Spent, TicketDetail
from helpdesk_tui.tui.widgets.ticket_parts import Part, Reader, facts, length


def time(detail: TicketDetail, width: int, reader: Reader) -> Part | None:
    """All of it, and per person; None where nobody has worked."""
    if not detail.minutes and not detail.times:
        return None
    rows = [(spent.person, (("", _worked(spent, reader)),)) for spent in detail.times]
    return Part("time", f"Time {length(detail.minutes)}", facts(rows, width), hint=reader.hint("time"))


def _worked(spent: Spent, reader: Reader) -> str:
    running = "" if spent.running is None else f", timing since {reader.said(spent.running)}"
    return f"{length(spent.minutes)}{running}"
