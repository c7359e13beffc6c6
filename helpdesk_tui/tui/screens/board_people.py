"""What the board tells of people: who has a card's ticket open, my notices, and the work I am timing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from helpdesk_tui.domain.at_work import Counted, Timer, counted
from helpdesk_tui.tui.screens.board_base import BoardBase
from helpdesk_tui.tui.widgets.card import Painter

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.ticket_detail import Present


class BoardPeople(BoardBase):
    """Mixin: asked for only once the board is painted, and again when something may have changed it."""

    here: Mapping[int, tuple[Present, ...]] = {}
    counted_upto: int = 0
    """The event up to which there are no new notices."""
    timer: Timer | None = None
    asked_about_timer: bool = False

    def look_at_people(self) -> None:
        """Ask how many notices there are and what is being timed."""
        upto = self.counted_upto

        def work(desk: Desk) -> tuple[Counted, Timer | None]:
            from helpdesk_tui.desk import notices, timing

            return notices.count(desk, upto), timing.running(desk)

        self.ask(work, self._people_seen, lambda _error: None, kind="people")

    def _people_seen(self, found: tuple[Counted, Timer | None]) -> None:
        count, self.timer = found
        self.counted_upto = count.upto
        self.notices = counted(count.new) if count.new else ""
        self.tell_timer()
        if not self.asked_about_timer:
            self.asked_about_timer = True
            self._ask_about_timer()

    def tell_timer(self) -> None:
        """Show how long the work has been timed by now."""
        timer = self.timer
        minutes = 0 if timer is None else max(0, int((self.desk.clock.now() - timer.started).total_seconds()) // 60)
        self.timing = "" if timer is None else f"#{timer.number} {minutes // 60}:{minutes % 60:02}"
        self.show_standing()

    def _ask_about_timer(self) -> None:
        """A timer that was running long before the board was opened has perhaps been forgotten."""
        from helpdesk_tui.domain.at_work import LEFT_RUNNING

        timer = self.timer
        if timer is not None and self.desk.clock.now() - timer.started > LEFT_RUNNING and self.is_current:
            from helpdesk_tui.tui.screens.time import left_running

            left_running(self, timer, self.desk.clock.now())

    def here_changed(self, here: Mapping[int, tuple[Present, ...]]) -> None:
        """Somebody opened or left a ticket: only cards that look different are painted."""
        self.here = here
        painter = self.painter()
        for column in self.columns:
            column.set_painter(painter)

    def painter(self) -> Painter:
        return replace(super().painter(), here=self.here)

    def changed(self, outcome: Outcome) -> None:
        super().changed(outcome)
        self.look_at_people()

    def on_screen_resume(self) -> None:
        """Back from a ticket or from the notices: what was new may have been read there."""
        if self.asked_about_timer:
            self.look_at_people()
