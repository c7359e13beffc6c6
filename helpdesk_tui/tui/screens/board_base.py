"""The board's state on the event loop, and how it is read anew: what the other parts of the board stand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import HelpdeskError, LanguageError, NotFound
from helpdesk_tui.tui import clocks
from helpdesk_tui.tui.actions import BOARD, Permits
from helpdesk_tui.tui.looking import Look, Place, Wish, look, page
from helpdesk_tui.tui.screens.prepared_work import PreparedWork
from helpdesk_tui.tui.widgets.card import FANCY, PLAIN, Painter
from helpdesk_tui.tui.widgets.column import ColumnView
from helpdesk_tui.tui.widgets.column_head import Head
from helpdesk_tui.tui.widgets.filter_line import Count, FilterLine
from helpdesk_tui.tui.widgets.lanes import Lane
from helpdesk_tui.tui.widgets.top_line import Standing, TopLine

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.people import Face
    from helpdesk_tui.domain.ticket import Card

LOOK = "board"
"""The kind of question of which only the last is answered."""


class BoardBase(PreparedWork):
    """Mixin: the columns, the cursor, the marks, the filter."""

    desk: Desk
    permits: Permits
    columns: list[ColumnView]
    active: int
    marks: set[int]
    text: str
    view_name: str
    lane: Lane
    density: str
    seen: Look
    wanted_board: int | None
    narrow: bool
    going_to: int | None = None
    """The ticket the cursor is on its way to."""
    notices: str = ""
    """How many of my notices are new, in words; "" for none."""
    timing: str = ""
    """Which ticket I am timing, and for how long by now."""
    everything = "all tickets"
    """What is shown without a filter, in words."""
    filter_hint = ""
    looked: Look | None = None
    """The board as a change left it, on its way to be shown."""

    faces: Mapping[str, Face]
    """The team's avatars, by what cards call them."""

    def also_here(self) -> tuple[Face, ...]:
        """Who else is at this board."""
        raise NotImplementedError

    # What the cursor is on

    @property
    def column(self) -> ColumnView | None:
        """The column the cursor is in."""
        return self.columns[self.active] if self.active < len(self.columns) else None

    @property
    def card(self) -> Card | None:
        """The card under the cursor."""
        return None if self.column is None else self.column.card

    def chosen(self) -> tuple[int, ...]:
        if self.marks:
            return tuple(sorted(self.marks))
        return () if self.card is None else (self.card.number,)

    def at_hand(self) -> Card | None:
        numbers = self.chosen()
        return self.card if self.card is not None and numbers == (self.card.number,) else None

    def board_id(self) -> int | None:
        return self.seen.state.board.id or None

    # Looking

    def look(self, *, anew: bool = False) -> None:
        """Ask for the board as it stands now. `anew`: another question, whose columns are shown from their top."""
        wish = self.wish(anew=anew)
        self.ask(lambda desk: look(desk, wish), self.show, self.look_failed, kind=LOOK)

    def wish(self, *, anew: bool = False) -> Wish:
        """What is to be looked at."""
        places = () if anew else tuple(self._place(column) for column in self.columns)
        follow = self.going_to
        if follow is None and self.card is not None:
            follow = self.card.number
        return Wish(self.wanted_board, self.text, self.lane, places, follow)

    def do(self, work: Callable[[Desk], Outcome]) -> None:
        """Let the desk do it and look at the board in one go, unless more is to be done first; then tell and show."""
        gateway, wish = self.app.gateway, self.wish()

        def both(desk: Desk) -> tuple[Outcome, Look | None]:
            outcome = work(desk)
            try:
                return outcome, None if gateway.has_more else look(desk, wish)
            except HelpdeskError:  # what was done is done; looking again will tell what is wrong
                return outcome, None

        def done(found: tuple[Outcome, Look | None]) -> None:
            outcome, self.looked = found
            self.applied(outcome)
            if not outcome.numbers:  # what was promised may be another thing now, as when that was taken back
                clocks.follow(self.app)

        many = len(self.chosen())
        meanwhile = f"Changing {many:,} tickets…" if many > 1 else "Working…"
        self.ask(both, done, lambda error: self.refused(error, work), hold=True, meanwhile=meanwhile)

    def _place(self, column: ColumnView) -> Place:
        number = None if column.card is None else column.card.number
        return Place(column.column_id, column.cursor, number, column.top, column.seen_cards())

    def look_failed(self, error: HelpdeskError) -> None:
        """A wrong query is told in the filter line; a board that is gone gives way to the first one."""
        filter_line = self.query_one(FilterLine)
        if isinstance(error, LanguageError) and filter_line.editing:
            return  # completion tells what is wrong with it, and where
        if isinstance(error, NotFound) and self.wanted_board is not None:
            self.wanted_board = None
            self.columns_gone()
            self.look(anew=True)
            return
        self.say(str(error), "bad")

    def show(self, seen: Look) -> None:
        """Draw what was looked at. The cursor goes with its card, or to the one it was sent to."""
        go = self.going_to is not None and seen.wish.follow == self.going_to
        if go:
            self.going_to = None
        self.seen = seen
        self.wanted_board = seen.state.board.id
        self.app.gateway.seen_event = seen.state.last_event_id
        heads = heads_of(seen)
        if [head.column.id for head in heads] != [column.column_id for column in self.columns]:
            self.make_columns(heads)
        moved = not go and self.card is not None and self.card.number != seen.wish.follow
        if seen.active is not None and not moved:
            self.active = next(at for at, one in enumerate(self.columns) if one.column_id == seen.active)
        painter = self.painter()
        for at, column in enumerate(self.columns):
            self._give_cursor(column, here=at == self.active)
            column.empty = self._empty_words(heads[column.place])
            column.lane = seen.wish.lane
            column.set_painter(painter)
            pages = seen.pages[column.column_id]
            found = seen.cursors[column.column_id] if go else self._cursor(column, pages, seen)
            column.show(heads, pages, found, reveal=column.active and not moved)
        if seen.active is None and seen.wish.places == () and self.card is None:
            self.activate(next((at for at, head in enumerate(heads) if head.shown), self.active))
        self.show_standing()
        self.cursor_moved()

    def _cursor(self, column: ColumnView, pages: Mapping[int, Sequence[Card]], seen: Look) -> int | None:
        """Where the card under the column's cursor is now. The cursor may have gone on since the question was asked."""
        place = next((one for one in seen.wish.places if one.column_id == column.column_id), None)
        found = seen.cursors.get(column.column_id)
        if place is None:
            return found or 0
        number = None if column.card is None else column.card.number
        if number == place.number:
            return found
        for offset, cards in pages.items():
            for at, card in enumerate(cards):
                if card.number == number:
                    return offset + at
        return None

    def _empty_words(self, head: Head) -> tuple[str, ...]:
        """What an empty column says: what to press."""
        state = self.seen.state
        if self.text and head.total:
            return ("No match.",) if state.shown else ("No card here matches.", "/ changes the filter, esc clears it.")
        if state.total == 0 and head.column.id == state.columns[0].column.id:
            return ("No tickets yet.", "n writes the first one.") if self.permits(Act.CREATE) else ("No tickets yet.",)
        return self._nothing_here(head)

    def _nothing_here(self, head: Head) -> tuple[str, ...]:  # noqa: ARG002 - on another board it depends on it
        """What a column says that is just empty."""
        movable = self.seen.state.total > 0 and self.permits(Act.MOVE)
        return ("Empty.", "H and L move a card.") if movable else ("Empty.",)

    def get_page(self, column: ColumnView, offsets: list[int]) -> None:
        """Ask for pages a column lacks."""
        question, column_id = self.seen.question, column.column_id

        def take(pages: Mapping[int, Sequence[Card]]) -> None:
            if self.seen.question is question and column in self.columns:
                for offset, cards in pages.items():
                    column.add(offset, cards)
                if column is self.column:
                    self.cursor_moved()

        self.ask(lambda desk: page(desk, question, column_id, offsets), take, self.failed, kind=f"pages {column_id}")

    def changed(self, outcome: Outcome) -> None:
        looked, self.looked = self.looked, None
        if looked is not None:
            self.app.gateway.forget(LOOK)
            self.show(looked)
        elif outcome.made is not None and outcome.numbers == (outcome.made,):
            self.find_card(outcome.made)  # a new ticket: the cursor goes to it
        else:
            self.look()

    # Drawing

    def painter(self) -> Painter:
        """How cards are drawn now, for whatever width."""
        now = self.desk.clock.now().replace(second=0, microsecond=0)
        return Painter(0, self.density, now, self.desk.zone, PLAIN if self.app.plain_glyphs else FANCY)

    def show_standing(self) -> None:
        """Bring the lines above the columns up to date."""
        state, actor = self.seen.state, self.desk.actor
        view = self.view_name or ("filtered" if self.text else self.everything)
        self.query_one(TopLine).show(
            Standing(
                state.board.name,
                view,
                state.late,
                state.due_today,
                actor.login or actor.name,
                actor.role_on(state.board.id).value,
                self.desk.read_only or (self.scope == BOARD and not self.permits(Act.EDIT)),
                self.notices,
                self.timing,
                self.also_here(),
            )
        )
        count = Count(state.shown, state.total, len(self.marks), self.lane.value)
        self.query_one(FilterLine).show(self.text, count, self.filter_hint)

    def activate(self, place: int) -> None:
        """Put the board's cursor into that column."""
        self.active = max(0, min(place, len(self.columns) - 1))
        for at, column in enumerate(self.columns):
            if self._give_cursor(column, here=at == self.active):
                column.settle(reveal=column.active)

    def _give_cursor(self, column: ColumnView, *, here: bool) -> bool:
        """Let a column have the board's cursor, or not; whether that is new."""
        column.display = here or not self.narrow
        was, column.active = column.active, here
        return was != here

    def redraw_marks(self) -> None:
        for column in self.columns:
            column.redraw()
        self.show_standing()

    def cursor_moved(self) -> None:
        """The cursor stands on another card: let what follows it know."""
        raise NotImplementedError

    def find_card(self, number: int) -> None:
        """Bring the cursor to that ticket, if it is shown."""
        self.going_to = number
        self.look()

    def make_columns(self, heads: Sequence[Head]) -> None:
        """Other columns than before: make their widgets."""
        raise NotImplementedError

    def columns_gone(self) -> None:
        """Forget the columns, and what is marked on them."""
        self.marks.clear()

    def run_desk(self, work: Any) -> None:
        """Let the desk do something that is told but shows nothing."""
        self.ask(work, lambda outcome: self.say(outcome.said), self.failed)


def heads_of(seen: Look) -> list[Head]:
    """What the headings of the columns say."""
    return [Head(one.column, one.shown, one.total, one.late) for one in seen.state.columns]
