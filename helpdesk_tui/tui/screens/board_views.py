"""What is shown on the board and how: the filter, saved views, other boards, density, swimlanes, the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpdesk_tui.config import DENSITIES
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.tui.actions import MINE
from helpdesk_tui.tui.screens.board_base import LOOK
from helpdesk_tui.tui.screens.board_keys import BoardKeys
from helpdesk_tui.tui.widgets.filter_line import FilterLine
from helpdesk_tui.tui.widgets.lanes import Lane
from helpdesk_tui.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer

    from helpdesk_tui.desk.completing import Typed
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.board import View
    from helpdesk_tui.domain.ticket_detail import TicketDetail
    from helpdesk_tui.errors import HelpdeskError
    from helpdesk_tui.tui.looking import Look
    from helpdesk_tui.tui.screens.people import TheirTickets

TYPING = 0.015
"""Seconds after a key before the board follows what is typed; with less, letters that come at once are each sought."""

FOLLOWING = 0.08
"""Seconds the cursor rests before the preview follows it."""


CARD = "card under the cursor"
"""What keys wait for, beside the board as a whole."""


class BoardViews(BoardKeys):
    """Mixin: choosing what the board shows. Keys that follow such a choice wait until it is shown."""

    preview_on: bool
    typing: Timer | None = None
    following: Timer | None = None
    keeping: bool = False
    """Enter was pressed in the filter line, and what it finds is on its way."""
    view_before: str = ""
    card_before: int | None = None
    """The ticket under the cursor when typing the filter began: the cursor goes back to it wherever it is shown."""
    instead: str | None = None
    """What to show if what is typed finds nothing: `lab` is on its way to `label:`."""

    # The filter. Handlers go by their names here: `@on` is not seen in a mixin.

    async def action_filter(self) -> None:
        if not self.query_one(FilterLine).editing:
            self.view_before = self.view_name
            self.card_before = None if self.card is None else self.card.number
        await self.query_one(FilterLine).edit()

    async def on_filter_line_clicked(self) -> None:
        await self.action_filter()

    def on_filter_line_typed(self, message: FilterLine.Typed) -> None:
        """Follow what is typed as far as it goes: a term at whose end the cursor stands may be just beginning."""
        text, cursor = message.text, message.cursor
        line = self.query_one(FilterLine)

        def follow(typed: Typed) -> None:
            if not self.is_typing:
                return
            line.offer(typed.offers, typed.standing.error)
            self.instead = typed.instead
            query = typed.standing.query
            if query is not None and query != self.text:
                self.text, self.view_name = query, ""
                self._stop_typing()
                self.typing = self.set_timer(TYPING, self._follow_typing)

        self.ask(lambda desk: _typed(desk, text, cursor), follow, self.failed, kind="typed")

    def _follow_typing(self) -> None:
        self.typing = None
        self.going_to = self.card_before
        super().look(anew=True)  # and keys do not wait: they go on changing it

    def _stop_typing(self) -> bool:
        """Do not look for what was typed last; whether that was still to come."""
        pending, self.typing = self.typing, None
        if pending is not None:
            pending.stop()
        return pending is not None

    def on_filter_line_kept(self, message: FilterLine.Kept) -> None:
        """The line is left once the board shows what it asks for, which may be more than was asked while typing."""
        pending = self._stop_typing()
        self.keeping = True
        if message.text != self.text:
            self.text, self.view_name = message.text, ""
            pending = True
        if pending:
            self.going_to = self.card_before
            self.look(anew=True)
        elif self.seen.wish.text == self.text:
            self._keep()

    def _keep(self) -> None:
        self.keeping = False
        self.query_one(FilterLine).close()
        self.show_standing()

    def on_filter_line_left(self) -> None:
        line = self.query_one(FilterLine)
        pending = self._stop_typing() or line.before != self.text
        self.text, self.view_name = line.before, self.view_before
        if pending or self.seen.wish.text != self.text:
            self.going_to = self.card_before
            self.look(anew=True)
        line.close()
        self.show_standing()

    # What keys wait for

    def look(self, *, anew: bool = False) -> None:
        if anew or self.going_to is not None:
            self.keys_wait(LOOK)
        super().look(anew=anew)

    def show(self, seen: Look) -> None:
        instead, sought = self.instead, None if self.query_one(FilterLine).editing else self.going_to
        if not seen.state.shown and instead is not None and self.is_typing and seen.wish.text == self.text != instead:
            self.text = instead
            self.going_to = self.card_before
            super().look(anew=True)
            return
        super().show(seen)
        self.keys_go(LOOK)
        if self.keeping and seen.wish.text == self.text:
            self._keep()
        if sought is not None and sought == seen.wish.follow and seen.active is None and self.text:
            self.say(f"#{sought} is there, but the filter hides it: esc shows everything.")

    @property
    def is_typing(self) -> bool:
        """Whether the filter is being typed, and enter not pressed yet."""
        return self.query_one(FilterLine).editing and not self.keeping

    def look_failed(self, error: HelpdeskError) -> None:
        """A query that is wrong is not kept: what is shown is what the one before it found."""
        super().look_failed(error)
        self.keys_go(LOOK)
        line = self.query_one(FilterLine)
        if isinstance(error, LanguageError):
            self.text, self.view_name = self.seen.wish.text, ""
            self.show_standing()
        if self.keeping:
            self.keeping = False
            line.refuse(error if isinstance(error, LanguageError) else None)

    def changed(self, outcome: Outcome) -> None:
        if self.looked is not None and self.looked.wish.text != self.text:
            self.looked = None  # another filter has been set since
        self.keys_wait(LOOK)
        super().changed(outcome)

    def failed(self, error: HelpdeskError) -> None:
        super().failed(error)
        self.keys_go(CARD)

    # Views and boards

    def action_views(self) -> None:
        def work(desk: Desk) -> tuple[Sequence[View], bool]:
            from helpdesk_tui.desk import views

            return views.views(desk), desk.may(Act.SAVE_VIEW)

        def offer(found: tuple[Sequence[View], bool]) -> None:
            from helpdesk_tui.tui.screens.views import ViewsPick

            self.app.push_screen(ViewsPick(found[0], self.text, found[1]), self._view_chosen)

        self.ask(work, offer, self.failed, hold=True)

    def _view_chosen(self, choice: Any) -> None:
        from helpdesk_tui.tui.screens.views import RemoveView, SaveView, ShowView

        text = self.text

        def save(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import views

            return views.save(desk, choice.name, text)

        def remove(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import views

            return views.remove(desk, choice.view.name)

        match choice:
            case ShowView(view):
                self.show_view(view)
            case SaveView(name):
                self.view_name = name
                self.run_desk(save)
                self.show_standing()
            case RemoveView():
                self.run_desk(remove)

    def show_view(self, view: View) -> None:
        """Filter by that view."""
        self.marks.clear()
        self.ask_for(view.query, view.name)

    def action_people(self) -> None:
        from helpdesk_tui.tui.screens.people import PeoplePick

        self.app.push_screen(PeoplePick(), self._show_theirs)

    def _show_theirs(self, theirs: TheirTickets | None) -> None:
        if theirs is not None:
            self.marks.clear()
            self.ask_for(theirs.query)

    def action_figures(self) -> None:
        """All that figures take is loaded beside the screen: it is a good deal, and most never need it."""

        def load(_desk: Desk) -> None:
            import helpdesk_tui.desk.figures
            import helpdesk_tui.tui.screens.figures  # noqa: F401

        def show(_nothing: None) -> None:
            from helpdesk_tui.tui.screens.figures import FiguresScreen

            self.app.push_screen(FiguresScreen(self.desk, self.app.config))

        self.ask(load, show, self.failed, hold=True)

    def action_settings(self) -> None:
        from helpdesk_tui.tui.screens.settings import SettingsPick

        def changed(outcome: Outcome | None) -> None:
            if outcome is not None:
                self.applied(outcome)

        self.app.push_screen(SettingsPick(), changed)

    def action_rules(self) -> None:
        from helpdesk_tui.tui.screens.rules import RulesPick

        self.app.push_screen(RulesPick(), lambda _left: self.look())

    def action_policies(self) -> None:
        self._set_up("service levels")

    def action_calendars(self) -> None:
        self._set_up("calendars")

    def action_organizations(self) -> None:
        self._set_up("organizations")

    def action_templates(self) -> None:
        self._set_up("templates")

    def action_canned_replies(self) -> None:
        self._set_up("canned replies")

    def _set_up(self, place: str) -> None:
        from helpdesk_tui.tui.screens.settings import screen_of

        self.app.push_screen(screen_of(place), lambda _left: self.look())

    def action_boards(self) -> None:
        from helpdesk_tui.tui.screens.boards import BoardsPick

        def left(board_id: int | None) -> None:
            self.show_board(board_id)
            if board_id is None or board_id == self.board_id():
                self.look()  # its columns may be others now

        self.app.push_screen(BoardsPick(self.board_id()), left)

    def show_board(self, board_id: int | None) -> None:
        """Go to that board; the filter stays."""
        if board_id is not None and board_id != self.board_id():
            self.columns_gone()
            self.wanted_board = board_id
            self.active = 0
            self.look(anew=True)
            self.app.keep_board(board_id)

    def on_top_line_clicked(self, message: TopLine.Clicked) -> None:
        if self.scope == MINE and message.what != "notices":
            return  # there is but this one
        if message.what == "board":
            self.action_boards()
        elif message.what == "notices":
            self.action_notices()
        else:
            self.action_views()

    # How it looks

    def action_density(self) -> None:
        self.density = DENSITIES[(DENSITIES.index(self.density) + 1) % len(DENSITIES)]
        self.app.keep(density=self.density)
        self.repaint_cards()
        self.say(f"Cards: {self.density if self.density != 'line' else 'one line'}.")

    def repaint_cards(self) -> None:
        """Draw all cards for the density and the minute there are now."""
        painter = self.painter()
        for column in self.columns:
            column.set_painter(painter)

    def action_swimlanes(self) -> None:
        from helpdesk_tui.tui.screens.pick import Pick
        from helpdesk_tui.tui.widgets.picker import Choice

        choices = [
            Choice(lane, lane.value or "no swimlanes", current=lane is self.lane)
            for lane in (*(one for one in Lane if one is not Lane.NONE), Lane.NONE)
        ]

        def chosen(lane: Lane | None) -> None:
            if lane is not None and lane is not self.lane:
                self.lane = lane
                self.look()

        self.app.push_screen(Pick("Swimlanes", choices), chosen)

    # The preview

    def action_preview(self) -> None:
        self.preview_on = not self.preview_on
        self.app.keep(preview=self.preview_on)
        self.lay_out()
        self.follow()

    def lay_out(self) -> None:
        """Bring the parts of the screen to the size there is."""
        raise NotImplementedError

    def cursor_moved(self) -> None:
        if self.column is not None and self.column.awaits_card:
            self.keys_wait(CARD)
        else:
            self.keys_go(CARD)
        if self.preview_on:
            if self.following is not None:
                self.following.stop()
            self.following = self.set_timer(FOLLOWING, self.follow)

    def follow(self) -> None:
        """Show the ticket under the cursor in the preview."""
        if not self.preview_on:
            return
        from helpdesk_tui.tui.widgets.preview import Preview

        preview, card = self.query_one(Preview), self.card
        if card is None:
            self.app.gateway.forget("preview")
            preview.clear()
            return
        number = card.number

        def work(desk: Desk) -> tuple[TicketDetail, Desk]:
            from helpdesk_tui.desk import tickets

            return tickets.open_ticket(desk, number), desk

        self.ask(
            work,
            lambda found: preview.show_ticket(found[0], found[1].clock.now(), found[1].zone, asks=self.scope == MINE),
            lambda _error: preview.clear(),
            kind="preview",
        )


def _typed(desk: Desk, text: str, cursor: int) -> Typed:
    from helpdesk_tui.desk import completing

    return completing.typed_query(desk, text, cursor)


__all__ = ["LOOK", "BoardViews"]
