"""What is promised for which tickets: the policies in the order in which they are tried, and the form of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Size
from textual.widgets import Input, Static

from helpdesk_tui.domain.calendar import Calendar
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.service_level import Targets
from helpdesk_tui.domain.targets import read_target, target_in_words, targets_in_words
from helpdesk_tui.domain.text import clean
from helpdesk_tui.domain.ticket import Priority
from helpdesk_tui.errors import HelpdeskError, LanguageError, UsageError
from helpdesk_tui.tui import clocks
from helpdesk_tui.tui.colouring import Colours
from helpdesk_tui.tui.screens.completed_form import CompletedForm, offered_of_query
from helpdesk_tui.tui.screens.managing import Key, Managing
from helpdesk_tui.tui.screens.prepared_form import field_line
from helpdesk_tui.tui.widgets.choice_line import ChoiceLine
from helpdesk_tui.tui.widgets.line_input import LineInput
from helpdesk_tui.tui.widgets.picker import Choice, ChoiceList

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.desk.policies import PolicyUse, Trial

PRIORITIES = sorted(Priority, reverse=True)
TARGETS = {f"{one.word}-{end}": (one, end) for one in PRIORITIES for end in ("first", "last")}
"""The fields for the targets, by their ids."""
OFFERS = 5
"""Choices shown at once under the query."""


class PoliciesPick(Managing):
    """All policies in the order in which they are tried."""

    BINDINGS = [
        Binding("N", "add", "New", show=False),
        Binding("J", "move(1)", "Later", show=False),
        Binding("K", "move(-1)", "Earlier", show=False),
        Binding("C", "calendars", "Calendars", show=False),
        Binding("X", "remove", "Remove", show=False),
    ]
    HINT = (("enter", "edit"), ("esc", "back"))

    def __init__(self) -> None:
        super().__init__(
            "Service levels: the first that matches counts", prompt="a policy", empty="No policy of that name."
        )
        self._manages = False
        self._calendars: tuple[Calendar, ...] = ()

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import calendars, policies

        self._manages = desk.may(Act.SETTINGS)
        self._calendars = tuple(one.calendar for one in calendars.uses(desk))
        return [_choice(at, one) for at, one in enumerate(policies.uses(desk), 1)]

    def nothing(self) -> str:
        return super().nothing() if self.all_choices else "Nothing is promised: N makes a policy."

    def identity(self, choice: Choice) -> object:
        found: int = choice.value.policy.id
        return found

    def keys_now(self) -> tuple[Key, ...]:
        may = self._manages
        return (
            Key("N", "new", may),
            Key("J", "order", may),
            Key("C", "calendars", may),
            Key("X", "remove", may),
        )

    def seen(self, choice: Choice) -> None:
        one: PolicyUse = choice.value
        targets = one.policy.targets
        promised = (
            f"{each.word} {targets_in_words(targets[each])}" for each in PRIORITIES if targets.get(each, _NONE) != _NONE
        )
        self.about(one.problem or f"{one.policy.query or 'Every ticket'}: {' · '.join(promised)}")

    def chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if self._manages:
            self.app.push_screen(PolicyForm(choice.value, self._calendars), self.done)
        else:
            self.say("An admin of the desk says what is promised.", "bad")

    def action_add(self) -> None:
        if self.permitted("N"):
            usual = self.all_choices[-1].value if self.all_choices else None
            self.app.push_screen(PolicyForm(None, self._calendars, like=usual), self.done)

    def action_move(self, by: int) -> None:
        self.act("J", lambda choice: self.change(partial(_move, choice.value.policy.id, by)))

    def action_remove(self) -> None:
        self.act("X", lambda choice: self.change(partial(_remove, choice.value.policy.id)))

    def action_calendars(self) -> None:
        from helpdesk_tui.tui.screens.calendars import CalendarsPick

        if self.permitted("C"):
            self.app.push_screen(CalendarsPick(), lambda _nothing: self.again())

    def again(self, *, stay_on: object = None) -> None:
        clocks.follow(self.app)
        super().again(stay_on=stay_on)

    def news(self, _numbers: tuple[int, ...] | None) -> None:
        """The clocks have followed, or somebody else changed something: how many tickets each serves is another."""
        self.say_on()
        super().again()


class PolicyForm(CompletedForm):
    """Edits a policy, or makes one that begins `like` another. Dismissed with the Outcome."""

    _colours: Colours

    def __init__(
        self, known: PolicyUse | None, calendars: Sequence[Calendar], *, like: PolicyUse | None = None
    ) -> None:
        self._known = known
        self._calendars = {clean(one.name, limit=60): one for one in calendars}
        begins_as = known or like
        targets = {} if begins_as is None else begins_as.policy.targets
        calendar = None if begins_as is None else begins_as.calendar
        before = {
            "name": "" if known is None else clean(known.policy.name),
            "query": "" if known is None else clean(known.policy.query),
            "calendar": "" if calendar is None else clean(calendar.name, limit=60),
            **{name: _target(targets.get(one, _NONE), end) for name, (one, end) in TARGETS.items()},
        }
        heading = "New policy" if known is None else f"Policy {clean(known.policy.name, limit=60)}"
        about = "new policy" if known is None else f"policy {known.policy.id}"
        super().__init__(heading, about, before, is_new=known is None)

    def compose(self) -> ComposeResult:
        begin = self.begins()
        self._colours = Colours(self.app.theme_variables, "query")
        with self.box():
            with VerticalScroll(classes="form", can_focus=False):
                yield from field_line("Name", "name", begin["name"], "Gold")
                with Horizontal(classes="field"):
                    yield Static("Serves", classes="name")
                    yield LineInput(
                        begin["query"],
                        placeholder="org:Acme priority>=high; empty: every ticket",
                        id="query",
                        max_length=1000,
                        select_on_focus=False,
                        highlighter=self._colours,
                    )
                yield ChoiceList(id="offers")
                with Horizontal(classes="field -calendar"):
                    yield Static("Calendar", classes="name")
                    yield ChoiceLine(tuple(self._calendars), begin["calendar"], id="calendar")
                with Horizontal(classes="field -heads"):
                    yield Static("", classes="name")
                    yield Static("First reply", classes="head")
                    yield Static("Resolution", classes="head")
                for one in PRIORITIES:
                    with Horizontal(classes="field"):
                        yield Static(one.word.capitalize(), classes="name")
                        for end in ("first", "last"):
                            name = f"{one.word}-{end}"
                            yield LineInput(
                                begin[name], placeholder="none", id=name, max_length=40, select_on_focus=False
                            )
            yield Static("Business time: 30m, 4h, 1h 30m, 2d; empty promises nothing.", classes="known")
            yield Static("", classes="said -empty")

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.query_one(".form").styles.max_height = self.rows_free(taken=4)
        self.offered.styles.height = min(OFFERS, self.rows_free(taken=10))

    def on_descendant_focus(self) -> None:
        if self.query("#offers"):
            self.offered.display = self.field is not None and self.field.id == "query"
        super().on_descendant_focus()

    def opened(self) -> None:
        super().opened()
        self.look()

    def fields(self) -> dict[str, str]:
        texts = {name: self.query_one(f"#{name}", Input).value for name in ("name", "query", *TARGETS)}
        return texts | {"calendar": self.query_one(ChoiceLine).value}

    def typed(self) -> dict[str, str]:
        """Both targets of a priority go together, and the calendar by which their days are counted."""
        found, now = super().typed(), self.fields()
        pairs = {name for name in TARGETS if name in found}
        both = {f"{name.partition('-')[0]}-{end}" for name in pairs for end in ("first", "last")}
        return found | {name: now[name] for name in both}

    def saved(self, desk: Desk, fields: dict[str, str]) -> Outcome:
        from helpdesk_tui.desk import policies

        calendar = self._calendars.get(fields.get("calendar", self._before["calendar"]))
        if calendar is None:
            raise UsageError("It is not said by which calendar it counts.", "Choose one.")
        targets = {
            one: Targets(*(read_target(fields[f"{one.word}-{end}"], calendar.week) for end in ("first", "last")))
            for one in PRIORITIES
            if f"{one.word}-first" in fields
        }
        terms = policies.Terms(
            fields.get("name"), fields.get("query"), calendar.id if "calendar" in fields else None, targets or None
        )
        return policies.add(desk, terms) if self._known is None else policies.change(desk, self._known.policy.id, terms)

    @staticmethod
    def offers(desk: Desk, field: str, text: str, cursor: int) -> Sequence[Choice]:
        return offered_of_query(desk, text, cursor) if field == "query" else ()

    def means(self) -> Callable[[Desk], Trial]:
        """How many open tickets the query finds, while it is being written."""
        return partial(_attempt, self.query_one("#query", Input).value)

    def told(self, meaning: Trial) -> None:
        self._mark(0)
        self.say(f"Finds {meaning.said}.")

    def wrong(self, error: HelpdeskError) -> None:
        self._mark(error.column if isinstance(error, LanguageError) else 0)
        self.say(str(error))

    def _mark(self, column: int) -> None:
        """Show from where on the query makes no sense, 0 where it does."""
        if self._colours.wrong_from != column:
            self._colours.wrong_from = column
            self.query_one("#query", Input).refresh()

    def _refused(self, error: HelpdeskError) -> None:
        self.say(str(error), "bad")
        if isinstance(error, LanguageError):
            self.query_one("#query").focus()


_NONE = Targets()


def _target(targets: Targets, end: str) -> str:
    amount = targets.first_reply if end == "first" else targets.resolution
    return "" if amount is None else target_in_words(amount)


def _choice(at: int, one: PolicyUse) -> Choice:
    parts = [f"{one.open:,} open", *([] if one.calendar is None else [one.calendar.name])]
    return Choice(one, f"{at} {one.policy.name}", " · ".join(parts), "warn" if one.problem else "")


def _move(policy_id: int, by: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import policies

    return policies.move(desk, policy_id, by)


def _remove(policy_id: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import policies

    return policies.remove(desk, policy_id)


def _attempt(query: str, desk: Desk) -> Trial:
    from helpdesk_tui.desk import policies

    return policies.attempt(desk, query)
