"""A new ticket: its title, and what else is known at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Size
from textual.widgets import Input, Static, TextArea

from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import HelpdeskError, LanguageError
from helpdesk_tui.tui.screens.field_offers import begun, labels_in, offers, with_choice
from helpdesk_tui.tui.screens.finding import Finds
from helpdesk_tui.tui.screens.form import Form
from helpdesk_tui.tui.widgets.likely import SHOWN, Likely
from helpdesk_tui.tui.widgets.line_input import LineInput
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.ticket import Card
    from helpdesk_tui.language.terms import Term

DETAILS: tuple[tuple[str, str, Act], ...] = (
    ("priority", "critical, high, normal, low", Act.EDIT),
    ("due", "fri 17:00, +3d, 2026-12-01", Act.EDIT),
    ("labels", "vpn, network", Act.EDIT),
    ("assignee", "me, bob", Act.ASSIGN),
    ("requester", "dana", Act.CHOOSE_REQUESTER),
    ("organization", "whose request it is", Act.CHOOSE_REQUESTER),
    ("impact", "how many are hit", Act.EDIT),
    ("urgency", "how badly", Act.EDIT),
    ("kind", "incident, request", Act.EDIT),
    ("language", "en, et, he, fa, pl, ro", Act.EDIT),
)
"""The details that take one line: the field, an example, and the permission to set it."""

_NAMES = tuple(name for name, _, _ in DETAILS)

BESIDE = 70
"""Columns from which two fields stand in a line."""

OFFERS = 5
"""Choices shown at once under the fields."""

Taken = tuple[str, tuple[Any, ...]]
"""The text that was taken for a field, and the terms it stands for."""


class Create(Finds, Form[Any]):
    """Makes the ticket and is dismissed with the Outcome. Left with esc, what was typed is kept as a draft.

    A field offers what its picker would. What is typed there need not be taken from the offers: it is read as the
    change language reads it.
    """

    about = "new ticket"
    HINT = (("enter", "save"), ("tab", "details"), ("esc", "keep as a draft"))
    WIDTH = "-wide"
    BINDINGS = [
        Binding("ctrl+s", "save", "Save", show=False),
        Binding("tab", "go_on(True)", "Next", show=False),
        Binding("shift+tab", "go_on(False)", "Previous", show=False),
        Binding("up", "point(-1)", "Up", show=False, priority=True),
        Binding("down", "point(1)", "Down", show=False, priority=True),
        Binding("ctrl+o", "open_likely", "Open the likely duplicate", show=False),
    ]

    def __init__(self, board_id: int | None = None) -> None:
        super().__init__("New ticket")
        self._board_id = board_id
        self._taken: dict[str, Taken] = {}
        self._hidden: list[str] = []

    def compose(self) -> ComposeResult:
        draft = self.drafts.of(self.about)
        with self.box():
            with VerticalScroll(classes="form", can_focus=False):
                yield LineInput(
                    draft.get("title", ""), placeholder="what is wrong, in a line", id="title", max_length=500
                )
                yield Likely()
                text = draft.get("description", "")
                hint = "what happened, since when, who is hit"
                yield TextArea(text, id="description", show_line_numbers=False, placeholder=hint)
                for first, second in zip(DETAILS[::2], DETAILS[1::2], strict=True):
                    with Horizontal(classes="pair"):
                        for name, example, _act in (first, second):
                            with Horizontal(classes="field", id=f"field-{name}"):
                                yield Static(name.capitalize(), classes="name")
                                yield LineInput(draft.get(name, ""), placeholder=example, id=name, max_length=500)
            yield ChoiceList(id="offers")
            yield Static("", classes="said -empty")

    def opened(self) -> None:
        super().opened()
        self._offered.display = False
        self.query_one("#title").focus()
        board_id = self._board_id
        self.ask(
            lambda desk: [name for name, _, act in DETAILS if not desk.may(act, board_id)], self._hide, self._failed
        )

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.set_class(size.width < BESIDE, "-narrow")
        self._fit()

    def _fit(self) -> None:
        """The offers take their room from the form, which scrolls to the field they are for."""
        rows = min(OFFERS, max(1, self.rows_free(taken=2) // 2), len(self._offered.choices))
        self._offered.display = bool(rows)
        self._offered.styles.height = rows
        self.query_one("#description").styles.height = max(2, min(6, self.rows_free(taken=15)))
        self.query_one(".form").styles.max_height = max(1, self.rows_free(taken=2) - rows)
        if self._detail is not None:
            self.call_after_refresh(self._detail.scroll_visible, animate=False)

    def _hide(self, names: list[str]) -> None:
        self._hidden = names
        for name in names:
            self.query_one(f"#field-{name}").display = False

    # What was typed

    def typed(self) -> dict[str, str]:
        fields = {name: self.query_one(f"#{name}", Input).value for name in ("title", *_NAMES)}
        return fields | {"description": self.query_one(TextArea).text}

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self._detail:
            self.when_found(self._take_or_save)
        else:
            self.action_save()

    def _take_or_save(self) -> None:
        if not self._take():
            self.action_save()

    # What a detail may be

    @property
    def _offered(self) -> ChoiceList:
        return self.query_one("#offers", ChoiceList)

    @property
    def _detail(self) -> Input | None:
        """The detail that has the focus."""
        place = self.focused
        return place if isinstance(place, Input) and place.id in _NAMES else None

    @on(Input.Changed)
    def _detail_typed(self, event: Input.Changed) -> None:
        if event.input is self._detail:
            self.say("")
            self._look(event.input)

    def on_descendant_focus(self) -> None:
        if self._detail is None:
            self._offer(())
        else:
            self._look(self._detail)

    def _look(self, field: Input) -> None:
        """Ask what this detail may be."""
        name, text = str(field.id), begun(str(field.id), field.value)
        self.wait()
        self.ask(
            lambda desk: offers(desk, name, text, self._board_id),
            partial(self._found, field),
            self._not_found,
            kind="offers",
        )

    def _found(self, field: Input, found: tuple[Sequence[Choice], str]) -> None:
        choices, wrong = found
        if field is self._detail:
            self._offer(choices, 0 if self._is_open(field) else -1)
            if wrong:
                self.say(wrong, "bad")
        self.arrived()

    def _not_found(self, error: HelpdeskError) -> None:
        self._offer(())
        self.say(str(error), "bad")
        self.arrived()

    def _offer(self, choices: Sequence[Choice], cursor: int = -1) -> None:
        self._offered.show_choices(choices, cursor)
        self._fit()

    def _is_open(self, field: Input) -> bool:
        """Whether something is typed there that has not been taken from the offers."""
        name = str(field.id)
        return bool(begun(name, field.value)) and self._taken.get(name, ("",))[0] != field.value

    def _take(self) -> bool:
        """Put the choice under the cursor into its field; whether there was one."""
        field, choice = self._detail, self._offered.choice
        if field is None or choice is None:
            return False
        name = str(field.id)
        field.value = with_choice(name, field.value, choice)
        field.cursor_position = len(field.value)
        if name != "labels":
            self._taken[name] = (field.value, choice.value)
        self._offer(self._offered.choices)
        return True

    def action_go_on(self, forward: bool) -> None:
        """Take what the letters find, and go on to the next place."""

        def go_on() -> None:
            self._take()
            if forward:
                self.focus_next()
            else:
                self.focus_previous()

        self.when_found(go_on)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The arrows are for the offers only where there are some; elsewhere they move in the text."""
        return self._detail is not None if action == "point" else super().check_action(action, parameters)

    def action_point(self, steps: int) -> None:
        self.when_found(lambda: self._offered.go(steps))

    # What is there already

    @on(Input.Changed, "#title")
    def _title_typed(self, event: Input.Changed) -> None:
        title = event.value
        self.ask(lambda desk: _likely(desk, title), self.query_one(Likely).show, self._failed, kind="likely")

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        if event.choice is self._offered.choice:
            self._take()
        else:
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
        fields |= dict.fromkeys(self._hidden, "")  # a draft of times when more was permitted
        taken = {name: terms for name, (text, terms) in self._taken.items() if text == fields[name]}
        self.ask(lambda desk: _create(desk, fields, taken, self._board_id), self._created, self._failed, hold=True)

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
        named = f"`{field}`" in error.message
        super().__init__(error.message if named else f"{field.capitalize()}: {error.message}", error.hint)
        self.field = field


