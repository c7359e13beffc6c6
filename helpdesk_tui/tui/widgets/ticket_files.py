"""The files of a ticket, as a part of it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from helpdesk_tui.domain.file_names import size_in_words
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.tui.text import filled
from helpdesk_tui.tui.widgets.lines import Line
from helpdesk_tui.tui.widgets.ticket_parts import Part, Reader

ROOMY = 50
"""From this width on it is said who added a file."""


def files(detail: TicketDetail, width: int, reader: Reader) -> Part | None:
    """Name, size and who added it; None without files."""
    if not detail.files:
        return None
    return Part("files", "Files", list(_lines(detail, width)), hint=reader.hint("files"))


def _lines(detail: TicketDetail, width: int) -> Iterator[Line]:
    """The size at the right edge, so that the names stand in a column; who added it where there is room."""
    for file in detail.files:
        by = f"  {filled(clean(file.by, limit=60), 12)}" if width >= ROOMY else ""
        rest = f"{by} {size_in_words(file.size):>8}"
        name = filled(clean(file.name, limit=300), max(8, width - cell_len(rest)))
        yield Line((("", name), ("dim", rest)), about=("file", file.id))
