"""The time worked: start and stop the timer, or type the minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from helpdesk_tui.domain.at_work import LONGEST_TIMED, Timer
from helpdesk_tui.language import dates
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.tui.screens.ticket_work import TicketWork

Does = Callable[["Desk"], "Outcome"]
"""What a choice does to the desk."""

_DAYS_AT_MOST = 31 * 24 * 60


class TimePick(Pick):
    """The timer and the minutes of these tickets. Dismissed with what to do on the desk."""

    HINT = (("enter", "do it"), ("esc", "leave"))

    def __init__(self, heading: str, numbers: Sequence[int], *, asks: bool = False) -> None:
        super().__init__(heading, empty="Write the time as in 25m, 1h30m or 90.", prompt="minutes worked, as in 25m")
        self._numbers = tuple(numbers)
        self._asks = asks
        self._timer: Timer | None = None
        self._said = ""
        self._too_long = False

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import timing

        self._timer = timing.running(desk)
        if self._timer is not None:
            now = desk.clock.now()
            self._said = dates.said(self._timer.started, now, desk.zone)
            self._too_long = now - self._timer.started > LONGEST_TIMED
        return ()

    def find(self, typed: str) -> None:
        if not typed.strip():
            self.offer(list(self._by_timer()))
        elif (minutes := minutes_in(typed)) is not None:
            self.offer(list(self._by_hand(minutes)))
        else:
            self.offer(())

    def _by_timer(self) -> Iterator[Choice]:
        """What can be done without saying how long."""
        timer, one = self._timer, self._numbers[0] if len(self._numbers) == 1 else None
        if timer is not None and self._too_long:
            says = f"The timer on #{timer.number} runs since {self._said}: type the minutes."
            yield Choice(None, says, enabled=False)
        elif timer is not None and timer.number == one:
            yield Choice(stop(None), f"Stop, and log {max(1, timer.minutes)} min on #{timer.number}")
        elif timer is not None:
            log = f"og {max(1, timer.minutes)} min on #{timer.number}"
            if one is not None:
                yield Choice(start(one, instead=True), f"L{log}, and time #{one} from now on")
            yield Choice(stop(None), f"Stop, and l{log}")
        elif one is not None:
            yield Choice(start(one), f"Start timing #{one}", "or type the minutes")
        else:
            yield Choice(None, f"Type the minutes worked on each of the {len(self._numbers)} tickets.", enabled=False)
        if timer is not None:
            if self._asks:
                yield Choice(None, "Let it run", f"since {self._said}")
            yield Choice(drop, f"Drop the timer on #{timer.number}", "logs nothing")

    def _by_hand(self, minutes: int) -> Iterator[Choice]:
        """What can be done with so many minutes."""
        timer = self._timer
        there = f"#{self._numbers[0]}" if len(self._numbers) == 1 else f"each of {len(self._numbers)} tickets"
        if timer is not None and self._numbers == (timer.number,):
            yield Choice(stop(minutes), f"Stop the timer, and log {minutes} min on {there} instead")
            yield Choice(log(self._numbers, minutes), f"Log {minutes} min more, and let the timer run")
            return
        yield Choice(log(self._numbers, minutes), f"Log {minutes} min on {there}")
        if timer is not None:
            yield Choice(stop(minutes), f"Stop the timer on #{timer.number}, and log {minutes} min there")


def minutes_in(typed: str) -> int | None:
    """The minutes in `25m`, `1h30m` or `90`; None for what is no time that somebody works."""
    typed = typed.strip()
    length = dates.duration(f"{typed}m" if typed.isdecimal() else typed)
    minutes = 0 if length is None else int(length.total_seconds()) // 60
    return minutes if 0 < minutes <= _DAYS_AT_MOST else None


def log(numbers: Sequence[int], minutes: int) -> Does:
    """Log so many minutes on each of the tickets."""

    def work(desk: Desk) -> Outcome:
        from helpdesk_tui.desk import tickets
        from helpdesk_tui.language.terms import LogTime

        return tickets.change(desk, numbers, [LogTime(minutes)])

    return work


def start(number: int, *, instead: bool = False) -> Does:
    """Time the work on that ticket; with `instead`, log what was timed elsewhere first."""

    def work(desk: Desk) -> Outcome:
        from helpdesk_tui.desk import timing

        return timing.start(desk, number, instead=instead)

    return work


def stop(minutes: int | None) -> Does:
    """Stop the timer and log what it measured, or so many minutes."""

    def work(desk: Desk) -> Outcome:
        from helpdesk_tui.desk import timing

        return timing.stop(desk, minutes=minutes)

    return work


def drop(desk: Desk) -> Outcome:
    """Forget the timer."""
    from helpdesk_tui.desk import timing

    return timing.drop(desk)


def left_running(screen: TicketWork, timer: Timer, now: datetime) -> None:
    """Ask about a timer that was running long before the program was started."""
    hours = int((now - timer.started).total_seconds()) // 3600
    heading = f"The timer on #{timer.number} has been running for {hours} h"
    screen.app.push_screen(
        TimePick(heading, (timer.number,), asks=True), lambda does: None if does is None else screen.do(does)
    )
