"""Charts of letters: bars that stand, bars that lie, layers on each other. Each is a list of rows, all of one width.

What a mark means is told by its form and its place, never by its colour alone. Where only ASCII may be drawn, so it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import zip_longest
from math import ceil, floor

from msgspec import Struct
from rich.cells import cell_len

from helpdesk_tui.domain.day_names import MONTHS
from helpdesk_tui.tui.text import filled
from helpdesk_tui.tui.widgets.lines import Piece

Row = tuple[Piece, ...]


class Signs(Struct, frozen=True):
    """What charts are drawn with: bars of a cell's parts, upwards and to the right, and layers that differ."""

    up: str = " ▁▂▃▄▅▆▇█"
    right: str = " ╸━"
    heavy: str = "■"
    layers: str = "░█▒▓"
    track: str = "·"
    axis: str = "─"
    tick: str = "┬"
    corner: str = "└"
    side: str = "│"
    whisker: str = "│"
    end: str = "┬"
    mark: str = "┃"
    dots: bool = True
    """Whether two bars may stand in one cell, drawn in dots (Braille)."""


FANCY = Signs()
PLAIN = Signs(" .-=#", " -=", "#", ".#=+", ".", "-", "+", "+", "|", "|", "-", "|", dots=False)

LAYER_HUES = ("hue-blue", "hue-orange", "hue-cyan", "hue-pink", "hue-yellow", "hue-gray")
"""The colours of layers, beside their signs: neighbours differ also to who cannot tell red from green."""

LABEL_GAP = 9
"""Cells from the beginning of one date below a chart to that of the next, at least."""


class Scale(Struct, frozen=True):
    """What stands at the left of a chart: its value at the bottom and at the top, and how these read."""

    top: float
    label: Callable[[float], str]
    bottom: float = 0.0

    @property
    def width(self) -> int:
        """Cells its labels take."""
        return max(len(self.label(value)) for value in (self.top, self.middle, self.bottom))

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def at(self, value: float, rows: int) -> float:
        """How many rows up that value is; what is beyond the scale ends with it."""
        return max(0.0, min(1.0, (value - self.bottom) / (self.top - self.bottom))) * rows


_STEPS = (10, 12, 14, 16, 20, 24, 30, 40, 50, 60, 80)
_MINUTES = (60, 120, 240, 600, 1200, 1800)


def round_up(most: float) -> float:
    """The next number that reads well and whose half is whole, at least 2."""
    size = 1
    while True:
        for step in _STEPS:
            found = step * size // 10
            if found >= max(most, 2) and found % 2 == 0 and found * 10 == step * size:
                return found
        size *= 10


def counts(most: float, least: float = 0.0) -> Scale:
    """From `least` (rounded down) to at least `most` things."""
    if least <= 0:
        return Scale(round_up(most), number)
    step = round_up((most - least) / 4)
    return Scale(ceil(most / step) * step, number, floor(least / step) * step)


def lengths(most: float, label: Callable[[float], str], *, in_days: bool) -> Scale:
    """From nothing to at least so many seconds; `in_days` a day is 24 hours, and two days or more are whole ones."""
    hours = most / 3600
    if in_days and hours > 40:
        return Scale(round_up(hours / 24) * 86_400, label)
    return Scale(next((top for top in _MINUTES if top >= most), round_up(hours) * 3600), label)


def number(value: float) -> str:
    """A number of things, short enough for the edge of a chart."""
    if value >= 10_000:
        return f"{value / 1000:.0f}k" if value % 1000 == 0 else f"{value / 1000:.1f}k"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def day(one: date, today: date | None = None) -> str:
    """A day below a chart; of long ago, its month."""
    if today is not None and (today - one).days > 330:
        return f"{MONTHS[one.month - 1]} {one.year}"
    return f"{one.day} {MONTHS[one.month - 1]}"


# In time


