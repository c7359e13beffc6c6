"""A ticket's title and description, rewritten; where somebody else has done so meanwhile, both are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static, TextArea

from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import TITLE_LIMIT, TicketDetail
from helpdesk_tui.errors import Conflict, HelpdeskError
from helpdesk_tui.tui.screens.form import Form

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome


class Edit(Form[Any]):
    """Rewrites the ticket and is dismissed with the Outcome. Left with esc, what was typed is kept as a draft.

    When the desk refuses because the text was changed since it was read, theirs is shown below yours: ctrl+s again then
    saves yours over it, on purpose.
    """

    HINT = (("ctrl+s", "save"), ("tab", "next"), ("esc", "keep as a draft"))
    BINDINGS = [Binding("ctrl+s", "save", "Save", show=False)]

    def __init__(self, detail: TicketDetail) -> None:
        super().__init__(f"Edit #{detail.card.number}")
        self._number = detail.card.number
        self._before = _shown(detail)
        self._version = detail.version
        self.about = f"edit {self._number}"

    def compose(self) -> ComposeResult:
        draft = self.drafts.of(self.about)
        with self.box():
            title = draft.get("title", self._before["title"])
            yield Input(title, id="title", max_length=TITLE_LIMIT, select_on_focus=False)
            text = draft.get("description", self._before["description"])
            yield TextArea(text, id="description", show_line_numbers=False)
            yield Static("", classes="said -empty")
            with Vertical(id="theirs"):
                yield Static("Theirs, as it stands now:", classes="name", markup=False)
                yield TextArea("", id="other", read_only=True, show_line_numbers=False)

    def on_mount(self) -> None:
        super().on_mount()
        self.add_class("-wide")
        self.query_one("#theirs").display = False
        self.query_one(Input).cursor_blink = False
        for area in self.query(TextArea):
            area.cursor_blink = False

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._fit()

    def _fit(self) -> None:
        theirs = self.query_one("#theirs").display
        room = self.rows_free(taken=6 if theirs else 4)
        for name in ("description", "other"):
            self.query_one(f"#{name}").styles.height = max(2, min(14, room // 2 if theirs else room))

    def typed(self) -> dict[str, str]:
        now = {"title": self.query_one(Input).value, "description": self.query_one("#description", TextArea).text}
        return {name: text for name, text in now.items() if text != self._before[name]}

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        changed = self.typed()
        self.keep()
        if not changed:
            self.dismiss(None)
            return
        number, version = self._number, self._version

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import tickets

            return tickets.edit(
                desk,
                number,
                title=changed.get("title"),
                description=changed.get("description"),
                base_version=version,
            )

        self.ask(work, self._saved, self._failed, hold=True)

    def _saved(self, outcome: Outcome) -> None:
        self.drafts.drop(self.about)
        self.dismiss(outcome)

    def _failed(self, error: HelpdeskError) -> None:
        self.say(str(error), "bad")
        if isinstance(error, Conflict):
            number = self._number

            def work(desk: Desk) -> TicketDetail:
                from helpdesk_tui.desk import tickets

                return tickets.open_ticket(desk, number)

            self.ask(work, self._show_theirs, self._failed, hold=True)

    def _show_theirs(self, detail: TicketDetail) -> None:
        """Both versions at once; what is saved next is saved knowing theirs."""
        self._version = detail.version
        self.query_one("#other", TextArea).text = "\n\n".join(_shown(detail).values())
        self.query_one("#theirs").display = True
        self._fit()
        self.say("Somebody rewrote this meanwhile: theirs is below. ctrl+s saves yours over it.", "bad")


def _shown(detail: TicketDetail) -> dict[str, str]:
    """The texts as they can be edited: what would act on the terminal is made visible."""
    return {"title": clean(detail.card.title), "description": clean(detail.description, lines=True)}
