"""My day: what wants me now, in parts, and the tickets that are next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.binding import Binding

from helpdesk_tui.domain.day import Day, Entry, Group
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.tui.fuzzy import best
from helpdesk_tui.tui.screens.day_work import open_taken, take
from helpdesk_tui.tui.screens.managing import Key
from helpdesk_tui.tui.screens.managing_rows import ManagingGroups
from helpdesk_tui.tui.widgets.day_list import Row, row_pieces
from helpdesk_tui.tui.widgets.lines import Pieces
from helpdesk_tui.tui.widgets.picker import Choice
from helpdesk_tui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome

MINUTE = 30.0
"""Seconds between two looks at the clock: what is due comes nearer without anybody doing anything."""

TAKE = "full_stop"


class DayPick(ManagingGroups):
    """A person's day, kept up with what happens. The tickets open over it; dismissed with None."""

    BINDINGS = [Binding(TAKE, "take", "Take the next best", show=False)]
    HINT = (("enter", "open"), ("esc", "leave"))
    NEEDS = Act.ASSIGN
    _now: datetime
    _zone: tzinfo

    def __init__(self) -> None:
        super().__init__("My day", prompt="a word, a number, a name", empty="Nothing in your day says that.")
        self._day: Day | None = None

    def opened(self) -> None:
        super().opened()
        self.set_interval(MINUTE, self.renew)

    def _fit(self) -> None:
        headings = 0 if self._day is None else len(self._day.groups)
        rows = self.rows_free(taken=8)
        self.list.styles.height = max(2, min(rows, len(self.all_choices) + headings))

    # What there is

    def load(self, desk: Desk) -> Sequence[Choice]:
        from helpdesk_tui.desk import day

        self._day, self._zone = day.read(desk), desk.zone
        self._now = self._day.now
        return [Choice(Row(group.part, one), _words(group, one)) for group in self._day.groups for one in group.entries]

    def find(self, typed: str) -> None:
        """While nothing is typed, in parts under headings; else those that are meant, the likeliest first."""
        if typed.strip() or self._day is None:
            self.offer(best(typed, self.all_choices, lambda choice: choice.text))
            return
        rows = iter(self.all_choices)
        offered: list[Choice] = []
        for group in self._day.groups:
            heading = f"{group.part.value.capitalize()} {group.total:,}"
            offered.append(Choice(Row(group.part, heading=heading), heading, enabled=False))
            offered += [next(rows) for _ in group.entries]
        self.offer(offered)

    def nothing(self) -> str:
        return self._empty if self.all_choices else "Nothing waits for you, and nothing is left to take."

    def drawn(self, choice: Choice, width: int) -> Pieces:
        return row_pieces(choice.value, width, self._now, self._zone, plain=self.plain)

    def identity(self, choice: Choice) -> object:
        row: Row = choice.value
        return row.part, None if row.entry is None else row.entry.card.number

    def keys_now(self) -> tuple[Key, ...]:
        found = None if self._day is None else self._day.best
        return (Key(".", f"take #{found.card.number}, the next best" if found else "", found is not None),)

    def letters(self) -> frozenset[str]:
        return frozenset({TAKE})

    def seen(self, choice: Choice) -> None:
        row: Row = choice.value
        if row.entry is not None:
            card = row.entry.card
            labels = " ".join(f"+{label.name}" for label in card.labels)
            facts = (card.board, card.column, card.status.value, card.requester, card.organization, labels)
            self.about(" · ".join(fact for fact in facts if fact))

    # Keeping up

    def on_screen_resume(self) -> None:
        """Back from a ticket, which may be done by now."""
        if self._day is not None:
            self.renew()

    def renew(self) -> None:
        if self.is_current and self.query(RowList):  # under a ticket there is nobody to see it
            self.again()

    # What is done

    def chosen(self, choice: Choice | None) -> None:
        if choice is not None and choice.value.entry is not None:
            self._open(choice.value.entry)

    def _open(self, entry: Entry) -> None:
        from helpdesk_tui.tui.screens.ticket import TicketScreen

        rows = [one.value.entry for one in self.list.choices if one.value.entry is not None]
        numbers = list(dict.fromkeys(row.card.number for row in rows))  # what can be taken stands in two parts

        def neighbour(_desk: Desk, number: int, by: int) -> int | None:
            at = numbers.index(number) + by if number in numbers else -1
            return numbers[at] if 0 <= at < len(numbers) else None

        self.app.push_screen(TicketScreen(entry.card.number, card=entry.card, neighbours=neighbour))

    def action_take(self) -> None:
        def taken(found: tuple[int, Outcome]) -> None:
            open_taken(self, found)

        self.ask(take, taken, self._refused, hold=True)

    def _refused(self, error: Exception) -> None:
        self._told = (str(error), "bad")
        self.again()


def _words(group: Group, entry: Entry) -> str:
    """What a row is found by."""
    card = entry.card
    who = [reason.who for reason in entry.reasons]
    labels = [label.name for label in card.labels]
    return " ".join([f"#{card.number}", card.title, card.requester, group.part.value, *who, *labels])
