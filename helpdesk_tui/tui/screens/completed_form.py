"""The ground of the forms in which a query or a change is written: what could stand at the cursor is offered below."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.binding import Binding
from textual.widgets import Input

from helpdesk_tui.errors import HelpdeskError
from helpdesk_tui.tui.screens.finding import Finds
from helpdesk_tui.tui.screens.prepared_form import PreparedForm
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.language.complete import Completion


class CompletedForm(Finds, PreparedForm):
    """Completes as the filter line does: tab or enter takes what is begun, the arrows choose another.

    It has a `ChoiceList` of the id "offers".
    """

    BINDINGS = [
        Binding("tab", "go_on(True)", "Next", show=False),
        Binding("shift+tab", "go_on(False)", "Previous", show=False),
        Binding("up", "point(-1)", "Up", show=False, priority=True),
        Binding("down", "point(1)", "Down", show=False, priority=True),
    ]
    ONE_ANSWER: frozenset[str] = frozenset()
    """Fields in which what is taken is all that stands there."""

    @staticmethod
    @abstractmethod
    def offers(desk: Desk, field: str, text: str, cursor: int) -> Sequence[Choice]:
        """What could stand at the cursor of that field, each choice's value a Completion; runs beside the screen."""

    @abstractmethod
    def means(self) -> Callable[[Desk], Any]:
        """Works out, beside the screen, what is written so far; an error that it raises goes to `wrong`."""

    @abstractmethod
    def told(self, meaning: Any) -> None:
        """Say what is written so far."""

    def wrong(self, error: HelpdeskError) -> None:
        """Say what is wrong with it."""
        self.say(str(error), "bad")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The arrows are those of a field with offers only."""
        return self.field is not None if action == "point" else super().check_action(action, parameters)

    @property
    def field(self) -> Input | None:
        """The field that has the focus."""
        return self.focused if isinstance(self.focused, Input) else None

    @property
    def offered(self) -> ChoiceList:
        return self.query_one("#offers", ChoiceList)

    # What it means so far

    @on(Input.Changed)
    def _typed_on(self, event: Input.Changed) -> None:
        event.stop()
        self.look()

    def on_descendant_focus(self) -> None:
        if self.query("#offers"):
            self.look()

    def look(self) -> None:
        """Ask what could stand in the field at the cursor, and what all of it means so far."""
        field, means, offers = self.field, self.means(), self.offers
        name = "" if field is None else str(field.id)
        text, cursor = ("", 0) if field is None else (field.value, field.cursor_position)
        self.wait()
        self.ask(
            lambda desk: (offers(desk, name, text, cursor), _meaning(desk, means)),
            lambda found: self._found(name, text, *found),
            self._not_found,
            kind="meaning",
        )

    def _found(self, name: str, text: str, offers: Sequence[Choice], meaning: Any) -> None:
        field = self.field
        if (name, text) == (("", "") if field is None else (field.id, field.value)):
            begun = bool(offers) and _begun(offers[0], text) and not any(one.current for one in offers)
            cursor = 0 if begun else -1
            if (offers, cursor) != (self.offered.choices, self.offered.cursor):
                self.offered.show_choices(offers, cursor)
        if isinstance(meaning, HelpdeskError):
            self.wrong(meaning)
        else:
            self.told(meaning)
        self.arrived()

    def _not_found(self, error: HelpdeskError) -> None:
        self.offered.show_choices(())
        self.say(str(error), "bad")
        self.arrived()

    # Taking what is offered

    def _take(self) -> bool:
        """Put the choice under the cursor into its field; whether there was one."""
        field, choice = self.field, self.offered.choice
        if field is None or choice is None:
            return False
        offer: Completion = choice.value
        whole = field.id in self.ONE_ANSWER or offer.insert.endswith((":", " "))
        insert = offer.insert if whole else f"{offer.insert} "
        text = field.value
        field.value = text[: offer.start] + insert + text[offer.end :].lstrip(" ")
        field.cursor_position = offer.start + len(insert)
        return True

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self._take()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        event.prevent_default()
        self.when_found(lambda: None if self._take() else self.action_save())

    def action_go_on(self, forward: bool) -> None:
        """Complete what is begun; where nothing is, go on to the next field."""

        def go_on() -> None:
            field = self.field
            if forward and self._take() and field is not None and field.id not in self.ONE_ANSWER:
                return  # more may follow there
            if forward:
                self.focus_next()
            else:
                self.focus_previous()

        self.when_found(go_on)

    def action_point(self, steps: int) -> None:
        def point() -> None:
            if self.offered.cursor < 0 and steps > 0 and self.offered.choices:
                self.offered.show_choices(self.offered.choices, 0)
            else:
                self.offered.go(steps)

        self.when_found(point)


def offered_of_query(desk: Desk, text: str, cursor: int) -> Sequence[Choice]:
    """What could stand at the cursor of a query."""
    from helpdesk_tui.desk.completing import complete_query

    return [Choice(one, one.label, one.hint) for one in complete_query(desk, text, cursor)]


def _meaning(desk: Desk, means: Callable[[Desk], Any]) -> Any:
    try:
        return means(desk)
    except HelpdeskError as error:
        return error


def _begun(choice: Choice, text: str) -> bool:
    """Whether the beginning of that choice is typed, and not the whole of it."""
    offer: Completion = choice.value
    return bool(text[offer.start : offer.end].strip()) and text[offer.start : offer.end] != offer.insert
