"""The board: columns of cards under one cursor, a filter above, the keys below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from helpdesk_tui.domain.example import EXAMPLE_TITLE
from helpdesk_tui.tui.actions import BOARD, MINE, footer_for
from helpdesk_tui.tui.keys import ChordKeys, rights_on
from helpdesk_tui.tui.looking import Look, is_mine
from helpdesk_tui.tui.screens.board_base import heads_of
from helpdesk_tui.tui.screens.board_cards import BoardCards
from helpdesk_tui.tui.screens.board_people import BoardPeople
from helpdesk_tui.tui.screens.board_requests import BoardRequests
from helpdesk_tui.tui.screens.board_views import BoardViews
from helpdesk_tui.tui.screens.request_work import useless_on
from helpdesk_tui.tui.styled_once import StyledOnce
from helpdesk_tui.tui.widgets.column import Columns, ColumnView
from helpdesk_tui.tui.widgets.column_head import Head
from helpdesk_tui.tui.widgets.filter_line import FilterLine, FilterSaid
from helpdesk_tui.tui.widgets.footer import KeyLine
from helpdesk_tui.tui.widgets.lanes import Lane
from helpdesk_tui.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from helpdesk_tui.config import Config
    from helpdesk_tui.desk.desk import Desk

LEAST = (40, 12)
"""The smallest terminal the board is drawn on, in cells."""

NARROW = 70
"""Below this width one column is shown at a time."""

SIDE_BY_SIDE = 100
"""From this width on the preview stands beside the columns, else below them."""

MINUTE = 30.0
"""Seconds between two looks at the clock: what a card says about time is in minutes."""


class TooSmall(Widget):
    """Says so instead of breaking."""

    def render(self) -> str:
        return f"too small: {LEAST[0]}x{LEAST[1]} at least"


class BoardScreen(StyledOnce, ChordKeys, BoardRequests, BoardPeople, BoardViews, BoardCards, Screen[None]):
    """A board, and everything that can be done on it with keys and mouse."""

    AUTO_FOCUS = ""
    """Nothing: the keys are the board's own, and the hidden line of the filter would take them on coming back."""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As every screen has it, but that a focus is taken or given back does not paint the whole screen."""

    def __init__(self, desk: Desk, first: Look, config: Config) -> None:
        super().__init__()
        self.desk = desk
        self.columns: list[ColumnView] = []
        self.active = 0
        self.marks: set[int] = set()
        self.range_from: int | None = None
        self.text = ""
        self.view_name = ""
        self.lane = Lane.NONE
        self.density = config.density
        self.preview_on = _is_newcomers(first) if config.preview is None else config.preview
        self.seen = first
        self.faces = first.faces or {}
        self.wanted_board = first.state.board.id
        self.narrow = False
        self._config = config
        self._known_rights: tuple[object, ...] = ()
        self._known_keys: tuple[object, ...] = ()
        self._take_rights(first)

    def _take_rights(self, seen: Look) -> bool:
        """Have the keys for what this person may do to this board now; whether those are others than before."""
        board_id = seen.state.board.id or None
        rights = (self.desk.actor, board_id)
        if self._known_rights == rights:
            return False
        self._known_rights = rights
        scope = MINE if is_mine(seen.question) else BOARD
        self.bind_keys(scope, self._config.keys, rights_on(self.desk, board_id))
        return True

    def rights_changed(self) -> None:
        """What this person may do is another thing now: so is what they see."""
        self._show_rights(self.seen)
        self.marks.clear()
        self.look(anew=True)

    def _show_rights(self, seen: Look) -> None:
        if self._take_rights(seen):
            self._show_keys()

    def _show_keys(self) -> None:
        """Draw the keys that this person has, and that do something to their ticket under the cursor."""
        useless = useless_on(self.card, self.desk.actor.name) if self.is_mine else frozenset()
        if self._known_keys != (self._known_rights, useless):
            self._known_keys = (self._known_rights, useless)
            shown = footer_for(self.scope, self.permits, self._config.keys, useless)
            self.query_one(KeyLine).show_actions(shown)

    def cursor_moved(self) -> None:
        super().cursor_moved()
        if self.column is None or not self.column.awaits_card:
            self._show_keys()

    def show(self, seen: Look) -> None:
        self._show_rights(seen)
        super().show(seen)

    # Composition

    def compose(self) -> ComposeResult:
        yield TooSmall(id="too-small")
        yield TopLine()
        yield FilterLine()
        with Container(id="middle"):
            yield Columns(self._column_views(heads_of(self.seen)))
        yield FilterSaid()
        yield KeyLine(footer_for(self.scope, self.permits, self._config.keys), ascii_only=self._config.ascii)

    def on_mount(self) -> None:
        self.lay_out(self.app.size.width)
        self.show(self.seen)
        self.set_interval(MINUTE, self._minute)

    def _column_views(self, heads: Sequence[Head]) -> list[ColumnView]:
        self.columns = [ColumnView(heads, place, self.marks) for place in range(len(heads))]
        self.active = max(0, min(self.active, len(heads) - 1))
        return self.columns

    def make_columns(self, heads: Sequence[Head]) -> None:
        parent = self.query_one("#columns")
        for column in self.columns:
            column.remove()
        parent.mount_all(self._column_views(heads))
        self.lay_out()

    # Size

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        self.set_class(width < LEAST[0] or height < LEAST[1], "-tiny")
        self.lay_out(event.size.width)

    def lay_out(self, width: int = 0) -> None:
        width = width or self.size.width
        self.narrow = width < NARROW or 0 < width < 20 * len(self.columns)
        beside = width >= SIDE_BY_SIDE
        if self.preview_on and not self.query("#preview"):
            # All that draws a ticket comes with it: a board is painted without.
            from helpdesk_tui.tui.widgets.preview import Preview

            self.query_one("#middle").mount(Preview())
        self.set_class(self.preview_on, "-preview")
        self.set_class(not beside, "-below")
        for at, column in enumerate(self.columns):
            column.active = at == self.active
            column.display = at == self.active or not self.narrow
            column.set_class(self.narrow, "-alone")
            if column.tabs != self.narrow:
                column.tabs = self.narrow
                column.redraw()

    # What the columns and the desk say

    @on(ColumnView.Wanted)
    def _page_wanted(self, message: ColumnView.Wanted) -> None:
        self.get_page(message.column, message.offsets)

    def news(self, _numbers: tuple[int, ...] | None) -> None:
        """Somebody changed something on the desk."""
        self.look()
        self.look_at_people()

    def _minute(self) -> None:
        """Time has passed: what is late may be another thing now."""
        self.repaint_cards()
        self.tell_timer()
        if self.desk.clock.now() != self.seen.now:
            self.look()

    # The rest

    def say(self, text: str, tone: str = "good") -> None:
        self.query_one(KeyLine).say(text, tone)

    def action_quit(self) -> None:
        self.app.exit(return_code=0)


def _is_newcomers(first: Look) -> bool:
    """Whether there is nothing but the ticket every desk begins with, which explains itself."""
    titles = [card.title for column in first.state.columns for card in column.first]
    return first.state.total == 1 and titles == [EXAMPLE_TITLE]
