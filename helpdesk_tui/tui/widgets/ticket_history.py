"""The history of a ticket, as a part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from helpdesk_tui.domain.history import group_of
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket_detail import HistoryEntry, TicketDetail
from helpdesk_tui.tui.widgets.compared import in_short
from helpdesk_tui.tui.widgets.lines import Line
from helpdesk_tui.tui.widgets.ticket_parts import Part, Reader, none
from helpdesk_tui.tui.widgets.wrapping import wrap


def history(detail: TicketDetail, width: int, reader: Reader) -> Part | None:
    """The newest first, as the desk gives it: most often one wonders what just happened.

    Only the kind the reader asks for. A rewritten text is `about` ("event", its id): that opens it before and after.
    """
    if not detail.history:
        return None
    shown = [entry for entry in detail.history if not reader.history or group_of(entry.kind) == reader.history]
    heading = f"History {len(detail.history)}"
    beside = f"{len(shown)} {reader.history}" if reader.history else ""
    lines = _lines(shown, width, reader) if shown else none(f"Nothing of {reader.history} yet.")
    return Part("history", heading, lines, beside, reader.hint("history"))


def _lines(entries: Sequence[HistoryEntry], width: int, reader: Reader) -> Iterator[Line]:
    for entry in entries:
        when = reader.said(entry.at)
        room = width - cell_len(when) - 2
        about = ("event", entry.event_id) if entry.before or entry.after else None
        if room < 24:
            yield Line((("dim", when),), about=about)
            room = width
            when = ""
        first, *more = wrap(clean(f"{entry.who} {entry.what}"), room)
        gap = ("", " " * max(2, width - cell_len(first) - cell_len(when)))
        yield Line((("", first), gap, ("dim", when)) if when else (("", first),), about=about)
        yield from (Line((("", line),), about=about) for line in more)
        if about is not None:
            yield from (Line(line.pieces, about=about) for line in in_short(entry.before, entry.after, width))
