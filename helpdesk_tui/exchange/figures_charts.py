"""Charts as inline SVG: no script, nothing fetched, colours that the colour-blind tell apart, each line named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct

from helpdesk_tui.domain.text import clean

WIDTH, HEIGHT = 720, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 30, 26
COLORS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8A8A8A", "#B8A800")
"""The palette of Okabe and Ito."""

_DASHES = ("", "6 3", "2 3", "8 3 2 3")


class Series(Struct, frozen=True):
    """One line or layer; None where nothing can be said."""

    name: str
    values: Sequence[float | None]


class _Axis(NamedTuple):
    """From which value up to which the picture goes."""

    bottom: float
    top: float


def lines(title: str, marks: Sequence[str], series: Sequence[Series], unit: str = "") -> str:
    """Lines over the days or weeks of `marks`; empty if there is nothing to draw."""
    if not marks or not any(value is not None for one in series for value in one.values):
        return ""
    axis = _Axis(0, _round_up(max(value for one in series for value in one.values if value is not None)))
    drawn = []
    for place, one in enumerate(series):
        look = f'fill="none" stroke="{_color(place)}" stroke-width="2"'
        dash = _DASHES[place % len(_DASHES)]
        look += f' stroke-dasharray="{dash}"' if dash else ""
        for run in _runs(one.values):
            points = " ".join(f"{_x(at, len(marks))},{_y(value, axis)}" for at, value in run)
            if len(run) == 1:
                at, value = run[0]
                drawn.append(
                    f'<circle cx="{_x(at, len(marks))}" cy="{_y(value, axis)}" r="2.5" fill="{_color(place)}"/>'
                )
            else:
                drawn.append(f'<polyline {look} points="{points}"/>')
    return _chart(title, marks, series, axis, unit, drawn)


def layers(title: str, marks: Sequence[str], series: Sequence[Series]) -> str:
    """Layers one upon the other, the first at the bottom; empty if there is nothing to draw.

    The axis begins below the lowest that the bottom layer ever is: what does not change would hide what does.
    """
    if not marks or not any(value for one in series for value in one.values):
        return ""
    values = [[value or 0 for value in one.values] for one in series]
    sums = list(accumulate(values, lambda below, these: [a + b for a, b in zip(below, these, strict=True)]))
    least = min(values[0])
    height = _round_up(max(sums[-1]) - least)
    least -= least % (height / 4)
    axis = _Axis(least, least + _round_up(max(sums[-1]) - least))
    drawn, below = [], [least] * len(marks)
    for place, above in enumerate(sums):
        there = [f"{_x(at, len(marks))},{_y(value, axis)}" for at, value in enumerate(above)]
        back = [f"{_x(at, len(marks))},{_y(below[at], axis)}" for at in reversed(range(len(marks)))]
        drawn.append(f'<polygon fill="{_color(place)}" points="{" ".join(there + back)}"/>')
        below = above
    return _chart(title, marks, series, axis, "", drawn)


def bars(title: str, names: Sequence[str], series: Sequence[Series]) -> str:
    """Bars lying one under the other, the series' parts of each side by side in it; empty if there is none."""
    totals = [sum(one.values[place] or 0 for one in series) for place in range(len(names))]
    if not names or not any(totals):
        return ""
    row, side = 22, 150
    height = _TOP + row * len(names) + 8
    wide = (WIDTH - side - 60) / max(totals)
    drawn = []
    for place, name in enumerate(names):
        y, x = _TOP + place * row, float(side)
        drawn.append(f'<text x="{side - 8}" y="{y + 14}" text-anchor="end">{_text(name)}</text>')
        for number, one in enumerate(series):
            width = (one.values[place] or 0) * wide
            drawn.append(
                f'<rect x="{x:.1f}" y="{y + 2}" width="{width:.1f}" height="{row - 6}" fill="{_color(number)}"/>'
            )
            x += width
        drawn.append(f'<text x="{x + 6:.1f}" y="{y + 14}">{totals[place]:,.0f}</text>')
    return _svg(title, height, [*_legend(series), *drawn])


def _chart(
    title: str, marks: Sequence[str], series: Sequence[Series], axis: _Axis, unit: str, drawn: Sequence[str]
) -> str:
    axes = []
    for part in range(5):
        value = axis.bottom + (axis.top - axis.bottom) * part / 4
        axes.append(
            f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{_y(value, axis)}" y2="{_y(value, axis)}" class="g"/>'
        )
        axes.append(f'<text x="{_LEFT - 6}" y="{_y(value, axis) + 4}" text-anchor="end">{value:,.6g}{unit}</text>')
    for at in sorted({0, (len(marks) - 1) // 2, len(marks) - 1}):
        anchor = "start" if at == 0 else "end" if at == len(marks) - 1 else "middle"
        axes.append(f'<text x="{_x(at, len(marks))}" y="{HEIGHT - 8}" text-anchor="{anchor}">{_text(marks[at])}</text>')
    return _svg(title, HEIGHT, [*axes, *drawn, *_legend(series)])


def _svg(title: str, height: int, parts: Sequence[str]) -> str:
    head = f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{_text(title)}">'
    return f"{head}<title>{_text(title)}</title>{''.join(parts)}</svg>"


def _legend(series: Sequence[Series]) -> Iterator[str]:
    x = float(_LEFT)
    for place, one in enumerate(series):
        name = clean(one.name, limit=24)
        yield f'<rect x="{x:.0f}" y="8" width="10" height="10" fill="{_color(place)}"/>'
        yield f'<text x="{x + 14:.0f}" y="17">{_text(name)}</text>'
        x += 30 + 6.5 * len(name)


def _text(outside: str) -> str:
    return escape(clean(outside, limit=24 if len(outside) > 60 else 60))


def _color(place: int) -> str:
    return COLORS[place % len(COLORS)]


def _x(place: int, count: int) -> float:
    return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (place / (count - 1) if count > 1 else 0.5), 1)


def _y(value: float, axis: _Axis) -> float:
    share = (value - axis.bottom) / (axis.top - axis.bottom)
    return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * share, 1)


def _round_up(value: float) -> float:
    """The next of 4, 8, 20, 40, 80, … that is as large: quarters of it are round."""
    step = 1.0
    while step * 4 < value:
        if step * 8 >= value:
            return step * 8
        if step * 20 >= value:
            return step * 20
        step *= 10
    return step * 4


def _runs(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    """The values that stand side by side, between those that are missing."""
    run: list[tuple[int, float]] = []
    for place, value in enumerate(values):
        if value is not None:
            run.append((place, value))
        elif run:
            yield run
            run = []
    if run:
        yield run
