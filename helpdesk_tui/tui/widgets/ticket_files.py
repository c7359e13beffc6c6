"""The files of a ticket, as a part of it."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import TicketDetail
from helpdesk_tui.tui.widgets.lines import Line
from helpdesk_tui.tui.widgets.ticket_parts import Part, Reader
from helpdesk_tui.tui.widgets.wrapping import fit


def files(detail: TicketDetail, width: int, reader: Reader) -> Part | None:
    """Name, size and who added it; None without files."""
    if not detail.files:
        return None
    return Part("files", "Files", list(_lines(detail, width)), hint=reader.hint("files"))


def _lines(detail: TicketDetail, width: int) -> Iterator[Line]:
    for file in detail.files:
        rest = f"  {size(file.size):>7}  {fit(clean(file.by, limit=60), 12)}"
        name = fit(clean(file.name, limit=300), max(8, width - len(rest)))
        yield Line((("", name), ("dim", rest)), about=("file", file.id))


def size(count: int) -> str:
    """A number of bytes as it is read: "48 kB"."""
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB"
