"""A screen is styled once when it opens, not twice, and with styles that have been read before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events

if TYPE_CHECKING:
    from textual.app import App
    from textual.message import Message
    from textual.timer import Timer
    from textual.widget import Widget

    from helpdesk_tui.tui.on_desk import OnDesk
else:
    OnDesk = object


SOON = 0.2
"""Seconds for which nothing is painted yet. In most cases all is there by then."""


class StyledOnce(OnDesk):
    """Mixin for a screen.

    When it is told for the first time that it is shown, mounting has just styled everything on it; Textual would do all
    of that again, which is a quarter of what opening a ticket takes.
    """

    _was_shown = False
    _unpainted: Timer | None = None
    """Runs while nothing of the screen is painted yet."""

    def paint_later(self, patience: float = SOON) -> None:
        """Paint nothing before `paint` is called, or so many seconds have passed: all at once is less than twice."""
        if self._unpainted is None:
            self._unpainted = self.set_timer(patience, self.paint)

    def paint(self) -> None:
        """Paint from now on, if that had to wait."""
        waiting, self._unpainted = self._unpainted, None
        if waiting is not None:
            waiting.stop()
            self.refresh()

    def paint_whole(self) -> None:
        """What was to be waited for is there: paint it all, once it has its sizes."""
        self.call_after_refresh(self.paint)

    def _compositor_refresh(self) -> None:
        if self._unpainted is None:
            super()._compositor_refresh()

    def on_screen_resume(self) -> None:
        if self._was_shown:  # what was above it is gone: Textual paints all of it two and three times
            self.paint_later()
            self.paint_whole()
        self._was_shown = True

    def post_message(self, message: Message) -> bool:
        if isinstance(message, events.ScreenResume) and not self._was_shown:
            message.refresh_styles = False
            self.app.stylesheet.apply(self)  # a style sheet of its own was read only after it was itself styled
        return super().post_message(message)


def read_styles(app: App[Any], *widgets: Widget) -> None:
    """Read the styles that such widgets bring along, before the first of them is to be shown."""
    for widget in widgets:
        widget._post_register(app)
    app.stylesheet.parse()
