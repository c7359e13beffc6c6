"""Text to write: a reply, a note, steps, a title. What was typed survives esc."""

from __future__ import annotations

from collections.abc import Hashable

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static, TextArea

from helpdesk_tui.tui.drafts import DRAFTS
from helpdesk_tui.tui.screens.sheet import Sheet


class LineEntry(Sheet[str]):
    """One line. Dismissed with it as typed, blanks at its ends removed; an empty one only leaves."""

    HINT = (("enter", "set"), ("esc", "leave"))

    def __init__(self, heading: str, text: str = "", prompt: str = "", limit: int = 500) -> None:
        super().__init__(heading)
        self._text = text
        self._prompt = prompt
        self._limit = limit

    def compose(self) -> ComposeResult:
        with self.box():
            yield Input(self._text, placeholder=self._prompt, max_length=self._limit, select_on_focus=False)
            yield Static("", classes="said -empty")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(Input).cursor_blink = False

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip() or None)


class TextEntry(Sheet[str]):
    """Several lines. Dismissed with the text; left with esc, what was typed is kept under `about` and offered again.

    The caller drops the draft once the text has been taken: `DRAFTS.drop(about)`.
    """

    HINT = (("ctrl+s", "send"), ("esc", "leave, keeping the draft"))
    BINDINGS = [Binding("ctrl+s", "send", "Send", show=False, priority=True)]

    def __init__(self, heading: str, about: Hashable, *, text: str = "", says: str = "", does: str = "send") -> None:
        super().__init__(heading)
        self._about = about
        self._text = text
        self._says = says
        self.HINT = (("ctrl+s", does), ("esc", "leave, keeping the draft"))

    def compose(self) -> ComposeResult:
        with self.box():
            draft = DRAFTS.of(self._about).get("text")
            yield TextArea(self._text if draft is None else draft, soft_wrap=True, show_line_numbers=False)
            yield Static("", classes="said -empty")

    def on_mount(self) -> None:
        super().on_mount()
        self.add_class("-wide")
        area = self.query_one(TextArea)
        area.cursor_blink = False
        area.move_cursor(area.document.end)
        kept = "text" in DRAFTS.of(self._about)
        self.say("This is the draft you left." if kept else self._says)

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.query_one(TextArea).styles.height = min(12, self.rows_free(taken=3))

    def action_send(self) -> None:
        text = self.query_one(TextArea).text
        if not text.strip():
            self.say("There is nothing to send yet.", "bad")
            return
        DRAFTS.keep(self._about, {"text": text})
        self.dismiss(text)

    def action_leave(self) -> None:
        text = self.query_one(TextArea).text
        if text != self._text and DRAFTS.keep(self._about, {"text": text}):
            self.app.notify("Your draft is kept.", timeout=3, markup=False)
        super().action_leave()
