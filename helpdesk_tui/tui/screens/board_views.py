"""What is shown on the board and how: the filter, saved views, other boards, density, swimlanes, the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpdesk_tui.config import DENSITIES
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import LanguageError
from helpdesk_tui.tui.screens.board_base import LOOK
from helpdesk_tui.tui.screens.board_keys import BoardKeys
from helpdesk_tui.tui.widgets.filter_line import FilterLine
from helpdesk_tui.tui.widgets.lanes import Lane
from helpdesk_tui.tui.widgets.preview import Preview
from helpdesk_tui.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.board import Board, View
    from helpdesk_tui.domain.ticket import TicketDetail
    from helpdesk_tui.language.complete import Completion

TYPING = 0.04
"""Seconds after a key before the board follows what is typed."""

FOLLOWING = 0.08
"""Seconds the cursor rests before the preview follows it."""


class BoardViews(BoardKeys):
    """Mixin: choosing what the board shows."""

    preview_on: bool
    typing: Timer | None = None
    following: Timer | None = None

    # The filter. Handlers go by their names here: `@on` is not seen in a mixin.

    async def action_filter(self) -> None:
        await self.query_one(FilterLine).edit()

    async def on_filter_line_clicked(self) -> None:
        await self.action_filter()

    def on_filter_line_typed(self, message: FilterLine.Typed) -> None:
        text, cursor = message.text, message.cursor

        def answer(found: tuple[Sequence[Completion], LanguageError | None]) -> None:
            line.offer(*found)

        line = self.query_one(FilterLine)
        self.ask(lambda desk: _complete(desk, text, cursor), answer, self.failed, kind="completion")
        if text.strip() == self.text:
            return
        self.text, self.view_name = text.strip(), ""
        if self.typing is not None:
            self.typing.stop()
        self.typing = self.set_timer(TYPING, lambda: self.look(anew=True))

    def on_filter_line_kept(self, message: FilterLine.Kept) -> None:
        self._stop_typing(message.text, message.text != self.text)

    def on_filter_line_left(self) -> None:
        before = self.query_one(FilterLine).before
        self._stop_typing(before, before != self.text)

    def _stop_typing(self, text: str, other: bool) -> None:
        pending = self.typing is not None and self.typing._active.is_set()
        if self.typing is not None:
            self.typing.stop()
            self.typing = None
        self.query_one(FilterLine).close()
        if text != self.text:
            self.view_name = ""
        self.text = text
        self.show_standing()
        if other or pending:
            self.look(anew=True)

    # Views and boards

    def action_views(self) -> None:
        def work(desk: Desk) -> tuple[Sequence[View], bool]:
            from helpdesk_tui.desk import views

            return views.views(desk), desk.may(Act.SAVE_VIEW)

        def offer(found: tuple[Sequence[View], bool]) -> None:
            from helpdesk_tui.tui.screens.views import ViewsPick

            self.app.push_screen(ViewsPick(found[0], self.text, found[1]), self._view_chosen)

        self.ask(work, offer, self.failed)

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

    def action_boards(self) -> None:
        def work(desk: Desk) -> Sequence[Board]:
            from helpdesk_tui.desk import boards

            return boards.all_boards(desk)

        def offer(boards: Sequence[Board]) -> None:
            from helpdesk_tui.tui.screens.views import BoardsPick

            self.app.push_screen(BoardsPick(boards, self.board_id()), self.show_board)

        self.ask(work, offer, self.failed)

    def show_board(self, board_id: int | None) -> None:
        """Go to that board; the filter stays."""
        if board_id is not None and board_id != self.board_id():
            self.columns_gone()
            self.wanted_board = board_id
            self.active = 0
            self.look(anew=True)

    def on_top_line_clicked(self, message: TopLine.Clicked) -> None:
        if message.what == "board":
            self.action_boards()
        else:
            self.action_views()

    # How it looks

    def action_density(self) -> None:
        self.density = DENSITIES[(DENSITIES.index(self.density) + 1) % len(DENSITIES)]
        self.app.keep(density=self.density)  # type: ignore[attr-defined]
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
        self.app.keep(preview=self.preview_on)  # type: ignore[attr-defined]
        self.lay_out()
        self.follow()

    def lay_out(self) -> None:
        """Bring the parts of the screen to the size there is."""
        raise NotImplementedError

    def cursor_moved(self) -> None:
        if self.preview_on:
            if self.following is not None:
                self.following.stop()
            self.following = self.set_timer(FOLLOWING, self.follow)

    def follow(self) -> None:
        """Show the ticket under the cursor in the preview."""
        if not self.preview_on:
            return
        preview, card = self.query_one(Preview), self.card
        if card is None:
            self.app.gateway.forget("preview")  # type: ignore[attr-defined]
            preview.clear()
            return
        number = card.number

        def work(desk: Desk) -> tuple[TicketDetail, Desk]:
            from helpdesk_tui.desk import tickets

            return tickets.open_ticket(desk, number), desk

        self.ask(
            work,
            lambda found: preview.show_ticket(found[0], found[1].clock.now(), found[1].zone),
            lambda _error: preview.clear(),
            kind="preview",
        )


def _complete(desk: Desk, text: str, cursor: int) -> tuple[Sequence[Completion], LanguageError | None]:
    """What could stand at the cursor, and what is wrong with the query so far."""
    from helpdesk_tui.desk import completing

    try:
        desk.ask(text)
    except LanguageError as error:
        return completing.complete_query(desk, text, cursor), error
    return completing.complete_query(desk, text, cursor), None


__all__ = ["LOOK", "BoardViews"]
