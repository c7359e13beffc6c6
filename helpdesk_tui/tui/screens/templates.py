"""Templates: choose one by what it asks, answer its questions, and write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from helpdesk_tui.domain.template import Asks, Question, Template, answered, checklists_text, questions_text
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import UsageError
from helpdesk_tui.tui.screens.form import Form
from helpdesk_tui.tui.screens.pick_prepared import PreparedPick
from helpdesk_tui.tui.screens.prepared_form import PreparedForm, field_line
from helpdesk_tui.tui.widgets.choice_line import ChoiceLine
from helpdesk_tui.tui.widgets.line_input import LineInput
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.desk.templates import Wording

LOOKED_AT = 2_000
"""Characters of each part of a template that are shown."""

LONG_ROWS = 5
"""Rows in which an answer of several lines is written."""


class TemplatePick(PreparedPick):
    """The templates this person may use. Dismissed with one."""

    USES = "answer its questions"
    NAME = "template"
    ELSE = "; n makes a ticket without"

    def __init__(self, heading: str = "New ticket from a template") -> None:
        super().__init__(heading)

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import templates

        team = desk.actor.on_team
        return [Choice(one, one.name, one.change if team else "") for one in templates.templates(desk)]

    def seen(self, choice: Choice) -> None:
        template: Template = choice.value
        parts = [
            ("", template.title if template.title != template.name else ""),
            ("", template.body),
            ("Asks\n", questions_text(template.questions)),
            ("Checklist\n", checklists_text(template.checklists) if self._writes else ""),
        ]
        pieces: list[Any] = []
        for heading, text in parts:
            if text:
                pieces += ["\n"] if pieces else []
                pieces += [(heading, "bold"), clean(text, lines=True, limit=LOOKED_AT), "\n"]
        self.show(Content.assemble(*pieces[:-1]))

    def form(self, value: Template | None) -> Screen[Outcome]:
        return TemplateEdit(value)

    def removal(self, value: Template) -> Callable[[Desk], Outcome]:
        return lambda desk: _removed(desk, value.id)


class FromTemplate(Form[Any]):
    """Asks what the template asks, makes the ticket and is dismissed with the Outcome."""

    HINT = (("enter", "make the ticket"), ("tab", "next"), ("esc", "keep as a draft"))
    WIDTH = "-wide"
    BINDINGS = [Binding("ctrl+s,enter", "save", "Save", show=False)]

    def __init__(self, template: Template, board_id: int | None = None) -> None:
        super().__init__(f"New ticket: {template.name}")
        self.about = f"template {template.id}"
        self._template = template
        self._board_id = board_id
        self._title = clean(template.title or template.name)
        if any(question.kind is Asks.LONG for question in template.questions):
            self.HINT = (("ctrl+s", "make the ticket"), *self.HINT[1:])

    def compose(self) -> ComposeResult:
        draft = self.drafts.of(self.about)
        with self.box():
            with VerticalScroll(classes="form"):
                yield from self._lines(draft)
            yield Static("", classes="said -empty")

    def _lines(self, draft: dict[str, str]) -> ComposeResult:
        yield LineInput(draft.get("title", self._title), id="title", max_length=500, select_on_focus=False)
        for place, question in enumerate(self._template.questions):
            yield Static(_asked(question), classes="asked")
            yield _answer_line(question, f"answer{place}", draft.get(f"? {question.ask}", ""))

    def opened(self) -> None:
        super().opened()
        self.query_one("#answer0" if self._template.questions else "#title").focus()

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.query_one(".form").styles.max_height = self.rows_free(taken=4)
        for area in self.query(TextArea):
            area.styles.height = max(3, min(LONG_ROWS, self.rows_free(taken=10)))

    def _answers(self) -> list[str]:
        places = map(self._at, range(len(self._template.questions)))
        return [place.text if isinstance(place, TextArea) else place.value for place in places]

    def _at(self, place: int) -> Input | ChoiceLine | TextArea:
        found = self.query_one(f"#answer{place}")
        assert isinstance(found, Input | ChoiceLine | TextArea)
        return found

    def typed(self) -> dict[str, str]:
        title = self.query_one("#title", Input).value
        asked = (f"? {question.ask}" for question in self._template.questions)
        fields = dict(zip(asked, self._answers(), strict=True))
        return fields | ({} if title == self._title else {"title": title})

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        answers = self._answers()
        for place, question in enumerate(self._template.questions):
            try:
                answered([question], [answers[place]])
            except UsageError as error:
                self.say(str(error), "bad")
                self._at(place).focus()
                return
        self.keep()
        title = self.query_one("#title", Input).value
        work = partial(_use, template_id=self._template.id, answers=answers, title=title, board_id=self._board_id)
        self.ask(work, self._made, lambda error: self.say(str(error), "bad"), hold=True)

    def _made(self, outcome: Outcome) -> None:
        self.drafts.drop(self.about)
        self.dismiss(outcome)


class TemplateEdit(PreparedForm):
    """Writes a template, or writes one differently. Dismissed with the Outcome."""

    TEXTS = (
        ("body", "Description", "what the description begins with"),
        (
            "questions",
            "Questions",
            "Which printer? *\nFloor? [1, 2, 3]\nUrgent? [yes/no] *\nWhat happened? [long text]",
        ),
        ("steps", "Steps", "one a line; # Name begins another checklist"),
    )
    LINES = (
        ("name", "Name", "how it is found"),
        ("title", "Title", "the title of its tickets"),
        ("change", "Change", "+hardware priority:high assignee:bob due:3d"),
    )

    def __init__(self, known: Template | None = None) -> None:
        self._known = known
        template = known or Template(0, "")
        super().__init__(
            "New template" if known is None else f"Template {known.name}",
            "new template" if known is None else f"template text {known.id}",
            {
                "name": clean(template.name),
                "title": clean(template.title),
                "body": clean(template.body, lines=True),
                "questions": clean(questions_text(template.questions), lines=True),
                "steps": clean(checklists_text(template.checklists), lines=True),
                "change": clean(template.change),
                "for": "requesters" if template.for_requesters else "team",
            },
            is_new=known is None,
        )

    def compose(self) -> ComposeResult:
        with self.box():
            with VerticalScroll(classes="form"):
                yield from self._places(self.begins())
            yield Static("", classes="said -empty")

    def _places(self, begin: dict[str, str]) -> ComposeResult:
        for name, label, example in self.LINES:
            yield from field_line(label, name, begin[name], example)
        with Horizontal(classes="field"):
            yield Static("For", classes="name")
            yield ChoiceLine(("team", "requesters"), begin["for"], id="for")
        for name, label, example in self.TEXTS:
            yield Static(label, classes="asked")
            yield TextArea(begin[name], id=name, show_line_numbers=False, placeholder=example)

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.query_one(".form").styles.max_height = self.rows_free(taken=4)
        for area in self.query(TextArea):
            area.styles.height = max(3, min(6, (self.rows_free(taken=10)) // 3))

    def fields(self) -> dict[str, str]:
        lines = {name: self.query_one(f"#{name}", Input).value for name, _, _ in self.LINES}
        texts = {name: self.query_one(f"#{name}", TextArea).text for name, _, _ in self.TEXTS}
        return lines | texts | {"for": self.query_one(ChoiceLine).value or "team"}

    def saved(self, desk: Desk, fields: dict[str, str]) -> Outcome:
        from helpdesk_tui.desk import templates

        known = self._known
        there = None if known is None else next((one for one in templates.templates(desk) if one.id == known.id), known)
        before = templates.Wording("") if there is None else templates.wording(there)
        whom = fields.get("for", "requesters" if before.for_requesters else "team")
        texts = {name: text for name, text in fields.items() if name != "for"}
        wording = templates.Wording(**{**_texts(before), **texts}, for_requesters=whom == "requesters")
        return templates.add(desk, wording) if known is None else templates.edit(desk, known.id, wording)


def _asked(question: Question) -> Content:
    return Content.assemble(clean(question.ask), (" *", "bold $text-warning") if question.required else "")


def _answer_line(question: Question, name: str, answer: str) -> Input | ChoiceLine | TextArea:
    if question.kind is Asks.LONG:
        return TextArea(answer, id=name, show_line_numbers=False)
    if question.answers:
        return ChoiceLine(question.answers, answer, id=name)
    return LineInput(answer, id=name, max_length=10_000, select_on_focus=False)


def _use(desk: Desk, template_id: int, answers: list[str], title: str, board_id: int | None) -> Outcome:
    from helpdesk_tui.desk import templates

    return templates.use(desk, template_id, answers, title=title, board_id=board_id)


def _removed(desk: Desk, template_id: int) -> Outcome:
    from helpdesk_tui.desk import templates

    return templates.remove(desk, template_id)


def _texts(wording: Wording) -> dict[str, str]:
    return {name: getattr(wording, name) for name in ("name", "title", "body", "questions", "steps", "change")}
