"""A text in which people are named: after an `@` those who may be meant are offered, as far as a name is typed."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from helpdesk_tui.domain.mentions import begun

CHOOSING = {"up": -1, "down": 1, "tab": 0, "enter": 0, "escape": None}
"""Keys that belong to the offers while there are any: steps among them, 0 takes one, None leaves them."""


class NamingArea(TextArea):
    """Tells what is typed of a name, and leaves the keys in `CHOOSING` to who offers some while `offering`."""

    @dataclass
    class Chose(Message):
        """A key for the offers was pressed."""

        key: str

    offering = False

    @property
    def name_begun(self) -> str | None:
        """What is typed of a name in front of the cursor, None where none is being typed."""
        row, column = self.cursor_location
        return begun(self.document.get_line(row)[:column]) if self.selection.is_empty else None

    def finish_name(self, word: str) -> None:
        """Put the whole name for what is typed of it."""
        typed = self.name_begun
        if typed is not None:
            row, column = self.cursor_location
            self.replace(f"{word} ", (row, column - len(typed)), (row, column), maintain_selection_offset=False)

    async def _on_key(self, event: events.Key) -> None:
        if self.offering and event.key in CHOOSING:
            event.stop()
            event.prevent_default()
            self.post_message(self.Chose(event.key))
