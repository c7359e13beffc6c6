"""One column of the board, drawn line by line: whatever it holds, what is on the screen is what it costs.

It scrolls by cards, not by lines, so that a card may be as high as its title needs and nobody has to know the height of
the 100,000 above it. After every change the rows are made anew and only those that differ are painted again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec.structs import replace
from rich.segment import Segment
from rich.style import Style
from textual.containers import Horizontal
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.tui.widgets.card import FULL, PLAIN, STYLES, Painter
from helpdesk_tui.tui.widgets.column_head import Head, empty_lines, foot, head, tab_at
from helpdesk_tui.tui.widgets.column_mouse import MouseColumn
from helpdesk_tui.tui.widgets.lanes import Lane, lane_of
from helpdesk_tui.tui.widgets.lines import PLAIN_GLYPHS, Pieces
from helpdesk_tui.tui.widgets.pages import PAGE, Pages
from helpdesk_tui.tui.widgets.styled_when_drawn import StyledWhenDrawn

CARD, CURSOR, MARKED, BESIDE = "card", "cursor", "marked", "beside"
"""The grounds a piece is drawn on."""

OWN_GROUND = {"head-on", "drop"}
"""Pieces that bring their own ground."""

_Key = tuple[bool, bool, str]


class Columns(StyledWhenDrawn, Horizontal):
    """The columns side by side. The styles they draw with are here: worked out once, not once a column."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"columns--{name}" for name in STYLES if name),
        *(f"columns--{name}" for name in (CARD, CURSOR, MARKED, BESIDE)),
        "columns--head", "columns--head-on", "columns--over", "columns--drop",
    }  # fmt: skip

    def __init__(self, columns: Sequence[ColumnView]) -> None:
        super().__init__(*columns, id="columns")
        self._styles: dict[tuple[str, str], Style] = {}

    def style(self, name: str, ground: str) -> Style:
        """How a piece of that name looks on that ground."""
        style = self._styles.get((name, ground))
        if style is None:
            style = self.get_component_rich_style(f"columns--{ground}")
            if name in OWN_GROUND:
                style = self.get_component_rich_style(f"columns--{name}")
            elif name:
                front = self.get_component_rich_style(f"columns--{name}")
                style += Style(color=front.color) + self.get_component_styles(f"columns--{name}").text_style
            self._styles[name, ground] = style
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles = {}
        for column in self.query(ColumnView):
            column.forget_styles()