def _likely(desk: Desk, title: str) -> Sequence[Card]:
    from helpdesk_tui.desk import linking

    return linking.likely_duplicates(desk, title, SHOWN)


def _create(
    desk: Desk, fields: Mapping[str, str], taken: Mapping[str, Sequence[Term]], board_id: int | None
) -> Outcome:
    """Make the ticket: details taken from the offers are what was offered, the others are read."""
    from helpdesk_tui.desk import tickets
    from helpdesk_tui.language.terms import SetField

    terms: list[Term] = []
    requester: Any = None
    for name, _, act in DETAILS:
        text = fields[name].strip()
        if not text:
            continue
        desk.require(act)
        for term in taken.get(name) or _read(desk, name, text):
            if isinstance(term, SetField) and term.field == "requester" and isinstance(term.value, int):
                requester = term.value
            else:
                terms.append(term)
    new = tickets.NewTicket(fields["title"], fields["description"], board_id=board_id, requester_id=requester)
    return tickets.create(desk, new, terms)


def _read(desk: Desk, name: str, text: str) -> Sequence[Term]:
    """A detail as it is typed, read as a change is."""
    from helpdesk_tui.language.changes import bind_change, parse_change

    words = [f"+{_value(label)}" for label in labels_in(text)] if name == "labels" else [f"{name}:{_value(text)}"]
    try:
        return bind_change(parse_change(" ".join(words)), desk.asking())
    except LanguageError as error:
        raise _FieldError(name, error) from error


def _value(text: str) -> str:
    """`text` as one value of the change language; a plain word stays plain, so that `me` keeps its meaning."""
    from helpdesk_tui.language.lexer import quoted

    return text if text.isalnum() else quoted(text)
