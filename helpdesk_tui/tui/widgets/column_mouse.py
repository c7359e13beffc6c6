"""A column under the mouse: a press puts the cursor on a card, a double click opens it, dragging moves it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widget import Widget


class MouseColumn(Widget):
    """Turns what the mouse does on a column into messages to the board."""

    @dataclass
    class Pointed(Message):
        """A card was pressed with the mouse; `opens` after a double click."""

        column: MouseColumn
        index: int
        opens: bool

    @dataclass
    class Tabbed(Message):
        """The heading of another column was clicked."""

        place: int

    @dataclass
    class Dragged(Message):
        """A card is dragged to that place of the screen; with `dropped` it was let go there."""

        column: MouseColumn
        x: int
        y: int
        dropped: bool

    def __init__(self) -> None:
        super().__init__()
        self._pressed: int | None = None
        self._dragging = False

    def index_at(self, y: int) -> int | None:
        """The card on that row."""
        raise NotImplementedError

    def head_at(self, x: int) -> int:
        """The column whose heading is at that cell of the first row."""
        raise NotImplementedError

    def scroll_cards(self, by: int) -> None:
        """Scroll without moving the cursor."""
        raise NotImplementedError

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.button != 1:
            return
        event.stop()
        index = self.index_at(event.y)
        if index is not None:
            self._pressed = index
            self._dragging = False
            self.capture_mouse()
            self.post_message(self.Pointed(self, index, False))
        elif event.y == 0:
            self.post_message(self.Tabbed(self.head_at(event.x)))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._pressed is None:
            return
        if self._dragging or self.index_at(event.y) != self._pressed or not 0 <= event.x < self.size.width:
            self._dragging = True
            self.post_message(self.Dragged(self, event.screen_x, event.screen_y, False))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        if self._pressed is None:
            return
        event.stop()
        self.release_mouse()
        self._pressed = None
        if self._dragging:
            self._dragging = False
            self.post_message(self.Dragged(self, event.screen_x, event.screen_y, True))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        index = self.index_at(event.y)
        if event.chain == 2 and index is not None:
            self.post_message(self.Pointed(self, index, True))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_cards(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_cards(-1)
