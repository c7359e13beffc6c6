"""The change line (`:`): a change in words for one ticket or for all that are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.widgets import Input, Static

from helpdesk_tui.errors import HelpdeskError, LanguageError, NeedsYes
from helpdesk_tui.tui.colouring import Colours
from helpdesk_tui.tui.screens.form import Form, Says
from helpdesk_tui.tui.widgets.line_input import LineInput
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.language.complete import Completion

LINES: list[str] = []
"""The lines applied or left in this session, the latest last."""

OFFERED = 8


class ChangeLine(Form[Any]):
    """Applies the change and is dismissed with the Outcome; a change that is refused stays to be corrected.

    A line that was left is among the earlier ones: it was meant for other tickets, and must not lie in wait for these.
    """

    HINT = (("enter", "apply"), ("tab", "complete"), ("↑↓", "earlier lines"), ("esc", "leave"))
    WIDTH = "-wide"
    about = "change line"
    BINDINGS = [
        Binding("up", "recall(-1)", "Earlier", show=False, priority=True),
        Binding("down", "recall(1)", "Later", show=False, priority=True),
        Binding("tab", "complete", "Complete", show=False),
    ]

    def __init__(self, numbers: Sequence[int]) -> None:
        self._subject = f"#{numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} tickets"
        super().__init__(f"Change {self._subject}")
        self._numbers = tuple(numbers)
        self._place = len(LINES)
        self._written = ""
        self._offered_for = ""
        self._tab_waits = False

    def compose(self) -> ComposeResult:
        self._colours = Colours(self.app.theme_variables, "change")
        with self.box():
            yield LineInput(
                self.drafts.of(self.about).get("text", ""),
                placeholder='+vpn priority:high due:"fri 17:00" to:doing',
                highlighter=self._colours,
                select_on_focus=False,
            )
            yield Static("", classes="said")
            yield ChoiceList()

    def opened(self) -> None:
        super().opened()
        self._look()

    def sized(self, size: Size) -> None:
        super().sized(size)
        self._fit()

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    # While typing

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._look()

    def _look(self) -> None:
        """Ask what the line means so far, and what could come next."""
        text, cursor = self._line.value, self._line.cursor_position
        self.ask(
            lambda desk: _meaning(desk, text, cursor),
            lambda found: self._show(text, *found),
            self._refused,
            kind="meaning",
        )

    def _show(self, text: str, said: str, error: LanguageError | None, offers: Sequence[Completion]) -> None:
        if text != self._line.value:
            return  # typed on meanwhile
        unfinished = error is not None and " " not in text[error.column - 1 :]
        self._colours.wrong_from = 0 if error is None or unfinished else error.column
        if error is not None:
            self.say(str(error), "" if unfinished else "bad")
        else:
            self.say(f"{self._subject}: {said}" if said else "", "good")
        self._line.refresh()
        self.query_one(ChoiceList).show_choices([Choice(one, one.label, one.hint) for one in offers])
        self._fit()
        self._offered_for = text
        if self._tab_waits:
            self.action_complete()

    def _fit(self) -> None:
        offers = self.query_one(ChoiceList)
        offers.styles.height = min(OFFERED, self.rows_free(taken=5), max(1, len(offers.choices)))

    def action_complete(self) -> None:
        """Take the first of what is offered; wait for it if the line has changed since it was."""
        self._tab_waits = self._offered_for != self._line.value
        choice = self.query_one(ChoiceList).choice
        if choice is not None and not self._tab_waits:
            self._take(choice.value)

    @on(ChoiceList.Chosen)
    def _clicked(self, event: ChoiceList.Chosen) -> None:
        event.stop()
        self._take(event.choice.value)

    def _take(self, offer: Completion) -> None:
        text = self._line.value
        insert = offer.insert if offer.insert.endswith(":") else f"{offer.insert} "
        self._line.value = text[: offer.start] + insert + text[offer.end :].lstrip(" ")
        self._line.cursor_position = offer.start + len(insert)

    def action_recall(self, by: int) -> None:
        if self._place == len(LINES):
            self._written = self._line.value
        self._place = max(0, min(len(LINES), self._place + by))
        self._line.value = LINES[self._place] if self._place < len(LINES) else self._written
        self._line.cursor_position = len(self._line.value)

    # Applying

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        if not text:
            self.action_leave()
            return
        self._apply(text, insisting=False)

    def _apply(self, text: str, *, insisting: bool) -> None:
        numbers = self._numbers

        def refused(error: HelpdeskError) -> None:
            if isinstance(error, NeedsYes):
                from helpdesk_tui.tui.screens.related import ask_first

                ask_first(self, error.message, lambda: self._apply(text, insisting=True))
            self._refused(error)

        self.ask(
            lambda desk: _apply(desk.insisting() if insisting else desk, numbers, text),
            lambda outcome: self._done(text, outcome),
            refused,
            hold=True,
        )

    def _done(self, text: str, outcome: Outcome) -> None:
        self._remember(text)
        self.dismiss(outcome)

    def _remember(self, text: str) -> None:
        if text in LINES:
            LINES.remove(text)
        LINES.append(text)
        self.drafts.drop(self.about)

    def action_leave(self) -> None:
        text, below = self._line.value.strip(), self.app.screen_stack[-2]
        if text:
            self._remember(text)
        self.dismiss(None)
        if text and isinstance(below, Says):
            below.say("Your line is kept: up brings it back.")

    def _refused(self, error: HelpdeskError) -> None:
        if isinstance(error, LanguageError):
            self._colours.wrong_from = error.column
            self._line.cursor_position = min(len(self._line.value), max(0, error.column - 1))
            self._line.refresh()
        self.say(str(error), "bad")

    def typed(self) -> dict[str, str]:
        return {"text": self._line.value}


def _apply(desk: Desk, numbers: Sequence[int], text: str) -> Outcome:
    from helpdesk_tui.desk import tickets

    return tickets.change_text(desk, numbers, text)


def _meaning(desk: Desk, text: str, cursor: int) -> tuple[str, LanguageError | None, Sequence[Completion]]:
    """The change in words, or what is wrong with it, and what could stand at the cursor."""
    from helpdesk_tui.desk.completing import complete_change
    from helpdesk_tui.language.changes import bind_change, parse_change

    offers = complete_change(desk, text, cursor)
    if not text.strip():
        return "", None, offers
    try:
        change = parse_change(text)
        terms = bind_change(change, desk.asking())
    except LanguageError as error:
        return "", error, offers
    return ", ".join(_said(desk, part, term) for part, term in zip(change.parts, terms, strict=True)), None, offers


def _said(desk: Desk, part: Any, term: Any) -> str:
    """A part of the change in words: dates as the moment they mean, everything else as it was typed."""
    from datetime import datetime

    from helpdesk_tui.language import dates, parts

    match part:
        case parts.Put(label):
            return f"+{label.text}"
        case parts.Take(label):
            return f"-{label.text}"
        case parts.Do(verb):
            return verb
        case _:
            moment = getattr(term, "value", None)
            if isinstance(moment, datetime):
                return f"{part.name} {dates.said(moment, desk.clock.now(), desk.zone)}"
            return f"{part.name} {part.value.text}"
