"""A list to choose from, drawn line by line: ten thousand choices cost what is on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.message import Message

from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.widgets.lines import Line, LineView
from helpdesk_tui.tui.widgets.wrapping import fit


class Choice(Struct, frozen=True):
    """One thing to choose: the value it stands for, how it reads, and a word at the right edge.

    `text` and `note` may come from outside; they are made safe when drawn. `style` is one of `lines.STYLES`. `ticked`
    draws a box where several may be chosen, None where only one may. `current` is the value as it stands. A choice that
    is not `enabled` only says something.
    """

    value: Any
    text: str
    note: str = ""
    style: str = ""
    ticked: bool | None = None
    current: bool = False
    enabled: bool = True


class ChoiceList(LineView, can_focus=False):
    """Choices under a cursor. It has no focus and no keys of its own: the screen's input keeps those."""

    @dataclass
    class Chosen(Message):
        """A choice was clicked."""

        choice: Choice

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another choice."""

        choice: Choice

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.choices: Sequence[Choice] = ()
        self.cursor = 0

    @property
    def choice(self) -> Choice | None:
        """What the cursor stands on; None in an empty list or on a line that cannot be chosen."""
        found = self.choices[self.cursor] if 0 <= self.cursor < len(self.choices) else None
        return found if found is not None and found.enabled else None

    def show_choices(self, choices: Sequence[Choice], cursor: int = 0) -> None:
        """Offer these; the cursor goes to the one of that index, or for -1 stands on none yet."""
        self.choices = choices
        self.cursor = -1 if cursor < 0 else max(0, min(cursor, len(choices) - 1))
        self.set_height(len(choices))
        self.scroll_to_line(0)
        self.bring_into_view(max(0, self.cursor))
        self._tell()

    def go(self, steps: int) -> None:
        """Move the cursor that many choices down."""
        before, self.cursor = self.cursor, max(0, min(self.cursor + steps, len(self.choices) - 1))
        if self.cursor != before:
            self.bring_into_view(self.cursor)
            self.refresh()
            self._tell()

    def go_page(self, pages: int) -> None:
        self.go(pages * max(1, self.scrollable_content_region.height - 1))

    def on_resize(self) -> None:
        """Offered before there was room, the cursor may stand outside of it."""
        self.bring_into_view(max(0, self.cursor))

    def _tell(self) -> None:
        if self.choice is not None:
            self.post_message(self.Highlighted(self.choice))

    def line_at(self, index: int) -> Line | None:
        if index >= len(self.choices):
            return None
        choice = self.choices[index]
        width = self.scrollable_content_region.width
        here = index == self.cursor and choice.enabled
        box = "" if choice.ticked is None else "[x] " if choice.ticked else "[ ] "
        lead = f"{'▸' if here else ' '} {box}"
        tick = "✓ " if choice.current else ""
        said = clean(choice.text[:2000])
        left = width - len(lead) - cell_len(said) - len(tick) - 2  # a note has half the line, and what the text leaves
        tail = tick + fit(clean(choice.note), max(0, width // 2, left))
        text = fit(said, width - len(lead) - cell_len(tail) - 2)
        gap = " " * max(1, width - len(lead) - cell_len(text) - cell_len(tail) - 1)
        return Line(
            (("key" if here else "", lead), (choice.style, text), ("", gap), ("dim", tail)),
            back="cursor" if here else "",
        )

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if index < len(self.choices) and self.choices[index].enabled:
            self.cursor = index
            self.refresh()
            self.post_message(self.Chosen(self.choices[index]))
