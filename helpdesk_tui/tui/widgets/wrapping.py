"""Text broken into lines by the cells it takes on the screen, fast enough for a megabyte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size

_NARROW = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u05d0-\u05ea]*")


def _is_narrow(text: str) -> bool:
    """Whether every character surely takes one cell."""
    return (text.isascii() and text.isprintable()) or _NARROW.fullmatch(text) is not None


def wrap(text: str, width: int) -> list[str]:
    """The lines of `text`, none wider than `width` cells, broken at blanks where there are any.

    A line of `text` keeps its leading blanks; an empty one stays an empty line.
    """
    return [part for line in text.split("\n") for part in wrapped(line, width)]


def wrapped(line: str, width: int) -> Iterator[str]:
    """As `wrap` does with one line, part after part: of a very long one the first are there at once."""
    width = max(2, width)
    if len(line) <= width and _is_narrow(line):
        yield line
    elif _is_narrow(line):
        yield from (match[1] for match in _by_characters(width).finditer(line))
    else:
        yield from _by_cells(line, width)


_LEAD = re.compile(r" *(?:[-*•] +|\d{1,3}[.)] +)?")


def hang(line: str, width: int) -> list[str]:
    """One line wrapped, what follows indented like its beginning: below the text of a list item, not its bullet."""
    if len(line) <= width // 2:
        return [line]
    match = _LEAD.match(line)
    lead = match.group() if match else ""
    if not lead or len(lead) > width // 2:
        return wrap(line, width)
    first, *more = wrap(line[len(lead) :], width - len(lead))
    return [lead + first, *(" " * len(lead) + rest for rest in more)]


@lru_cache(maxsize=32)
def _by_characters(width: int) -> re.Pattern[str]:
    """Matches one line after the other; the blank at a break belongs to no line."""
    return re.compile(rf"(.{{1,{width}}}(?= |$)|.{{1,{width}}}) ?")


def _by_cells(line: str, width: int) -> Iterator[str]:
    start = cells = 0
    blank = -1
    for index, character in enumerate(line):
        size = get_character_cell_size(character)
        if cells + size > width:
            end = blank if blank > start else index
            yield line[start:end]
            start = end + 1 if end == blank else end
            cells = cell_len(line[start:index])
        if character == " ":
            blank = index
        cells += size
    yield line[start:]


def fit(text: str, width: int) -> str:
    """`text` cut to `width` cells, with an ellipsis where something is missing."""
    if width <= 0:
        return ""
    if len(text) <= width and _is_narrow(text):
        return text
    if cell_len(text[: width * 8]) <= width and len(text) <= width * 8:
        return text
    cells = 0
    for index, character in enumerate(text):
        cells += get_character_cell_size(character)
        if cells > width - 1:
            return text[:index].rstrip(" \u200d") + "…"  # a joiner would take the ellipsis into its character
    return text
