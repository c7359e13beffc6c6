"""A screen as text that can be compared: what stands on it, and below it which look each piece of it has.

The looks are letters in the order in which they first appear, the most common one is blank, and a list says what each
is. A changed colour changes one line of that list; a changed place changes the letters where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from string import ascii_letters, digits

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from textual.app import App

from helpdesk_tui.tui import chokepoint
from tests.tui.quiet import paint

LETTERS = ascii_letters + digits
Look = tuple[str, str, str]
"""Colour of the letters, of the ground, and what else there is to it."""


def picture(app: App[None]) -> str:
    """What the terminal would be told to show now."""
    paint(app)
    rows = [list(_cells(strip._segments)) for strip in app.screen._compositor.render_strips()[: app.size.height]]
    looks = [list(_looks(row)) for row in rows]
    common = Counter(look for row in looks for look in row).most_common(1)[0][0]
    letters = {common: " "}
    for look in (look for row in looks for look in row):
        letters.setdefault(look, LETTERS[len(letters) - 1])
    edge = "+" + "-" * app.size.width + "+"
    screen = [f"|{''.join(text for text, _ in row)}|" for row in rows]
    below = [f" {''.join(letters[look] for look in row)}".rstrip() for row in looks]
    legend = [f"{letter}  {' '.join(_words(look)) or 'plain'}" for look, letter in letters.items()]
    return "\n".join([edge, *screen, edge, *below, edge, *legend, ""])


def _looks(row: list[tuple[str, Look]]) -> Iterator[Look]:
    """The look of each cell of a line; a blank shows nothing of the colour of letters, so it has that of its left."""
    before: Look = ("", "", "")
    for text, look in row:
        if not text.isspace():
            before = look
        elif look[1:] != before[1:]:
            before = ("", *look[1:])
        yield from [before] * cell_len(text)


def _cells(segments: list[Segment]) -> Iterator[tuple[str, Look]]:
    """The letters of a line, each with its look; combining ones stay with the letter they belong to."""
    for text, style, control in segments:
        if control or not text:
            continue
        codes = ((), "", "") if style is None else chokepoint._codes(style, ColorSystem.TRUECOLOR, chokepoint.COLORS)
        look = (codes[1], codes[2], " ".join(codes[0]))
        cell = ""
        for letter in text:
            if cell and cell_len(letter):
                yield cell, look
                cell = ""
            cell += letter
        if cell:
            yield cell, look


def _words(look: Look) -> Iterator[str]:
    front, back, attributes = look
    if front:
        yield _colour(front)
    if back:
        yield f"on {_colour(back)}"
    if attributes:
        yield attributes


def _colour(codes: str) -> str:
    """ "38;2;192;202;245" as "#c0caf5"; the terminal's own colours stay numbers."""
    _, kind, *parts = [*codes.split(";"), ""]
    return "#" + "".join(f"{int(part):02x}" for part in parts if part) if kind == "2" else f"colour {codes}"
