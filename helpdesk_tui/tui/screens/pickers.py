"""The small pickers of the fields: each is dismissed with what was chosen as terms of a change, or None."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from textual.binding import Binding

from helpdesk_tui.domain.people import Person
from helpdesk_tui.domain.ticket import Priority, Status
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import dates
from helpdesk_tui.language.terms import SetField, Term
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.picker import Choice

PRIORITY_STYLES = {Priority.CRITICAL: "bad", Priority.HIGH: "warn", Priority.NORMAL: "info", Priority.LOW: "dim"}
STATUS_STYLES = {
    Status.NONE: "dim",
    Status.REVIEW: "warn",
    Status.REWORK: "warn",
    Status.BLOCKED: "bad",
    Status.WAITING: "info",
}


def set_field(field: str, value: object) -> tuple[Term, ...]:
    return (SetField(field, value),)


class PriorityPick(Pick):
    """How soon it wants attention. `current` is None where several tickets differ."""

    def __init__(self, heading: str, current: Priority | None = None) -> None:
        super().__init__(
            heading,
            [
                Choice(set_field("priority", one), one.word, style=PRIORITY_STYLES[one], current=one is current)
                for one in sorted(Priority, reverse=True)
            ],
        )


class StatusPick(Pick):
    """The flag beside the column."""

    def __init__(self, heading: str, current: Status | None = None) -> None:
        super().__init__(
            heading,
            [
                Choice(set_field("status", one), one.value or "none", style=STATUS_STYLES[one], current=one is current)
                for one in Status
            ],
        )


class AssigneePick(Pick):
    """Who helps: me, nobody, or one of the agents. `current` is the short name on the card."""

    def __init__(self, heading: str, agents: Sequence[Person], me: int, current: str | None = None) -> None:
        mine = [agent for agent in agents if agent.id == me]
        others = [agent for agent in agents if agent.id != me]
        choices = [self._choice(agent, f"{agent.short} (me)", current) for agent in mine]
        choices.append(Choice(set_field("assignee", None), "nobody", style="dim", current=current == ""))
        choices.extend(self._choice(agent, agent.short, current) for agent in others)
        super().__init__(heading, choices, empty="No agent of that name.")

    @staticmethod
    def _choice(agent: Person, shown: str, current: str | None) -> Choice:
        note = agent.name if agent.name != agent.short else ""
        return Choice(set_field("assignee", agent.id), shown, note, current=agent.short == current)

    def find(self, typed: str) -> None:
        self.offer(best(typed, self.all_choices, lambda one: f"{one.text} {one.note}"), at_current=not typed)


class DuePick(Pick):
    """When it should be done, in words; the moment they mean is shown while typing."""

    PRESETS = ("today", "tomorrow", "monday", "eow")

    def __init__(self, heading: str, now: datetime, zone: tzinfo, current: datetime | None = None) -> None:
        super().__init__(heading, prompt="fri 17:00, +3d, in 2h, 2026-12-01…")
        self._now = now
        self._zone = zone
        self._current = current

    def find(self, typed: str) -> None:
        typed = typed.strip()
        presets = [self._meaning(word, word) for word in self.PRESETS if word.startswith(typed.casefold())]
        if "none".startswith(typed.casefold()):
            presets.append(Choice(set_field("due", None), "none", "no due date", "dim"))
        if not typed:
            now = [] if self._current is None else [self._as_it_is(self._current)]
            self.offer([*now, *presets])
            return
        if any(choice.text == typed.casefold() for choice in presets):
            self.offer(presets)
            return
        try:
            meant = [self._meaning(typed, typed)]
        except LanguageError as error:
            if not presets:
                self.list.show_choices([])
                self.say(str(error), "bad")
                self._fit()
                return
            meant = []
        self.offer([*meant, *presets])

    def _meaning(self, typed: str, shown: str) -> Choice:
        moment = dates.deadline(typed, self._now, self._zone)
        return Choice(set_field("due", moment), shown, dates.said(moment, self._now, self._zone))

    def _as_it_is(self, moment: datetime) -> Choice:
        said = dates.said(moment, self._now, self._zone)
        return Choice(set_field("due", moment), "as it is", said, current=True)


class ThemePick(Pick):
    """The colours; each is tried while the cursor stands on it. Dismissed with the theme's name."""

    BINDINGS = [Binding("escape", "leave", "Leave", show=False)]

    def __init__(self, themes: Sequence[str], current: str) -> None:
        choices = [Choice(name, name, current=name == current) for name in themes]
        super().__init__("Theme", choices, empty="No theme of that name.")
        self._before = current

    def seen(self, choice: Choice) -> None:
        self.app.theme = choice.value

    def action_leave(self) -> None:
        self.app.theme = self._before
        super().action_leave()
