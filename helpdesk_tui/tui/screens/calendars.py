"""The calendars that service levels count by: when the desk is open, on whose holidays it is not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.widgets import Input, Static

from helpdesk_tui.clock import zone_name
from helpdesk_tui.domain.calendar import day_in_words, days_in_words, read_day_spans, read_days, week_in_words
from helpdesk_tui.domain.day_names import WEEKDAYS
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.text import clean
from helpdesk_tui.errors import HelpdeskError
from helpdesk_tui.tui import clocks
from helpdesk_tui.tui.screens.managing import Key, Managing
from helpdesk_tui.tui.screens.prepared_form import PreparedForm, field_line
from helpdesk_tui.tui.widgets.picker import Choice

if TYPE_CHECKING:
    from helpdesk_tui.desk.calendars import CalendarUse
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome

DAYS = tuple(day.lower() for day in WEEKDAYS)
LINES = (
    ("name", "Name", "Tallinn"),
    ("zone", "Time zone", "Europe/Tallinn"),
    *((day.lower(), day, "closed") for day in WEEKDAYS),
    ("country", "Holidays of", "a country: EE, Germany; empty: none"),
    ("region", "Region", "a region of it: BY; empty: none"),
    ("closed", "Closed too", "2026-12-24, 2026-12-27..2026-12-31"),
)
"""The fields of the form: id, name, example."""

USUAL = ("8:00-18:00",) * 5 + ("", "")
"""The hours that a new calendar begins with."""


class CalendarsPick(Managing):
    """All calendars with the policies that count by them."""

    BINDINGS = [Binding("N", "add", "New", show=False), Binding("X", "remove", "Remove", show=False)]
    HINT = (("enter", "edit"), ("esc", "back"))

    def __init__(self) -> None:
        super().__init__("Calendars", prompt="a calendar", empty="No calendar of that name.")
        self._manages = False

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import calendars

        self._manages = desk.may(Act.SETTINGS)
        return [Choice(one, one.calendar.name, _note(one)) for one in calendars.uses(desk)]

    def nothing(self) -> str:
        return super().nothing() if self.all_choices else "There is no calendar yet: N makes one."

    def identity(self, choice: Choice) -> object:
        found: int = choice.value.calendar.id
        return found

    def keys_now(self) -> tuple[Key, ...]:
        return (Key("N", "new", self._manages), Key("X", "remove", self._manages))

    def seen(self, choice: Choice) -> None:
        one: CalendarUse = choice.value
        used = f"Counted by: {', '.join(one.policies)}." if one.policies else "No policy counts by it."
        self.about(f"{week_in_words(one.calendar.week)}. {used}")

    def chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if self._manages:
            self.app.push_screen(CalendarForm(choice.value), self.done)
        else:
            self.say("An admin of the desk says when it is open.", "bad")

    def action_add(self) -> None:
        if self.permitted("N"):
            self.app.push_screen(CalendarForm(None), self.done)

    def action_remove(self) -> None:
        self.act("X", lambda choice: self.change(partial(_remove, choice.value.calendar.id)))

    def again(self, *, stay_on: object = None) -> None:
        clocks.follow(self.app)
        super().again(stay_on=stay_on)


class CalendarForm(PreparedForm):
    """Edits a calendar, or makes one. Dismissed with the Outcome."""

    def __init__(self, known: CalendarUse | None) -> None:
        self._known = known
        calendar = None if known is None else known.calendar
        hours = USUAL if calendar is None else map(day_in_words, calendar.week)
        before = {
            "name": "" if calendar is None else clean(calendar.name),
            "zone": zone_name() if calendar is None else clean(calendar.zone),
            **dict(zip(DAYS, hours, strict=True)),
            "country": "" if calendar is None else clean(calendar.country),
            "region": "" if calendar is None else clean(calendar.region),
            "closed": "" if calendar is None else days_in_words(calendar.own_days),
        }
        heading = "New calendar" if calendar is None else f"Calendar {clean(calendar.name, limit=60)}"
        about = "new calendar" if calendar is None else f"calendar {calendar.id}"
        super().__init__(heading, about, before, is_new=calendar is None)

    def compose(self) -> ComposeResult:
        begin = self.begins()
        with self.box():
            with VerticalScroll(classes="form", can_focus=False):
                for name, label, example in LINES:
                    yield from field_line(label, name, begin[name], example)
            yield Static("", classes="said -empty")

    def sized(self, size: Size) -> None:
        super().sized(size)
        self.query_one(".form").styles.max_height = self.rows_free(taken=4)

    def fields(self) -> dict[str, str]:
        return {name: self.query_one(f"#{name}", Input).value for name, _, _ in LINES}

    def typed(self) -> dict[str, str]:
        """The days of a week go together."""
        found, now = super().typed(), self.fields()
        return found | {day: now[day] for day in DAYS if not found.keys().isdisjoint(DAYS)}

    def saved(self, desk: Desk, fields: dict[str, str]) -> Outcome:
        from helpdesk_tui.desk import calendars

        hours = calendars.Hours(
            name=fields.get("name"),
            zone=fields.get("zone"),
            week=read_day_spans([fields[day] for day in DAYS]) if DAYS[0] in fields else None,
            country=fields.get("country"),
            region=fields.get("region"),
            own_days=read_days(fields["closed"]) if "closed" in fields else None,
        )
        if self._known is None:
            return calendars.add(desk, hours)
        return calendars.change(desk, self._known.calendar.id, hours)

    @on(Input.Changed, "#country")
    @on(Input.Changed, "#region")
    def _place_changed(self, event: Input.Changed) -> None:
        event.stop()
        country, region = (self.query_one(f"#{name}", Input).value for name in ("country", "region"))
        if country.strip() or region.strip():
            self.ask(partial(_holidays, country, region), self.say, self._unknown, kind="holidays")
        else:
            self.say("")

    def _unknown(self, error: HelpdeskError) -> None:
        self.say(str(error))


def _note(one: CalendarUse) -> str:
    return " · ".join(filter(None, (one.calendar.zone, one.calendar.holidays)))


def _holidays(country: str, region: str, desk: Desk) -> str:
    """Whose holidays those are, and the next of them."""
    from helpdesk_tui.desk import public_days

    codes = public_days.checked(country, region)
    today = desk.clock.now().astimezone(desk.zone).date()
    days = public_days.days(*codes)
    ahead = [day for day in days if day >= today][:2]
    names = public_days.names(*codes, ahead) if ahead else {}
    following = ", ".join(f"{day} {names.get(day, '')}".rstrip() for day in ahead)
    whose = public_days.countries()[codes[0]] + (f", {codes[1]}" if codes[1] else "")
    return f"{whose}: {len(days):,} days. Next: {following or 'none is known'}."


def _remove(calendar_id: int, desk: Desk) -> Outcome:
    from helpdesk_tui.desk import calendars

    return calendars.remove(desk, calendar_id)
