"""The drawn parts of the ticket screen: title, main part, and the fields beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace
from rich.style import Style
from textual import events
from textual.message import Message

from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.domain.ticket_detail import Comment, Present, Step, TicketDetail
from helpdesk_tui.tui.widgets.drawing import About, Drawing, Spot
from helpdesk_tui.tui.widgets.growing import AT_ONCE, GrowingView
from helpdesk_tui.tui.widgets.lines import STRIPS_KEPT, DrawnLines, Line
from helpdesk_tui.tui.widgets.ticket_lines import body, head
from helpdesk_tui.tui.widgets.ticket_parts import Reader
from helpdesk_tui.tui.widgets.ticket_side import side

FIRST = "description"
"""The section that is marked where there is nothing for a cursor to stand on."""

SECTION_OF = {"step": "checklist", "comment": "conversation", "event": "history"}
"""The section that each kind of thing is in on which a cursor stands."""


class _Borrows(DrawnLines, can_focus=False):
    """Draws in the styles of the main part: to work them out for each view anew takes longer than all else."""

    def piece_style(self, name: str, back: str) -> Style:
        return self.screen.query_one(TicketBody).piece_style(name, back)


class TicketHead(_Borrows, can_focus=False):
    """Number, title and what matters most; as many rows as the title takes, up to a limit."""

    def show(self, card: Card, reader: Reader, here: Sequence[Present], rows: int) -> None:
        lines = head(card, self.app.size.width, rows, reader, here)
        self.styles.height = len(lines)
        self.show_lines(lines)


class TicketSide(_Borrows, can_focus=False):
    """The fields, where there is room beside the main part."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drawing = Drawing(iter(()))
        self._section = ""

    @property
    def sections(self) -> list[str]:
        """The names of its parts, in their order."""
        return list(self._drawing.places)

    def show(self, detail: TicketDetail, reader: Reader) -> None:
        width = self.scrollable_content_region.width
        if width > 0:
            self._drawing = Drawing(iter(side(detail, width, reader)))
            self._drawing.take_all()
            self.show_lines(self._drawing.lines)

    def go_to(self, section: str) -> None:
        """Mark that part and bring it into view; with another name, mark none."""
        if section != self._section:
            drawn = {section, self._section} & self._drawing.places.keys()
            self._section = section
            if drawn:
                self.refresh()
        if (lines := self._drawing.range_of(section)) is not None:
            self.bring_into_view(lines[0], min(lines[1], lines[0] + max(1, self.scrollable_content_region.height) - 1))

    def line_at(self, index: int) -> Line | None:
        line = super().line_at(index)
        return lit(line, heading=True) if line is not None and line.about == (self._section, 0) else line


