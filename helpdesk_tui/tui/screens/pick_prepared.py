"""The ground of the pickers of prepared texts: what is chosen is shown below the list, and can be written there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.tui.screens.pick import Pick, TypeAhead
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome

LIST_ROWS = 6
"""Choices shown at once, so that what the cursor is on has room below."""

SHOWN_ROWS = 14
"""Rows of it at most."""


class PreparedPick(Pick):
    """Choose a prepared text; those who may can write, rewrite and remove them without leaving."""

    WIDTH = "-wide"
    BINDINGS = [
        Binding("ctrl+n", "write", "New", show=False, priority=True),
        Binding("ctrl+e", "rewrite", "Edit", show=False, priority=True),
        Binding("delete,ctrl+x", "remove", "Remove", show=False, priority=True),
    ]
    USES = "use"
    """What enter does, in a word."""

    NAME = "prepared text"
    """What is chosen, in a word or two."""
    ELSE = ""
    """What to do without one, as the end of a sentence."""

    def __init__(self, heading: str) -> None:
        super().__init__(heading, prompt=f"a {self.NAME}")
        self._writes = False
        self._told = ""

    def compose(self) -> ComposeResult:
        with self.box():
            yield TypeAhead(placeholder=self._prompt, select_on_focus=False)
            yield ChoiceList()
            yield Static("", classes="shown")
            yield Static("", classes="said -empty")

    def opened(self) -> None:
        self._writes = self.app.gateway.may(Act.PREPARE)
        writing = (("ctrl+n", "new"), ("ctrl+e", "edit"), ("del", "remove")) if self._writes else ()
        self.HINT = (("enter", self.USES), *writing, ("esc", "leave"))
        self.query_one(".sheet").border_subtitle = self.hint()
        super().opened()

    def _fit(self) -> None:
        room = self.rows_free(taken=4)
        rows = max(1, min(LIST_ROWS, room // 2, len(self.list.choices)))
        self.list.styles.height = rows
        self.query_one(".shown").styles.max_height = max(2, min(SHOWN_ROWS, room - rows))

    def offer(self, choices: Any, *, at_current: bool = False) -> None:
        if not choices:
            self.show(Content())
        super().offer(choices, at_current=at_current)
        if choices and self._told:
            self.say(self._told, "good")
        self._told = ""

    def nothing(self) -> str:
        none = f"No {self.NAME} of that name." if self.all_choices else f"No {self.NAME} yet."
        write = "ctrl+n writes one" if self._writes else "The team writes them"
        return f"{none} {write}{self.ELSE}."

    def show(self, content: Content) -> None:
        """Show this below the list."""
        place = self.query_one(".shown", Static)
        place.update(content)
        place.display = bool(content)

    # Writing

    def form(self, value: Any) -> Screen[Outcome]:
        """The form to write this one differently in; None for a new one."""
        raise NotImplementedError

    def removal(self, value: Any) -> Callable[[Desk], Outcome]:
        """What removes it."""
        raise NotImplementedError

    def action_write(self) -> None:
        if self._writes:
            self.app.push_screen(self.form(None), self._written)

    def action_rewrite(self) -> None:
        self.when_found(lambda: self.rewrite(self.list.choice))

    def rewrite(self, choice: Choice | None) -> None:
        """Open the form of that one, for those who may write it."""
        if self._writes and choice is not None:
            self.app.push_screen(self.form(choice.value), self._written)

    def action_remove(self) -> None:
        self.when_found(self._remove)

    def _remove(self) -> None:
        if self._writes and self.list.choice is not None:
            self.ask(self.removal(self.list.choice.value), self._written, self.failed, hold=True)

    def _written(self, outcome: Outcome | None) -> None:
        """Something was written or removed: offer what there is now."""
        if outcome is not None:
            self._told = outcome.said
            self.wait()
            self.ask_for_choices()

    def find(self, typed: str) -> None:
        """By name and by what stands beside it."""
        from helpdesk_tui.tui.fuzzy import best

        def words(choice: Choice) -> str:
            return f"{choice.text} {choice.note}"

        self.offer(best(typed, self.all_choices, words), at_current=not typed)
