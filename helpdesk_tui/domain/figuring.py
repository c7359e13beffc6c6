"""The figures of a period, from facts. `figures.MEANINGS` says what is counted; here it is done."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, pairwise
from math import ceil

from helpdesk_tui.domain.figure_facts import Amounts, Facts
from helpdesk_tui.domain.figures import (
    AGES,
    Aged,
    Backlog,
    ColumnTime,
    Dimension,
    Durations,
    Figures,
    Flow,
    Group,
    Kept,
    Load,
    Loaded,
    Period,
    Satisfaction,
    Share,
    Spread,
    Standing,
    Throughput,
    Weekly,
)

DAY_MS = 86_400_000
_ONE_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)
_FEW_WEEKS = 26
"""So many stand beside each other in any chart."""
_TOGETHER = (4, 13, 52)
"""Weeks that are put together where there are more."""


class Span:
    """A period as moments: its days that have begun, and when each of them and each of its weeks begins.

    `start` and `end` enclose everything in it; of today that is what has been so far. `marks` are the ends of days.
    """

    def __init__(self, facts: Facts, period: Period) -> None:
        last = min(period.last, facts.today)
        count = max(0, (last - period.first).days + 1)
        self.days = tuple(period.first + _ONE_DAY * day for day in range(count))
        so_far = facts.now + 1
        begins = [facts.begin_of(day) for day in self.days]
        if count:
            begins.append(facts.begin_of(last + _ONE_DAY))
        self.begins = [min(at, so_far) for at in begins]
        self.start, self.end = (self.begins[0], self.begins[-1]) if count else (so_far, so_far)
        self.marks = self.begins[1:]

    @property
    def mondays(self) -> tuple[date, ...]:
        """The Monday of each of its weeks; of the first that may lie before it."""
        if not self.days:
            return ()
        first = self.days[0] - timedelta(days=self.days[0].weekday())
        return tuple(first + _A_WEEK * week for week in range((self.days[-1] - first).days // 7 + 1))

    @property
    def weeks(self) -> Iterator[tuple[date, int, int]]:
        """Each week's Monday, and from when until when it lies within the period."""
        for monday in self.mondays:
            place = (monday - self.days[0]).days
            yield monday, self.begins[max(0, place)], self.begins[min(place + 7, len(self.days))]


def figures(facts: Facts, period: Period) -> Figures:
    """All figures of that period; what tickets are told apart by is for `groups`."""
    span = Span(facts, period)
    closed = facts.closed
    here = closed.within(span.start, span.end)
    stood = {column: list(sums.values()) for column in facts.names.columns if (sums := time_on(facts, span, column))}
    replied = facts.replied
    replies = replied.within(span.start, span.end)
    return Figures(
        period=period,
        days=span.days,
        first_reply=_durations(span, replied.at[replies], facts.first_replies[replies]),
        resolution=_durations(span, closed.at[here], facts.resolutions[here]),
        sla_kept=Kept(_kept(facts, here, ""), _kept(facts, here, " first"), _kept(facts, here, " last")),
        first_contact=Share(_true(facts, here, "first contact"), here.stop - here.start),
        reopen=_reopened(facts, span),
        satisfaction=Satisfaction(
            Share(_true(facts, here, "well"), _true(facts, here, "rated")),
            Share(_true(facts, here, "rated"), here.stop - here.start),
        ),
        backlog=_backlog(facts, span),
        lead_time=_durations(span, closed.at[here], facts.lead_times[here]),
        cycle_time=_durations(span, closed.at[here], facts.cycle_times[here]),
        time_in_column=tuple(
            ColumnTime(*facts.names.columns[column], column, spread(sums), sum(sums) / 1000)
            for column, sums in stood.items()
        ),
        flow=_flow(facts, span),
        throughput=_throughput(span, closed.at[here]),
        load=_load(facts),
        on_any_column=spread([amount for sums in stood.values() for amount in sums]),
    )


def groups(facts: Facts, period: Period, by: Dimension) -> tuple[Group, ...]:
    """The tickets closed in the period by agent, label, organization or kind; the most first."""
    span = Span(facts, period)
    here = facts.closed.within(span.start, span.end)
    names = {
        Dimension.AGENT: facts.names.agents,
        Dimension.LABEL: facts.names.labels,
        Dimension.ORGANIZATION: facts.names.organizations,
    }.get(by, {})
    found = []
    for key, places in facts.groups(by):
        within = places[bisect_left(places, here.start) : bisect_left(places, here.stop)]
        if not within:
            continue
        tickets = [facts.closed.ticket[place] for place in within]
        number = key if isinstance(key, int) else None
        name = names.get(number, "") if number is not None else str(key or "")
        replied = [facts.tickets.replied_used[ticket] for ticket in tickets]
        resolved = [facts.tickets.resolved_used[ticket] for ticket in tickets]
        found.append(Group(name, number, len(within), spread(_there(replied)), spread(_there(resolved))))
    return tuple(sorted(found, key=lambda group: (-group.closed, group.name)))


def spread(amounts: Sequence[int]) -> Spread:
    """Half and nine tenths of these milliseconds, in seconds; nothing can be said of none."""
    if not amounts:
        return Spread()
    rising = sorted(amounts)
    return Spread(len(rising), _percentile(rising, 50) / 1000, _percentile(rising, 90) / 1000)


def _percentile(rising: Sequence[int], percent: int) -> float:
    """Interpolated linearly between the two nearest of them."""
    place, rest = divmod((len(rising) - 1) * percent, 100)
    if not rest:
        return rising[place]
    return rising[place] + (rising[place + 1] - rising[place]) * rest / 100


