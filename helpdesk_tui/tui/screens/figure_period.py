"""Choosing which days the figures are about: by name, by typing them, or the ones before and after."""

from __future__ import annotations

from datetime import date, timedelta

from helpdesk_tui.domain.day_names import MONTHS
from helpdesk_tui.domain.figures import Period
from helpdesk_tui.domain.periods import OFFERED, period
from helpdesk_tui.errors import UsageError
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.picker import Choice

_DAY = timedelta(days=1)


class PeriodPick(Pick):
    """Dismissed with a period as it is typed, which `periods.period` reads."""

    def __init__(self, now: Period, today: date, earliest: date) -> None:
        self._today, self._earliest = today, earliest
        choices = [self._choice(said, current=said == now.said) for said in OFFERED]
        super().__init__("Which days", choices, prompt="90d, last month, 2026-03, 2026-01-01..2026-03-31")

    def _choice(self, said: str, *, current: bool = False) -> Choice:
        return Choice(said, said, days_of(period(said, self._today, self._earliest)), current=current)

    def find(self, typed: str) -> None:
        """What is offered under that name, or the days that are typed."""
        found = best(typed, self.all_choices, lambda choice: choice.text)
        error = ""
        if typed.strip():
            try:
                own = self._choice(typed.strip())
            except UsageError as wrong:
                error = str(wrong)
            else:
                found = [own, *(choice for choice in found if choice.text != own.text)]
        self.offer(found, at_current=not typed)
        if error and not found:
            self.say(error, "bad")


def days_of(one: Period) -> str:
    """The days of a period: `25 Aug – 22 Nov 2026`, or one day."""
    if one.first == one.last:
        return f"{_day(one.first)} {one.last.year}"
    year = f" {one.first.year}" if one.first.year != one.last.year else ""
    return f"{_day(one.first)}{year} – {_day(one.last)} {one.last.year}"


def in_days(one: Period) -> str:
    """How a period was asked for, and its days where that does not say them."""
    return days_of(one) if ".." in one.said else f"{one.said}: {days_of(one)}"


def beside(one: Period, by: int) -> Period | None:
    """The period of the same length before that (-1) or after it (1); of whole months so many months. None: none."""
    try:
        if one.first.day == 1 and (one.last + _DAY).day == 1:
            months = (one.last.year - one.first.year) * 12 + one.last.month - one.first.month + 1
            first, last = _months_on(one.first, by * months), _months_on(one.last + _DAY, by * months) - _DAY
        else:
            days = (one.last - one.first + _DAY) * by
            first, last = one.first + days, one.last + days
        return period(f"{first}..{last}", first, first)
    except (OverflowError, ValueError, UsageError):
        return None


def _months_on(first: date, months: int) -> date:
    """The first day of the month so many months later."""
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _day(one: date) -> str:
    return f"{one.day} {MONTHS[one.month - 1]}"