class TicketBody(GrowingView):
    """Everything said about the ticket, with a cursor on a step of its checklist or on a comment.

    One of its sections is marked: that of what the cursor is on, else the one that was gone to.

    Going down moves the cursor while there is something in view to move to, and scrolls otherwise. What is far below is
    drawn after what is seen.
    """

    @dataclass
    class Chosen(Message):
        """A step or a comment was double-clicked; the cursor is on it."""

        about: About

    @dataclass
    class Marked(Message):
        """Another section is marked than before."""

        section: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._detail: TicketDetail | None = None
        self._steps: Sequence[Step] = ()
        self._drawn_for: tuple[object, ...] = ()
        self._cursor: About | None = None
        self._step: About | None = None
        self._section = self._told = FIRST
        self._lit: dict[int, tuple[Line, Line]] = {}

    # What is drawn

    def show(self, detail: TicketDetail, reader: Reader, *, with_side: bool) -> None:
        """Draw this ticket; the cursor stays where it is, and so does the place scrolled to."""
        width = self.scrollable_content_region.width
        if width <= 0 or self._drawn_for == (detail, reader, width, with_side):
            return
        fresh = self._detail is None or self._detail.card.number != detail.card.number
        places, cursor = self._places(), self._cursor
        self._drawn_for = (detail, reader, width, with_side)
        self._detail = detail
        self._steps = () if reader.asks else detail.checklist  # how the team goes about it is not drawn for others
        drawing = Drawing(body(detail, width, reader, with_side=with_side))
        if fresh:
            self._step = self._cursor = _first_open(self._steps)
            self._section = FIRST
        else:
            self._keep_cursor(places)
        self.show_drawing(drawing, from_top=fresh)
        if self._cursor != cursor:
            self.refresh()
        self._tell_section()

    def _places(self) -> list[About]:
        return [("step", step.id) for step in self._steps]

    def _keep_cursor(self, before: list[About]) -> None:
        """The step under the cursor may have gone: then the one in its place."""
        now = self._places()
        if self._step is None or self._step not in now:
            place = before.index(self._step) if self._step in before else 0
            step = now[min(place, len(now) - 1)] if now else None
            if self._cursor == self._step:
                self._cursor = step
            self._step = step

    # Where the cursor stands

    @property
    def is_drawn(self) -> bool:
        """Whether there has been room to draw a ticket yet."""
        return self._detail is not None

    @property
    def step(self) -> Step | None:
        """The step the cursor is on, or was on last."""
        return next((step for step in self._steps if ("step", step.id) == self._step), None)

    @property
    def stands_on_step(self) -> bool:
        """Whether the cursor is on a step now."""
        return self._cursor is not None and self._cursor == self._step

    @property
    def comment(self) -> Comment | None:
        """The comment under the cursor."""
        said = () if self._detail is None else self._detail.conversation
        return next((one for one in said if ("comment", one.id) == self._cursor), None)

    @property
    def event_id(self) -> int | None:
        """The event of the history under the cursor."""
        return self._cursor[1] if self._cursor is not None and self._cursor[0] == "event" else None

    def stand_on(self, about: About | None) -> None:
        """Put the cursor there; it is brought into view."""
        self._cursor = about
        if about is not None and about[0] == "step":
            self._step = about
        self._reveal()
        self.refresh()
        self._tell_section()

    # Sections

    @property
    def section(self) -> str:
        """The section that is marked."""
        return self._section if self._cursor is None else SECTION_OF[self._cursor[0]]

    def sections(self) -> list[str]:
        """The names of all there are, in their order."""
        self.draw_more(AT_ONCE)
        return list(self._drawing.places)

    def go_to(self, section: str) -> None:
        """Mark that section, bring it into view and put the cursor on the first it can stand on there.

        A section that stands elsewhere on the screen is only remembered.
        """
        self._section, self._cursor = section, None
        if section not in self._drawing.places:
            self.draw_more(AT_ONCE)
        if (lines := self._drawing.range_of(section)) is not None:
            first, last = lines
            within = (spot.about for spot in self._drawing.spots if first <= spot.first <= last)
            self._cursor = self._step if section == SECTION_OF["step"] else next(within, None)
            self.bring_into_view(first, min(last, first + max(1, self.scrollable_content_region.height) - 1))
            if section == SECTION_OF["step"]:
                self._reveal()
        self.refresh()
        self._tell_section()

    def _tell_section(self) -> None:
        if self.section != self._told:
            self._told = self.section
            self.post_message(self.Marked(self.section))

    def start(self, section: str) -> None:
        """Begin with a section, at the top of the view; with the checklist where its cursor is."""
        if section == SECTION_OF["step"] and self._step is not None:
            self.go_to(section)
        elif section:
            self.go_to(section)
            if section in self._drawing.places:
                self.scroll_to_line(self._drawing.places[section])

    def show_step(self) -> bool:
        """Bring the step of the checklist into view, with the cursor; whether it was so already."""
        if self._cursor == self._step and (spot := self._spot()) is not None and self._is_seen(spot):
            return True
        self.start("checklist")
        return False

    def to_next_open(self, ticked: Step) -> None:
        """Put the cursor on the next step still open, if there is one below."""
        at = next((index for index, step in enumerate(self._steps) if step.id == ticked.id), len(self._steps))
        below = next((("step", step.id) for step in self._steps[at + 1 :] if not step.done), None)
        if below is not None:
            self._step = self._cursor = below
            self.refresh()
            self._tell_section()

    def go(self, by: int) -> None:
        """To the next thing a cursor stands on, else one line, down or up."""
        spot = self._beyond(by)
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        near = spot is not None and (spot.first <= top + height if by > 0 else spot.last >= top - 1)
        if spot is not None and near:
            self.stand_on(spot.about)
        else:
            self.scroll_by(by)

    def scroll_pages(self, pages: float) -> None:
        """Scroll by so many heights of the view; a line of overlap is kept."""
        self.scroll_by(round(pages * max(1, self.scrollable_content_region.height - 1)))

    def _spot(self) -> Spot | None:
        at = self._drawing.index_of(self._cursor)
        return None if at is None else self._drawing.spots[at]

    def _beyond(self, by: int) -> Spot | None:
        """What is next that way; from what is seen, where the cursor itself is out of sight."""
        spots = self._drawing.spots
        at = self._drawing.index_of(self._cursor)
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.scrollable_content_region.height
        if at is not None and spots[at].last >= top and spots[at].first < bottom:
            return spots[at + by] if 0 <= at + by < len(spots) else None
        if by > 0:
            return next((spot for spot in spots if spot.first >= top), None)
        return next((spot for spot in reversed(spots) if spot.last < bottom), None)

    def _is_seen(self, spot: Spot) -> bool:
        top = self.scroll_offset.y
        return top <= spot.first and spot.last < top + self.scrollable_content_region.height

    def _reveal(self) -> None:
        if self._spot() is None and self._cursor is not None:
            self.draw_more(AT_ONCE)
        if (spot := self._spot()) is not None:
            last = min(spot.last, spot.first + max(1, self.scrollable_content_region.height) - 1)
            self.bring_into_view(spot.first, last)

    # How it is drawn

    def line_at(self, index: int) -> Line | None:
        line = super().line_at(index)
        if line is None:
            return None
        if line.about is not None and line.about == self._cursor:
            lead = index == 0 or self._lines[index - 1].about != line.about
            return lit(_under_cursor(line, lead=lead))
        section = self._drawing.range_of(self.section)
        if section is None or not section[0] <= index <= section[1]:
            return line
        known = self._lit.get(index)
        if known is None or known[0] is not line:
            if len(self._lit) >= STRIPS_KEPT:
                self._lit.clear()
            known = self._lit[index] = (line, lit(line, heading=index == section[0]))
        return known[1]

    def on_click(self, event: events.Click) -> None:
        line = super().line_at(event.y + self.scroll_offset.y)
        if line is None or line.about is None or self._drawing.index_of(line.about) is None:
            return
        self._cursor = line.about
        if line.about[0] == "step":
            self._step = line.about
        self.refresh()
        self._tell_section()
        if event.chain == 2:
            self.post_message(self.Chosen(line.about))


def lit(line: Line, *, heading: bool = False) -> Line:
    """A line of the section that is marked: its frame, and its heading where the line is that."""
    if line.framed:
        return replace(line, edge="edge-on")
    marks = {"edge": "edge-on", "title": "cursor title" if heading else "title"}
    return replace(line, pieces=tuple((marks.get(style, style), text) for style, text in line.pieces))


def _first_open(steps: Sequence[Step]) -> About | None:
    step = next((step for step in steps if not step.done), steps[0] if steps else None)
    return None if step is None else ("step", step.id)


def _under_cursor(line: Line, *, lead: bool) -> Line:
    """A line with the cursor on it; the frame around it stays as it is. Of a comment its first line is marked."""
    if line.about is not None and line.about[0] == "step":
        pieces = line.pieces
        if lead:
            at = next(index for index, (_, text) in enumerate(pieces) if text.startswith("  "))
            pieces = (*pieces[:at], ("key", "▸ "), *pieces[at + 1 :])
        return replace(line, pieces=pieces, back="cursor")
    return replace(line, back="cursor") if lead else line
