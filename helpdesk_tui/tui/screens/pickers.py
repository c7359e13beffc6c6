"""The small pickers of the fields: each is dismissed with what was chosen as terms of a change, or None."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from textual.binding import Binding

from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.people import Person
from helpdesk_tui.domain.ticket import Priority, Status
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import dates
from helpdesk_tui.language.terms import SetField, Term
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.picker import Choice
from helpdesk_tui.tui.widgets.ticket_parts import PRIORITY_STYLES, STATUS_STYLES

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk


def set_field(field: str, value: object) -> tuple[Term, ...]:
    return (SetField(field, value),)


class PriorityPick(Pick):
    """How soon it wants attention. `current` is None where several tickets differ."""

    def __init__(self, heading: str, current: Priority | None = None) -> None:
        super().__init__(heading, priority_choices(current))


def priority_choices(current: Priority | None = None) -> list[Choice]:
    """The priorities, the most pressing first."""
    return [
        Choice(set_field("priority", one), one.word, style=PRIORITY_STYLES[one], current=one is current)
        for one in sorted(Priority, reverse=True)
    ]


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

    def __init__(self, heading: str, current: str | None = None, board_id: int | None = None) -> None:
        super().__init__(heading, empty="No agent of that name.")
        self._current = current
        self._board_id = board_id

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import people

        agents = people.agents(desk, self._board_id)
        return self.offered(agents, desk.actor.id, people.load(desk), people.absent(desk, agents))

    def offered(
        self, agents: Sequence[Person], me: int, load: Mapping[int, int], absent: Mapping[int, str]
    ) -> list[Choice]:
        """What there is to choose from: see `assignee_choices`."""
        return assignee_choices(agents, me, load, absent, self._current)

    def find(self, typed: str) -> None:
        self.offer(best(typed, self.all_choices, lambda one: f"{one.text} {one.note}"), at_current=not typed)


def assignee_choices(
    agents: Sequence[Person],
    me: int,
    load: Mapping[int, int],
    absent: Mapping[int, str],
    current: str | None = None,
) -> list[Choice]:
    """The person at the keyboard first, then nobody, then the others; beside each, how much is on them and whether
    they are away.
    """

    def choice(agent: Person, shown: str) -> Choice:
        name = agent.name if agent.name != agent.short else ""
        most = f"/{agent.capacity}" if agent.capacity is not None else ""
        note = f"{name}  {load.get(agent.id, 0)}{most} open  {absent.get(agent.id, '')}".strip()
        return Choice(set_field("assignee", agent.id), shown, note, current=agent.short == current)

    choices = [choice(agent, f"{agent.short} (me)") for agent in agents if agent.id == me]
    choices.append(Choice(set_field("assignee", None), "nobody", style="dim", current=current == ""))
    return choices + [choice(agent, agent.short) for agent in agents if agent.id != me]


class DuePick(Pick):
    """When it should be done, in words; the moment they mean is shown while typing.

    The desk is asked what a date means: the library for other languages takes its time to load.
    """

    BINDINGS = [Binding("tab", "calendar", "Calendar", show=False)]
    HINT = (("enter", "set"), ("tab", "calendar"), ("esc", "leave"))

    def __init__(self, heading: str, current: datetime | None = None) -> None:
        super().__init__(heading, prompt="fri 17:00, +3d, in 2h, 2026-12-01")
        self._current = current

    def find(self, typed: str) -> None:
        current = self._current
        self.wait()
        self.ask(lambda desk: due_choices(desk, typed.strip(), current), self._found, self.failed, kind="due")

    def action_calendar(self) -> None:
        self.when_found(self._open_calendar)

    def _open_calendar(self) -> None:
        """The calendar opens on the day that the letters mean, and keeps its time."""
        from helpdesk_tui.tui.screens.calendar import CalendarPick

        desk = self.app.gateway.desk
        meant = self.list.choice.value[0].value if self.list.choice is not None and self.typed else self._current
        start = None if meant == UNREADABLE else meant

        def chosen(moment: datetime | None) -> None:
            if moment is not None:
                self.dismiss(set_field("due", moment))

        if desk is not None:
            self.app.push_screen(CalendarPick(self.heading, desk.clock.now(), desk.zone, start), chosen)

    def _found(self, found: tuple[list[Choice], str]) -> None:
        choices, wrong = found
        self.offer(choices, at_current=True)
        if wrong:
            self.say(wrong, "bad")


DUE_PRESETS = ("today", "tomorrow", "monday", "eow")


def due_choices(desk: Desk, typed: str, current: datetime | None = None) -> tuple[list[Choice], str]:
    """What a date typed so far may mean, and what is wrong with it when it can mean nothing."""
    now, zone = desk.clock.now(), desk.zone

    def choice(text: str) -> Choice:
        moment = dates.deadline(text, now, zone)
        said = dates.said(moment, now, zone)
        past = moment < now
        return Choice(set_field("due", moment), text, f"{said}, past" if past else said, "warn" if past else "")

    word = typed.casefold()
    presets = [choice(preset) for preset in DUE_PRESETS if preset.startswith(word)]
    if "none".startswith(word):
        presets.append(Choice(set_field("due", None), "none", "no due date", "dim"))
    if not typed:
        as_it_is = [] if current is None or current == UNREADABLE else [_as_it_is(current, now, zone)]
        return [*as_it_is, *presets], ""
    if any(preset.text == word for preset in presets):
        return presets, ""
    try:
        return [choice(typed), *presets], ""
    except LanguageError as error:
        return presets, "" if presets else str(error)


def _as_it_is(moment: datetime, now: datetime, zone: tzinfo) -> Choice:
    return Choice(set_field("due", moment), "as it is", dates.said(moment, now, zone), current=True)


class ThemePick(Pick):
    """The colours; each is tried while the cursor stands on it. Dismissed with the theme's name."""

    def __init__(self, themes: Sequence[str], current: str) -> None:
        choices = [Choice(name, name, current=name == current) for name in themes]
        super().__init__("Theme", choices, empty="No theme of that name.")
        self._before = current

    def seen(self, choice: Choice) -> None:
        self.app.theme = choice.value

    def action_leave(self) -> None:
        self.app.theme = self._before
        super().action_leave()
