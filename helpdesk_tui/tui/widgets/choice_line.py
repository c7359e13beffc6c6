"""One of a few answers, chosen in a line: `( ) 13   (x) 15`."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from helpdesk_tui.domain.text import clean


class ChoiceLine(Static, can_focus=True):
    """The arrows, space or the first letter choose; `value` is the answer chosen, "" for none."""

    DEFAULT_CSS = """
    ChoiceLine { height: auto; padding: 0 1; }
    ChoiceLine:focus { background: $foreground 8%; }
    """
    BINDINGS = [
        Binding("right,space,down", "go(1)", "Next", show=False),
        Binding("left,up", "go(-1)", "Previous", show=False),
        Binding("delete,backspace", "clear", "None", show=False),
    ]

    def __init__(self, choices: Sequence[str], value: str = "", *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.choices = tuple(choices)
        self.value = value if value in self.choices else ""

    def on_mount(self) -> None:
        self._show()

    def action_go(self, steps: int) -> None:
        if self.value in self.choices:
            place = (self.choices.index(self.value) + steps) % len(self.choices)
        else:
            place = 0 if steps > 0 else -1
        self.choose(self.choices[place])

    def action_clear(self) -> None:
        self.choose("")

    def choose(self, value: str) -> None:
        self.value = value
        self._show()

    def on_key(self, event: events.Key) -> None:
        """A letter goes to the next answer that begins with it."""
        if event.character is None or not event.character.strip():
            return
        begin = event.character.casefold()
        after = self.choices.index(self.value) + 1 if self.value else 0
        turned = (*self.choices[after:], *self.choices[:after])
        meant = next((choice for choice in turned if choice.casefold().startswith(begin)), None)
        if meant is not None:
            event.stop()
            self.choose(meant)

    def _show(self) -> None:
        pieces: list[tuple[str, str] | str] = []
        for choice in self.choices:
            chosen = choice == self.value
            pieces += [("(x) " if chosen else "( ) ", "bold $text-warning" if chosen else "$foreground 60%")]
            pieces += [(clean(choice, limit=200), "bold" if chosen else ""), "   "]
        self.update(Content.assemble(*pieces[:-1]))