class ColumnView(MouseColumn):
    """The cards of one column under a heading.

    It has no focus and no keys of its own: the board moves the cursor. `active` says that the board's cursor is here.
    """

    @dataclass
    class Wanted(Message):
        """Pages are needed that are not at hand."""

        column: ColumnView
        offsets: list[int]

    def __init__(self, heads: Sequence[Head], place: int, marks: set[int]) -> None:
        super().__init__()
        self.pages = Pages()
        self.cursor = 0
        self.top = 0
        self.active = False
        self.drop_target = False
        self.tabs = False
        self.lane: Lane = Lane.NONE
        self.empty: tuple[str, ...] = ()
        self.heads = heads
        self.place = place
        self._marks = marks
        self._painter: Painter | None = None
        self._rows: list[Strip] = []
        self._at: list[int] = []
        self._cards: dict[int, tuple[Card, _Key, tuple[Strip, ...]]] = {}
        self._asked: set[int] = set()

    # What it holds

    @property
    def column_id(self) -> int:
        return self.heads[self.place].column.id

    @property
    def card(self) -> Card | None:
        """The card under the cursor, None if there is none or it is still on its way."""
        return self.pages.get(self.cursor)

    @property
    def awaits_card(self) -> bool:
        """Whether the card under the cursor is still on its way."""
        return self.card is None and bool(self._asked)

    def show(
        self,
        heads: Sequence[Head],
        pages: Mapping[int, Sequence[Card]],
        cursor: int | None = None,
        *,
        reveal: bool = False,
    ) -> None:
        """Show the column as it stands now. `cursor` is where the card under the cursor stands, None: it is gone.

        What is on the screen moves along with that card, so that it stays where it is seen; with `reveal` it is seen.
        """
        self.heads = heads
        self.pages.renew(heads[self.place].shown, pages)
        self._asked.clear()
        if cursor is not None:
            # At the top one stays at the top, to see what comes in there.
            self.top += cursor - self.cursor if self.top else 0
            self.cursor = cursor
        self.settle(reveal=reveal)

    def add(self, offset: int, cards: Sequence[Card]) -> None:
        """A page that was wanted has come."""
        was_seen = self._is_seen(self.cursor)
        self.pages.add(offset, cards)
        self._asked.discard(offset)
        self.settle(reveal=was_seen)

    def set_painter(self, painter: Painter) -> None:
        """Draw for another density or moment from now on."""
        painter = replace(painter, width=self.size.width)
        if painter != self._painter:
            reveal = self._painter is not None and self._is_seen(self.cursor)
            self._painter = painter
            self._cards.clear()
            self.settle(reveal=reveal)

    # Where it is

    def go(self, cursor: int, *, leap: bool = False) -> None:
        """Put the cursor on that card. With `leap` a step beyond the edge scrolls by a third of the screen.

        That keeps what a held key sends over a slow line small: most steps then repaint two cards.
        """
        self.cursor = cursor
        self.settle(reveal=True, leap=leap)

    def scroll_cards(self, by: int) -> None:
        """Scroll without moving the cursor."""
        self.top += by
        self.settle()

    def page(self) -> int:
        """How many cards are seen at once."""
        return max(1, len(set(self._at) - {-1}) - 1)

    def scroll_with_cursor(self, by: int) -> None:
        """Scroll by so many cards and take the cursor along, so that it stays at its row as far as it can."""
        self.top += by
        self.cursor += by
        self.settle(reveal=True)

    def seen_cards(self) -> int:
        """How many cards may be seen at once, at most."""
        return max(1, self.size.height)

    def settle(self, *, reveal: bool = False, leap: bool = False) -> None:
        """Bring cursor and place within what there is, and draw."""
        last = max(0, self.pages.total - 1)
        self.cursor = max(0, min(self.cursor, last))
        self.top = max(0, min(self.top, last))
        if self._room() > 0 and self._painter is not None:
            if reveal:
                self._reveal(leap)
            self._fill()
        self.redraw()
        self._want()

    def _reveal(self, leap: bool) -> None:
        ahead = max(1, self.page() // 3) if leap else 1
        if self.cursor < self.top:
            self.top = max(0, self.cursor - ahead + 1)
        if self._fits(self.top, self.cursor):
            return
        wanted = min(self.cursor + ahead - 1, self.pages.total - 1)
        self.top = max(self.top, self._first_above(wanted))
        if self.cursor < self.top or not self._fits(self.top, self.cursor):
            self.top = self._first_above(self.cursor)

    def _fill(self) -> None:
        """No empty room below the last card while there are cards above."""
        if self.top > 0 and self._fits(self.top, self.pages.total - 1):
            self.top = min(self.top, self._first_above(self.pages.total - 1))

    def _fits(self, first: int, last: int) -> bool:
        """Whether all cards from `first` to `last` go on the screen."""
        if last - first > self._room():
            return False
        return sum(self._height(index, first) for index in range(first, last + 1)) - self._gap <= self._room()

    def _first_above(self, last: int) -> int:
        """The first card that may be on top so that `last` is still seen whole."""
        first = last
        while first > 0 and self._fits(first - 1, last):
            first -= 1
        return first

    def _room(self) -> int:
        """Rows for cards: one is the heading, one says what is above and below where there is more."""
        rows = self.size.height - 1
        if self.top == 0 and self.pages.total <= rows:
            all_rows = sum(self._height(index, 0) for index in range(self.pages.total)) - self._gap
            if all_rows <= rows:
                return rows
        return rows - 1

    @property
    def _gap(self) -> int:
        """Rows between two cards."""
        return 1 if self._painter is not None and self._painter.density == FULL else 0

    def _height(self, index: int, top: int) -> int:
        return len(self._strips(index)) + self._gap + bool(self._lane_head(index, top))

    def index_at(self, y: int) -> int | None:
        """The card on that row."""
        return self._at[y] if 0 <= y < len(self._at) and self._at[y] >= 0 else None

    def head_at(self, x: int) -> int:
        """The column whose heading is at that cell of the first row."""
        return tab_at(self.heads, self.place, self.size.width, x) if self.tabs else self.place

    def _is_seen(self, index: int) -> bool:
        return index in self._at

    # What is drawn

    def redraw(self) -> None:
        """Make the rows anew and paint again those that differ."""
        before, self._rows = self._rows, self._make_rows()
        width = self.size.width
        if len(before) != len(self._rows):
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, self._rows, strict=True)) if old is not new != old]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_lines(self, crop: Region) -> list[Strip]:
        self._fit_size()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        return self._rows[y] if y < len(self._rows) else Strip.blank(self.size.width, self.rich_style)

    def _make_rows(self) -> list[Strip]:
        width, height = self.size
        if width <= 0 or height <= 0 or self._painter is None:
            self._at = []
            return []
        rows, blank = [self._head()], self._strip((), BESIDE)
        at = [-1]
        if self.pages.total == 0:
            for text in empty_lines(self.empty, width, height - 1):
                rows.append(self._strip((("counter", text),), BESIDE))
                at.append(-1)
        room = 1 + self._room()
        index = self.top
        while index < self.pages.total and len(rows) < room:
            lane = self._lane_head(index, self.top)
            block = [self._strip((("group", lane.ljust(width)),), BESIDE)] if lane else []
            block += self._strips(index)
            rows += block
            at += [index] * len(block)
            if self._gap:
                rows.append(blank)
                at.append(-1)
            index += 1
        below = self.pages.total - index
        del rows[room:], at[room:]
        rows += [blank] * (room - len(rows))
        if room < height:
            rows.append(self._strip(foot(self.top, below, width, self._painter.glyphs), BESIDE))
        self._at = at + [-1] * (height - len(at))
        return rows

    def _head(self) -> Strip:
        assert self._painter is not None
        pieces = head(self.heads, self.place, self.size.width, self.active, self.drop_target, self.tabs)
        return self._strip(pieces, "head")

    def _strips(self, index: int) -> tuple[Strip, ...]:
        """The lines of one card, made once for each way it can look."""
        assert self._painter is not None
        card = self.pages.get(index)
        if card is None:
            return tuple(self._strip(pieces, BESIDE) for pieces in self._painter.placeholder())
        marked = card.number in self._marks
        at_cursor = self.active and index == self.cursor
        key = (marked, at_cursor, "")
        kept = self._cards.get(card.number)
        if kept is not None and kept[1] == key and (kept[0] is card or kept[0] == card):
            return kept[2]
        if len(self._cards) > 400:
            self._cards.clear()
        ground = CURSOR if at_cursor else MARKED if marked else CARD
        strips = tuple(self._strip(pieces, ground) for pieces in self._painter.paint(card, marked))
        self._cards[card.number] = (card, key, strips)
        return strips

    def _lane_head(self, index: int, top: int) -> str:
        """The heading above a card that begins a swimlane, or is the first one seen of it."""
        if self.lane is Lane.NONE:
            return ""
        card = self.pages.get(index)
        if card is None:
            return ""
        name = lane_of(self.lane, card)
        above = self.pages.get(index - 1) if index > top else None
        return "" if above is not None and lane_of(self.lane, above) == name else name

    def _strip(self, pieces: Pieces, ground: str) -> Strip:
        if self._painter is not None and self._painter.glyphs is PLAIN:
            pieces = tuple((name, text.translate(PLAIN_GLYPHS)) for name, text in pieces)
        return Strip([Segment(text, self._style(name, ground)) for name, text in pieces]).adjust_cell_length(
            self.size.width, self._style("", ground)
        )

    def _style(self, name: str, ground: str) -> Style:
        row = self.parent
        return row.style(name, ground) if isinstance(row, Columns) else Style()

    def forget_styles(self) -> None:
        """The colours have changed: draw everything again."""
        self._cards.clear()
        self._rows = []
        self.refresh()

    def on_resize(self) -> None:
        self._fit_size()

    def _fit_size(self) -> None:
        """Take the size there is now, as soon as it is known: the first paint is the whole one."""
        width, height = self.size
        if self._painter is None or (self._painter.width == width and len(self._rows) == height):
            return
        reveal = not self._at or self._is_seen(self.cursor)
        self._cards.clear()
        self._painter = replace(self._painter, width=width)
        self.settle(reveal=reveal)

    def _want(self) -> None:
        """Ask for the pages around what is seen that are not at hand."""
        if self._painter is None or not self.pages.total or not self.size.height:
            return
        seen = [index for index in self._at if index >= 0]
        if not seen:
            return
        self.pages.touch(self.top)
        ahead = PAGE // 4
        offsets = self.pages.missing(seen[0] - ahead, seen[-1] + ahead)
        if not self._asked.issuperset(offsets):
            # All of them: what is asked for now takes the place of what was asked for before.
            self._asked = set(offsets)
            self.post_message(self.Wanted(self, offsets))
