"""The drawn parts of the ticket screen: title, main part, and the fields beside it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message

from helpdesk_tui.domain.ticket import Card, Step, TicketDetail
from helpdesk_tui.tui.widgets.lines import Line, LineView
from helpdesk_tui.tui.widgets.ticket_lines import Drawn, Reader, body, head, side


class TicketHead(LineView, can_focus=False):
    """Number, title and what matters most; as many rows as the title takes, up to a limit."""

    def show(self, card: Card, reader: Reader, rows: int) -> None:
        lines = head(card, self.app.size.width, rows, reader)
        self.styles.height = len(lines)
        self.show_lines(lines)


class TicketSide(LineView, can_focus=False):
    """The fields, where there is room beside the main part."""

    def show(self, detail: TicketDetail, reader: Reader) -> None:
        width = self.scrollable_content_region.width
        if width > 0:
            self.show_lines(side(detail, width, reader))


class TicketBody(LineView):
    """Everything said about the ticket, with a cursor on a step of its checklist.

    Going down moves the cursor while there are steps in view to move to, and scrolls otherwise.
    """

    @dataclass
    class StepClicked(Message):
        """A step of the checklist was clicked; the cursor is on it."""

        step: Step

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._detail: TicketDetail | None = None
        self._drawn = Drawn((), (), {})
        self._drawn_for: tuple[object, ...] = ()
        self._cursor = 0

    def show(self, detail: TicketDetail, reader: Reader, *, with_side: bool) -> None:
        """Draw this ticket; the cursor stays on its step, and the place scrolled to is kept."""
        width = self.scrollable_content_region.width
        if width <= 0 or self._drawn_for == (detail, reader, width, with_side):
            return
        before = self.step
        fresh = self._detail is None or self._detail.card.number != detail.card.number
        self._drawn_for = (detail, reader, width, with_side)
        self._detail = detail
        self._drawn = body(detail, width, reader, with_side=with_side)
        if fresh:
            self._cursor = next((i for i, step in enumerate(detail.checklist) if not step.done), 0)
            self.scroll_to_line(0)
        elif before is not None:
            ids = [step.id for step in detail.checklist]
            self._cursor = ids.index(before.id) if before.id in ids else max(0, min(self._cursor, len(ids) - 1))
        self.show_lines(self._drawn.lines)

    @property
    def step(self) -> Step | None:
        """The step under the cursor."""
        steps = () if self._detail is None else self._detail.checklist
        return steps[self._cursor] if self._cursor < len(steps) else None

    def start(self, section: str) -> None:
        """Bring a section into view, the checklist with its cursor."""
        if section == "checklist" and self._drawn.steps:
            self.bring_into_view(*self._drawn.steps[self._cursor])
        elif section in self._drawn.sections:
            self.scroll_to_line(self._drawn.sections[section])

    def go(self, by: int) -> None:
        """One step, else one line, down or up."""
        place = self._cursor + by
        if self._is_seen(self._cursor) and 0 <= place < len(self._drawn.steps):
            self._cursor = place
            self.bring_into_view(*self._drawn.steps[place])
            self.refresh()
        else:
            self.scroll_by(by)

    def scroll_pages(self, pages: float) -> None:
        """Scroll by so many heights of the view; a line of overlap is kept."""
        self.scroll_by(round(pages * max(1, self.scrollable_content_region.height - 1)))

    def show_step(self) -> bool:
        """Bring the step under the cursor into view; whether it was in view already."""
        seen = self._is_seen(self._cursor)
        if not seen:
            self.start("checklist")
        return seen

    def to_next_open(self, ticked: Step) -> None:
        """Put the cursor on the next step still open, if there is one below."""
        steps = () if self._detail is None else self._detail.checklist
        below = (i for i in range(self._cursor + 1, len(steps)) if not steps[i].done and steps[i].id != ticked.id)
        self._cursor = next(below, self._cursor)

    def _is_seen(self, index: int) -> bool:
        if index >= len(self._drawn.steps):
            return False
        first, last = self._drawn.steps[index]
        top = self.scroll_offset.y
        return top <= first and last < top + self.scrollable_content_region.height

    def line_at(self, index: int) -> Line | None:
        line = super().line_at(index)
        if line is None or self._cursor >= len(self._drawn.steps):
            return line
        first, last = self._drawn.steps[self._cursor]
        if not first <= index <= last:
            return line
        return _under_cursor(line, lead=index == first)

    def on_click(self, event: events.Click) -> None:
        at = event.y + self.scroll_offset.y
        for index, (first, last) in enumerate(self._drawn.steps):
            if first <= at <= last:
                self._cursor = index
                self.refresh()
                if event.chain == 2 and self.step is not None:
                    self.post_message(self.StepClicked(self.step))


def _under_cursor(line: Line, *, lead: bool) -> Line:
    """The line of a step with the cursor on it; the frame around it stays as it is."""
    pieces = line.pieces
    if lead:
        at = next(index for index, (_, text) in enumerate(pieces) if text.startswith("  "))
        pieces = (*pieces[:at], ("key", "▸ "), *pieces[at + 1 :])
    return Line(pieces, "cursor", line.framed)