def _there(amounts: Amounts) -> list[int]:
    return [amount for amount in amounts if amount is not None]


def _durations(span: Span, at: Sequence[int], amounts: Amounts) -> Durations:
    """How long something took, where `at` is when it did, rising."""
    weeks, runs = [], []
    for monday, start, end in span.weeks:
        within = sorted(_there(amounts[bisect_left(at, start) : bisect_left(at, end)]))
        weeks.append(Weekly(monday, spread(within)))
        runs.append(within)
    coarser = tuple((each, together(weeks, runs, each)) for each in _TOGETHER) if len(weeks) > _FEW_WEEKS else ()
    return Durations(spread([*chain.from_iterable(runs)]), tuple(weeks), coarser)


def together(weeks: Sequence[Weekly], runs: Sequence[Sequence[int]], each: int) -> tuple[Weekly, ...]:
    """So many weeks at a time, the last of them whole; half of them all, not of the halves."""
    ends = range(len(weeks) - each * (ceil(len(weeks) / each) - 1), len(weeks) + 1, each)
    firsts = [max(0, end - each) for end in ends]
    return tuple(
        Weekly(weeks[first].monday, spread([*chain.from_iterable(runs[first:end])]))
        for first, end in zip(firsts, ends, strict=True)
    )


def _true(facts: Facts, here: slice, question: str) -> int:
    """Of how many of these closed tickets that is true."""
    return facts.answers[question].count(1, here.start, here.stop)


def _kept(facts: Facts, here: slice, clock: str) -> Share:
    count = _true(facts, here, f"promised{clock}")
    return Share(count - _true(facts, here, f"missed{clock}"), count)


def _reopened(facts: Facts, span: Span) -> Share:
    """Tickets, not times: who came into done twice in the period is one."""
    here = facts.entered.within(span.start, span.end)
    times = here.stop - here.start
    left = facts.entered_and_left.count(1, here.start, here.stop)
    for came in facts.done_and_left.values():
        again = [out is not None for entered, out in came if span.start <= entered < span.end]
        times -= max(0, len(again) - 1)
        left -= max(0, sum(again) - 1)
    return Share(left, times)


def _backlog(facts: Facts, span: Span) -> Backlog:
    opened, ceased = facts.opened.before(span.marks), facts.ceased.before(span.marks)
    born = [facts.tickets.created[place] for place in open_at(facts, span.end)]
    return Backlog(
        len(born),
        tuple(Aged(name, least, most, len(born[aged(born, span.end, least, most)])) for name, least, most in AGES),
        tuple(come - gone for come, gone in zip(opened, ceased, strict=True)),
    )


def open_at(facts: Facts, moment: int) -> Sequence[int]:
    """The places of the tickets that were open just before a moment, the oldest first."""
    return facts.open_now if moment == facts.now + 1 else facts.open_at(moment)


def aged(born: Sequence[int], moment: int, least: int, most: int | None) -> slice:
    """Which of these moments, rising, lie at least and at most so many whole days before that one."""
    oldest = 0 if most is None else bisect_right(born, moment - (most + 1) * DAY_MS)
    return slice(oldest, bisect_right(born, moment - least * DAY_MS))


def time_on(facts: Facts, span: Span, column: int) -> dict[int, int]:
    """How long each ticket, by its place, stood on a column in the stays that ended in the period."""
    ended = facts.ended.get(column)
    if ended is None:
        return {}
    here = ended.order.within(span.start, span.end)
    tickets, lengths = ended.order.ticket[here], ended.lengths[here]
    sums = dict(zip(tickets, lengths, strict=True))
    if len(sums) < len(tickets):  # some stood there more than once
        sums = dict.fromkeys(sums, 0)
        for ticket, length in zip(tickets, lengths, strict=True):
            sums[ticket] += length
    return sums


def _flow(facts: Facts, span: Span) -> Flow:
    standing = []
    for column, (board, name) in facts.names.columns.items():
        if column in facts.standing:
            came, went = facts.standing[column]
            pairs = zip(came.before(span.marks), went.before(span.marks), strict=True)
            standing.append(Standing(board, name, column, tuple(here - gone for here, gone in pairs)))
    return Flow(
        _a_day(span, facts.created.at),
        _a_day(span, facts.entered.at),
        _a_day(span, facts.reopened.at),
        tuple(standing),
    )


def _a_day(span: Span, at: Sequence[int]) -> tuple[int, ...]:
    """How many of these moments lie on each day."""
    upto = [bisect_left(at, begin) for begin in span.begins]
    return tuple(after - before for before, after in pairwise(upto))


def _throughput(span: Span, at: Sequence[int]) -> Throughput:
    weeks = tuple((monday, bisect_left(at, end) - bisect_left(at, start)) for monday, start, end in span.weeks)
    return Throughput(len(at), _a_day(span, at), weeks)


def _load(facts: Facts) -> Load:
    tickets = facts.tickets
    agents = [tickets.agent[place] for place in facts.open_now]
    late = Counter(tickets.agent[place] for place in facts.late_now)
    counts = dict.fromkeys(facts.names.capacities, 0) | Counter(agents)
    people = [
        Loaded(_agent(facts, agent), agent, count, late[agent], _capacity(facts, agent))
        for agent, count in counts.items()
    ]
    people.sort(key=lambda one: (-one.open, one.name))
    return Load(sum(one.open for one in people), sum(one.late for one in people), tuple(people))


def _agent(facts: Facts, agent: int | None) -> str:
    return "" if agent is None else facts.names.agents.get(agent, "")


def _capacity(facts: Facts, agent: int | None) -> int | None:
    return None if agent is None else facts.names.capacities.get(agent)
