"""Whatever happened to tickets, the figures are what counting each of them one by one gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from helpdesk_tui.domain.figure_facts import Facts, Names, Stays, Tickets
from helpdesk_tui.domain.figure_tickets import numbers
from helpdesk_tui.domain.figures import Figure, Share
from helpdesk_tui.domain.figuring import Span, figures
from helpdesk_tui.domain.periods import period

HOUR = 3_600_000
NOW = int(datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp() * 1000)
TODO, DONE = 1, 2


@dataclass(frozen=True)
class Past:
    """When a ticket was created, and when it went into done and out of it in turns; when it was archived if open."""

    created: int
    turns: tuple[int, ...]
    gone: int | None

    @property
    def times(self) -> list[tuple[int, int | None]]:
        return list(zip(self.turns[::2], [*self.turns[1::2], None], strict=False))

    @property
    def closed(self) -> int | None:
        return self.turns[-1] if len(self.turns) % 2 else None

    def open_at(self, moment: int) -> bool:
        """Just before that moment."""
        if self.created >= moment or (self.gone is not None and self.gone < moment):
            return False
        return sum(turn < moment for turn in self.turns) % 2 == 0


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    hours = draw(st.lists(st.integers(1, 200), min_size=1, max_size=6))
    created, *later = (NOW + (hour - 500) * HOUR for hour in accumulate(hours))
    turns = [turn for turn in later if turn <= NOW]
    last = turns[-1] if turns else created
    gone = last + HOUR if len(turns) % 2 == 0 and draw(st.booleans()) and last + HOUR <= NOW else None
    return Past(created, tuple(turns), gone)


def facts_of(there: list[Past]) -> Facts:
    count = len(there)
    stays: dict[int, tuple[list[int], list[int], list[int | None]]] = {TODO: ([], [], []), DONE: ([], [], [])}
    for place, past in enumerate(there):
        starts = [past.created, *past.turns]
        for at, (since, until) in enumerate(zip(starts, [*past.turns, None], strict=True)):
            for values, value in zip(stays[DONE if at % 2 else TODO], (place, since, until), strict=True):
                values.append(value)
    nothing: list[int | None] = [None] * count
    return Facts(
        "",
        NOW,
        UTC,
        Tickets(
            numbers=list(range(1, count + 1)),
            created=[past.created for past in there],
            closed=[past.closed for past in there],
            gone=[past.gone for past in there],
            doing=nothing,
            replied=nothing,
            replied_used=nothing,
            resolved_used=nothing,
            replied_missed=[None] * count,
            resolved_missed=[None] * count,
            replies=[0] * count,
            reopened_soon=[False] * count,
            rating=nothing,
            due=nothing,
            sla_due=nothing,
            agent=nothing,
            organization=nothing,
            kind=[""] * count,
        ),
        {place: past.times for place, past in enumerate(there) if len(past.turns) > 1},
        {column: Stays(*values) for column, values in stays.items()},
        {},
        Names({TODO: ("Board", "To Do"), DONE: ("Board", "Done")}, {}, {}, {}, {}),
    )


@given(
    st.lists(pasts(), max_size=12), st.sampled_from(["3d", "9d", "40d", "all", "2026-11-10..2026-11-20", "yesterday"])
)
def test_counting_one_by_one_gives_the_same(there: list[Past], text: str) -> None:
    facts = facts_of(there)
    wanted = period(text, facts.today, facts.earliest)
    found, span = figures(facts, wanted), Span(facts, wanted)
    start, end = span.start, span.end

    assert found.backlog.days == tuple(sum(past.open_at(mark) for past in there) for mark in span.marks)
    assert found.backlog.count == sum(past.open_at(end) for past in there)
    assert sum(one.count for one in found.backlog.ages) == found.backlog.count
    closed = [past for past in there if past.closed is not None and start <= past.closed < end]
    assert found.throughput.count == sum(found.throughput.days) == len(closed)
    assert found.lead_time.spread.count == sum(week.spread.count for week in found.lead_time.weeks) == len(closed)
    came = [[left for entered, left in past.times if start <= entered < end] for past in there]
    assert found.reopen == Share(sum(any(each) for each in came), sum(bool(each) for each in came))
    assert sum(found.flow.created) == sum(start <= past.created < end for past in there)
    for one in found.flow.columns:
        stood = [sum(past.created < mark for past in there) for mark in span.marks]
        done = [sum(sum(turn < mark for turn in past.turns) % 2 for past in there) for mark in span.marks]
        assert one.days == tuple(done if one.column == "Done" else [a - b for a, b in zip(stood, done, strict=True)])
    assert sorted(numbers(facts, wanted, Figure.BACKLOG)) == [n for n, past in enumerate(there, 1) if past.open_at(end)]
    assert len(numbers(facts, wanted, Figure.THROUGHPUT)) == len(closed)
    assert len(numbers(facts, wanted, Figure.REOPEN)) == found.reopen.part
