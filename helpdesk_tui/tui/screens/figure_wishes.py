"""What the figures are counted of: of which days, of what a query finds, and by what they are told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from helpdesk_tui.domain.figures import Dimension, Figures, Group
from helpdesk_tui.tui.asks import Asks
from helpdesk_tui.tui.screens.figure_period import PeriodPick, beside
from helpdesk_tui.tui.widgets.filter_line import FilterLine
from helpdesk_tui.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from helpdesk_tui.desk.completing import Typed
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.figures import Facts
    from helpdesk_tui.domain.board import View


class Counted(Struct, frozen=True):
    """What the desk said. `text` is the query, `by` what the groups are told apart by."""

    text: str
    facts: Facts
    figures: Figures
    by: Dimension
    groups: tuple[Group, ...]


class FigureWishes(Asks):
    """Mixin: choosing what is counted. Handlers go by their names here: `@on` is not seen in a mixin."""

    counted: Counted | None
    text: str
    view_name: str
    period: str
    by: Dimension

    def count(self, *, anew: bool = True) -> None:
        """Ask for the figures of what is wished for; not `anew`: from the facts that were read already."""
        raise NotImplementedError

    def when_counted(self, then: Callable[[], None]) -> None:
        """Do it with the figures that were asked for: now, or when they are there, and keys behind it wait."""
        raise NotImplementedError

    def say(self, text: str, tone: str = "good") -> None:
        """One sentence in place of the keys."""
        raise NotImplementedError

    def draw_head(self) -> None:
        """Say of which days they are, and of what query."""
        raise NotImplementedError

    # The period and the groups

    def action_period(self) -> None:
        self.when_counted(self._choose_period)

    def _choose_period(self) -> None:
        counted = self.counted
        if counted is None:
            return
        pick = PeriodPick(counted.figures.period, counted.facts.today, counted.facts.earliest)
        self.app.push_screen(pick, self._use_period)

    def _use_period(self, said: str | None) -> None:
        if said is not None:
            self.period = said
            self.count(anew=False)

    def action_earlier(self) -> None:
        self.when_counted(lambda: self._beside(-1))

    def action_later(self) -> None:
        self.when_counted(lambda: self._beside(1))

    def _beside(self, by: int) -> None:
        """Go to the period of the same length that ends where this one begins, or begins where it ends."""
        counted = self.counted
        if counted is None:
            return
        found = beside(counted.figures.period, by)
        if found is None or found.first > counted.facts.today:
            self.say("That is still to come." if by > 0 else "There is nothing before that.", "bad")
        else:
            self._use_period(found.said)

    def action_group_by(self) -> None:
        order = list(Dimension)
        self.by = order[(order.index(self.by) + 1) % len(order)]
        self.say(f"Groups: by {self.by.value}.")
        self.count(anew=False)

    # The filter

    async def action_filter(self) -> None:
        await self.query_one(FilterLine).edit()

    async def on_filter_line_clicked(self) -> None:
        await self.action_filter()

    def on_filter_line_typed(self, message: FilterLine.Typed) -> None:
        text, cursor, line = message.text, message.cursor, self.query_one(FilterLine)

        def offer(typed: Typed) -> None:
            if line.editing:
                line.offer(typed.offers, typed.standing.error)

        def work(desk: Desk) -> Typed:
            from helpdesk_tui.desk import completing

            return completing.typed_query(desk, text, cursor)

        self.ask(work, offer, lambda error: self.say(str(error), "bad"), kind="typed")

    def on_filter_line_kept(self, message: FilterLine.Kept) -> None:
        if message.text == self.text:
            self.query_one(FilterLine).close()
        self.show_query(message.text)

    def on_filter_line_left(self) -> None:
        self.query_one(FilterLine).close()
        self.draw_head()

    def show_query(self, text: str, view_name: str = "") -> None:
        """Count only what that query finds."""
        self.text, self.view_name = text, view_name
        self.count()

    def action_views(self) -> None:
        def work(desk: Desk) -> Sequence[View]:
            from helpdesk_tui.desk import views

            return views.views(desk)

        def offer(found: Sequence[View]) -> None:
            from helpdesk_tui.tui.screens.views import ShowView, ViewsPick

            def chosen(choice: object) -> None:
                if isinstance(choice, ShowView):
                    self.show_query(choice.view.query, choice.view.name)

            self.app.push_screen(ViewsPick(found, self.text, may_save=False), chosen)

        self.ask(work, offer, lambda error: self.say(str(error), "bad"), hold=True)

    def on_top_line_clicked(self, message: TopLine.Clicked) -> None:
        if message.what == "view":
            self.action_period()
