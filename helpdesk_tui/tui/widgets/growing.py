"""A view of lines that are made as far as they are looked at, and the rest between keys."""

from __future__ import annotations

from helpdesk_tui.tui.widgets.drawing import Drawing
from helpdesk_tui.tui.widgets.lines import LineView

SLICE = 300
"""Lines made at a time once the first are shown: a few milliseconds, between which keys are heard."""

AT_ONCE = 5000
"""Lines that going to the end makes at once; what is longer than that is gone to when it is made."""


class GrowingView(LineView):
    """Shows a `Drawing`. What is far below is drawn after what is seen; what looks the same is not drawn again."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drawing = Drawing(iter(()))

    def show_drawing(self, drawing: Drawing, *, from_top: bool) -> None:
        """Draw this one from now on, where the view stands or from its top."""
        top = 0 if from_top else self.scroll_offset.y
        seen = slice(top, top + self.app.size.height)
        before, height = self._drawing.lines[seen], 0 if from_top else self.virtual_size.height
        drawing.take(top + 2 * self.app.size.height)
        self._drawing, self._lines = drawing, drawing.lines
        if from_top:
            self.scroll_to_line(0)
        self.grow(len(drawing.lines) if drawing.is_whole else max(height, len(drawing.lines)))
        if from_top or drawing.lines[seen] != before:
            self.refresh()
        self.call_after_refresh(self._draw_on, drawing)

    def _draw_on(self, drawing: Drawing, *, then_end: bool = False) -> None:
        """Make what is left, a slice at a time."""
        if drawing is not self._drawing or not self.is_attached:
            return
        if not drawing.is_whole:
            drawing.take(SLICE)
            self.call_later(self._draw_on, drawing, then_end=then_end)
            return
        self.grow(len(drawing.lines))
        if then_end:
            self.scroll_to_line(len(drawing.lines))

    def draw_more(self, lines: int) -> None:
        """Make so many more now, and let them be scrolled to."""
        if not self._drawing.is_whole:
            self._drawing.take(lines)
            self.grow(max(self.virtual_size.height, len(self._drawing.lines)))

    def grow(self, lines: int) -> None:
        """There are so many lines; those that are seen already stay as they are drawn."""
        self.virtual_size = self.virtual_size.with_width(self.scrollable_content_region.width).with_height(lines)

    def to_end(self) -> None:
        """Go to the very last line."""
        self.draw_more(AT_ONCE)
        self.scroll_to_line(len(self._drawing.lines))
        if not self._drawing.is_whole:
            self.call_later(self._draw_on, self._drawing, then_end=True)

    def scroll_by(self, lines: int) -> None:
        below = self.scroll_offset.y + lines + self.scrollable_content_region.height - len(self._drawing.lines)
        if below > 0:
            self.draw_more(below + SLICE)
        super().scroll_by(lines)
