"""A text as it was and as it became, side by side, to read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.widgets import Static

from helpdesk_tui.tui.screens.sheet import Sheet
from helpdesk_tui.tui.widgets.compared import marked
from helpdesk_tui.tui.widgets.lines import LineView

BESIDE = 76
"""Width from which two texts stand beside each other; below, one under the other."""


class Compare(Sheet[None]):
    """Shows both; the arrows scroll them together."""

    HINT = (("↑↓", "scroll"), ("esc", "back"))
    WIDTH = "-widest"
    BINDINGS = [
        Binding("up,k", "go(-1)", "Up", show=False),
        Binding("down,j", "go(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown,space", "page(1)", "Page down", show=False),
        Binding("enter,q", "leave", "Leave", show=False),
    ]

    def __init__(self, heading: str, before: str, after: str) -> None:
        super().__init__(heading)
        self._texts = (before, after)

    def compose(self) -> ComposeResult:
        with self.box(), Horizontal(classes="versions"):
            for name in ("Before", "After"):
                with Vertical(classes="version"):
                    yield Static(name, classes="name", markup=False)
                    view = LineView(classes="side")
                    view.can_focus = False
                    yield view

    def opened(self) -> None:
        super().opened()
        if self.has_class("-plain"):
            self.HINT = (("arrows", "scroll"), ("esc", "back"))
            self.query_one(".sheet").border_subtitle = self.hint()

    def sized(self, size: Size) -> None:
        super().sized(size)
        beside = size.width >= BESIDE
        self.set_class(not beside, "-folded")
        room = min(24, self.rows_free(taken=3 if beside else 4))
        for view in self.query(LineView):
            view.styles.height = max(2, room if beside else room // 2)
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        for view, now, base in zip(self.query(LineView), self._texts, reversed(self._texts), strict=True):
            width = view.scrollable_content_region.width
            if width > 0:
                view.show_lines(list(marked(base, now, width)))

    def action_go(self, by: int) -> None:
        for view in self.query(LineView):
            view.scroll_by(by)

    def action_page(self, by: int) -> None:
        for view in self.query(LineView):
            view.scroll_by(by * max(1, view.scrollable_content_region.height - 1))
