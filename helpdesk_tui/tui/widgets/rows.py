"""Lists to choose from whose rows are drawn by the screen they stand on, and such lists with headings in between."""

from __future__ import annotations

from collections.abc import Callable

from helpdesk_tui.tui.widgets.lines import Line, Pieces
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList


class RowList(ChoiceList, can_focus=False):
    """Rows; `drawn` puts a choice into so many cells."""

    drawn: Callable[[Choice, int], Pieces]

    def line_at(self, index: int) -> Line | None:
        if index >= len(self.choices):
            return None
        choice = self.choices[index]
        here = index == self.cursor and choice.enabled
        pieces = self.drawn(choice, self.scrollable_content_region.width - 3)
        return Line((("key", "▸ " if here else "  "), *pieces), back="cursor" if here else "")


class GroupedList(RowList, can_focus=False):
    """Rows in which what is not enabled is a heading, which the cursor passes over."""

    def go(self, steps: int) -> None:
        before = self.cursor
        super().go(steps)
        if self.choice is None and self.choices:
            super().go(1 if steps > 0 else -1)
            if self.choice is None:  # a heading at the end of the list: there is nobody beyond it
                super().go(before - self.cursor)
