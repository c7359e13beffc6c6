"""Choose from a list by typing a few letters of it: the ground of every picker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.widgets import Input, Static

from helpdesk_tui.errors import HelpdeskError
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens.finding import Finds
from helpdesk_tui.tui.screens.sheet import Sheet
from helpdesk_tui.tui.widgets.line_input import LineInput
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk

ROWS = 12
"""Choices shown at once where there is room."""


class TypeAhead(LineInput):
    """The line that is typed into. A key in `not_typed` is left to the picker's bindings, although it has a letter."""

    not_typed: frozenset[str] = frozenset()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return key not in self.not_typed and super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if event.key in self.not_typed:
            event.prevent_default()  # it goes on to the bindings, behind the letters typed before it


class Pick(Finds, Sheet[Any]):
    """One choice of a list; dismissed with its value.

    Subclasses override `load` where the desk knows what to choose from, `find` where what is offered depends on more
    than the letters typed, `chosen` for what enter does, and `seen` to follow the cursor. Enter and the arrows are for
    what the typed letters find: when that is still on its way, so are they, and every key behind them.
    """

    BINDINGS = [
        Binding("up,ctrl+k", "go(-1)", "Up", show=False, priority=True),
        Binding("down,ctrl+j", "go(1)", "Down", show=False, priority=True),
        Binding("pageup", "go_page(-1)", "Page up", show=False),
        Binding("pagedown", "go_page(1)", "Page down", show=False),
    ]

    def __init__(
        self, heading: str, choices: Sequence[Choice] = (), *, empty: str = "Nothing of that name.", prompt: str = ""
    ) -> None:
        super().__init__(heading)
        self.all_choices = choices
        self._empty = empty
        self.read_at: int | None = None
        """The last event before the choices were read."""
        self._prompt = prompt

    def compose(self) -> ComposeResult:
        with self.box():
            yield TypeAhead(placeholder=self._prompt, select_on_focus=False)
            yield ChoiceList()
            yield Static("", classes="said -empty")

    def opened(self) -> None:
        super().opened()
        if type(self).load is Pick.load:
            self.find("")
        else:
            self.wait()
            self.ask_for_choices()

    def sized(self, size: Size) -> None:
        super().sized(size)
        self._fit()

    @property
    def list(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    @property
    def typed(self) -> str:
        return self.query_one(Input).value

    # What is offered

    def load(self, desk: Desk) -> Sequence[Choice]:  # noqa: ARG002 - for those that ask it
        """Runs beside the screen: everything there is to choose from."""
        return self.all_choices

    def ask_for_choices(self) -> None:
        """Ask the desk what there is to choose from. The last question of this picker counts, whatever is above it."""
        self.ask(self._read, self._arrive, self.failed, kind=f"choices of {id(self)}")

    def _read(self, desk: Desk) -> tuple[int, Sequence[Choice]]:
        return desk.last_event(), self.load(desk)

    def _arrive(self, found: tuple[int, Sequence[Choice]]) -> None:
        self.read_at, choices = found
        self._loaded(choices)

    def _loaded(self, choices: Sequence[Choice]) -> None:
        self.all_choices = choices
        self._waiting = False
        self.find(self.typed)

    def failed(self, error: HelpdeskError) -> None:
        """The desk cannot say: tell why."""
        self.arrived()
        self.say(str(error), "bad")

    def find(self, typed: str) -> None:
        """Offer what `typed` may name."""
        self.offer(best(typed, self.all_choices, lambda choice: choice.text), at_current=not typed)

    def offer(self, choices: Sequence[Choice], *, at_current: bool = False) -> None:
        """Show these choices, the cursor on the first (or on the current one), or say that there are none."""
        current = next((i for i, choice in enumerate(choices) if choice.current), 0) if at_current else 0
        self.list.show_choices(choices, current)
        self.say("" if choices else self.nothing())
        self._fit()
        self.arrived()

    def nothing(self) -> str:
        """What is said where nothing is offered."""
        return self._empty

    def _fit(self) -> None:
        room = self.rows_free(taken=3)
        wanted = max(1, len(self.list.choices))
        self.list.styles.height = min(ROWS, room, max(wanted, min(3, len(self.all_choices))))

    # What is done

    def chosen(self, choice: Choice | None) -> None:
        """Enter or a click: leave with that choice's value."""
        if choice is not None:
            self.dismiss(choice.value)

    def clicked(self, choice: Choice) -> None:
        """A click on a choice: as enter on it."""
        self.chosen(choice)

    def seen(self, choice: Choice) -> None:
        """The cursor stands on another choice."""

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if not self._waiting or type(self).load is Pick.load:
            self.find(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.when_found(lambda: self.chosen(self.list.choice))

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self.clicked(event.choice)

    @on(ChoiceList.Highlighted)
    def _highlighted(self, event: ChoiceList.Highlighted) -> None:
        event.stop()
        self.seen(event.choice)

    def action_go(self, steps: int) -> None:
        self.when_found(lambda: self.list.go(steps))

    def action_go_page(self, pages: int) -> None:
        self.when_found(lambda: self.list.go_page(pages))