class Bins(Struct, frozen=True):
    """Days put together so that they fit: `each` of them in a bar, the last one whole; the first day of each."""

    each: int
    starts: tuple[date, ...]
    days: int

    def sums(self, values: Sequence[int]) -> list[float]:
        return [sum(values[first:last]) for first, last in self._bounds()]

    def lasts(self, values: Sequence[int]) -> list[float]:
        return [values[last - 1] for _, last in self._bounds()]

    def _bounds(self) -> list[tuple[int, int]]:
        ends = range(self.days - self.each * (len(self.starts) - 1), self.days + 1, self.each)
        return [(max(0, end - self.each), end) for end in ends]

    @property
    def said(self) -> str:
        """How often, as in `per day`."""
        if self.each == 1:
            return "per day"
        return "per week" if self.each == 7 else f"per {self.each // 7} weeks"


def binned(days: Sequence[date], width: int) -> Bins:
    """Those days in no more than `width` bars: of a day, a week, or several weeks."""
    each = 1 if len(days) <= width else 7 * ceil(len(days) / (7 * max(1, width)))
    amount = ceil(len(days) / each)
    firsts = [max(0, len(days) - each * (amount - at)) for at in range(amount)]
    return Bins(each, tuple(days[first] for first in firsts), len(days))


def _bars(amount: int, width: int, *, apart: bool = True) -> tuple[int, int]:
    """Cells of each of so many bars, and between them."""
    room = max(1, width // max(1, amount))
    return (min(room - 1, 8), 1) if apart and room > 2 else (min(room, 8), 0)


def standing(
    values: Sequence[float], style: str, scale: Scale, starts: Sequence[date], width: int, rows: int, signs: Signs,
    *, apart: bool = True,
) -> list[Row]:  # fmt: skip
    """A bar for each value, from left to right in time, with the scale at its left and dates below.

    `apart`: with a gap between them where there is room. Too many for a cell each, two of them stand in one.
    """
    room = width - scale.width - 1
    heights = [scale.at(value, rows) for value in values]
    if signs.dots and len(values) > room:
        pairs = list(zip_longest(heights[::2], heights[1::2], fillvalue=0.0))
        drawn = ["".join(_dots(left - row, right - row) for left, right in pairs) for row in range(rows)]
        return _framed([((style, text),) for text in reversed(drawn)], scale, starts[::2], 1, width, signs)
    bar, gap = _bars(len(values), room, apart=apart)
    drawn = ["".join(_up(height - row, signs) * bar + " " * gap for height in heights) for row in range(rows)]
    return _framed([((style, text),) for text in reversed(drawn)], scale, starts, bar + gap, width, signs)


_LEFT_DOTS, _RIGHT_DOTS = (0x00, 0x40, 0x44, 0x46, 0x47), (0x00, 0x80, 0xA0, 0xB0, 0xB8)


def _dots(left: float, right: float) -> str:
    """A cell of two bars that go on for so many cells from its foot."""
    return chr(0x2800 + _LEFT_DOTS[_fourths(left)] + _RIGHT_DOTS[_fourths(right)]) if left > 0 or right > 0 else " "


def _fourths(height: float) -> int:
    return 0 if height <= 0 else max(1, min(4, round(height * 4)))


def whiskers(
    pairs: Sequence[tuple[float, float] | None], style: str, scale: Scale, starts: Sequence[date], width: int,
    rows: int, signs: Signs,
) -> list[Row]:  # fmt: skip
    """For each pair a bar up to its first value, and from there a line up to its second."""
    bar, gap = _bars(len(pairs), width - scale.width - 1)
    heights = [None if pair is None else (scale.at(pair[0], rows), scale.at(pair[1], rows)) for pair in pairs]
    found = []
    for row in range(rows - 1, -1, -1):
        pieces: list[Piece] = []
        for height in heights:
            pieces.append(_whisker(height, row, bar, style, signs))
            if gap:
                pieces.append((pieces[-1][0], " " * gap))
        found.append(tuple(_joined(pieces)))
    return _framed(found, scale, starts, bar + gap, width, signs)


def _whisker(height: tuple[float, float] | None, row: int, bar: int, style: str, signs: Signs) -> Piece:
    if height is None:
        return ("dim", " " * bar)
    half, most = height
    if half > row:
        return (style, _up(half - row, signs) * bar)
    left = (bar - 1) // 2
    top = ceil(most) - 1 if most > half else -1
    sign = signs.end if row == top else signs.whisker if row < top else " "
    return ("dim", " " * left + sign + " " * (bar - 1 - left))


def layers(
    values: Sequence[Sequence[float]], scale: Scale, starts: Sequence[date], width: int, rows: int, signs: Signs
) -> list[Row]:
    """Layers of values on each other, the first at the bottom, each with a sign and a colour of its own."""
    bar = max(1, (width - scale.width - 1) // max(1, len(starts)))
    tops: list[list[float]] = []
    for layer in values:
        below = tops[-1] if tops else [0.0] * len(starts)
        tops.append([value + under for value, under in zip(layer, below, strict=True)])
    heights = [[scale.at(top, rows) for top in bars] for bars in zip(*tops, strict=True)]
    found = []
    for row in range(rows - 1, -1, -1):
        pieces: list[Piece] = []
        for bars in heights:
            here = next((layer for layer, height in enumerate(bars) if height > row + 0.5), None)
            pieces.append(("", " " * bar) if here is None else (layer_style(here), layer_sign(here, signs) * bar))
        found.append(tuple(_joined(pieces)))
    return _framed(found, scale, starts, bar, width, signs)


def layer_sign(layer: int, signs: Signs) -> str:
    return signs.layers[layer % len(signs.layers)]


def layer_style(layer: int) -> str:
    return LAYER_HUES[layer % len(LAYER_HUES)]


def _up(height: float, signs: Signs) -> str:
    """A cell of a bar that goes on for so many cells from its foot; what is there at all is seen."""
    if height <= 0:
        return " "
    parts = len(signs.up) - 1
    return signs.up[max(1, min(parts, round(height * parts)))] if height < 1 else signs.up[-1]


def _framed(
    drawn: Sequence[Row], scale: Scale, starts: Sequence[date], step: int, width: int, signs: Signs
) -> list[Row]:
    """With the scale at the left and the dates below; `step` is the cells from one bar to the next."""
    labels = {0: scale.label(scale.top), len(drawn) // 2: ""}
    middle = scale.middle
    if len(drawn) >= 4 and len(drawn) % 2 == 0 and scale.label(middle) not in {labels[0], scale.label(scale.bottom)}:
        labels[len(drawn) // 2] = scale.label(middle)
    found: list[Row] = []
    for at, pieces in enumerate(drawn):
        side: Piece = ("dim", f"{labels.get(at, ''):>{scale.width}}{signs.side}")
        found.append(cut((side, *pieces), width))
    room = width - scale.width - 1
    axis, below = list(signs.axis * room), [" "] * width
    every = max(1, ceil(LABEL_GAP / step))
    for at in range(0, len(starts), every):
        text = day(starts[at], starts[-1])
        first = scale.width + 1 + at * step
        if first + len(text) <= width:
            axis[at * step] = signs.tick
            below[first : first + len(text)] = text
    foot = f"{scale.label(scale.bottom):>{scale.width}}{signs.corner}{''.join(axis)}"
    return [*found, (("dim", foot),), (("dim", "".join(below)),)]


# Lying bars


def lying(value: float, most: float, cells: int, signs: Signs) -> str:
    """A bar to the right in exactly so many cells, full at `most`; what is there at all is seen."""
    parts = len(signs.right) - 1
    length = 0 if most <= 0 else min(cells * parts, round(value / most * cells * parts))
    if value > 0:
        length = max(1, length)
    whole, part = divmod(length, parts)
    text = signs.right[-1] * whole + (signs.right[part] if part else "")
    return text + " " * (cells - len(text))


# Rows


def cut(pieces: Sequence[Piece], width: int) -> Row:
    """Exactly so many cells of them."""
    found: list[Piece] = []
    room = width
    for style, text in pieces:
        if room <= 0:
            break
        cells = cell_len(text)
        if cells > room:
            text, cells = filled(text, room), room
        found.append((style, text))
        room -= cells
    return (*found, ("", " " * room)) if room > 0 else tuple(found)


def beside(left: Sequence[Row], right: Sequence[Row], width: int, gap: int) -> list[Row]:
    """Two charts next to each other, each in `width` cells."""
    return [
        (*cut(one, width), ("", " " * gap), *cut(other, width)) for one, other in zip_longest(left, right, fillvalue=())
    ]


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of the same style as one."""
    found: list[Piece] = []
    for style, text in pieces:
        if found and found[-1][0] == style:
            found[-1] = (style, found[-1][1] + text)
        else:
            found.append((style, text))
    return found
