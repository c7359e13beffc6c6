"""The one place where text from outside becomes something to show: made safe, and cut to the cells there are."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.widgets.wrapping import fit, wrap

LONGEST = 600
"""Characters of a single line that are looked at: more never fits a screen."""


def shown(text: str, width: int) -> str:
    """`text` made safe and cut to `width` cells."""
    return fit(clean(text, limit=LONGEST), width)


def filled(text: str, width: int) -> str:
    """Safe `text` cut or padded to exactly `width` cells."""
    text = fit(text, width)
    return text + " " * max(0, width - cell_len(text))


def two_lines(text: str, first: int, second: int) -> list[str]:
    """Safe `text` on one line of `first` cells or, if it is longer, on a second of `second` cells as well."""
    if cell_len(text) <= first:
        return [text]
    top = wrap(text, first)[0]
    return [top.rstrip(" \u200d"), fit(text[len(top) :].lstrip(), second)]


def content(text: str, style: str = "") -> Content:
    """`text` for a widget: never read as markup."""
    safe = clean(text, lines=True)
    return Content.styled(safe, style) if style else Content(safe)
