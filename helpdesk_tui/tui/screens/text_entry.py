"""Text to write: a reply, a note, steps, a title. What was typed survives esc."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.widgets import Input, Static, TextArea

from helpdesk_tui.domain.at_work import Doing
from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.tui.screens.form import Form
from helpdesk_tui.tui.screens.naming import Naming
from helpdesk_tui.tui.screens.sheet import Sheet
from helpdesk_tui.tui.widgets.line_input import LineInput
from helpdesk_tui.tui.widgets.naming import NamingArea
from helpdesk_tui.tui.widgets.picker import ChoiceList

_SAID = {Speech.REPLY.value: Doing.REPLYING, Speech.NOTE.value: Doing.NOTING}
"""What is being done in a form, by the first word of what it is about."""
_NAMES = {*_SAID, "comment"}
"""Forms in which somebody who is named is told."""


class LineEntry(Sheet[str]):
    """One line. Dismissed with it as typed, blanks at its ends removed; an empty one only leaves.

    `over`: what is typed takes the place of `text`, which is too short to be worked on.
    """

    HINT = (("enter", "set"), ("esc", "leave"))

    def __init__(self, heading: str, text: str = "", prompt: str = "", limit: int = 500, *, over: bool = False) -> None:
        super().__init__(heading)
        self._text = text
        self._over = over
        self._prompt = prompt
        self._limit = limit

    def compose(self) -> ComposeResult:
        with self.box():
            yield LineInput(self._text, placeholder=self._prompt, max_length=self._limit, select_on_focus=self._over)
            yield Static("", classes="said -empty")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip() or None)


class TextEntry(Naming, Form[str]):
    """Several lines. Dismissed with the text; left with esc, it is kept as the draft `about` and offered again.

    The caller drops the draft once the text has been taken. `text` is what stands there to begin with; where there is
    a draft already, it is put behind that when it is to be `added`, else the draft stands for it. Text is taken
    without a word in it only where it `may_be_empty`. `change` is what sending it does besides, `canned` names the
    canned reply it was begun with; both are kept with the draft, so that the text never goes without them.
    """

    WIDTH = "-wide"
    BINDINGS = [Binding("ctrl+s", "send", "Send", show=False)]

    def __init__(
        self,
        heading: str,
        about: str,
        *,
        text: str = "",
        added: bool = False,
        may_be_empty: bool = False,
        says: str = "",
        does: str = "send",
        change: str = "",
        canned: str = "",
    ) -> None:
        super().__init__(heading)
        self.about = about
        self._text = text
        self._added = added
        self._may_be_empty = may_be_empty
        self._says = says
        self.change = change
        self.canned = canned
        self._is_draft = False
        self.HINT = (("ctrl+s", does), ("esc", "keep as a draft"))

    def compose(self) -> ComposeResult:
        draft = self.drafts.of(self.about)
        self._is_draft = bool(draft)
        self.change = self.change or draft.get("change", "")
        self.canned = self.canned or draft.get("canned", "")
        with self.box():
            yield NamingArea(self._begins(), show_line_numbers=False)
            yield ChoiceList()
            yield Static("", classes="said -empty")

    def opened(self) -> None:
        super().opened()
        self.say(" ".join(self._to_know()))
        self.query_one(ChoiceList).display = False
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.offers_fit(len(self.query_one(ChoiceList).choices))

    def offers_fit(self, rows: int) -> None:
        self.query_one(TextArea).styles.height = min(12, max(2, self.rows_free(taken=3) - rows))

    def attends(self) -> tuple[int, Doing] | None:
        """The ticket that is being answered or noted on."""
        what, _, number = self.about.partition(" ")
        doing = _SAID.get(what)
        return None if doing is None or not number.isdecimal() else (int(number), doing)

    def can_name(self) -> bool:
        return self.about.partition(" ")[0] in _NAMES

    def _to_know(self) -> Iterator[str]:
        """Who will read it and what it does, also where it is a draft."""
        if self._is_draft:
            yield "This is the draft you left."
        if self._says:
            yield self._says
        if self.change:
            yield f"Sending it also does: {self.change}."

    def _begins(self) -> str:
        draft = self.drafts.of(self.about).get("text", "")
        if not draft or not self._added or self._text.strip() in draft:
            return draft or self._text
        return f"{draft.rstrip()}\n\n{self._text}"

    def typed(self) -> dict[str, str]:
        text = self.query_one(TextArea).text
        return self._fields(text if text != self._text else "")

    def _fields(self, text: str) -> dict[str, str]:
        kept = {"text": text, "change": self.change, "canned": self.canned}
        return kept if text.strip() else dict.fromkeys(kept, "")

    def action_send(self) -> None:
        text = self.query_one(TextArea).text
        if not text.strip() and not self._may_be_empty:
            self.say("There is nothing to send yet.", "bad")
            return
        self.drafts.keep(self.about, self._fields(text))  # until it has been taken
        self.dismiss(text)
