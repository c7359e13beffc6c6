"""What a rule would do, as a list; and what rules did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from helpdesk_tui.domain.rules import MEANINGS, Acted, Rule, Trial, Would
from helpdesk_tui.domain.text import clean
from helpdesk_tui.language.dates import said
from helpdesk_tui.tui.screens.managing import Key
from helpdesk_tui.tui.screens.managing_rows import ManagingRows
from helpdesk_tui.tui.screens.sheet import cover
from helpdesk_tui.tui.widgets.day_list import short
from helpdesk_tui.tui.widgets.lines import Pieces
from helpdesk_tui.tui.widgets.picker import Choice
from helpdesk_tui.tui.widgets.rule_list import acted_pieces, would_pieces

if TYPE_CHECKING:
    from datetime import tzinfo

    from helpdesk_tui.desk.desk import Desk


class _TicketRows(ManagingRows):
    """Rows about tickets; enter opens the ticket over them."""

    HINT = (("enter", "open the ticket"), ("esc", "back"))
    _now: datetime
    _zone: tzinfo

    def above(self) -> ComposeResult:
        yield Static("", classes="summary")

    def opened(self) -> None:
        self.query_one(".summary").display = False
        cover(self)
        super().opened()

    def _fit(self) -> None:
        self.list.styles.height = max(2, min(self.rows_free(taken=10), max(3, len(self.all_choices))))

    def keys_now(self) -> tuple[Key, ...]:
        return ()

    def summarize(self, text: str) -> None:
        """Say this above the list."""
        place = self.query_one(".summary", Static)
        place.update(Content(self.drawable(clean(text))))
        place.display = True

    def chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        number: int | None = choice.value.number
        if number is None:
            self.say("That is about no ticket.", "bad")
            return
        from helpdesk_tui.tui.screens.ticket import TicketScreen

        self.app.push_screen(TicketScreen(number))


class RuleTry(_TicketRows):
    """What a rule of that name would do now; `when` is what sets it off. `trial` asks the desk, changing nothing."""

    def __init__(self, name: str, when: str, trial: Callable[[Desk], Trial]) -> None:
        super().__init__(
            f"Try: {name or 'this rule'}", prompt="a ticket, or a word", empty="Nothing it would do says that."
        )
        self._when = when
        self._ask_for = trial
        self._trial: Trial | None = None

    def load(self, desk: Desk) -> Sequence[Choice]:
        self._trial = self._ask_for(desk)
        self._now, self._zone = desk.clock.now(), desk.zone
        return [Choice(one, f"#{one.number} {one.title} {one.does}") for one in self._trial.would]

    def _loaded(self, choices: Sequence[Choice]) -> None:
        if self._trial is not None:
            self.summarize(self._summary(self._trial))
        super()._loaded(choices)

    def _summary(self, trial: Trial) -> str:
        """What it is about, above what it would do: of a rule of events that is what it would do once set off."""
        parts = ["Nothing is changed by this."]
        if trial.next_at is not None:
            parts.append(f"It comes next on {said(trial.next_at, self._now, self._zone)}.")
        means = next((means for when, means in MEANINGS.items() if when == self._when and when.by_event), "")
        if means:
            parts.append(f"It acts when {means}.")
        if trial.found:
            count = f"{trial.found:,} ticket{'s' * (trial.found != 1)}"
            first = f", {len(trial.would):,} of them here" if len(trial.would) < trial.found else ""
            parts.append(f"It is about {count} now{first}:")
        return " ".join(parts)

    def nothing(self) -> str:
        return self._empty if self.all_choices else "There is no ticket now that it would act on."

    def drawn(self, choice: Choice, width: int) -> Pieces:
        return would_pieces(choice.value, width)

    def seen(self, choice: Choice) -> None:
        one: Would = choice.value
        self.about(f"It could not: {one.does}" if one.fails else one.does)


class RuleLog(_TicketRows):
    """What a rule did, or all of them with None, the latest first."""

    def __init__(self, rule: Rule | None) -> None:
        super().__init__(
            "What rules did" if rule is None else f"What {rule.name} did",
            prompt="a ticket, or a word",
            empty="Nothing that was done says that.",
        )
        self._rule = rule

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import rules

        self._now, self._zone = desk.clock.now(), desk.zone
        found = rules.log(desk, None if self._rule is None else self._rule.id)
        return [Choice(one, f"#{one.number} {one.title} {one.rule} {one.words}") for one in found]

    def nothing(self) -> str:
        if self.all_choices:
            return self._empty
        return "No rule has done anything yet." if self._rule is None else "It has not done anything yet."

    def drawn(self, choice: Choice, width: int) -> Pieces:
        return acted_pieces(choice.value, width, lambda at: short(at, self._now, self._zone), named=self._rule is None)

    def seen(self, choice: Choice) -> None:
        one: Acted = choice.value
        could = "could not: " if one.failed else ""
        self.about(f"{said(one.at, self._now, self._zone)} · {one.rule} · {could}{one.words}")
