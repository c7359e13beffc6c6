"""A reply being written, into which canned replies can be taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.widgets import TextArea

from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.screens.text_entry import TextEntry

if TYPE_CHECKING:
    from helpdesk_tui.domain.canned import Filled


class ReplyEntry(TextEntry):
    """A reply to the one who asked. A canned reply goes in where the cursor is; sending does its change besides."""

    BINDINGS = [Binding("ctrl+t", "canned", "Canned reply", show=False, priority=True)]

    def __init__(self, heading: str, about: str, **how: Any) -> None:
        super().__init__(heading, about, **how)
        self.HINT = (*self.HINT[:-1], ("ctrl+t", "canned reply"), self.HINT[-1])
        self._of_canned: list[str] = []

    def action_canned(self) -> None:
        from helpdesk_tui.tui.screens.canned import CannedPick

        number = int(self.about.partition(" ")[2])
        self.app.push_screen(CannedPick(f"Canned reply for #{number}", (number,)), self._insert)

    def _insert(self, filled: Filled | None) -> None:
        from helpdesk_tui.tui.screens.canned import to_know

        if filled is None:
            return
        self.query_one(TextArea).insert(clean(filled.text, lines=True))
        self.change = _joined(" ", self.change, filled.canned.change)
        self.canned = _joined(", ", self.canned, filled.canned.name)
        self._of_canned = to_know(filled)
        self.say(" ".join(self._to_know()))

    def _to_know(self) -> Iterator[str]:
        yield from super()._to_know()
        yield from self._of_canned


def _joined(between: str, before: str, more: str) -> str:
    """Both, but nothing twice."""
    if f"{between}{more}{between}" in f"{between}{before}{between}":
        return before
    return between.join(filter(None, (before, more)))
