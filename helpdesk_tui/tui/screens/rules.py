"""The rules of the desk: what happens by itself, in the order in which it is tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.rules import MEANINGS, Rule, Shipped, When
from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.screens.managing import Key
from helpdesk_tui.tui.screens.managing_rows import KeepingUp
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.screens.sheet import cover
from helpdesk_tui.tui.widgets.day_list import short
from helpdesk_tui.tui.widgets.lines import Pieces
from helpdesk_tui.tui.widgets.picker import Choice
from helpdesk_tui.tui.widgets.rows import RowList
from helpdesk_tui.tui.widgets.rule_list import rule_pieces

if TYPE_CHECKING:
    from datetime import tzinfo

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome


class RulesPick(KeepingUp):
    """Every rule: written, ordered, tried, switched on and off. Dismissed with None."""

    BINDINGS = [
        Binding("N", "add", "New", show=False),
        Binding("S", "shipped", "With the program", show=False),
        Binding("O", "switch", "On, off", show=False),
        Binding("J", "move(1)", "Later", show=False),
        Binding("K", "move(-1)", "Sooner", show=False),
        Binding("T", "try", "Try", show=False),
        Binding("L", "log", "Log", show=False),
        Binding("A", "log_all", "Log of all", show=False),
        Binding("X", "remove", "Remove", show=False),
    ]
    HINT = (("enter", "edit"), ("esc", "leave"))
    NEEDS = Act.SETTINGS
    _now: datetime
    _zone: tzinfo

    def __init__(self) -> None:
        super().__init__("Rules: what happens by itself", prompt="a rule, or a word of one", empty="No such rule.")
        self._order: list[int] = []
        self._missed = False

    def _fit(self) -> None:
        self.list.styles.height = max(2, min(self.rows_free(taken=12), max(3, len(self.all_choices))))

    # What there is

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import rules

        found = rules.rules(desk)
        self._now, self._zone = desk.clock.now(), desk.zone
        self._order = [rule.id for rule in found]
        return [Choice(rule, f"{rule.name} {rule.when} {rule.query} {rule.change}") for rule in found]

    def drawn(self, choice: Choice, width: int) -> Pieces:
        rule: Rule = choice.value
        place = self._order.index(rule.id) + 1
        return rule_pieces(rule, place, width, lambda at: short(at, self._now, self._zone))

    def nothing(self) -> str:
        if self.all_choices:
            return self._empty
        return "There is no rule yet: N writes one, S takes one of those that come with the program."

    def identity(self, choice: Choice) -> object:
        found: int = choice.value.id
        return found

    def keys_now(self) -> tuple[Key, ...]:
        some = bool(self._order)
        return (
            Key("N", "new"),
            Key("S", "with the program"),
            Key("O", "on, off", some),
            Key("J", "order", len(self._order) > 1),
            Key("T", "try", some),
            Key("L", "log"),
            Key("A", "log of all"),
            Key("X", "remove", some),
        )

    def seen(self, choice: Choice) -> None:
        rule: Rule = choice.value
        once = "once a ticket" if rule.moment is When.TICK else ""
        lines = [("when", rule.when if rule.moment is When.SCHEDULE else MEANINGS[rule.moment]), ("if", rule.query)]
        lines += [("then", rule.change), ("every", rule.every or once), ("problem", rule.problem)]
        pieces: list[Any] = []
        for name, text in lines:
            if text:
                pieces += ["\n" if pieces else "", (f"{name:<8}", "$foreground 60%")]
                style = "$text-error" if name == "problem" else "$foreground"
                pieces.append((self.drawable(clean(text, limit=400)), style))
        place = self.query_one(".about", Static)
        place.update(Content.assemble(*pieces))
        place.set_class(False, "-empty")

    # Keeping up

    def renew(self) -> None:
        """A rule may have acted. Under another screen there is nobody to see it."""
        self._missed = not self.is_current
        if self.is_current and self.query(RowList):
            self.say_on()
            self.again()

    def on_screen_resume(self) -> None:
        """Back from a rule, or from what it did."""
        if self._missed:
            self._missed = False
            self.again()

    # What is done

    def chosen(self, choice: Choice | None) -> None:
        if choice is not None:
            self._edit(choice.value)

    def action_add(self) -> None:
        self._edit(None)

    def _edit(self, rule: Rule | None) -> None:
        from helpdesk_tui.tui.screens.rule_edit import RuleEdit

        self.app.push_screen(RuleEdit(rule), self.done)

    def action_shipped(self) -> None:
        self.open(ShippedPick(), lambda name: self.change(partial(_add_shipped, name)))

    def action_switch(self) -> None:
        self.act("O", lambda choice: self.change(partial(_switch, choice.value.id, on=not choice.value.active)))

    def action_move(self, by: int) -> None:
        def move(choice: Choice) -> None:
            place = self._order.index(choice.value.id) + 1 + by
            if 1 <= place <= len(self._order):
                self.change(partial(_move, choice.value.id, place))

        self.act("J", move)

    def action_try(self) -> None:
        from helpdesk_tui.tui.screens.rule_try import RuleTry

        def show(choice: Choice) -> None:
            self.app.push_screen(RuleTry(choice.value.name, choice.value.when, partial(_trial, choice.value.id)))

        self.act("T", show)

    def action_log(self) -> None:
        from helpdesk_tui.tui.screens.rule_try import RuleLog

        def show(choice: Choice) -> None:
            self.app.push_screen(RuleLog(choice.value))

        self.act("L", show)

    def action_log_all(self) -> None:
        from helpdesk_tui.tui.screens.rule_try import RuleLog

        self.app.push_screen(RuleLog(None))

    def action_remove(self) -> None:
        self.act("X", lambda choice: self.change(partial(_remove, choice.value.id)))


class ShippedPick(Pick):
    """The rules that come with the program. Dismissed with the name of one."""

    HINT = (("enter", "add it, switched off"), ("esc", "leave"))
    WIDTH = "-widest"

    def __init__(self) -> None:
        super().__init__("Rules that come with the program", prompt="a word of it", empty="No such rule.")

    def opened(self) -> None:
        cover(self)
        super().opened()

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import rules

        return [_offered(one) for one in rules.shipped(desk)]

    def seen(self, choice: Choice) -> None:
        one: Shipped = choice.value
        written = one.wording
        parts = [f"when {written.when}", f"if {written.query}" if written.query else "", f"then {written.change}"]
        self.say("\n".join([one.about, " · ".join(part for part in parts if part)]))

    def chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.value.added:
            self.say("The desk has a rule of that name already.", "bad")
        else:
            self.dismiss(choice.value.wording.name)


def _offered(one: Shipped) -> Choice:
    return Choice(one, one.wording.name, "is there" if one.added else one.wording.when, "dim" if one.added else "")


def _add_shipped(name: str, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import rules

    return rules.add_shipped(desk, name, active=False)


def _switch(rule_id: int, desk: Desk, *, on: bool) -> Outcome:
    from helpdesk_tui.desk import rules

    return rules.switch(desk, rule_id, on=on)


def _move(rule_id: int, place: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import rules

    return rules.move(desk, rule_id, place)


def _remove(rule_id: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import rules

    return rules.remove(desk, [rule_id])


def _trial(rule_id: int, desk: Desk) -> Any:
    from helpdesk_tui.desk import rules

    return rules.trial(desk, rule_id)
