"""How the desk is doing: the figures of a period, each with its charts, its exact meaning and its tickets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from helpdesk_tui.domain.figures import Dimension, Figure
from helpdesk_tui.domain.periods import USUAL
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import HelpdeskError, LanguageError
from helpdesk_tui.tui.actions import FIGURES, Action, actions_for, footer_for, key_name
from helpdesk_tui.tui.keys import ChordKeys
from helpdesk_tui.tui.screens.figure_period import in_days
from helpdesk_tui.tui.screens.figure_wishes import Counted, FigureWishes
from helpdesk_tui.tui.styled_once import StyledOnce
from helpdesk_tui.tui.widgets.charts import FANCY, PLAIN
from helpdesk_tui.tui.widgets.figure_charts import FigureCharts
from helpdesk_tui.tui.widgets.figure_lists import ROWS, FigureList, FigurePane, Meaning, Pointed, list_width, sections
from helpdesk_tui.tui.widgets.filter_line import Count, FilterLine, FilterSaid
from helpdesk_tui.tui.widgets.footer import KeyLine
from helpdesk_tui.tui.widgets.top_line import Standing, TopLine

if TYPE_CHECKING:
    from textual.timer import Timer

    from helpdesk_tui.config import Config
    from helpdesk_tui.desk.desk import Desk

NARROW = 72
"""Below this width one side is shown at a time."""

CALM = 5.0
"""Seconds after somebody changed something before all is counted again: a busy desk changes all the time."""

AND_FOR = 1 / 2500
"""As many more for each ticket: counting a hundred thousand takes a while."""

COUNT = "figures"
"""The kind of question of which only the last is answered."""


class FiguresScreen(StyledOnce, ChordKeys, FigureWishes, Screen[None]):
    """The list of figures at the left, the charts of one of them at the right; nothing comes back.

    The facts are read once, and again when somebody changed something: another period is worked out from them.
    """

    DEFAULT_CSS = (Path(__file__).parent.parent / "styles" / "figures.tcss").read_text(encoding="utf-8")
    """Not as a `CSS_PATH`: all other style sheets would be read once more for it."""
    SCOPED_CSS = False
    AUTO_FOCUS = ""

    def __init__(self, desk: Desk, config: Config) -> None:
        super().__init__()
        self.desk = desk
        self.counted: Counted | None = None
        self.text = ""
        self.view_name = ""
        self.period = USUAL
        self.by = Dimension.AGENT
        self.in_chart = False
        self._config = config
        self._total: int | None = None
        self._loading = False
        self._then: Callable[[], None] | None = None
        self._stale: Timer | None = None
        self.bind_keys(FIGURES, config.keys, desk.may)

    # Composition

    def compose(self) -> ComposeResult:
        self.count()  # while the screen is made
        yield TopLine()
        yield FilterLine()
        with Horizontal(id="figures"):
            with Vertical(id="figures-left"):
                yield FigureList(id="figures-list")
                yield Meaning(id="figures-meaning")
            yield FigurePane(id="figures-pane")
        yield FilterSaid()
        yield KeyLine(footer_for(FIGURES, self.permits, self._config.keys), ascii_only=self._config.ascii)

    def on_mount(self) -> None:
        self._lay_out(self.app.size.width)
        self.call_after_refresh(self._draw)

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out(event.size.width)
        self.call_after_refresh(self._draw)

    def _lay_out(self, width: int) -> None:
        narrow = width < NARROW
        self.set_class(narrow, "-narrow")
        self.set_class(self.in_chart, "-in-chart")
        self.set_class(self._config.ascii, "-plain")
        if self.query("#figures-left"):
            self.query_one("#figures-left").styles.width = "1fr" if narrow else list_width(width)

    @property
    def help_sections(self) -> Sequence[tuple[str, list[tuple[str, str]]]]:
        """What the help screen explains beside the keys: what each figure means."""
        return sections()

    @property
    def figure(self) -> Figure | None:
        """What the cursor stands on; None for a little of all."""
        return self.query_one(FigureList).figure

    # Counting

    def count(self, *, anew: bool = True) -> None:
        """Ask for the figures of what is wished for; not `anew`: from the facts that were read already."""
        text, said, by = self.text, self.period, self.by
        known = None if anew or self.counted is None or self.counted.text != text else self.counted.facts
        self._loading = True

        def work(desk: Desk) -> Counted:
            from helpdesk_tui.desk import figures

            facts = figures.facts(desk, text) if known is None else known
            period = figures.period(facts, said)
            return Counted(text, facts, figures.figures(facts, period), by, figures.groups(facts, period, by))

        self.ask(work, self._take, self._failed, kind=COUNT)

    def _take(self, counted: Counted) -> None:
        self.counted = counted
        if not counted.text:
            self._total = len(counted.facts)
        if self.query_one(FilterLine).editing and counted.text == self.text:
            self.query_one(FilterLine).close()
        self._draw()
        self._arrived()

    def _failed(self, error: HelpdeskError) -> None:
        """What is wrong is not kept: what is shown stays what it was."""
        line = self.query_one(FilterLine)
        if line.editing:
            line.refuse(error if isinstance(error, LanguageError) else None)
        before = self.counted
        if before is not None:
            self.text, self.period, self.by = before.text, before.figures.period.said, before.by
        else:
            self.query_one(FigurePane).tell(str(error))
        self.say(str(error), "bad")
        self._then = None
        self._arrived()

    def _arrived(self) -> None:
        self._loading = False
        then, self._then = self._then, None
        if then is not None:
            then()
        self.keys_go(COUNT)

    def when_counted(self, then: Callable[[], None]) -> None:
        """Do it with the figures that were asked for: now, or when they are there, and keys behind it wait."""
        if self._loading:
            self._then = then
            self.keys_wait(COUNT)
        else:
            then()

    def news(self, _numbers: tuple[int, ...] | None) -> None:
        """Somebody changed something: count again, but not all the time."""
        if self._stale is None:
            many = 0 if self.counted is None else len(self.counted.facts)
            self._stale = self.set_timer(CALM + many * AND_FOR, self._count_again)

    def _count_again(self) -> None:
        self._stale = None
        if self.is_there and not self._loading and not self.query_one(FilterLine).editing:
            self.count()

    def rights_changed(self) -> None:
        """What the person may see is another thing now."""
        if self.desk.may(Act.SEE_FIGURES):
            self.count()
        else:
            self.app.call_later(self._leave)

    def _leave(self) -> None:
        if self.is_current:
            self.dismiss(None)

    def on_screen_resume(self) -> None:
        if not self.desk.may(Act.SEE_FIGURES):
            self.app.call_later(self._leave)

    # Drawing

    def _draw(self) -> None:
        if not self.is_there or not self.query(FigurePane):
            return
        counted, pane = self.counted, self.query_one(FigurePane)
        self.query_one(FigureList).show(None if counted is None else counted.figures, focused=not self.in_chart)
        self.draw_head()
        keys = {one.id: key_name(one.keys[0], self._config.ascii) for one in self._actions() if one.keys}
        self.query_one(Meaning).show(self.figure, keys.get("help", "help"))
        size = pane.scrollable_content_region.size
        if counted is None:
            pane.tell("Counting…")
        elif size.width > 0:
            signs = PLAIN if self._config.ascii else FANCY
            charts = FigureCharts(counted.figures, counted.by, counted.groups, (size.width, size.height), signs)
            pane.show(charts.pane(self.figure))

    def _actions(self) -> Sequence[Action]:
        return actions_for(FIGURES, self.permits, self._config.keys)

    def draw_head(self) -> None:
        counted, actor = self.counted, self.desk.actor
        period = "" if counted is None else in_days(counted.figures.period)
        behind = "service levels are being worked out anew" if counted is not None and counted.facts.behind else ""
        period = " · ".join(part for part in (period, self.view_name, behind) if part)
        self.query_one(TopLine).show(Standing("Figures", period, who=actor.login or actor.name, role=actor.role.value))
        known = None if counted is None or self._total is None else len(counted.facts)
        self.query_one(FilterLine).show(self.text, Count(known, self._total or 0), "all tickets: press / to filter")

    def say(self, text: str, tone: str = "good") -> None:
        """One sentence in place of the keys."""
        self.query_one(KeyLine).say(text, tone)

    # Moving about

    def _go(self, steps: int) -> None:
        if self.in_chart:
            self.query_one(FigurePane).go(steps)
        else:
            self._go_to(self.query_one(FigureList).cursor + steps)

    def _go_to(self, index: int) -> None:
        found = self.query_one(FigureList)
        index = max(0, min(index, len(ROWS) - 1))
        if index != found.cursor:
            found.cursor = index
            self.query_one(FigurePane).cursor = None
            self.query_one(FigurePane).scroll_to_line(0)
            self._draw()

    def action_go_up(self) -> None:
        self._go(-1)

    def action_go_down(self) -> None:
        self._go(1)

    def action_go_first(self) -> None:
        self._go(-10_000)

    def action_go_last(self) -> None:
        self._go(10_000)

    def action_page_up(self) -> None:
        self.query_one(FigurePane).go_page(-1.0)

    def action_page_down(self) -> None:
        self.query_one(FigurePane).go_page(1.0)

    def action_half_up(self) -> None:
        self.query_one(FigurePane).go_page(-0.5)

    def action_half_down(self) -> None:
        self.query_one(FigurePane).go_page(0.5)

    def action_to_chart(self) -> None:
        self.when_counted(self._to_chart)

    def _to_chart(self) -> None:
        pane = self.query_one(FigurePane)
        if pane.enter() or self.has_class("-narrow"):
            self._turn(in_chart=True)
        else:
            pane.leave()
            self.say("There is nothing to choose in this chart.")

    def action_to_list(self) -> None:
        self.query_one(FigurePane).leave()
        self._turn(in_chart=False)

    def _turn(self, *, in_chart: bool) -> None:
        self.in_chart = in_chart
        self._lay_out(self.size.width)
        self.call_after_refresh(self._draw)

    @on(Pointed)
    def _pointed(self, message: Pointed) -> None:
        """A click puts the cursor there; another one shows the tickets."""
        if message.chart:
            pane = self.query_one(FigurePane)
            pane.cursor, pane.is_entered = message.index, True
            self._turn(in_chart=True)
        else:
            self.action_to_list()
            self._go_to(message.index)
        if message.again:
            self.action_tickets()

    def action_back(self) -> None:
        if self.in_chart and self.has_class("-narrow"):
            self.action_to_list()
        else:
            self.dismiss(None)

    # The tickets

    def action_tickets(self) -> None:
        self.when_counted(self._show_tickets)

    def _show_tickets(self) -> None:
        from helpdesk_tui.tui.screens.figure_tickets import Behind, FigureTickets

        counted, figure, part = self.counted, self.figure, self.query_one(FigurePane).part
        if counted is None:
            return
        facts, period = counted.facts, counted.figures.period
        if part is not None:
            self.app.push_screen(FigureTickets(Behind(facts, period, part.figure, part.part, part.name)))
        elif figure is None:
            self.say("These are charts of several figures: choose one in the list.")
        elif figure in {Figure.TIME_IN_COLUMN, Figure.FLOW}:
            self._to_chart()
        else:
            self.app.push_screen(FigureTickets(Behind(facts, period, figure)))
