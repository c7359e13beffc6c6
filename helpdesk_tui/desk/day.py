"""My day: what wants the acting person now, and taking the next best ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpdesk_tui.desk import applying
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.tickets import over
from helpdesk_tui.desk.work import working
from helpdesk_tui.domain.board import Category
from helpdesk_tui.domain.day import Day, Entry, Group, Part, Pressing, Reason, reasons
from helpdesk_tui.domain.odd import UNREADABLE
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.errors import NotFound
from helpdesk_tui.language.dates import day_of, said
from helpdesk_tui.language.terms import MoveTo, SetField, Term
from helpdesk_tui.store import card_page
from helpdesk_tui.store import day as store_day

SHOWN = 50
"""Tickets of a part that are listed at most; all are counted."""

OFFERED = 10
"""Tickets that are offered to be taken next."""

MOST = 5_000
"""Open tickets of one person that are looked through: nobody works on more."""

_BY_TIME = {Pressing.LATE: Part.LATE, Pressing.AT_RISK: Part.AT_RISK, Pressing.TODAY: Part.TODAY}


def read(desk: Desk) -> Day:
    """The acting person's day. NotAllowed for those who are given no tickets."""
    desk.require(Act.ASSIGN)
    now = desk.clock.now()
    _, day_end = day_of(now, desk.zone)
    with desk.store.reading() as unit:
        own = store_day.mine(unit, desk.actor, now, day_end, MOST)
        words = store_day.waiting(unit, desk.actor, [one.number for one in own])
        takeable = store_day.takeable(unit, desk.actor, now, day_end, OFFERED)
        total = store_day.number_takeable(unit, desk.actor) if len(takeable) == OFFERED else len(takeable)
        parts = _parts(own, words)
        listed = [number for numbers in parts.values() for number in numbers[:SHOWN]]
        found = {card.number: card for card in card_page.cards(unit, [*listed, *takeable], desk.actor)}

    def entry(number: int, part: Part) -> Entry:
        card = found[number]
        why = reasons(card, now, day_end, free=part is Part.NEXT and not card.assignee)
        return Entry(card, (words[number], *why) if part is Part.WAITING else why)

    def group(part: Part, numbers: Sequence[int], total: int) -> Group:
        return Group(part, tuple(entry(number, part) for number in numbers), total)

    groups = [group(part, numbers[:SHOWN], len(numbers)) for part, numbers in parts.items()]
    groups.append(group(Part.NEXT, takeable, total))
    return Day(now, tuple(group for group in groups if group.total))


def _parts(own: Sequence[store_day.Mine], words: Mapping[int, Reason]) -> dict[Part, list[int]]:
    """The numbers of each part but the last; what waits for the person first, the longest waiting at its head."""
    waiting = sorted(words, key=lambda number: (words[number].at or UNREADABLE, number))
    parts: dict[Part, list[int]] = {part: [] for part in Part if part is not Part.NEXT}
    parts[Part.WAITING] = waiting
    for one in own:
        part = _BY_TIME.get(one.by_time) or (Part.BEGUN if one.begun else None)
        if part is not None and one.number not in words:
            parts[part].append(one.number)
    return parts


def take_next(desk: Desk) -> tuple[int, Outcome]:
    """Take the next best ticket: assign it to the acting person and begin it, where its board has a column for that.

    Its number, and what was done. Two people who do so at once never take the same. NotFound if none is left.
    """
    now = desk.clock.now()
    _, day_end = day_of(now, desk.zone)
    with desk.store.reading() as unit:  # nobody waits for going through all there is
        likely = store_day.takeable(unit, desk.actor, now, day_end, OFFERED)
    with working(desk, Act.ASSIGN, Act.MOVE) as work:
        best = store_day.takeable(work.unit, desk.actor, now, day_end, 1, likely)
        if not best:
            best = store_day.takeable(work.unit, desk.actor, now, day_end, 1)
        if not best:
            raise NotFound("Nothing is left to take.", "What you have begun, and what waits, is in your day.")
        ticket = work.ticket(best[0])
        (card,) = card_page.cards(work.unit, best, desk.actor)
        wanted: list[Term] = []
        if ticket["assignee_id"] is None:
            wanted.append(SetField("assignee", desk.actor.id))
        column = work.board(ticket["board_id"]).first(Category.DOING)
        if column is not None:
            wanted.append(MoveTo(Category.DOING))
        applying.apply(work, ticket, wanted)
        why = reasons(card, work.now, day_end, free=False)
        text = ", ".join(reason.words(lambda moment: said(moment, work.now, desk.zone)) for reason in why)
        warnings = () if column is None else over(work, {column.id})
        return best[0], work.commit(f"#{best[0]} taken: {text}", warnings)
