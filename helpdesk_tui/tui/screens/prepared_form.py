"""The ground of the forms that prepared texts are written in: canned replies and templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Static

from helpdesk_tui.errors import HelpdeskError, LanguageError, Overtaken
from helpdesk_tui.tui.screens.confirm import Confirm
from helpdesk_tui.tui.screens.form import Form
from helpdesk_tui.tui.screens.pick import Pick
from helpdesk_tui.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome


class PreparedForm(Form[Any]):
    """Writes something prepared, or writes it differently. Dismissed with the Outcome.

    `before` are its fields as they stand; of a known one only those that were changed are saved.
    """

    HINT = (("ctrl+s", "save"), ("tab", "next"), ("esc", "keep as a draft"))
    WIDTH = "-wide"
    BINDINGS = [Binding("ctrl+s", "save", "Save", show=False)]

    def __init__(self, heading: str, about: str, before: Mapping[str, str], *, is_new: bool) -> None:
        super().__init__(heading)
        self.about = about
        self._before = before
        self._is_new = is_new
        self._read_at: int | None = None

    def fields(self) -> dict[str, str]:
        """All its fields as they are now; one of them is "change"."""
        raise NotImplementedError

    def saved(self, desk: Desk, fields: dict[str, str]) -> Outcome:
        """Save these fields; runs beside the screen."""
        raise NotImplementedError

    def begins(self) -> dict[str, str]:
        """What the fields begin with: the draft where there is one."""
        return {**self._before, **self.drafts.of(self.about)}

    def opened(self) -> None:
        super().opened()
        self.note_reading()
        self.query_one("#name").focus()

    def note_reading(self) -> None:
        """What it begins with was read when the list was that it opens over."""
        below = self.app.screen_stack[-2]
        self._read_at = below.read_at if isinstance(below, Pick) else None

    def typed(self) -> dict[str, str]:
        return {name: text for name, text in self.fields().items() if text != self._before[name]}

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        self.keep()
        fields = self.fields() if self._is_new else self.typed()
        self.ask(
            lambda desk: self.saved(desk.as_of(self._read_at), fields), self._leave_with, self._not_saved, hold=True
        )

    def _not_saved(self, error: HelpdeskError) -> None:
        """Somebody else has changed the same: ask whose is to stand. What is written here is kept as a draft anyway."""
        if not isinstance(error, Overtaken):
            self._refused(error)
            return
        self.say(error.message, "bad")

        def chosen(mine: bool | None) -> None:
            if mine:
                self._read_at = None
                self.action_save()

        question = f"{error.message} Put yours in its place?"
        self.app.push_screen(Confirm(self.heading, question, "mine stands"), chosen)

    def _leave_with(self, outcome: Outcome) -> None:
        self.drafts.drop(self.about)
        self.dismiss(outcome)

    def _refused(self, error: HelpdeskError) -> None:
        self.say(str(error), "bad")
        if isinstance(error, LanguageError):
            self.query_one("#change").focus()


def field_line(label: str, name: str, text: str, example: str) -> ComposeResult:
    """A line to type in, behind its name."""
    with Horizontal(classes="field"):
        yield Static(label, classes="name")
        yield LineInput(text, placeholder=example, id=name, max_length=1000, select_on_focus=False)
