"""Links between tickets, as they read from the one at hand."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk_tui.desk import applying, tickets
from helpdesk_tui.desk.desk import Desk
from helpdesk_tui.desk.outcome import Outcome
from helpdesk_tui.desk.saying import subject
from helpdesk_tui.desk.work import Work, working
from helpdesk_tui.domain import entry
from helpdesk_tui.domain.permissions import Act
from helpdesk_tui.domain.related import Tie
from helpdesk_tui.domain.ticket import Card
from helpdesk_tui.domain.words import tokens
from helpdesk_tui.errors import NotFound
from helpdesk_tui.language.bound import AllOf, Bound, HasText, RefersTo
from helpdesk_tui.store import card_page, related, similar

SUGGESTED = 5
"""Likely duplicates shown for a title."""


def link(desk: Desk, numbers: Sequence[int], tie: Tie, other: int) -> Outcome:
    """Link these tickets to another, which shows each link from its own side."""
    with working(desk, Act.EDIT) as work:
        for near, far in _ends(work, numbers, tie, other):
            field = applying.link_field(work, work.ticket(near), tie.relation, far)
            work.alter("ticket", work.ticket(near), {field: True}, "links")
        chosen = list(dict.fromkeys(numbers))
        if not work.facts:
            return Outcome((), f"{subject(chosen)}: {tie.words} #{other} already")
        return work.commit(f"{subject(chosen)}: {tie.words} #{other}")


def unlink(desk: Desk, numbers: Sequence[int], other: int, tie: Tie | None = None) -> Outcome:
    """Take the links between these tickets and another away, or only those of one kind. NotFound if there are none."""
    with working(desk, Act.EDIT) as work:
        chosen = [ticket["id"] for ticket in work.tickets(numbers)]
        work.ticket(other)
        wanted = None if tie is None else set(_ends(work, chosen, tie, other))
        for pair in related.links_of(work.unit, other):
            ends = (pair.ticket_id, pair.other_id)
            if not set(ends) & set(chosen) - {other}:
                continue
            if tie is None or (pair.relation == tie.relation.value and wanted is not None and ends in wanted):
                work.alter("ticket", work.ticket(pair.ticket_id), {pair.field: False}, "links")
        if not work.facts:
            how = "linked to" if tie is None else tie.words
            raise NotFound(f"{subject(chosen)}: not {how} #{other}.", "`helpdesk show` lists the links of a ticket.")
        return work.commit(f"{subject(chosen)}: no longer {'linked to' if tie is None else tie.words} #{other}")


def _ends(work: Work, numbers: Sequence[int], tie: Tie, other: int) -> list[tuple[int, int]]:
    """From which ticket to which each link goes. Of a relation without direction there may be one the other way."""
    near = [ticket["id"] for ticket in work.tickets(numbers)]
    work.ticket(other)
    if tie.backwards:
        return [(other, number) for number in near]
    forward = [(number, other) for number in near]
    if not tie.mutual:
        return forward
    there = {
        (pair.ticket_id, pair.other_id) for pair in related.links_of(work.unit, other) if pair.relation == "relates"
    }
    return [(far, number) if (far, number) in there else (number, far) for number, far in forward]


def likely_duplicates(desk: Desk, title: str, limit: int = SUGGESTED, but: Sequence[int] = ()) -> tuple[Card, ...]:
    """Open tickets that may ask for the same as a title, best first: of those the acting person may see."""
    with desk.store.reading() as unit:
        numbers = similar.similar(unit, title, desk.actor, limit, but)
        return tuple(card_page.cards(unit, numbers, desk.actor))


def candidates(desk: Desk, typed: str, like: str, but: Sequence[int] = (), limit: int = 30) -> tuple[Card, ...]:
    """Tickets that may be meant by a number or some words; with nothing typed, those like a title, then the newest."""
    found: list[Card] = []
    if not typed.strip():
        found += likely_duplicates(desk, like, but=but)
        found += tickets.find(desk, desk.ask("is:open"), limit=limit)
    else:
        number = entry.ticket_number(typed.strip())
        if number is not None:  # by its number it may be archived too
            found += tickets.find(desk, Bound(RefersTo("number", frozenset({number})), mentions_archived=True))
        found += likely_duplicates(desk, typed, but=but)
        words = tokens(typed)
        if words:
            asked = tuple(HasText(word, prefix=word is words[-1]) for word in words)
            found += tickets.find(desk, Bound(AllOf(asked)), limit=limit)
    return tuple({card.number: card for card in found if card.number not in but}.values())[:limit]
