"""What was done on a day, and what wants attention after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from helpdesk_tui.domain import figure_words as words
from helpdesk_tui.domain.ticket import Card, Priority

STUCK_FOR = timedelta(days=3)
"""After so long without anything happening, what is being worked on is stuck."""

SHOWN = 25
"""Tickets of a kind that are named at most; all are counted."""

Said = Callable[[datetime], str]
"""How a moment is said."""


class Worked(Struct, frozen=True):
    """What a person did on one ticket that day: `deeds` as in `2 replies`, `closed`."""

    number: int
    title: str
    deeds: tuple[str, ...]


class Worker(Struct, frozen=True):
    """A person, and everything they worked on. Minutes are those they logged."""

    name: str
    tickets: tuple[Worked, ...]
    minutes: int = 0


class Some(Struct, frozen=True):
    """Tickets of a kind: how many there are, and the first of them."""

    count: int = 0
    cards: tuple[Card, ...] = ()


class Daily(Struct, frozen=True):
    """The report of a day. What is late and what is stuck is so at the moment at which it was written.

    Stuck is what is blocked, and what stands in a doing column without anything having happened for `STUCK_FOR`,
    unless it waits for the requester.
    """

    day: date
    at: datetime
    workers: tuple[Worker, ...]
    came_in: Some
    closed: Some
    late: Some
    stuck: Some


class Part(Struct, frozen=True):
    """A heading of the report, with what stands below: people with their tickets, or tickets alone."""

    title: str
    entries: tuple[tuple[str, tuple[str, ...]], ...]
    nothing: str


def title(daily: Daily) -> str:
    """What the report is called."""
    return f"Daily report, {daily.day:%A} {words.day(daily.day)}"


def parts(daily: Daily, said: Said) -> Iterator[Part]:
    """The report part by part. Titles and names are as they came from outside."""
    workers = tuple(
        (_worker(one), tuple(_named(ticket.number, ", ".join(ticket.deeds), ticket.title) for ticket in one.tickets))
        for one in daily.workers
    )
    yield Part("Who worked on what", workers, "Nobody worked on anything.")
    yield _some("Came in", daily.came_in, _new, "Nothing came in.")
    yield _some("Closed", daily.closed, _whose, "Nothing was closed.")
    yield _some("Late now", daily.late, lambda card: _late(card, daily.at, said), "Nothing is late.")
    yield _some("Stuck", daily.stuck, lambda card: _stuck(card, said), "Nothing is stuck.")


def text(daily: Daily, said: Said) -> str:
    """The report as plain text."""
    lines = [title(daily)]
    for part in parts(daily, said):
        lines += ["", part.title]
        for entry, below in part.entries:
            lines += [f"  {entry}", *(f"    {one}" for one in below)]
        if not part.entries:
            lines.append(f"  {part.nothing}")
    return "\n".join(lines) + "\n"


def _worker(one: Worker) -> str:
    worked = f", {one.minutes:,} min" if one.minutes else ""
    return f"{one.name}: {words.tickets(len(one.tickets))}{worked}"


def _some(name: str, some: Some, more: Callable[[Card], str], nothing: str) -> Part:
    entries: list[tuple[str, tuple[str, ...]]] = [
        (_named(card.number, more(card), card.title), ()) for card in some.cards
    ]
    if some.count > len(some.cards):
        entries.append((f"and {some.count - len(some.cards):,} more", ()))
    return Part(f"{name}: {some.count:,}" if some.count else name, tuple(entries), nothing)


def _named(number: int, note: str, title: str) -> str:
    """A ticket on one line; the title stands last, where it may be cut, and whatever direction it is read in."""
    return f"#{number} ({note}) {title}" if note else f"#{number} {title}"


def _new(card: Card) -> str:
    pressing = card.priority.word if card.priority >= Priority.HIGH else ""
    return ", ".join(part for part in (pressing, f"from {card.requester}" if card.requester else "") if part)


def _whose(card: Card) -> str:
    return card.assignee


def _late(card: Card, now: datetime, said: Said) -> str:
    missed = [at for at in (card.due, card.sla_due) if at is not None and at < now]
    due = f"due {said(min(missed))}" if missed else ""
    return ", ".join(part for part in (due, card.assignee or "nobody's") if part)


def _stuck(card: Card, said: Said) -> str:
    return ", ".join(
        part for part in (card.status.value, f"since {said(card.updated)}", card.assignee or "nobody's") if part
    )
