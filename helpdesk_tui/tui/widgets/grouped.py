"""Choices under headings, which the cursor passes over."""

from __future__ import annotations

from helpdesk_tui.tui.widgets.picker import ChoiceList


class GroupedList(ChoiceList, can_focus=False):
    """A list in which what is not enabled is a heading."""

    def go(self, steps: int) -> None:
        before = self.cursor
        super().go(steps)
        if self.choice is None and self.choices:
            super().go(1 if steps > 0 else -1)
            if self.choice is None:  # a heading at the end of the list: there is nobody beyond it
                super().go(before - self.cursor)
