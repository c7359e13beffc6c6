"""A ticket's title and description, rewritten; where somebody else has done so meanwhile, both are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.widgets import Input, Static, TextArea

from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import TITLE_LIMIT
from helpdesk_tui.domain.ticket_detail import TicketDetail
from helpdesk_tui.errors import Conflict, HelpdeskError
from helpdesk_tui.tui.screens.form import Form
from helpdesk_tui.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.tui.screens.conflict import Chosen


class Edit(Form[Any]):
    """Rewrites the ticket and is dismissed with the Outcome. Left with esc, what was typed is kept as a draft.

    When the desk refuses because the text was changed since it was read, both versions are shown side by side.
    """

    HINT = (("ctrl+s", "save"), ("tab", "next"), ("esc", "keep as a draft"))
    WIDTH = "-wide"
    BINDINGS = [Binding("ctrl+s", "save", "Save", show=False)]

    def __init__(self, detail: TicketDetail) -> None:
        super().__init__(f"Edit #{detail.card.number}")
        self._number = detail.card.number
        self._before = _shown(detail)
        self._version = detail.version
        self.about = f"edit {self._number}"

    def compose(self) -> ComposeResult:
        draft = self.drafts.of(self.about)
        if draft.get("version", "").isdecimal():  # it was begun on what stood there then
            self._version = int(draft["version"])
            self._before = {name: draft.get(f"before {name}", text) for name, text in self._before.items()}
        with self.box():
            title = draft.get("title", self._before["title"])
            yield LineInput(title, id="title", max_length=TITLE_LIMIT, select_on_focus=False)
            text = draft.get("description", self._before["description"])
            yield TextArea(text, id="description", show_line_numbers=False)
            yield Static("", classes="said -empty")

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.query_one(TextArea).styles.height = max(2, min(14, self.rows_free(taken=4)))

    def typed(self) -> dict[str, str]:
        now = {"title": self.query_one(Input).value, "description": self.query_one(TextArea).text}
        return {name: text for name, text in now.items() if text != self._before[name]}

    def keep(self) -> bool:
        """Keep what is typed, and what it was typed over: by the time it is saved, that may be something else."""
        if changed := self.typed():
            changed |= {"version": str(self._version)}
            changed |= {f"before {name}": text for name, text in self._before.items()}
        return self.drafts.keep(self.about, changed)

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

            self.ask(work, lambda detail: self._show_theirs(detail, error), self._failed, hold=True)

    def _show_theirs(self, detail: TicketDetail, told: Conflict) -> None:
        """Both versions at once; what is saved next is saved knowing theirs."""
        if detail.merged_into is not None:
            return  # there is nothing to compare: it is said where the ticket went
        from helpdesk_tui.tui.screens import conflict

        mine, theirs = self._before | self.typed(), _shown(detail)
        versions = [
            conflict.Version(name, self._before[name], mine[name], theirs[name])
            for name in theirs
            if theirs[name] != self._before[name] and mine[name] != self._before[name]
        ]
        untouched = {name: text for name, text in theirs.items() if mine[name] == self._before[name]}
        self._version = detail.version
        self._before = theirs
        self._put(untouched)
        if not versions:
            self.action_save()
            return
        says = f"{told.message} Nothing is lost: choose, or put both together."
        self.app.push_screen(conflict.Conflict(f"{self.heading}: two versions", versions, says, self._put), self._chose)

    def _chose(self, chosen: Chosen | None) -> None:
        if chosen is not None:
            self._put(chosen.texts)
            if chosen.save:
                self.action_save()

    def _put(self, texts: Mapping[str, str]) -> None:
        """What is typed in another place, here too, where it is kept."""
        for name, text in texts.items():
            if name == "title":
                self.query_one(Input).value = text.replace("\n", " ").strip()
            else:
                self.query_one(TextArea).text = text


def _shown(detail: TicketDetail) -> dict[str, str]:
    """The texts as they can be edited: what would act on the terminal is made visible."""
    return {"title": clean(detail.card.title), "description": clean(detail.description, lines=True)}
