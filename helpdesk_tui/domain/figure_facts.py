"""What figures are worked out from: a few facts of each ticket side by side, and the orders in which they are wanted.

A hundred thousand tickets are read once; a period is then a slice of each order. Moments and amounts are milliseconds,
moments since 1970, as they are stored; None where there is nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property

from msgspec import Struct, field

from helpdesk_tui.domain.figures import WELL, Dimension

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)

Amounts = Sequence[int | None]


class Tickets(Struct, frozen=True):
    """One entry for each ticket in each of these, all in the same order.

    `closed` is None for those not in done now, `gone` is when an open one was archived. `due` and `sla_due` are those
    that are open. Missed clocks are None where nothing is promised; `used` times are business time.
    """

    numbers: Sequence[int]
    created: Sequence[int]
    closed: Amounts
    gone: Amounts
    doing: Amounts
    replied: Amounts
    replied_used: Amounts
    resolved_used: Amounts
    replied_missed: Sequence[bool | None]
    resolved_missed: Sequence[bool | None]
    replies: Sequence[int]
    reopened_soon: Sequence[bool]
    rating: Amounts
    due: Amounts
    sla_due: Amounts
    agent: Amounts
    organization: Amounts
    kind: Sequence[str]


class Stays(Struct, frozen=True):
    """The stays of tickets on one column, ended ones and others: of each the place of its ticket, from when, until."""

    ticket: Sequence[int]
    since: Sequence[int]
    until: Amounts


class Names(Struct, frozen=True):
    """What things are called. Columns are in the order of their boards, each a board's name and its own.

    `agents` are all who are assigned to something, and those who may be with how much they take on at once.
    """

    columns: Mapping[int, tuple[str, str]]
    agents: Mapping[int, str]
    labels: Mapping[int, str]
    organizations: Mapping[int, str]
    capacities: Mapping[int, int | None]


class Order(Struct, frozen=True):
    """Some of the tickets by a moment: those moments, rising, and at the same place which ticket."""

    at: Sequence[int]
    ticket: Sequence[int]

    def within(self, start: int, end: int) -> slice:
        """Which of them lie from `start` up to `end`, exclusively."""
        return slice(bisect_left(self.at, start), bisect_left(self.at, end))


class Ended(Struct, frozen=True):
    """Stays on a column that ended, by when, and how long each was."""

    order: Order
    lengths: Sequence[int]


class Came(Struct, frozen=True):
    """How often something happened up to each moment."""

    at: Sequence[int]

    def before(self, moments: Sequence[int]) -> list[int]:
        """How often before each of these moments."""
        return [bisect_left(self.at, moment) for moment in moments]


class Facts(Struct, dict=True):
    """The facts of all tickets that a query selects, as they were read at `now` by somebody in `zone`."""

    query: str
    now: int
    zone: tzinfo
    tickets: Tickets
    done_and_left: Mapping[int, Sequence[tuple[int, int | None]]]
    """Of tickets that were ever opened again, by their place: when they came into done and when they left it."""
    stays: Mapping[int, Stays]
    """By column."""
    labels: Mapping[int, Sequence[int]]
    """The numbers of the tickets that have a label, of others too."""
    names: Names
    behind: bool = False
    """Whether clocks of some of the tickets are yet to be worked out, since a promise was changed."""
    _groups: dict[Dimension, list[tuple[int | str | None, Sequence[int]]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.tickets.numbers)

    @property
    def today(self) -> date:
        """The day on which the facts were read."""
        return self.day_of(self.now)

    @cached_property
    def earliest(self) -> date:
        """The day of the first ticket; today if there is none."""
        return min(self.day_of(self.created.at[0]), self.today) if self.created.at else self.today

    def day_of(self, at: int) -> date:
        """The day in which a moment lies, for who asks."""
        return (EPOCH + at * MILLISECOND).astimezone(self.zone).date()

    def begin_of(self, day: date) -> int:
        """The first moment of a day, for who asks."""
        return (datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC) - EPOCH) // MILLISECOND

    @cached_property
    def created(self) -> Order:
        return _by(self.tickets.created)

    @cached_property
    def closed(self) -> Order:
        """Tickets in done, by when they came there the last time."""
        return _by(self.tickets.closed)

    @cached_property
    def lead_times(self) -> Amounts:
        """From being created to being closed, in the order of `closed`, as the two that follow."""
        created = self.tickets.created
        return [at - created[place] for at, place in zip(self.closed.at, self.closed.ticket, strict=True)]

    @cached_property
    def cycle_times(self) -> Amounts:
        """From being begun; None for what never was. A clock that was set back makes it no less than nothing."""
        begun = self.tickets.doing
        return [
            None if (start := begun[place]) is None else max(0, at - start)
            for at, place in zip(self.closed.at, self.closed.ticket, strict=True)
        ]

    @cached_property
    def resolutions(self) -> Amounts:
        """In business time."""
        used = self.tickets.resolved_used
        return [used[place] for place in self.closed.ticket]

    @cached_property
    def first_replies(self) -> Amounts:
        """In business time, in the order of `replied`."""
        used = self.tickets.replied_used
        return [used[place] for place in self.replied.ticket]

    @cached_property
    def replied(self) -> Order:
        """Tickets whose first reply took some business time, by when it was given."""
        used = self.tickets.replied_used
        return _by([None if used[place] is None else at for place, at in enumerate(self.tickets.replied)])

    @cached_property
    def entered(self) -> Order:
        """Each time a ticket came into done, by when."""
        again, closed = self.done_and_left, self.closed
        if not again:
            return closed
        pairs = [(at, place) for at, place in zip(closed.at, closed.ticket, strict=True) if place not in again]
        return _in_order(pairs + self._times_done(lambda entered, _left: entered))

    @cached_property
    def reopened(self) -> Order:
        """Each time a ticket was moved out of done, by when."""
        return _in_order(self._times_done(lambda _entered, left: left))

    @cached_property
    def entered_and_left(self) -> bytes:
        """For each of `entered` 1 if the ticket was moved out of done later, else 0."""
        again = self.done_and_left
        return bytes(
            [
                place in again and any(entered == at and out is not None for entered, out in again[place])
                for at, place in zip(self.entered.at, self.entered.ticket, strict=True)
            ]
        )

    @cached_property
    def opened(self) -> Came:
        """When tickets became open: created or opened again."""
        return Came(sorted([*self.created.at, *self.reopened.at]))

    @cached_property
    def ceased(self) -> Came:
        """When tickets ceased to be open: came into done, or were archived."""
        return Came(sorted([*self.entered.at, *(at for at in self.tickets.gone if at is not None)]))

    @cached_property
    def answers(self) -> Mapping[str, bytes]:
        """For each question about closed tickets whether it is true of those in `closed`, at the same place 1 or 0."""
        facts, there = self.tickets, self.closed.ticket
        first = [facts.replied_missed[place] for place in there]
        last = [facts.resolved_missed[place] for place in there]
        ratings = [facts.rating[place] for place in there]
        truths = {
            "promised": [a is not None or b is not None for a, b in zip(first, last, strict=True)],
            "missed": [bool(a or b) for a, b in zip(first, last, strict=True)],
            "promised first": [a is not None for a in first],
            "missed first": map(bool, first),
            "promised last": [b is not None for b in last],
            "missed last": map(bool, last),
            "first contact": [facts.replies[place] == 1 and not facts.reopened_soon[place] for place in there],
            "rated": [rating is not None for rating in ratings],
            "well": [rating is not None and rating >= WELL for rating in ratings],
        }
        return {name: bytes(true) for name, true in truths.items()}

    @cached_property
    def open_now(self) -> Sequence[int]:
        """The places of the tickets that are open, the oldest first."""
        return self.open_at(self.now + 1)

    def open_at(self, moment: int) -> Sequence[int]:
        """The places of the tickets that were open just before a moment, the oldest first."""
        closed, gone = self.tickets.closed, self.tickets.gone
        again = {
            place: not any(entered < moment and (left is None or moment <= left) for entered, left in times)
            for place, times in self.done_and_left.items()
        }
        return [
            place
            for place in self.created.ticket[: bisect_left(self.created.at, moment)]
            if (again[place] if place in again else (at := closed[place]) is None or at >= moment)
            and ((at := gone[place]) is None or at >= moment)
        ]

    @cached_property
    def late_now(self) -> frozenset[int]:
        """Those of them whose due date, or what their policy promises, is past."""
        due, sla, now = self.tickets.due, self.tickets.sla_due, self.now
        return frozenset(
            place
            for place in self.open_now
            if ((at := due[place]) is not None and at < now) or ((at := sla[place]) is not None and at < now)
        )

    @cached_property
    def labelled(self) -> Mapping[int, frozenset[int]]:
        """The places of the tickets that have a label."""
        place_of = {number: place for place, number in enumerate(self.tickets.numbers)}
        return {
            label: frozenset(place_of[number] for number in numbers if number in place_of)
            for label, numbers in self.labels.items()
        }

    @cached_property
    def standing(self) -> Mapping[int, tuple[Came, Came]]:
        """For each column when tickets came to it and when they went."""
        return {
            column: (Came(sorted(stays.since)), Came(sorted(at for at in stays.until if at is not None)))
            for column, stays in self.stays.items()
        }

    @cached_property
    def ended(self) -> Mapping[int, Ended]:
        """For each column its stays that ended."""
        found = {}
        for column, stays in self.stays.items():
            order = _by(stays.until)
            lengths = [at - stays.since[stay] for at, stay in zip(order.at, order.ticket, strict=True)]
            found[column] = Ended(Order(order.at, [stays.ticket[stay] for stay in order.ticket]), lengths)
        return found

    def groups(self, by: Dimension) -> list[tuple[int | str | None, Sequence[int]]]:
        """The closed tickets of each agent, label, … as places in `closed`, rising; None or "" for those without."""
        if by not in self._groups:
            self._groups[by] = list(self._grouped(by).items())
        return self._groups[by]

    def _grouped(self, by: Dimension) -> Mapping[int | str | None, Sequence[int]]:
        found: dict[int | str | None, list[int]] = {}
        if by is Dimension.LABEL:
            place_of = {ticket: place for place, ticket in enumerate(self.closed.ticket)}
            labelled: set[int] = set()
            for label, tickets in self.labelled.items():
                found[label] = sorted(place_of[ticket] for ticket in tickets if ticket in place_of)
                labelled.update(found[label])
            found[None] = [place for place in range(len(place_of)) if place not in labelled]
            return found
        value: Sequence[int | str | None] = {
            Dimension.AGENT: self.tickets.agent,
            Dimension.ORGANIZATION: self.tickets.organization,
            Dimension.KIND: self.tickets.kind,
        }[by]
        for place, ticket in enumerate(self.closed.ticket):
            found.setdefault(value[ticket], []).append(place)
        return found

    def _times_done(self, moment: Callable[[int, int | None], int | None]) -> list[tuple[int, int]]:
        """A moment of each time that one of the tickets which were opened again was done, with its place."""
        return [
            (at, place)
            for place, times in self.done_and_left.items()
            for entered, left in times
            if (at := moment(entered, left)) is not None
        ]


def _in_order(pairs: list[tuple[int, int]]) -> Order:
    pairs.sort()
    return Order([at for at, _ in pairs], [place for _, place in pairs])


def _by(moments: Amounts) -> Order:
    """Those that have a moment, by it."""
    there = [place for place, at in enumerate(moments) if at is not None]
    there.sort(key=moments.__getitem__)  # type: ignore[arg-type]
    return Order([at for place in there if (at := moments[place]) is not None], there)
