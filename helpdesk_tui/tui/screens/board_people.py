"""What the board tells of people: who has a card's ticket open, my notices, and the work I am timing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from helpdesk_tui.domain.at_work import Counted, Doing, Timer, counted
from helpdesk_tui.domain.people import Face, initials_of
from helpdesk_tui.tui.actions import MINE
from helpdesk_tui.tui.screens.board_base import BoardBase
from helpdesk_tui.tui.widgets.card import Painter

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.ticket_detail import Present
    from helpdesk_tui.tui.attending import At
    from helpdesk_tui.tui.widgets.moments import Calendars

    Seen = tuple[Counted, Timer | None, Mapping[str, Face], Calendars]


class BoardPeople(BoardBase):
    """Mixin: asked for only once the board is painted, and again when something may have changed it."""

    calendars: Calendars = MappingProxyType({})
    """What the clocks on the cards go by."""

    here: Mapping[int, tuple[Present, ...]] = {}
    elsewhere: Mapping[int, tuple[str, ...]] = {}
    """Who else is at which board."""
    counted_upto: int = 0
    """The event up to which there are no new notices."""
    timer: Timer | None = None
    asked_about_timer: bool = False
    _stands_for: tuple[int, int] | None = None
    """A board, and the ticket by which others are told that it is open here."""

    def look_at_people(self) -> None:
        """Ask how many notices there are, what is being timed, and what the people of the team look like."""
        upto = self.counted_upto

        def work(desk: Desk) -> Seen:
            from helpdesk_tui.desk import faces, notices, service_levels, timing

            return (
                notices.count(desk, upto),
                timing.running(desk),
                faces.faces(desk),
                service_levels.business_times(desk),
            )

        self.ask(work, self._people_seen, lambda _error: None, kind="people")

    def _people_seen(self, found: Seen) -> None:
        count, self.timer, faces, calendars = found
        if (faces, calendars) != (self.faces, self.calendars):
            self.faces, self.calendars = faces, calendars
            self._repaint()
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

    def here_changed(self, here: Mapping[int, tuple[Present, ...]], boards: Mapping[int, tuple[str, ...]]) -> None:
        """Somebody opened or left a ticket or a board: only what looks different is painted."""
        self.here, self.elsewhere = here, boards
        self._repaint()
        self.show_standing()

    def also_here(self) -> tuple[Face, ...]:
        names = self.elsewhere.get(self.seen.state.board.id, ())
        return tuple(self.faces.get(name) or Face(initials_of(name), "", name) for name in names)

    def attends(self) -> At | None:
        """The board, by one of its tickets, where there are others on the team to be told."""
        if self.scope == MINE or sum(face.works for face in self.faces.values()) < 2:
            return None
        board_id = self.seen.state.board.id
        if self._stands_for is None or self._stands_for[0] != board_id:
            card = self.card
            self._stands_for = None if card is None else (board_id, card.number)
        return None if self._stands_for is None else (self._stands_for[1], Doing.LOOKING)

    def _repaint(self) -> None:
        painter = self.painter()
        for column in self.columns:
            column.set_painter(painter)

    def painter(self) -> Painter:
        return replace(super().painter(), here=self.here, faces=self.faces, calendars=self.calendars)

    def changed(self, outcome: Outcome) -> None:
        super().changed(outcome)
        self.look_at_people()

    def on_screen_resume(self) -> None:
        """Back from a ticket or from the notices: what was new may have been read there."""
        if self.asked_about_timer:
            self.look_at_people()
