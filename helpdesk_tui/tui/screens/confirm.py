"""One question before something that does not happen by itself."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from helpdesk_tui.tui.screens.sheet import Sheet


class Confirm(Sheet[bool]):
    """Asks; dismissed with True for yes, None otherwise. `yes` says in a word or two what would be done."""

    BINDINGS = [Binding("y,enter", "yes", "Yes", show=False), Binding("n,q", "leave", "No", show=False)]

    def __init__(self, heading: str, question: str, yes: str = "yes") -> None:
        super().__init__(heading)
        self.HINT = (("y", yes), ("esc", "leave it"))
        self._question = question

    def compose(self) -> ComposeResult:
        with self.box():
            yield Static("", classes="said")

    def opened(self) -> None:
        super().opened()
        self.say(self._question)

    def action_yes(self) -> None:
        self.dismiss(True)


class ForGood(Confirm):
    """Asks before what cannot be undone: enter, which may have been meant for something else, is no answer."""

    BINDINGS = [Binding("enter", "look_again", show=False)]

    def action_look_again(self) -> None:
        """Nothing: only y is yes."""
