"""The daily report: who worked on what, what came in, what is late and what is stuck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.domain.daily import SHOWN, STUCK_FOR, Daily, Some, Worked, Worker
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import UsageError
from helpdesk_tui.language.dates import day_of, moment
from helpdesk_tui.store import card_page
from helpdesk_tui.store import daily as store
from helpdesk_tui.store.daily import Deed
from helpdesk_tui.store.unit_of_work import Unit

_COUNTED = {
    "replied": ("reply", "replies"),
    "noted": ("note", "notes"),
    "attached": ("file", "files"),
    "ticked": ("step ticked", "steps ticked"),
}
_NOON = time(12)


def daily(desk: Desk, day: date | None = None) -> Daily:
    """The report of that day, of yesterday if none is named, on the tickets that the acting person may see.

    Who may not read notes is not told of them.
    """
    desk.require(Act.SEE_FIGURES)
    now = desk.clock.now()
    wanted = day or now.astimezone(desk.zone).date() - timedelta(days=1)
    start, end = day_of(datetime.combine(wanted, _NOON, desk.zone), desk.zone)
    with desk.store.reading() as unit:
        deeds = store.deeds(unit, desk.actor, start, end)
        return Daily(
            wanted,
            now,
            tuple(_workers(deeds, with_notes=desk.may(Act.READ_NOTES))),
            _some(unit, desk, store.came_in(unit, desk.actor, start, end)),
            _some(unit, desk, store.closed(unit, desk.actor, start, end)),
            _some(unit, desk, store.late(unit, desk.actor, now)),
            _some(unit, desk, store.stuck(unit, desk.actor, now - STUCK_FOR)),
        )


def day_named(desk: Desk, text: str) -> date:
    """The day that a text names, one that has begun. LanguageError for none, UsageError for one still to come."""
    now = desk.clock.now()
    day = moment(text, now, desk.zone, past=True).at.astimezone(desk.zone).date()
    if day > now.astimezone(desk.zone).date():
        raise UsageError(f"{day} is still to come.", "Name a day that has begun.")
    return day


def _some(unit: Unit, desk: Desk, numbers: Sequence[int]) -> Some:
    return Some(len(numbers), tuple(card_page.cards(unit, numbers[:SHOWN], desk.actor)))


def _workers(deeds: Sequence[Deed], *, with_notes: bool) -> Iterator[Worker]:
    """Everyone who did something, who worked on most tickets first."""
    by_person: dict[int, dict[int, list[Deed]]] = {}
    for deed in deeds:
        if with_notes or deed.kind != "noted":
            by_person.setdefault(deed.person_id, {}).setdefault(deed.number, []).append(deed)
    for tickets in sorted(by_person.values(), key=lambda tickets: (-len(tickets), _first(tickets).person)):
        worked = tuple(Worked(number, done[0].title, tuple(_said(done))) for number, done in tickets.items())
        yield Worker(_first(tickets).person, worked, sum(_minutes(done) for done in tickets.values()))


def _first(tickets: dict[int, list[Deed]]) -> Deed:
    return next(iter(tickets.values()))[0]


def _said(deeds: Sequence[Deed]) -> Iterator[str]:
    """What somebody did to one ticket, in words; only if there is nothing more to say that it was changed."""
    counts = Counter(kind for deed in deeds for kind in _kinds(deed))
    minutes = _minutes(deeds)
    said = [word for word in ("created", "merged", "split", "assigned", "moved") if counts[word]]
    said += [f"{counts[kind]} {words[counts[kind] > 1]}" for kind, words in _COUNTED.items() if counts[kind]]
    said += [f"{minutes:,} min"] if minutes else []
    said += [word for word in ("opened again", "closed") if counts[word]]
    yield from said or ["changed"]


def _kinds(deed: Deed) -> Iterator[str]:
    delta = deed.delta
    if "removed" in delta and delta["removed"][1]:
        return
    if "closed_at" in delta:
        yield "opened again" if delta["closed_at"][1] is None else "closed"
    elif "column_id" in delta:
        yield "moved"
    if "assignee_id" in delta:
        yield "assigned"
    if deed.kind not in {"moved", "assigned"}:
        yield deed.kind


def _minutes(deeds: Sequence[Deed]) -> int:
    return sum(deed.minutes for deed in deeds if "time" in _kinds(deed))
