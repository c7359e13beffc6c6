"""What every part of a drawn ticket is made of. Pure: values in, lines out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from msgspec import Struct, field
from rich.cells import cell_len

from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Priority, Standing, Status
from helpdesk_tui.language import dates
from helpdesk_tui.tui.widgets.lines import Line, Piece
from helpdesk_tui.tui.widgets.wrapping import fit, hang, wrap

Fact = tuple[str, tuple[Piece, ...]]
"""A name and the pieces of its value, not yet made safe."""

PRIORITY_STYLES = {Priority.CRITICAL: "bad", Priority.HIGH: "warn", Priority.NORMAL: "info", Priority.LOW: "dim"}
STATUS_STYLES = {
    Status.NONE: "dim",
    Status.REVIEW: "warn",
    Status.REWORK: "warn",
    Status.BLOCKED: "bad",
    Status.WAITING: "info",
}
CATEGORY_STYLES = {Category.TODO: "", Category.DOING: "info", Category.DONE: "good"}

STANDING_STYLES = {Standing.WAITING: "info", Standing.WORKED_ON: "", Standing.SOLVED: "good"}

FRAMED = 60
"""From this width on sections are drawn as boxes; below, as headings."""


class Reader(Struct, frozen=True):
    """The circumstances of reading: what time it is, in which zone, and which keys to name.

    `history` is the kind of events to show, "" for all. `asks`: for those who asked, in their words.
    """

    now: datetime
    zone: tzinfo
    keys: dict[str, str] = field(default_factory=dict)
    history: str = ""
    asks: bool = False

    def said(self, moment: datetime) -> str:
        return dates.said(moment, self.now, self.zone)

    def hint(self, *names: str) -> str:
        """ "r reply · c note", of those actions that this person may do."""
        return " · ".join(f"{self.keys[name]} {name.removeprefix('step_')}" for name in names if name in self.keys)


class Part(Struct, frozen=True):
    """One section of a ticket: its name for those who want to go there, its heading and its lines.

    `beside` stands dim behind the heading; `hint` names the keys that work on it. Lines may be made while they are
    taken: a long part then does not hold up the first paint.
    """

    name: str
    heading: str
    lines: Iterable[Line]
    beside: str = ""
    hint: str = ""


def none(sentence: str) -> list[Line]:
    """What stands where there is nothing yet."""
    return [Line((("dim", sentence),))]


def plain(text: str, width: int, style: str = "") -> Iterator[Line]:
    """Outside text of several lines, made safe and wrapped; nothing for blank text."""
    text = clean(text, lines=True).strip("\n")
    if text.strip():
        for paragraph in text.split("\n"):
            yield from (Line(((style, line),)) for line in hang(paragraph, width))


def facts(given: Iterable[Fact], width: int) -> Iterator[Line]:
    """Names in a column of their own, values beside them in as many rows as they take."""
    left = min(11, width // 3)
    for name, pieces in given:
        lead: Piece = ("dim", f"{fit(clean(name), left - 1):<{left}}")
        for row in _flowed(pieces, width - left):
            yield Line((lead, *row))
            lead = ("", " " * left)


def length(minutes: int) -> str:
    """ "1:10"."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _flowed(pieces: Sequence[Piece], width: int) -> Iterator[list[Piece]]:
    """The pieces side by side, two blanks apart, in as many rows as it takes."""
    row: list[Piece] = []
    taken = 0
    for style, text in pieces:
        for line in wrap(clean(text), width):
            cells = cell_len(line)
            if row and taken + 2 + cells > width:
                yield row
                row, taken = [], 0
            row += [("", "  "), (style, line)] if row else [(style, line)]
            taken += cells + (2 if len(row) > 1 else 0)
    yield row
