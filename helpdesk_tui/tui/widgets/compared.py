"""A text beside another one, with what differs marked."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk_tui.domain.merging_texts import changed_lines
from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.widgets.lines import Line
from helpdesk_tui.tui.widgets.wrapping import fit, wrapped


def marked(base: str, now: str, width: int) -> Iterator[Line]:
    """The lines of `now`, those that are not in `base` marked at their side and not by their colour alone."""
    base, now = clean(base, lines=True), clean(now, lines=True)
    changed = changed_lines(base, now)
    for index, line in enumerate(now.split("\n")):
        bar, style = ("▌ ", "warn") if index in changed else ("  ", "")
        for part in wrapped(line, width - 2):
            yield Line(((style, bar), (style, part)))


def in_short(before: str, after: str, width: int, rows: int = 2) -> Iterator[Line]:
    """The first lines that went and the first that came, at most so many of each."""
    before, after = clean(before, lines=True), clean(after, lines=True)
    for sign, style, base, now in (("− ", "bad", after, before), ("+ ", "good", before, after)):
        changed = sorted(changed_lines(base, now))
        lines = now.split("\n") if changed else []
        shown = [lines[index] for index in changed if lines[index].strip()]
        for line in shown[:rows]:
            yield Line((("", "  "), (style, sign), ("dim", fit(line, width - 4))))
        if len(shown) > rows:
            yield Line((("", "  "), ("dim", f"{sign}{len(shown) - rows} more lines")))
