"""A day chosen on a calendar with the arrows."""

from __future__ import annotations

from calendar import Calendar, monthrange
from datetime import date, datetime, time, timedelta, tzinfo

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from helpdesk_tui.domain.day_names import MONTHS, WEEKDAYS
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.language import dates
from helpdesk_tui.tui.screens.sheet import Sheet
from helpdesk_tui.tui.widgets.lines import Line, LineView

WEEKS = 6
"""Rows a month may take."""

CELL = 4
"""Cells a day takes."""

_EARLIEST, _LATEST = date(dates.YEARS[0], 1, 1), date(dates.YEARS[-1], 12, 31)


class MonthView(LineView, can_focus=False):
    """The month of a day: the day under the cursor, today and weekends told apart. Weeks begin on Monday (ISO 8601)."""

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.day = day
        self._today = today

    def on_mount(self) -> None:
        self.go_to(self.day)

    def go_to(self, day: date) -> None:
        """Put the cursor on that day."""
        self.day = day
        self.show_lines(self._drawn())

    def _drawn(self) -> list[Line]:
        title = f"{MONTHS[self.day.month - 1]} {self.day.year}".center(7 * CELL)
        names = "".join(name[:2].rjust(CELL) for name in WEEKDAYS)
        weeks = Calendar().monthdatescalendar(self.day.year, self.day.month)
        lines = [Line((("strong", title),)), Line((("dim", names),)), *map(self._week, weeks)]
        return [*lines, *[Line()] * (WEEKS - len(weeks))]

    def _week(self, week: list[date]) -> Line:
        return Line(tuple((self._style(day), self._cell(day)) for day in week))

    def _cell(self, day: date) -> str:
        # The sides tell the cursor and today apart where there are no colours.
        left, right = ("[", "]") if day == self.day else (" ", "*") if day == self._today else (" ", " ")
        return f"{left}{day.day:>2}{right}"

    def _style(self, day: date) -> str:
        if day == self.day:
            return "cursor"
        if day == self._today:
            return "accent"
        return "dim" if day.month != self.day.month or day.weekday() > 4 else ""

    def day_at(self, x: int, y: int) -> date | None:
        """The day drawn there."""
        weeks = Calendar().monthdatescalendar(self.day.year, self.day.month)
        inside = 0 <= y - 2 < len(weeks) and 0 <= x // CELL < 7
        return weeks[y - 2][x // CELL] if inside else None


class CalendarPick(Sheet[datetime]):
    """Dismissed with the moment chosen: that day at `clock`, or at its end where there is none."""

    BINDINGS = [
        Binding("left,h", "go(-1)", "Day before", show=False),
        Binding("right,l", "go(1)", "Day after", show=False),
        Binding("up,k", "go(-7)", "Week before", show=False),
        Binding("down,j", "go(7)", "Week after", show=False),
        Binding("pageup", "go_month(-1)", "Month before", show=False),
        Binding("pagedown", "go_month(1)", "Month after", show=False),
        Binding("home", "today", "Today", show=False),
        Binding("enter", "choose", "Set", show=False),
    ]
    HINT = (("enter", "set"), ("pgup pgdn", "month"), ("home", "today"), ("esc", "leave"))

    def __init__(self, heading: str, now: datetime, zone: tzinfo, start: datetime | None = None) -> None:
        super().__init__(heading)
        self._now = now
        self._zone = zone
        self._today = now.astimezone(zone).date()
        local = None if start is None else start.astimezone(zone)
        self._clock: time | None = None
        if local is not None and local.time().replace(second=0, microsecond=0) != time(23, 59):
            self._clock = local.time()
        self._start = self._today if local is None else local.date()

    def compose(self) -> ComposeResult:
        with self.box():
            yield MonthView(self._start, self._today)
            yield Static("", classes="said")

    def opened(self) -> None:
        super().opened()
        month = self.query_one(MonthView)
        month.styles.height = WEEKS + 2
        self._tell()

    @property
    def moment(self) -> datetime:
        """What is meant. LanguageError if the clocks skip that hour on that day."""
        day = self.query_one(MonthView).day
        clock = f" {self._clock:%H:%M}" if self._clock is not None else ""
        return dates.deadline(f"{day.isoformat()}{clock}", self._now, self._zone)

    def _go_to(self, day: date) -> None:
        self.query_one(MonthView).go_to(max(_EARLIEST, min(day, _LATEST)))
        self._tell()

    def _tell(self) -> None:
        try:
            moment = self.moment
        except LanguageError as error:
            self.say(str(error), "bad")
            return
        past = ", past" if moment < self._now else ""
        self.say(f"{dates.said(moment, self._now, self._zone)}{past}", "bad" if past else "good")

    def action_go(self, days: int) -> None:
        self._go_to(self.query_one(MonthView).day + timedelta(days=days))

    def action_go_month(self, months: int) -> None:
        day = self.query_one(MonthView).day
        month = day.year * 12 + day.month - 1 + months
        year, number = month // 12, month % 12 + 1
        if year in dates.YEARS:
            self._go_to(date(year, number, min(day.day, monthrange(year, number)[1])))

    def action_today(self) -> None:
        self._go_to(self._today)

    def action_choose(self) -> None:
        try:
            self.dismiss(self.moment)
        except LanguageError as error:
            self.say(str(error), "bad")

    def on_click(self, event: events.Click) -> None:
        month = self.query_one(MonthView)
        at = event.get_content_offset(month)
        day = None if at is None else month.day_at(at.x, at.y)
        if day is not None:
            self._go_to(day)
            if event.chain == 2:
                self.action_choose()
