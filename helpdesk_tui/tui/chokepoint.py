"""Where drawn text becomes bytes for the terminal: a last look at every character, and as few bytes as possible.

Textual protects the terminal nowhere: a control character in a mail's subject would reach it. Whatever forgot to make
its text safe is caught here. Over SSH every byte counts, so here too a line is written by what changes from one piece
to the next, where Textual names every colour again, and what already stands on the screen is not written once more,
where Textual paints everything whenever something opens, closes or takes the focus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.console import Console

STRICT = False
"""Whether to raise instead of repairing; the tests set it."""

COLORS = True
"""Whether colour codes are written at all; NO_COLOR says no."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_ON = {"bold": "1", "dim": "2", "italic": "3", "underline": "4", "reverse": "7", "strike": "9"}
_SEEN_ON_BLANKS = frozenset({"underline", "reverse", "strike"})


class UnsafeTextError(AssertionError):
    """Text was about to reach the terminal that nobody had made safe."""


def install(*, colors: bool = True) -> None:
    """Put the look in place, for the whole process."""
    global COLORS
    COLORS = colors
    Strip.render = _render  # type: ignore[method-assign]
    LayoutUpdate.render_segments = _whole  # type: ignore[method-assign]
    ChopsUpdate.render_segments = _parts  # type: ignore[method-assign]
    forget()


def forget() -> None:
    """The terminal may show anything: write everything the next time."""
    _standing.clear()


_standing: dict[int, dict[int, tuple[int, Strip]]] = {}
"""What stands on the screen: by row and by first cell, the cell after the last one and what is drawn between."""


def _whole(self: LayoutUpdate, console: Console) -> str:
    """The lines of a whole screen that differ from what stands there, however either is cut into pieces."""
    written: list[str] = []
    for y, line in enumerate(self.strips, self.region.y):
        x = self.region.x
        row: dict[int, tuple[int, Strip]] = {}
        for strip in line:
            row[x] = (x + strip.cell_length, strip)
            x += strip.cell_length
        text = _in_one(row, console)
        if text != _in_one(_standing.get(y, {}), console):
            written.append(f"\x1b[{y + 1};{self.region.x + 1}H{text}")
        _standing[y] = row
    return "".join(written)


def _in_one(row: dict[int, tuple[int, Strip]], console: Console) -> str:
    """The pieces of a row as if they were one; nothing if there are gaps between them."""
    segments: list[Segment] = []
    at: int | None = None
    for x in sorted(row):
        end, strip = row[x]
        if at is not None and x != at:
            return ""
        segments += strip._segments
        at = end
    return rendered(segments, _system(console))


def _parts(self: ChopsUpdate, console: Console) -> str:
    """The pieces of lines that are not there already."""
    written: list[str] = []
    for y, first, last in self.spans:
        for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
            if strip is None or x >= last or end <= first:
                continue
            if not (first <= x < last and end <= last):
                strip = strip.crop(0, min(end, last) - x)
            written.append(_put(x, y, strip, console))
    return "".join(written)


def _put(x: int, y: int, strip: Strip, console: Console) -> str:
    text, end = strip.render(console), x + strip.cell_length
    row = _standing.setdefault(y, {})
    before = row.get(x)
    if before is not None and before[0] == end and before[1].render(console) == text:
        return ""
    for other in [at for at, (until, _) in row.items() if at < end and x < until]:
        del row[other]
    row[x] = (end, strip)
    return f"\x1b[{y + 1};{x + 1}H{text}"


def _system(console: Console) -> ColorSystem:
    return console._color_system or ColorSystem.TRUECOLOR


def _render(self: Strip, console: Console) -> str:
    if self._render_cache is None:
        self._render_cache = rendered(self._segments, _system(console))
    return self._render_cache


def rendered(segments: Iterable[Segment], system: ColorSystem) -> str:
    """The pieces of one line as text with the codes between them; colours are the terminal's own again at its end."""
    written: list[str] = []
    attributes: tuple[str, ...] = ()
    front = back = ""
    for text, style, control in segments:
        if control or not text:
            continue
        if _UNSAFE.search(text):
            text = _repaired(text)
        wanted, new_front, new_back = ((), "", "") if style is None else _codes(style, system, COLORS)
        if text.isspace() and not _SEEN_ON_BLANKS.intersection((*attributes, *wanted)):
            wanted, new_front = attributes, front  # a blank shows its ground and nothing else
        codes: list[str] = []
        if (front and not new_front) or (back and not new_back) or not set(attributes) <= set(wanted):
            codes.append("0")
            attributes, front, back = (), "", ""
        codes += [_ON[name] for name in wanted if name not in attributes]
        codes += [new for new, old in ((new_front, front), (new_back, back)) if new != old]
        if codes:
            written.append(f"\x1b[{';'.join(codes)}m")
        written.append(text)
        attributes, front, back = wanted, new_front, new_back
    if attributes or front or back:
        written.append("\x1b[0m")
    return "".join(written)


@lru_cache(maxsize=2048)
def _codes(style: Style, system: ColorSystem, colors: bool) -> tuple[tuple[str, ...], str, str]:
    """The attributes of a style, and the codes of its two colours."""
    attributes = tuple(name for name in _ON if getattr(style, name))
    if not colors:
        return attributes, "", ""
    front = ";".join(style.color.downgrade(system).get_ansi_codes()) if style.color else ""
    back = ";".join(style.bgcolor.downgrade(system).get_ansi_codes(False)) if style.bgcolor else ""
    return attributes, front, back


def _repaired(text: str) -> str:
    if STRICT:
        raise UnsafeTextError(f"unsafe text reached the screen: {text!r}")
    return _UNSAFE.sub(REPLACEMENT, text)
