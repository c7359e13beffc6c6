"""The settings of the desk: choose one, write its value; or go to what has a list of its own."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input

from helpdesk_tui.domain.settings import SETTINGS
from helpdesk_tui.tui.asks import Asks
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.screens.text_entry import LineEntry
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.errors import HelpdeskError


PLACES = {
    "service levels": ("policies:PoliciesPick", "What is promised for which tickets."),
    "calendars": ("calendars:CalendarsPick", "When the desk is open, and on whose holidays it is not."),
    "rules": ("rules:RulesPick", "What happens by itself, and when."),
    "organizations": ("organizations:OrganizationsPick", "Whom those who need help belong to, and whether it shares."),
    "templates": ("prepared_lists:TemplateList", "What tickets are made from, and what is asked at once."),
    "canned replies": ("prepared_lists:CannedList", "Prepared answers, and what they do besides."),
}
"""What is set in a screen of its own: the screen, as a module and a class, and a sentence."""


class SettingsPick(Pick):
    """All settings and their values; each changed in place. Dismissed with the last Outcome, None if nothing was."""

    BINDINGS = [Binding("ctrl+d", "reset", "Default", show=False, priority=True)]
    HINT = (("enter", "change"), ("ctrl+d", "default"), ("esc", "leave"))
    WIDTH = "-wide"

    def __init__(self) -> None:
        super().__init__("Settings of this desk", prompt="a setting", empty="No setting of that name.")
        self._values: Mapping[str, str] = {}
        self._outcome: Outcome | None = None

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import settings

        self._values = settings.in_words(desk)
        plain = [Choice(name, SETTINGS[name].heading, value) for name, value in self._values.items()]
        return [*plain, *(Choice(name, name, "enter opens them") for name in PLACES)]

    def find(self, typed: str) -> None:
        self.offer(best(typed, self.all_choices, lambda one: f"{one.text} {one.value} {_what(one.value)}"))

    def seen(self, choice: Choice) -> None:
        now = f" Now: {self._values[choice.value]}" if choice.value in self._values else ""
        self.say(_what(choice.value) + now)

    def chosen(self, choice: Choice | None) -> None:
        if choice is not None and choice.value in PLACES:
            self.app.push_screen(screen_of(choice.value))
        elif choice is not None:
            self.app.push_screen(SettingEntry(choice.value, self._values[choice.value]), self._changed)

    def action_reset(self) -> None:
        def reset() -> None:
            choice = self.list.choice
            if choice is not None and choice.value in SETTINGS:
                name = choice.value
                self.ask(lambda desk: _change(desk, name, None), self._changed, self.failed, hold=True)

        self.when_found(reset)

    def _changed(self, outcome: Outcome | None) -> None:
        if outcome is not None:
            self._outcome = outcome
            self.wait()
            self.ask_for_choices()

    def action_leave(self) -> None:
        self.dismiss(self._outcome)


class SettingEntry(Asks, LineEntry):
    """The value of one setting. Stays, and says why, where the setting cannot have it."""

    WIDTH = "-wide"

    def __init__(self, name: str, value: str) -> None:
        super().__init__(SETTINGS[name].what, value, SETTINGS[name].example, limit=2_000)
        self._setting = name

    def opened(self) -> None:
        super().opened()
        self.say(f"As in: {SETTINGS[self._setting].example}")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        event.prevent_default()
        text = event.value
        self.ask(lambda desk: _change(desk, self._setting, text), self._done, self._refused, hold=True)

    def _done(self, outcome: Outcome) -> None:
        self.dismiss(outcome)

    def _refused(self, error: HelpdeskError) -> None:
        self.say(str(error), "bad")


def screen_of(place: str) -> Screen[Any]:
    """The screen in which that is set, its module loaded now."""
    module, _, name = PLACES[place][0].partition(":")
    made: Screen[Any] = getattr(import_module(f"helpdesk_tui.tui.screens.{module}"), name)()
    return made


def _what(name: str) -> str:
    return PLACES[name][1] if name in PLACES else SETTINGS[name].what


def _change(desk: Desk, name: str, text: str | None) -> Outcome:
    from helpdesk_tui.desk import settings

    return settings.change(desk, name, text)
