"""A screen is styled once when it opens, not twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events

if TYPE_CHECKING:
    from textual.message import Message
    from textual.screen import Screen

    _Base = Screen[Any]
else:
    _Base = object


class StyledOnce(_Base):
    """Mixin for a screen.

    When it is told for the first time that it is shown, mounting has just styled everything on it; Textual would do all
    of that again, which is a quarter of what opening a ticket takes.
    """

    _was_shown = False

    def post_message(self, message: Message) -> bool:
        if isinstance(message, events.ScreenResume) and not self._was_shown:
            self._was_shown = True
            message.refresh_styles = False
            self.app.stylesheet.apply(self)  # a style sheet of its own was read only after it was itself styled
        return super().post_message(message)
