"""What stands around the cards of a column: its heading, its foot, and what an empty one says."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len

from helpdesk_tui.domain.board import Column
from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.hues import HUES
from helpdesk_tui.tui.widgets.card import Glyphs
from helpdesk_tui.tui.widgets.lines import Piece, Pieces
from helpdesk_tui.tui.widgets.wrapping import fit, wrap


class Head(Struct, frozen=True):
    """What a heading says: `shown` cards under the filter, of `total` on the column, `late` of those shown."""

    column: Column
    shown: int
    total: int
    late: int

    @property
    def is_over(self) -> bool:
        """Whether the column holds more than its WIP limit."""
        return self.column.limit is not None and self.total > self.column.limit

    @property
    def hue(self) -> str:
        """The style of the column's own colour, empty where it has none."""
        return f"hue-{self.column.color}" if self.column.color in HUES else ""

    @property
    def count(self) -> str:
        """`12`, under a filter `3 of 12`, with a limit `4/5`, over it `6/5!`; one that takes no more is `[4/5]`."""
        if self.column.limit is None:
            return f"{self.shown:,}" if self.shown == self.total else f"{self.shown:,} of {self.total:,}"
        held = f"{self.total:,}/{self.column.limit}{'!' if self.is_over else ''}"
        held = f"[{held}]" if self.column.hard else held
        return held if self.shown == self.total else f"{self.shown:,} of {held}"


def head(heads: Sequence[Head], place: int, width: int, active: bool, drop: bool, tabs: bool) -> Pieces:
    """The heading line of a column; with `tabs` of all columns, this one standing out."""
    if not tabs:
        return _single(heads[place], width, active, drop)
    pieces: list[Piece] = []
    for at, name, room in _tabs(heads, width):
        style = "head-on" if at == place else "over" if heads[at].is_over else heads[at].hue
        pieces.append((style, fit(name, room).ljust(0)))
        pieces.append(("", " "))
    return tuple(pieces)


def tab_at(heads: Sequence[Head], place: int, width: int, x: int) -> int:
    """The column whose tab is at that cell; `place` where there is none."""
    left = 0
    for at, name, room in _tabs(heads, width):
        right = left + cell_len(fit(name, room)) + 1
        if left <= x < right:
            return at
        left = right
    return place


def _tabs(heads: Sequence[Head], width: int) -> list[tuple[int, str, int]]:
    """For each column what its tab says and the cells it may take."""
    named = [f" {clean(head.column.name, limit=60)} {head.count} " for head in heads]
    widths = [cell_len(name) for name in named]
    room = width - len(heads) + 1
    while sum(widths) > room and max(widths) > 5:
        widths[widths.index(max(widths))] -= 1
    return [(at, name, cells) for at, (name, cells) in enumerate(zip(named, widths, strict=True))]


def _single(head: Head, width: int, active: bool, drop: bool) -> Pieces:
    style = "drop" if drop else "head-on" if active else ""
    count = head.count
    late = f"{head.late:,} late " if head.late else ""
    name = clean(head.column.name, limit=60)
    if cell_len(name) + len(count) + len(late) + 4 > width:
        late = ""
    shown = fit(name, width - len(count) - len(late) - 4)
    gap = " " * (width - cell_len(shown) - len(count) - len(late) - 3)
    over = "over" if head.is_over and style == "" else style
    edge = ("", "") if not head.hue else (head.hue, "▌")
    return tuple(
        piece
        for piece in (
            edge,
            (style or head.hue, f"{'' if head.hue else ' '}{shown}  "),
            (over, count),
            (style, gap),
            ("late" if style == "" else style, late),
        )
        if piece[1]
    )


def foot(above: int, below: int, width: int, glyphs: Glyphs) -> Pieces:
    """How many cards there are beyond the edges."""
    up, down = ("^", "v") if glyphs.arrow == ">" else ("▲", "▼")
    words = [f"{sign} {count:,}" for sign, count in ((up, above), (down, below)) if count > 0]
    return (("counter", fit(f" {'  '.join(words)}" + (" more" if below > 0 else ""), width)),)


def empty_lines(texts: Sequence[str], width: int, height: int) -> list[str]:
    """What an empty column says, below a blank line, in the room there is."""
    lines = [line for text in texts for line in wrap(text, max(4, width - 2))]
    return ["", *(f" {line}" for line in lines)][:height]
