"""A new ticket: its title, and what else is known at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static, TextArea

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import HelpdeskError, LanguageError
from helpdesk_tui.tui.screens.form import Form
from helpdesk_tui.tui.widgets.likely import SHOWN, Likely
from helpdesk_tui.tui.widgets.picker import ChoiceList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.ticket import Card

DETAILS: tuple[tuple[str, str, Act], ...] = (
    ("priority", "critical, high, normal, low", Act.EDIT),
    ("due", "fri 17:00, +3d, 2026-12-01", Act.EDIT),
    ("labels", "vpn network", Act.EDIT),
    ("assignee", "me, bob", Act.ASSIGN),
    ("requester", "dana", Act.CHOOSE_REQUESTER),
)
"""The details that take one line: the field, an example, and the permission to set it."""


class Create(Form[Any]):
    """Makes the ticket and is dismissed with the Outcome. Left with esc, what was typed is kept as a draft."""

    about = "new ticket"
    HINT = (("enter", "save"), ("tab", "details"), ("esc", "keep as a draft"))
    BINDINGS = [
        Binding("ctrl+s", "save", "Save", show=False),
        Binding("ctrl+o", "open_likely", "Open the likely duplicate", show=False),
    ]

    def __init__(self, board_id: int | None = None) -> None:
        super().__init__("New ticket")
        self._board_id = board_id

    def compose(self) -> ComposeResult:
        draft = self.drafts.of(self.about)
        with self.box(), VerticalScroll(classes="form"):
            yield Input(draft.get("title", ""), placeholder="what is wrong, in a line", id="title", max_length=500)
            yield Likely()
            text = draft.get("description", "")
            hint = "what happened, since when, who is hit"
            yield TextArea(text, id="description", show_line_numbers=False, placeholder=hint)
            for name, example, _act in DETAILS:
                with Horizontal(classes="field", id=f"field-{name}"):
                    yield Static(name.capitalize(), classes="name")
                    yield Input(draft.get(name, ""), placeholder=example, id=name, max_length=500)
            yield Static("", classes="said -empty")

    def on_mount(self) -> None:
        super().on_mount()
        for place in self.query(Input):
            place.cursor_blink = False
        self.query_one(TextArea).cursor_blink = False
        self.query_one("#title").focus()
        self.ask(lambda desk: [name for name, _, act in DETAILS if not desk.may(act)], self._hide, self._failed)

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.query_one("#description").styles.height = max(2, min(6, self.rows_free(taken=10)))
        self.query_one(".form").styles.max_height = self.rows_free(taken=2)

    def _hide(self, names: list[str]) -> None:
        for name in names:
            self.query_one(f"#field-{name}").display = False

    # What was typed

    def typed(self) -> dict[str, str]:
        names = ("title", *(name for name, _, _ in DETAILS))
        fields = {name: self.query_one(f"#{name}", Input).value for name in names}
        return fields | {"description": self.query_one(TextArea).text}

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    # What is there already

    @on(Input.Changed, "#title")
    def _title_typed(self, event: Input.Changed) -> None:
        title = event.value
        self.ask(lambda desk: _likely(desk, title), self.query_one(Likely).show, self._failed, kind="likely")

    @on(ChoiceList.Chosen)
    def _likely_clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self._open(int(event.choice.value))

    def action_open_likely(self) -> None:
        number = self.query_one(Likely).first
        if number is not None:
            self._open(number)

    def _open(self, number: int) -> None:
        """Show that ticket; on the way back, what was typed is still there."""
        from helpdesk_tui.tui.screens.ticket import TicketScreen

        self.keep()
        self.app.push_screen(TicketScreen(number))

    def action_save(self) -> None:
        fields = self.typed()
        if not fields["title"].strip():
            self.say("A ticket needs a title.", "bad")
            self.query_one("#title").focus()
            return
        self.keep()
        self.ask(lambda desk: _create(desk, fields, self._board_id), self._created, self._failed, hold=True)

    def _created(self, outcome: Outcome) -> None:
        self.drafts.drop(self.about)
        self.dismiss(outcome)

    def _failed(self, error: HelpdeskError) -> None:
        self.say(str(error), "bad")
        if isinstance(error, _FieldError):
            self.query_one(f"#{error.field}").focus()


class _FieldError(HelpdeskError):
    """What is wrong with one of the fields."""

    def __init__(self, field: str, error: HelpdeskError) -> None:
        super().__init__(f"{field.capitalize()}: {error.message}", error.hint)
        self.field = field


def _likely(desk: Desk, title: str) -> Sequence[Card]:
    from helpdesk_tui.desk import linking

    return linking.likely_duplicates(desk, title, SHOWN)


def _create(desk: Desk, fields: dict[str, str], board_id: int | None) -> Outcome:
    from helpdesk_tui.desk import tickets
    from helpdesk_tui.language.changes import bind_change, parse_change
    from helpdesk_tui.language.terms import SetField, Term

    terms: list[Term] = []
    requester: Any = None
    for name, _, act in DETAILS:
        text = fields[name].strip()
        if not text or not desk.may(act):
            continue
        words = [f"+{_value(label)}" for label in _labels(text)] if name == "labels" else [f"{name}:{_value(text)}"]
        try:
            bound = bind_change(parse_change(" ".join(words)), desk.asking())
        except LanguageError as error:
            raise _FieldError(name, error) from error
        for term in bound:
            if isinstance(term, SetField) and term.field == "requester":
                requester = term.value
            else:
                terms.append(term)
    new = tickets.NewTicket(fields["title"], fields["description"], board_id=board_id, requester_id=requester)
    return tickets.create(desk, new, terms)


def _labels(text: str) -> list[str]:
    """Labels separated by commas, or else by blanks; a `+` in front is let pass."""
    parts = text.split(",") if "," in text else text.split()
    return [part.strip().removeprefix("+") for part in parts if part.strip().removeprefix("+")]


def _value(text: str) -> str:
    """`text` as one value of the change language; a plain word stays plain, so that `me` keeps its meaning."""
    from helpdesk_tui.language.lexer import quoted

    return text if text.isalnum() else quoted(text)
