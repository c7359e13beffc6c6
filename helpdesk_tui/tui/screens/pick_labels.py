"""Labels to tick on and off; what is typed and unknown can be made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widgets import Input

from helpdesk_tui.domain.board import Label
from helpdesk_tui.language.terms import AddLabel, RemoveLabel, Term
from helpdesk_tui.tui.screens.pick import Pick, TypeAhead
from helpdesk_tui.tui.widgets.card import hue
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome

OFFERED = 200
"""Labels asked for at a time: a desk may have thousands."""

MANY = 500
"""Tickets up to which the labels that each of them carries are looked at."""


class LabelsPick(Pick):
    """The labels of these tickets. Dismissed with those to add and to remove, as terms: none for no change."""

    BINDINGS = [
        Binding("space,tab", "tick", "Tick", show=False),
        Binding("ctrl+e", "color", "Colour", show=False, priority=True),
    ]
    HINT = (("space", "tick"), ("ctrl+e", "colour"), ("enter", "set"), ("esc", "leave"))

    def __init__(self, heading: str, numbers: Sequence[int]) -> None:
        super().__init__(heading, prompt="a label, known or new")
        self._numbers = tuple(numbers)
        self._tickets = len(self._numbers)
        self._carried: Mapping[str, int] = {}
        self._is_first = True
        self._wanted: dict[str, bool] = {}
        self._known: Sequence[Label] = ()

    def opened(self) -> None:
        super().opened()
        self.query_one(TypeAhead).not_typed = frozenset({"space"})

    # What the desk knows

    def carried(self, desk: Desk) -> Mapping[str, int]:
        """How many of the tickets carry each label."""
        from helpdesk_tui.desk import tickets
        from helpdesk_tui.language.bound import Bound, RefersTo

        if self._tickets > MANY:
            return {}
        asked = Bound(RefersTo("number", frozenset(self._numbers)), mentions_archived=True)
        return Counter(label.name for card in tickets.find(desk, asked, limit=None) for label in card.labels)

    def known(self, desk: Desk, typed: str) -> Sequence[Label]:
        """Labels that begin so."""
        from helpdesk_tui.desk import labels

        return labels.labels(desk, typed, OFFERED)

    def find(self, typed: str) -> None:
        typed, carried = typed.strip(), None if self._is_first else self._carried
        self.wait()

        def work(desk: Desk) -> tuple[Mapping[str, int], Sequence[Label]]:
            return self.carried(desk) if carried is None else carried, self.known(desk, typed)

        self.ask(work, self._found, self.failed, kind="labels")

    def _found(self, found: tuple[Mapping[str, int], Sequence[Label]]) -> None:
        self._carried, self._known = found
        self._is_first = False
        self._offer_labels(self.typed.strip())
        self.arrived()

    def _offer_labels(self, typed: str, cursor: int = 0) -> None:
        names = [label.name for label in self._known]
        if not typed:
            first = [name for name in (*self._carried, *self._wanted) if name not in names]
            names = [*dict.fromkeys(first), *names]
            names.sort(key=lambda name: name not in self._carried and name not in self._wanted)
        styles = {label.name: hue(label) for label in self._known}
        choices = [self._choice(name, styles.get(name, "")) for name in names]
        if typed and typed.casefold() not in {name.casefold() for name in names}:
            choices.append(Choice(typed, typed, "new label", "note", ticked=self._wanted.get(typed, False)))
        self.list.show_choices(choices, cursor)
        self.say("" if choices else "There are no labels yet: type a name to make one.")
        self._fit()

    def _choice(self, name: str, style: str) -> Choice:
        carried = self._carried.get(name, 0)
        some = 0 < carried < self._tickets and name not in self._wanted
        note = f"on {carried} of {self._tickets}" if some else ""
        return Choice(name, name, note, style, ticked=self._is_on(name))

    def _is_on(self, name: str) -> bool:
        return self._wanted.get(name, self._carried.get(name, 0) == self._tickets)

    def action_tick(self) -> None:
        self.when_found(self._tick)

    def _tick(self) -> None:
        choice = self.list.choice
        if choice is None:
            return
        self._toggle(choice.value)
        place = self.query_one(Input)
        if place.value:
            self.wait()  # for what the empty line finds
            place.value = ""
        else:
            self._offer_labels("", self.list.cursor)

    def _toggle(self, name: str) -> None:
        self._wanted[name] = not self._is_on(name)

    # Colours

    def action_color(self) -> None:
        self.when_found(self._color)

    def _color(self) -> None:
        choice = self.list.choice
        if choice is not None:
            label = next((label for label in self._known if label.name == choice.value), None)
            picker = ColorPick(choice.value, None if label is None else label.color)
            self.app.push_screen(picker, partial(self._colored, choice.value, label is None))

    def _colored(self, name: str, is_new: bool, color: str | None) -> None:
        if color is None:
            return

        def done(outcome: Outcome) -> None:
            self.find(self.typed)
            self.when_found(lambda: self.say(outcome.said, "good"))

        self.ask(partial(_give_color, name=name, color=color, is_new=is_new), done, self.failed, hold=True)

    def chosen(self, choice: Choice | None) -> None:
        """Enter: the label that was typed is meant too; a click only ticks."""
        if choice is not None and self.typed.strip():
            self._toggle(choice.value)
        self.dismiss(self._terms())

    def clicked(self, choice: Choice) -> None:
        self._toggle(choice.value)
        self._offer_labels(self.typed.strip(), self.list.cursor)

    def _terms(self) -> tuple[Term, ...]:
        terms: list[Term] = []
        for name, on in self._wanted.items():
            carried = self._carried.get(name, 0)
            if on and carried < self._tickets:
                terms.append(AddLabel(name))
            elif not on and carried:
                terms.append(RemoveLabel(name))
        return tuple(terms)


class ColorPick(Pick):
    """The colour of a label, each in itself. Dismissed with its name, "" for none."""

    def __init__(self, label: str, current: str | None = None) -> None:
        super().__init__(f"Colour of {label}", empty="No colour of that name.")
        self._current = current

    def load(self, desk: Desk) -> Sequence[Choice]:  # noqa: ARG002 - the colours are the program's
        from helpdesk_tui.desk.labels import COLORS

        colors = [Choice(one, one, style=f"hue-{one}", current=one == self._current) for one in COLORS]
        return [*colors, Choice("", "none", "one that goes by its name", "dim", current=self._current == "")]


def _give_color(desk: Desk, name: str, color: str, is_new: bool) -> Outcome:
    from helpdesk_tui.desk import labels

    return labels.add(desk, name, color) if is_new else labels.recolor(desk, name, color)
