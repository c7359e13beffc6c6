"""A rule as a form: when, if, then; with what could stand there, and what it means so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.geometry import Size
from textual.widgets import Input, Static

from helpdesk_tui.domain.rules import MEANINGS, Rule, When, Wording
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import HelpdeskError, LanguageError, NotFound, UsageError
from helpdesk_tui.tui.colouring import Colours
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens.completed_form import CompletedForm, offered_of_query
from helpdesk_tui.tui.screens.sheet import cover
from helpdesk_tui.tui.widgets.line_input import LineInput
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.domain.rules import Trial

LINES = (
    ("name", "Name", "how it is found, and what the history calls it"),
    ("when", "When", "created, answered, tick, weekdays 08:00"),
    ("query", "If", "is:unassigned label:vpn; empty for every ticket"),
    ("change", "Then", "+network assignee:auto"),
    ("every", "Every", "of tick alone: 8h, 1d; empty for once a ticket"),
)
"""The fields of a rule: the field, what it is called, an example."""

LONGEST = 2_000
"""Characters a field may have."""

LINE_END = clean("\n")
"""How the end of a line is shown where there is but one: in a longer answer that a rule gives."""

SCHEDULES = ("daily 07:00", "weekdays 08:00", "first monday 09:00", "last friday 16:00", "monthly 15 12:00", "hourly")
"""Times worth offering where a rule says when."""

OFFERS = 6
"""Choices shown at once under the fields."""


class _Meaning(Struct, frozen=True):
    """What a rule says so far: how many tickets it is about now, or what is wrong with it, and in which field."""

    found: int | None = None
    wrong: HelpdeskError | None = None
    field: str = ""


class RuleEdit(CompletedForm):
    """Writes a rule, or writes one differently. Dismissed with the Outcome."""

    HINT = (("ctrl+s", "save"), ("ctrl+t", "try"), ("esc", "keep as a draft"))
    WIDTH = "-widest"
    BINDINGS = [
        Binding("ctrl+t", "try", "Try", show=False, priority=True),
    ]

    ONE_ANSWER = frozenset({"when"})

    def __init__(self, known: Rule | None) -> None:
        self._known = known
        written = Wording("", "created") if known is None else known.wording
        before = {name: clean(getattr(written, name)) for name, _, _ in LINES}
        heading = "New rule" if known is None else f"Rule {clean(known.name, limit=60)}"
        super().__init__(heading, "new rule" if known is None else f"rule {known.id}", before, is_new=known is None)
        self._colours: dict[str, Colours] = {}
        self._said = ("", "")

    def compose(self) -> ComposeResult:
        begin = self.begins()
        variables = self.app.theme_variables
        self._colours = {"query": Colours(variables, "query"), "change": Colours(variables, "rule")}
        with self.box():
            for name, label, example in LINES:
                with Horizontal(classes="field"):
                    yield Static(label, classes="name")
                    yield LineInput(
                        begin[name],
                        placeholder=example,
                        id=name,
                        max_length=LONGEST,
                        select_on_focus=False,
                        highlighter=self._colours.get(name),
                    )
            yield Static("", classes="said -empty")
            yield ChoiceList(id="offers")

    def opened(self) -> None:
        super().opened()
        cover(self)
        self._fit()
        self.look()

    def sized(self, size: Size) -> None:
        super().sized(size)
        self._fit()

    def _fit(self) -> None:
        """The offers keep their room, whatever they are: laying everything out anew at each key would be felt."""
        self.offered.styles.height = min(OFFERS, self.rows_free(taken=10))

    def fields(self) -> dict[str, str]:
        return {name: self.query_one(f"#{name}", Input).value for name, _, _ in LINES}

    def written(self) -> Wording:
        """The rule as it is typed now. What was made safe to show and not touched stays as it was."""
        return self._with(self.typed())

    def _with(self, fields: dict[str, str]) -> Wording:
        base = Wording("", self._before["when"]) if self._known is None else self._known.wording
        return self._on(base, fields)

    @staticmethod
    def _on(base: Wording, fields: dict[str, str]) -> Wording:
        return replace(base, **{name: text.replace(LINE_END, "\n").strip() for name, text in fields.items()})

    def saved(self, desk: Desk, fields: dict[str, str]) -> Outcome:
        from helpdesk_tui.desk import rules

        if self._known is None:
            return rules.add(desk, self._with(fields))
        known = self._known
        there = next((one for one in rules.rules(desk) if one.id == known.id), known)
        return rules.edit(desk, known.id, self._on(there.wording, fields))

    def _refused(self, error: HelpdeskError) -> None:
        self.say(str(error), "bad")

    # What it means so far

    @staticmethod
    def offers(desk: Desk, field: str, text: str, cursor: int) -> Sequence[Choice]:
        return _offers(desk, field, text, cursor)

    def means(self) -> Callable[[Desk], _Meaning]:
        written = self.written()
        return lambda desk: _meaning(desk, written)

    def say(self, text: str, tone: str = "") -> None:
        if (text, tone) != self._said:
            self._said = (text, tone)
            super().say(text, tone)

    def told(self, meaning: _Meaning) -> None:
        for name, colours in self._colours.items():
            error = meaning.wrong if meaning.field == name else None
            wrong_from = error.column if isinstance(error, LanguageError) else 0
            if wrong_from != colours.wrong_from:
                colours.wrong_from = wrong_from
                self.query_one(f"#{name}", Input).refresh()
        if meaning.wrong is None:
            many = "" if meaning.found == 1 else "s"
            self.say("" if meaning.found is None else f"It is about {meaning.found:,} ticket{many} now.", "good")
            return
        column = f"column {meaning.wrong.column}: " if isinstance(meaning.wrong, LanguageError) else ""
        label = next((label for name, label, _ in LINES if name == meaning.field), "")
        where = f"{label}, {column}" if label and column else f"{label}: " if label else column
        # What is not written yet is no mistake.
        self.say(f"{where}{meaning.wrong}", "" if self._is_unfinished(meaning) else "bad")

    def _is_unfinished(self, meaning: _Meaning) -> bool:
        field = self.field
        if not meaning.field or not self.query_one(f"#{meaning.field}", Input).value.strip():
            return True
        if field is None or field.id != meaning.field or not isinstance(meaning.wrong, LanguageError):
            return False
        return field.cursor_position == len(field.value) and " " not in field.value[meaning.wrong.column - 1 :]

    # Trying it

    def action_try(self) -> None:
        from helpdesk_tui.tui.screens.rule_try import RuleTry

        written = self.written()
        self.keep()
        self.app.push_screen(RuleTry(written.name, written.when, partial(_trial, written)))


def _trial(written: Wording, desk: Desk) -> Trial:
    from helpdesk_tui.desk import rules

    return rules.trial_of(desk, written)


def _meaning(desk: Desk, written: Wording) -> _Meaning:
    """What is wrong with a rule, and where: first the rule as a whole, then one field after the other."""
    from helpdesk_tui.desk import acting

    whole = _wrong(desk, written)
    if whole is None:
        return _Meaning(acting.found(desk, written) if written.query else None)
    plain = Wording("name", When.CREATED.value, "is:open", "note:x")
    change = _wrong(desk, replace(plain, change=written.change))
    # A query may ask for a label that nobody but the rule itself puts on.
    beside = plain.change if change is not None else written.change
    tries = (
        ("name", _wrong(desk, replace(plain, name=written.name))),
        ("query", _wrong(desk, replace(plain, query=written.query, change=beside))),
        ("change", change),
    )
    for field, wrong in tries:
        if wrong is not None:
            return _Meaning(wrong=wrong, field=field)
    return _Meaning(wrong=whole, field="when" if isinstance(whole, LanguageError) else "")


def _wrong(desk: Desk, written: Wording) -> HelpdeskError | None:
    from helpdesk_tui.desk import rules

    try:
        rules.check(desk, written)
    except (UsageError, NotFound) as error:
        return error
    return None


def _offers(desk: Desk, field: str, text: str, cursor: int) -> Sequence[Choice]:
    """What could stand at the cursor of that field."""
    from helpdesk_tui.desk.completing import complete_rule
    from helpdesk_tui.language.complete import Completion

    match field:
        case "when":
            known = [(when.value, means) for when, means in MEANINGS.items() if when is not When.SCHEDULE]
            known += [(one, "a time that comes again and again") for one in SCHEDULES]
            is_one = text in {word for word, _ in known}
            found = best(text, known, lambda one: one[0]) if text.strip() and not is_one else known
            return [
                Choice(Completion(word, 0, len(text), word, means), word, means, current=word == text)
                for word, means in found
            ]
        case "query":
            return offered_of_query(desk, text, cursor)
        case "change":
            return [Choice(one, one.label, one.hint) for one in complete_rule(desk, text, cursor)]
    return ()
