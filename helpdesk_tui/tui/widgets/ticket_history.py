"""The history of a ticket, as a part of it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import TicketDetail
from helpdesk_tui.tui.widgets.lines import Line
from helpdesk_tui.tui.widgets.ticket_parts import Part, Reader
from helpdesk_tui.tui.widgets.wrapping import wrap


def history(detail: TicketDetail, width: int, reader: Reader) -> Part | None:
    """The newest first, as the desk gives it: most often one wonders what just happened."""
    if not detail.history:
        return None
    return Part("history", "History", _lines(detail, width, reader))


def _lines(detail: TicketDetail, width: int, reader: Reader) -> Iterator[Line]:
    for entry in detail.history:
        when = reader.said(entry.at)
        room = width - cell_len(when) - 2
        if room < 24:
            yield Line((("dim", when),))
            room = width
            when = ""
        first, *more = wrap(clean(f"{entry.who} {entry.what}"), room)
        yield Line((("", first), ("", " " * max(2, width - cell_len(first) - cell_len(when))), ("dim", when)))
        yield from (Line((("", line),)) for line in more)
