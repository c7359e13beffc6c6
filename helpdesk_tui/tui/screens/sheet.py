"""What everything that opens over a screen has in common: a box at the top, keys at its foot, esc to leave."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from textual import events
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from helpdesk_tui.domain.text import clean
from helpdesk_tui.tui.styled_once import StyledOnce
from helpdesk_tui.tui.widgets.lines import PLAIN_GLYPHS

T = TypeVar("T")


def cover(sheet: Sheet[T]) -> None:
    """Be no smaller than the box that it opens over, where that has its width: two frames would run into each other."""
    below = sheet.app.screen_stack[-2]
    if isinstance(below, Sheet):
        sheet.query_one(".sheet").styles.min_height = below.query_one(".sheet").outer_size.height


class Sheet(StyledOnce, ModalScreen[T | None]):
    """A modal that is dismissed with a plain value, or with None when it was left."""

    CSS_PATH = Path(__file__).parent.parent / "styles" / "modals.tcss"
    BINDINGS = [Binding("escape", "leave", "Leave", show=False)]
    HINT: tuple[tuple[str, str], ...] = (("enter", "set"), ("esc", "leave"))
    """The keys named at the foot of the box, with what they do."""
    WIDTH = ""
    """The class for its width, from the beginning: one that comes later has everything in it styled anew."""

    def __init__(self, heading: str) -> None:
        super().__init__(classes=self.WIDTH or None)
        self.heading = heading

    def box(self) -> Vertical:
        """The box everything stands in, with its heading and its keys."""
        box = Vertical(classes="sheet")
        box.border_title = Content(self.drawable(clean(self.heading, limit=200)))
        box.border_subtitle = self.hint()
        return box

    def hint(self) -> Content:
        """The keys of this box, for its lower edge."""
        hint = [(self.drawable(key), does) for key, does in self.HINT]
        pieces = [piece for key, does in hint for piece in ("  ", (key, "bold $text-warning"), f" {does}")]
        return Content.assemble(*pieces[1:])

    @property
    def plain(self) -> bool:
        """Whether only ASCII may be drawn."""
        return bool(getattr(self.app, "plain_glyphs", False))

    def drawable(self, text: str) -> str:
        """The program's own words with the signs this terminal has."""
        return text.translate(PLAIN_GLYPHS) if self.plain else text

    def rows_free(self, taken: int) -> int:
        """Rows left in the box for a list when `taken` are used otherwise; at least 2."""
        return max(2, self.app.size.height - taken - (2 if self.has_class("-small") else 6))

    def say(self, text: str, tone: str = "") -> None:
        """Show one sentence in the box; `tone` is "good", "bad" or nothing."""
        for place in self.query(".said").results(Static):
            place.update(Content(self.drawable(clean(text, lines=True))))
            place.set_classes(f"said -{tone or ('plain' if text else 'empty')}")

    def on_compose(self) -> None:
        self.paint_later()

    # A subclass overrides these instead of Textual's handlers, which are called for every class there is above it.

    def on_mount(self) -> None:
        self.opened()
        if not self.is_waiting:
            self.paint_whole()

    @property
    def is_waiting(self) -> bool:
        """Whether what it is about has still to come from the desk."""
        return False

    def on_resize(self, event: events.Resize) -> None:
        self.sized(event.size)

    def opened(self) -> None:
        """It is there, and all that stands in it."""
        self.set_class(self.plain, "-plain")
        for place in (*self.query(Input), *self.query(TextArea)):
            place.cursor_blink = False  # nothing is sent while nothing changes

    def sized(self, size: Size) -> None:
        """It has that size now, the first time as well."""
        self.set_class(size.width < 64 or size.height < 20, "-small")

    def action_leave(self) -> None:
        self.dismiss(None)
