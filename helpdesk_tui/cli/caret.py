"""A text with a mark under one of its characters."""

from __future__ import annotations

from rich.cells import cell_len

from helpdesk_tui.domain.text import clean

AROUND = 60
"""Characters shown on either side of the mark in a long text."""


def pointed(text: str, column: int) -> str:
    """Two lines: the text (only what is near, if it is long) and a `^` under its `column`, counted from 1."""
    place = min(max(column - 1, 0), len(text))
    start = max(0, place - AROUND)
    end = place + AROUND
    before = ("…" if start else "") + clean(text[start:place])
    after = clean(text[place:end]) + ("…" if end < len(text) else "")
    return f"  {before}{after}\n  {' ' * cell_len(before)}^"
